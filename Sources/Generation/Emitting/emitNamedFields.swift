import HCL
import ProviderModel
import Terraform

extension RouterEmitter {
  /// An input with fields that name items: each such field is replaced by the item's output.
  ///
  /// - Returns: Nil where no item in use is named.
  func withNamedFields(_ input: Leaf.Input, _ leaf: Leaf) -> Expression? {
    let fields = input.spec.fields.compactMap { field -> (String, Expression)? in
      guard let type = field.referredType, let output = field.referredOutput,
        let target = stack.catalog.module(
          provider: leaf.provider.name, type: type, roles: [.resource]),
        stack.leaves.contains(where: { $0.module.callName == target.callName })
      else { return nil }
      return (field.name, value(of: field.name, of: input, output, target))
    }
    guard !fields.isEmpty else { return nil }
    let given = Expression.reference("each", "value", "config", input.spec.name)
    let element = Expression.apply("merge", .reference(Self.element), .object(fields))
    let result: Expression
    switch input.spec.type.shape {
    case .sequence:
      result = .forExpression(ForExpression(valueName: Self.element, in: given, value: element))
    case .map:
      result = .forExpression(
        ForExpression(
          keyName: "key", valueName: Self.element, in: given, key: .reference("key"),
          value: element))
    case .single: return nil
    }
    return Expression.apply("try", given, .null).equals(.null).choose(.null, result)
  }

  private static var element: String { "element" }

  /// The output of the item that a field names, else the field as it is.
  private func value(
    of field: String, of input: Leaf.Input, _ output: String, _ target: ModuleSpec
  ) -> Expression {
    let text = Expression.reference(Self.element, field)
    let item = Expression.reference("each", "value", "refs")
      .at(.string("\(input.spec.name).\(field)")).at(text)
    let outputs =
      router == .resources
      ? Expression.reference("module", target.callName) : .reference("var", "resource_outputs")
    return Expression.apply("try", item, .null).equals(.null)
      .choose(.apply("try", text, .null), outputs.at(item).dot(output))
  }
}

extension TypeConstraint {
  /// How an input holds its objects.
  fileprivate enum Shape { case sequence, map, single }

  fileprivate var shape: Shape {
    switch self {
    case .list, .set: .sequence
    case .map: .map
    default: .single
    }
  }
}
