/// What is remembered about a value wherever it goes.
public struct Marks: OptionSet, Hashable, Sendable {
  /// One bit for each mark.
  public let rawValue: UInt8

  /// Makes marks of their bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The value may not be shown.
  public static let sensitive = Marks(rawValue: 1)
  /// The value may not be kept in states and plans.
  public static let ephemeral = Marks(rawValue: 2)
}
