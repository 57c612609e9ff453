import Diagnostics
import Evaluation
import Files
import HCL

/// Checks one module against its declarations, its callees and the schemas.
///
/// Several modules are checked at once. Of other modules a checker reads what they declare, which
/// nothing changes any more once the tree is read. What it changes is its own state, its own
/// findings, and its own module's `edges` and `used`, which no other checker looks at. When all are
/// checked, `edges` stay as they are, and circles are looked for beside rules about given values.
final class ModuleChecker: @unchecked Sendable {
  let module: Module
  let tree: ModuleTree
  let library: SchemaLibrary
  let functions: FunctionTable
  let findings: Findings
  let options: CheckOptions

  var localValues: [String: TypedValue] = [:]
  /// Locals whose value is being worked out.
  var pendingLocals: Set<String> = []
  /// What seems wrong with outputs that the expression at hand names.
  var outputProblems: [Diagnostic] = []
  /// The references of the expression that was evaluated last.
  var lastTraversals: [StaticTraversal] = []
  /// Local names of providers about which something was said.
  var reportedProviders: Set<String> = []
  /// What its calls give to the variables of other modules.
  var givenValues: [GivenValues] = []
  /// What calls of this one give to its variables.
  var receivedValues: [GivenValues] = []
  private var variableValues: TypedValue?
  private var callValues: TypedValue?
  private var pathValues: TypedValue?

  init(
    _ module: Module, _ tree: ModuleTree, _ library: SchemaLibrary, _ functions: FunctionTable,
    _ options: CheckOptions
  ) {
    self.module = module
    self.tree = tree
    self.library = library
    self.functions = functions
    self.options = options
    // All modules together compare so many names that it takes no seconds.
    findings = Findings(comparisons: Findings.comparisons / tree.modules.items.count)
  }

  var isRoot: Bool { module === tree.root }

  // MARK: - What names stand for

  var variables: TypedValue {
    if let variableValues { return variableValues }
    var values: [String: TypedValue] = [:]
    for variable in module.variables.items {
      let type = variable.type.withoutOptionalAttributes
      var marks: Marks = []
      if variable.isSensitive { marks.insert(.sensitive) }
      if variable.isEphemeral { marks.insert(.ephemeral) }
      values[variable.name] = .unknown(type).marked(marks)
    }
    let value = TypedValue.object(values)
    variableValues = value
    return value
  }

  /// The called modules with their outputs, each of which may be anything.
  var calls: TypedValue {
    if let callValues { return callValues }
    var values: [String: TypedValue] = [:]
    for call in module.calls.items { values[call.name] = value(of: call) }
    let value = TypedValue.object(values)
    callValues = value
    return value
  }

  private func value(of call: ModuleCall) -> TypedValue {
    guard let child = callee(call), !child.isPartial else { return .dynamic }
    let outputs = child.outputs.names.map { ($0, TypedValue.dynamic) }
    let object = TypedValue.object(Dictionary(uniqueKeysWithValues: outputs))
    if call.hasCount { return .unknown(.list(object.type)) }
    if call.hasForEach { return .unknown(.map(object.type)) }
    return object
  }

  /// The module that a call calls, where it is there.
  func callee(_ call: ModuleCall) -> Module? { call.folder.flatMap { tree.modules[$0] } }

  /// The value of a local; of one that is being worked out nothing is known.
  func local(_ name: String) -> TypedValue {
    if let known = localValues[name] { return known }
    guard !pendingLocals.contains(name) else { return .dynamic }
    // What it names comes first, by a list of what is to do: chains may be longer than any stack.
    var waiting = [name]
    while let next = waiting.last {
      guard localValues[next] == nil, let local = module.locals[next] else {
        waiting.removeLast()
        continue
      }
      if pendingLocals.insert(next).inserted {
        local.attribute.value.visitTraversals { traversal in
          guard traversal.root == "local", let other = traversal.steps.first?.name else { return }
          if localValues[other] == nil, !pendingLocals.contains(other) { waiting.append(other) }
        }
      }
      guard waiting.last == next else { continue }
      let context = ExpressionContext(file: local.file, node: .local(next))
      localValues[next] = value(of: local.attribute.value, in: context)
      pendingLocals.remove(next)
    }
    return localValues[name] ?? .dynamic
  }

  var paths: TypedValue {
    if let pathValues { return pathValues }
    let folder = relativePath(from: tree.root.folder, to: module.folder)
    let value = TypedValue.object([
      "module": .string(folder), "root": .string("."),
      "cwd": .unknown(.string, isNeverNull: true),
    ])
    pathValues = value
    return value
  }

  /// What is known of a file under a path that an expression names.
  func file(_ path: String) -> ModuleFile? {
    guard !path.hasPrefix("/"), !path.hasPrefix("~") else { return nil }
    var parts = tree.root.folder.split(separator: "/").map(String.init)
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(String(part))
      } else if parts.popLast() == nil {
        return nil
      }
    }
    return tree.files[parts.joined(separator: "/")].map { .bytes($0) } ?? .missing
  }
}

/// What a call gives to the variables of a module.
struct GivenValues {
  let call: ModuleCall
  /// The folder of the module.
  let folder: String
  let values: [String: TypedValue]
}

/// The way from one folder of a tree to another: `.`, `a/b`, `../c`.
func relativePath(from: String, to: String) -> String {
  let start = from.split(separator: "/")
  let end = to.split(separator: "/")
  let common = zip(start, end).prefix { $0 == $1 }.count
  let parts =
    Array(repeating: "..", count: start.count - common) + end.dropFirst(common).map(String.init)
  return parts.isEmpty ? "." : parts.joined(separator: "/")
}
