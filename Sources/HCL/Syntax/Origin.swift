public import Diagnostics

/// Where a node came from; nil for one that was made, not read.
///
/// It takes no part in equality: two nodes are equal when they print alike.
public struct Origin: Hashable, Sendable {
  /// The range in the file that was parsed.
  public var range: SourceRange?

  /// Makes an origin.
  public init(_ range: SourceRange? = nil) { self.range = range }

  /// Always true: positions aren't content.
  public static func == (left: Origin, right: Origin) -> Bool { true }

  /// Adds nothing: positions aren't content.
  public func hash(into hasher: inout Hasher) {}
}
