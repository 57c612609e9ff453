import Diagnostics
import Evaluation
import HCL
import ProviderModel

/// What Terraform's own expressions of a leaf see before it runs: the inputs of one item, the locals,
/// and whatever is looked up for none.
final class ModuleScope: ValueScope {
  private let module: ModuleSpec
  private let functions: FunctionTable
  private let templates: [String: TemplateText]
  private let input: (String) -> TypedValue?
  private let locals: [String: Expression]
  /// The inputs and locals that have been worked out, those alone that something mentions; a local
  /// that leads to itself never is.
  private var variables: [String: TypedValue] = [:]
  private var found: [String: TypedValue] = [:]
  private var asked: Set<String> = []

  /// Makes the scope of an item, whose inputs a function tells.
  init(_ leaf: Leaf, functions: FunctionTable, input: @escaping (String) -> TypedValue?) {
    module = leaf.module
    self.functions = functions
    self.input = input
    templates = leaf.templateTexts
    locals = module.locals
  }

  /// The value of an expression of the leaf; unknown where Terraform would find a mistake in it.
  func value(of expression: Expression) -> TypedValue {
    prepare(expression)
    var evaluator = ExpressionEvaluator(
      file: module.file, scope: self, functions: functions, files: file)
    let value = evaluator.value(of: expression)
    return evaluator.diagnostics.hasErrors ? .dynamic : value
  }

  func value(ofRoot name: String) -> TypedValue? {
    switch name {
    case "var": .object(variables)
    case "local": .object(found)
    case "data": .object(lookups)
    case "path": .object(["module": .string(Self.folder)])
    default: nil
    }
  }

  /// Works out the inputs and locals that an expression mentions, those first that these mention.
  private func prepare(_ expression: Expression) {
    expression.visit { node in
      guard case .attribute(let access) = node else { return }
      switch access.base {
      case .variable(let root) where root.name == "var":
        if variables[access.name] == nil { variables[access.name] = input(access.name) }
      case .variable(let root) where root.name == "local":
        guard let local = locals[access.name], asked.insert(access.name).inserted else { return }
        found[access.name] = value(of: local)
      case .attribute(let type):
        guard case .variable(let root) = type.base, root.name == "data",
          let loop = loop(of: type.name, access.name)
        else { return }
        prepare(loop)
      default: break
      }
    }
  }

  // MARK: - Data sources and files

  private func loop(of type: String, _ label: String) -> Expression? {
    let block = module.body.first { $0.type == "data" && $0.address == "\(type).\(label)" }
    return block?.body.attribute("for_each")?.value
  }

  /// What is looked up, by type and label: nothing is known of it, but where it is for nothing.
  private var lookups: [String: TypedValue] {
    var types: [String: [String: TypedValue]] = [:]
    for block in module.body where block.type == "data" && block.labels.count == 2 {
      var value = TypedValue.dynamic
      if case .each(let loop) = block.repetition {
        var evaluator = ExpressionEvaluator(
          file: module.file, scope: LoopScope(self), functions: functions)
        let items = evaluator.value(of: loop)
        let isEmpty = items.elements?.isEmpty ?? items.attributes?.isEmpty ?? false
        if isEmpty { value = .object([:]) }
      }
      types[block.labels[0].text, default: [:]][block.labels[1].text] = value
    }
    return types.mapValues(TypedValue.object)
  }

  /// What says how often something is looked up, which no lookup does.
  private struct LoopScope: ValueScope {
    let outer: ModuleScope

    init(_ outer: ModuleScope) { self.outer = outer }

    func value(ofRoot name: String) -> TypedValue? {
      name == "data" ? nil : outer.value(ofRoot: name)
    }
  }

  /// What stands for the folder of the leaf in paths.
  static let folder = "module"

  private func file(_ path: String) -> ModuleFile? {
    let folder = Self.folder + "/templates/"
    guard path.hasPrefix(folder) else { return nil }
    return templates[String(path.dropFirst(folder.count))].map { .template($0) }
  }
}

extension TypedValue {
  /// A value of ours; what isn't known of it isn't known to Terraform either.
  init(_ value: Value) {
    switch value {
    case .null: self = .null
    case .bool(let truth): self = .bool(truth)
    case .number(let number): self = .number(number)
    case .string(let text): self = .string(text)
    case .list(let elements): self = .tuple(elements.map { TypedValue($0) })
    case .object(let attributes): self = .object(attributes.mapValues { TypedValue($0) })
    case .handle, .unknown: self = .dynamic
    }
  }
}
