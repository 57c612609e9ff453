/// What becomes of a value that is to have another type.
public enum Conversion: Sendable {
  /// It has that type now.
  case value(TypedValue)
  /// It can't have it.
  case problem(ConversionProblem)

  /// The converted value, where there is one.
  public var value: TypedValue? { if case .value(let value) = self { value } else { nil } }

  /// Why there is none.
  public var problem: ConversionProblem? {
    if case .problem(let problem) = self { problem } else { nil }
  }
}

/// Why a value can't have a type.
public struct ConversionProblem: Hashable, Sendable {
  /// A step from a value to a part of it.
  public enum Step: Hashable, Sendable {
    /// An attribute of an object, or the key of a map.
    case name(String)
    /// The position in a list or a tuple.
    case position(Int)
  }

  /// The way from the whole value to the part that doesn't fit; empty for the whole.
  public var path: [Step]
  /// What is wrong, without a full stop, for example `a number is required`.
  public var message: String

  /// Makes a problem.
  public init(_ message: String, path: [Step] = []) {
    self.path = path
    self.message = message
  }

  /// The problem as one that lies a step deeper.
  func inside(_ step: Step) -> ConversionProblem {
    ConversionProblem(message, path: [step] + path)
  }

  /// The message with the way to the part, for example `.ports[1]: a number is required`.
  public var text: String {
    let way = path.map { step in
      switch step {
      case .name(let name): isPlain(name) ? ".\(name)" : "[\"\(name)\"]"
      case .position(let index): "[\(index)]"
      }
    }.joined()
    return way.isEmpty ? message : "\(way): \(message)"
  }

  private func isPlain(_ name: String) -> Bool {
    name.unicodeScalars.allSatisfy { $0.properties.isXIDContinue || $0 == "-" }
  }
}
