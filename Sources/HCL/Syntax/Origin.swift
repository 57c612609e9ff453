public import Diagnostics

/// Where a node came from; nil for one that was made, not read.
///
/// It takes no part in equality: two nodes are equal when they print alike. Files of 4 GB and
/// more have no places behind that size.
public struct Origin: Hashable, Sendable {
  // Two halves of a word instead of two words and a flag: every node has an origin or two.
  private var start: UInt32
  private var end: UInt32

  /// The range in the file that was parsed.
  public var range: SourceRange? {
    get { start > end ? nil : SourceRange(Int(start), Int(end)) }
    set { self = Origin(newValue) }
  }

  /// Makes an origin.
  public init(_ range: SourceRange? = nil) {
    self.init(range?.start ?? 1, range?.end ?? 0)
  }

  /// Makes an origin of two offsets.
  init(_ start: Int, _ end: Int) {
    self.start = UInt32(clamping: start)
    self.end = UInt32(clamping: end)
  }

  /// Always true: positions aren't content.
  public static func == (left: Origin, right: Origin) -> Bool { true }

  /// Adds nothing: positions aren't content.
  public func hash(into hasher: inout Hasher) {}
}
