import Diagnostics
import Evaluation
import HCL
import ProviderModel

extension DeploymentResolver {
  /// Reports the preconditions of a leaf's resources that are broken whatever Terraform finds out.
  func checkPreconditions(of index: Int) {
    let entry = entries[index]
    let conditions = entry.leaf.preconditions
    guard !conditions.isEmpty, entry.refused.isEmpty, let functions = leaves.functions else {
      return
    }
    let scope = ModuleScope(
      entry.leaf.module, inputs: inputs(of: index),
      templates: entry.leaf.templates, functions: functions)
    for check in conditions
    where scope.value(of: check.condition).boolValue == false
      && check.count.map({ (scope.value(of: $0).numberValue?.int ?? 0) > 0 }) ?? true
    {
      let text = scope.value(of: check.message).stringValue ?? "A precondition doesn't hold"
      diagnostics.append(
        Diagnostic(
          .error, "config.precondition", text.hasSuffix(".") ? String(text.dropLast()) : text,
          at: place(entry.leaf.nameInput ?? "", index),
          detail: "This concerns `\(entry.name)`\(inEnvironment)."))
    }
  }

  /// The inputs of an entry as its leaf has them.
  private func inputs(of index: Int) -> [String: TypedValue] {
    let entry = entries[index]
    var result: [String: TypedValue] = [:]
    for (position, input) in entry.leaf.bound.enumerated() where !entry.leaf.isSetting(position) {
      let given = self.input(position, of: index)
      // Names of items stand for outputs.
      let isKnown = given.reference == nil && given.named.isEmpty
      var ignored = Diagnostics()
      let type = readTypeConstraint(
        input.spec.typeExpression, file: entry.leaf.module.file, into: &ignored)
      let value = isKnown ? TypedValue(given.filled) : .dynamic
      result[input.spec.name] = type.map { $0.apply(to: value).value ?? .dynamic } ?? value
    }
    return result
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
