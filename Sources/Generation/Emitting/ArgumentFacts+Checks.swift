import HCL
import ProviderModel
import Terraform

extension ArgumentFacts {
  /// One thing to check of a value.
  struct Check {
    var condition: (Expression) -> Expression?
    /// What is allowed, as the end of a sentence that begins with the name.
    var message: String
  }

  /// What Terraform has to check.
  var checks: [Check] {
    var result: [Check] = []
    if let allowed = oneOf, !allowed.isEmpty {
      let ignoresCase = ignoresCase
      let values = allowed.map { value in
        ignoresCase ? Value.string((value.scalarText ?? "").lowercased()) : value
      }
      let list = Expression.tuple(values.compactMap(\.literalExpression))
      result.append(
        Check(
          condition: { .apply("contains", list, ignoresCase ? .apply("lower", $0) : $0) },
          message: "must be one of \(allowed.compactMap(\.scalarText).joined(separator: ", "))"))
    }
    if let range { result.append(Self.limits(range, of: { $0 }, unit: "")) }
    if let length {
      result.append(
        Self.limits(
          Double(length.lowerBound)...Double(length.upperBound), of: { .apply("length", $0) },
          unit: " characters long"))
    }
    if let pattern {
      result.append(
        Check(
          condition: { .apply("can", .apply("regex", .string(pattern), $0)) },
          message: "must match \(pattern)"))
    }
    if let format, let check = Self.formats[format] { result.append(check) }
    return result
  }

  private static func limits(
    _ range: ClosedRange<Double>, of measure: @escaping (Expression) -> Expression, unit: String
  ) -> Check {
    let low = Expression.literal(Literal(.number(Number(range.lowerBound).text)))
    let high = Expression.literal(Literal(.number(Number(range.upperBound).text)))
    let hasLimit = range.upperBound < 1e15
    return Check(
      condition: { value in
        let least = Expression.binary(BinaryOperation(measure(value), .greaterOrEqual, low))
        guard hasLimit else { return least }
        return least.and(.binary(BinaryOperation(measure(value), .lessOrEqual, high)))
      },
      message: hasLimit
        ? "must be \(Number(range.lowerBound).text) to \(Number(range.upperBound).text)\(unit)"
        : "must be at least \(Number(range.lowerBound).text)\(unit)")
  }

  /// What texts of a format look like to Terraform.
  private static var formats: [String: Check] {
    [
      "cidr": Check(
        condition: {
          .apply(
            "can", .apply("cidrhost", $0, .literal(Literal(.number("0")))))
        }, message: "must be an address range such as 203.0.113.0/24"),
      "email": Check(
        condition: { .apply("can", .apply("regex", .string("^[^@ ]+@[^@ ]+$"), $0)) },
        message: "must be an email address"),
    ]
  }
}

extension Value {
  /// A scalar as a literal.
  var literalExpression: Expression? {
    switch self {
    case .string(let text): .string(text)
    case .number(let number): .literal(Literal(.number(number.text)))
    case .bool(let truth): .bool(truth)
    case .null: .null
    case .list, .object, .handle, .unknown: nil
    }
  }
}
