/// The functions of Terraform that the spec language knows; others give unknown.
///
/// A call whose arguments don't fit gives null where Terraform fails because of the value, so
/// that `try` and `can` work, and unknown otherwise.
enum Functions {
  /// The result of a call with arguments that are evaluated.
  static func call(_ name: String, _ arguments: [Value]) -> Value {
    collection(name, arguments) ?? sequence(name, arguments) ?? text(name, arguments)
      ?? network(name, arguments) ?? arithmetic(name, arguments) ?? .unknown
  }

  private static func arithmetic(_ name: String, _ arguments: [Value]) -> Value? {
    var numbers: [Number] = []
    for argument in arguments {
      guard case .number(let number) = argument else { return nil }
      numbers.append(number)
    }
    guard let first = numbers.first else { return nil }
    switch name {
    case "min": return .number(numbers.min() ?? first)
    case "max": return .number(numbers.max() ?? first)
    case "abs": return .number(first.double < 0 ? first.negated : first)
    case "ceil": return .number(first.isWhole ? first : Number(first.double.rounded(.up)))
    case "floor": return .number(first.isWhole ? first : Number(first.double.rounded(.down)))
    default: return nil
    }
  }
}
