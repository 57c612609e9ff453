import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

/// A resource of an adopted item that exists, and is taken into the state.
struct Adoption {
  /// The resource within its leaf: `<type>.<label>`.
  var resource: String
  /// The key of a resource that there are several of.
  var key: String?
  /// What the provider wants to be told to find it.
  var id: String
}

extension DeploymentResolver {
  /// Finds out what the provider wants to be told of each resource of adopted items.
  func planAdoptions() {
    for index in entries.indices
    where entries[index].management == .adopt && entries[index].subject == nil {
      var planner = AdoptionPlanner(self, index)
      entries[index].adoptions = planner.plan()
    }
  }
}

/// Finds the import ids of one item's resources.
struct AdoptionPlanner {
  let resolver: DeploymentResolver
  let index: Int
  private let entry: DeploymentResolver.Entry
  let evaluator: Evaluator
  private let blocks: [String: Block]
  private let locals: [String: Expression]
  private var found: [Adoption] = []

  init(_ resolver: DeploymentResolver, _ index: Int) {
    self.resolver = resolver
    self.index = index
    entry = resolver.entries[index]
    evaluator = Evaluator(EntryScope(resolver, index))
    let module = entry.leaf.module
    blocks = Dictionary(module.resources.map { ($0.address, $0) }) { first, _ in first }
    locals = module.locals
  }

  private var resources: [Block] {
    entry.leaf.module.resources.filter { block in
      guard let type = block.labels.first?.text else { return false }
      return resolver.catalog.provider(ofType: type).map { !$0.isUtility } ?? false
    }
  }

  /// The resource that the manifest's `id` is of.
  var main: Block? {
    let isStateful: (Block) -> Bool = { facts($0)?.isStateful ?? false }
    if let address = entry.leaf.existing?.mainResource, let block = blocks[address] {
      return block
    }
    return resources.first(where: isStateful) ?? resources.first
  }

  func facts(_ block: Block) -> ProviderSpec.ResourceFacts? {
    let type = block.labels.first?.text ?? ""
    return resolver.catalog.provider(ofType: type)?.types[type]
  }

  func isImportable(_ block: Block) -> Bool {
    let type = block.labels.first?.text ?? ""
    return resolver.catalog.provider(ofType: type)?.schema.resources[type]?.isImportable ?? false
  }

  mutating func plan() -> [Adoption] {
    guard let main else { return [] }
    guard isImportable(main) else {
      report(.canNotBeAdopted(entry.name, entry.leaf, at: place))
      return []
    }
    guard let id = entry.id?.value ?? derived(main, each: nil) else {
      report(
        .idIsWanted(
          entry.name, entry.leaf, facts(main)?.importID, resolver.manifest,
          resolver.environment, at: place))
      return []
    }
    if let given = entry.id, let form = facts(main)?.importID, !form.separators(occurIn: id) {
      report(
        .idHasAnotherForm(
          given.value, entry.leaf, form, at: resolver.manifest.location(given.range)))
      return []
    }
    for block in resources {
      if block.address == main.address {
        found.append(Adoption(resource: block.address, key: nil, id: id))
      } else {
        add(block)
      }
    }
    return found
  }

  private var place: SourceLocation? {
    let written = entry.source?.writtenManagement(in: resolver.environment)?.range
    return written.map { resolver.manifest.location($0) } ?? resolver.place("", index)
  }

  private func report(_ diagnostic: Diagnostic) { resolver.diagnostics.append(diagnostic) }

  private mutating func add(_ block: Block) {
    switch block.repetition {
    case .once: add(block, key: nil, value: .null)
    case .counted(let count):
      switch evaluator.value(of: resolved(count, each: nil)) {
      case .number(let number) where number.int == 0: break
      case .number(let number) where number.int == 1: add(block, key: nil, value: .null)
      default: reportMissing(block, isImportable: true)
      }
    case .each(let collection):
      switch evaluator.value(of: resolved(collection, each: nil)) {
      case .list(let elements):
        for element in elements {
          if let text = element.scalarText { add(block, key: text, value: element) }
        }
      case .object(let attributes):
        for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
          add(block, key: key, value: value)
        }
      default: reportMissing(block, isImportable: true)
      }
    }
  }

  private mutating func add(_ block: Block, key: String?, value: Value) {
    guard isImportable(block) else { return reportMissing(block, isImportable: false) }
    let each = key.map { (key: $0, value: value) }
    guard let id = derived(block, each: each) else {
      return reportMissing(block, isImportable: true)
    }
    found.append(Adoption(resource: block.address, key: key, id: id))
  }

  private func reportMissing(_ block: Block, isImportable: Bool) {
    // The setting that says it, where there is one.
    let given = entry.leaf.module.imports.first { $0.resource == block.address }?.id.attributePath
    report(
      .isMadeAnew(
        block.address, of: entry.name, isImportable, setting: given?.last, resolver.inEnvironment,
        at: place))
  }

  // MARK: - Ids

  typealias Each = (key: String, value: Value)

  /// The id over a resource's own arguments; nil where it isn't known.
  private func derived(_ block: Block, each: Each?) -> String? {
    if let given = entry.leaf.module.imports.first(where: { $0.resource == block.address }) {
      return text(resolved(given.id, each: each))
    }
    guard let expression = facts(block)?.importID else { return nil }
    return text(over(expression, block, each: each))
  }

  private func text(_ expression: Expression) -> String? {
    guard let text = evaluator.value(of: expression).scalarText, !text.isEmpty else { return nil }
    return text
  }

  private static let unknown = Expression.variable(Variable("unknown"))

  /// An expression over arguments, in which those that a block gives stand for their names.
  private func over(
    _ expression: Expression, _ block: Block, each: Each?, depth: Int = 0
  ) -> Expression {
    expression.rewritten(scope: []) { node, bound in
      guard case .variable(let variable) = node, !bound.contains(variable.name) else { return nil }
      guard let value = block.body.attribute(variable.name)?.value else { return Self.unknown }
      return resolved(value, each: each, depth: depth + 1)
    }
  }

  /// A leaf's expression, in which only its inputs are left.
  func resolved(_ expression: Expression, each: Each?, depth: Int = 0) -> Expression {
    guard depth < 20 else { return Self.unknown }
    let addresses = Set(blocks.keys)
    return expression.rewritten { node in
      if let reference = LeafReference(node, in: addresses) {
        return attribute(reference, depth: depth)
      }
      guard let path = node.attributePath, path.count == 2 else { return nil }
      switch path[0] {
      case "local":
        return locals[path[1]].map {
          .parentheses(Parentheses(resolved($0, each: nil, depth: depth + 1)))
        }
      case "each":
        guard let each else { return Self.unknown }
        return path[1] == "key" ? .string(each.key) : each.value.expression
      case "data": return Self.unknown
      default: return nil
      }
    }
  }

  /// What another resource of the leaf has for an attribute.
  private func attribute(_ reference: LeafReference, depth: Int) -> Expression {
    guard let block = blocks[reference.address], let name = reference.attribute else {
      return Self.unknown
    }
    if case .splat = reference.shape { return Self.unknown }
    if name == "id" {
      if let id = facts(block)?.id { return over(id, block, each: nil, depth: depth) }
      guard facts(block)?.importID == nil, block.address == main?.address, let id = entry.id
      else { return Self.unknown }
      return .string(id.value)
    }
    guard let value = block.body.attribute(name)?.value else { return Self.unknown }
    return resolved(value, each: nil, depth: depth + 1)
  }
}

extension Expression {
  /// Whether what stands between the parts of a composed id stands in a text, in its order.
  fileprivate func separators(occurIn text: String) -> Bool {
    guard case .template(let template) = self else { return true }
    var rest = text[...]
    for case .literal(let separator) in template.parts {
      guard let found = rest.firstRange(of: separator) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
