import Diagnostics
import Evaluation
import HCL
import ProviderModel

extension DeploymentResolver {
  /// Sets the preconditions of a leaf's resources aside: all inputs are known, and to look at them
  /// needs nothing else that is resolved here.
  func setPreconditionsAside(of index: Int) {
    let entry = entries[index]
    guard !entry.leaf.preconditions.isEmpty, entry.refused.isEmpty, let functions = leaves.functions
    else { return }
    preconditions.append(
      PreconditionCheck(
        leaf: entry.leaf, results: entry.results, functions: functions,
        place: place(entry.leaf.nameInput ?? "", index),
        concern: "This concerns `\(entry.name)`\(inEnvironment)."))
  }
}

/// The preconditions of an item's resources.
struct PreconditionCheck: Sendable {
  let leaf: Leaf
  /// What the leaf's inputs came to.
  let results: [DeploymentResolver.InputResult?]
  let functions: FunctionTable
  let place: SourceLocation?
  /// What is said of the item.
  let concern: String

  /// The preconditions that are broken whatever Terraform finds out.
  func findings() -> [Diagnostic] {
    let scope = ModuleScope(leaf, functions: functions) { value(of: $0) }
    let broken = leaf.preconditions.filter { check in
      scope.value(of: check.condition).boolValue == false
        && check.count.map { (scope.value(of: $0).numberValue?.int ?? 0) > 0 } ?? true
    }
    return broken.map { check in
      let text = scope.value(of: check.message).stringValue ?? "A precondition doesn't hold"
      return Diagnostic(
        .error, "config.precondition", text.hasSuffix(".") ? String(text.dropLast()) : text,
        at: place, detail: concern)
    }
  }

  /// An input as the leaf has it; nil where there is none of the name.
  private func value(of name: String) -> TypedValue? {
    guard let position = leaf.inputIndex[name], !leaf.isSetting(position) else { return nil }
    guard let given = results[position] else { return .dynamic }
    // Names of items stand for outputs.
    let isKnown = given.reference == nil && given.named.isEmpty
    var ignored = Diagnostics()
    let type = readTypeConstraint(
      leaf.bound[position].spec.typeExpression, file: leaf.module.file, into: &ignored)
    let value = isKnown ? TypedValue(given.filled) : .dynamic
    return type.map { $0.apply(to: value).value ?? .dynamic } ?? value
  }
}

extension Leaf {
  /// A precondition of a resource, and how many there are of that.
  struct Precondition: Sendable {
    let count: Expression?
    let condition: Expression
    let message: Expression
  }

  /// The preconditions of all resources.
  static func preconditions(of module: ModuleSpec) -> [Precondition] {
    module.resources.flatMap(\.preconditions)
  }
}

extension Block {
  /// The preconditions of a resource, with how many there are of it; none of one that is repeated
  /// by a loop, which they may mention.
  fileprivate var preconditions: [Leaf.Precondition] {
    if case .each = repetition { return [] }
    let blocks = body.blocks.filter { $0.type == "lifecycle" }.flatMap(\.body.blocks)
    return blocks.filter { $0.type == "precondition" }.compactMap { block in
      guard let condition = block.body.attribute("condition")?.value,
        let message = block.body.attribute("error_message")?.value
      else { return nil }
      return Leaf.Precondition(
        count: body.attribute("count")?.value, condition: condition, message: message)
    }
  }
}
