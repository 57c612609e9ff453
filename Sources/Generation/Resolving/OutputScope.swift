import AppManifest
import HCL
import ProviderModel

/// What the outputs of one item's leaf see before Terraform runs: inputs, locals, and how many
/// there are of each resource.
final class OutputScope: EvaluationScope {
  private let base: EntryScope
  private let locals: [String: Expression]
  private let resources: [String: Block]
  private let types: [String]
  /// The locals that are being asked for: one that leads to itself says nothing.
  private var asked: Set<String> = []

  init(_ base: EntryScope, _ module: ModuleSpec) {
    self.base = base
    locals = module.locals
    resources = Dictionary(module.resources.map { ($0.address, $0) }) { first, _ in first }
    types = Set(module.resources.compactMap { $0.labels.first?.text }).sorted()
  }

  /// The scope's own kinds of objects; those of the other one count from zero.
  private enum Kind: Int {
    case locals = -2
    case resources = -1
  }

  func root(_ name: String) -> Value? {
    if name == "local" { return .handle(Value.Handle(kind: Kind.locals.rawValue, id: 0)) }
    if let index = types.firstIndex(of: name) {
      return .handle(Value.Handle(kind: Kind.resources.rawValue, id: index))
    }
    return name == "var" ? base.root(name) : nil
  }

  func attribute(_ name: String, of handle: Value.Handle) -> Value {
    switch Kind(rawValue: handle.kind) {
    case .locals: local(name)
    case .resources: resource("\(types[handle.id]).\(name)")
    case nil: base.attribute(name, of: handle)
    }
  }

  private func local(_ name: String) -> Value {
    guard let expression = locals[name], asked.insert(name).inserted else { return .unknown }
    defer { asked.remove(name) }
    return Evaluator(self).value(of: expression)
  }

  /// The instances of a resource, of which nothing else is known.
  private func resource(_ address: String) -> Value {
    switch resources[address]?.repetition {
    case .counted(let expression):
      guard case .number(let count) = Evaluator(self).value(of: expression), let count = count.int
      else { return .unknown }
      return .list(Array(repeating: .unknown, count: max(0, min(count, 100))))
    case .each(let expression):
      switch Evaluator(self).value(of: expression) {
      case .object(let items): return .object(items.mapValues { _ in .unknown })
      case .list(let items):
        let keys = items.compactMap(\.scalarText)
        return .object(Dictionary(keys.map { ($0, .unknown) }) { first, _ in first })
      default: return .unknown
      }
    case .once, nil: return .unknown
    }
  }
}

extension DeploymentResolver {
  /// Whether it is known already that an output of an item is null.
  func hasNoValue(_ output: OutputSpec, of index: Int) -> Bool {
    let entry = entries[index]
    if entry.management == .existing, entry.leaf.existing != nil {
      if !hasOutput(output.name, of: index) { return true }
      // Nothing is known here of what it reads of data sources by name.
      if output.existing != nil { return false }
    }
    let scope = OutputScope(EntryScope(self, index), entry.leaf.module)
    return Evaluator(scope).value(of: output.value).isNull
  }

  /// Whether an item has an output: of what exists already, only what is known of it.
  func hasOutput(_ name: String, of index: Int) -> Bool {
    let entry = entries[index]
    guard entry.management == .existing, let existing = entry.leaf.existing else {
      return entry.leaf.module.output(name) != nil
    }
    return existing.module.output(name).map(existing.isAvailable) ?? false
  }
}
