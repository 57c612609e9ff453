/// A path inside of a folder: names joined by `/`, for example `infra/main.tf`.
///
/// It can't lead out of the folder: it isn't absolute, and no part of it is empty, `.` or `..`.
public struct RelativePath: Hashable, Sendable {
  /// The path as text.
  public let text: String

  /// Makes a path of a text; nil if the text breaks a rule.
  public init?(_ text: String) {
    guard Self.fault(in: text) == nil else { return nil }
    self.text = text
  }

  private init(unchecked text: String) { self.text = text }

  /// What is wrong with a text as a path; nil if nothing is.
  public static func fault(in text: String) -> Fault? {
    if text.isEmpty { return .empty }
    if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return .controlCharacter }
    if text.utf8.first == UInt8(ascii: "/") { return .absolute }
    for part in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      if part.elementsEqual("..".utf8) { return .leadsUpwards }
      if part.isEmpty || part.elementsEqual(".".utf8) { return .emptyPart }
    }
    return nil
  }

  /// A rule that a text breaks.
  public enum Fault: String, Sendable, CaseIterable {
    /// There is no text.
    case empty = "is empty"
    /// It begins with `/`.
    case absolute = "is absolute"
    /// A part of it is `..`.
    case leadsUpwards = "leads out of the folder by `..`"
    /// A part of it is empty or `.`.
    case emptyPart = "holds `//`, `.` or a `/` at its end"
    /// It holds NUL or another control character.
    case controlCharacter = "holds a control character"
  }

  /// The names from the folder down to the file; never empty.
  public var parts: [String] {
    text.utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The last name.
  public var name: String { parts.last ?? text }

  /// The folder that holds it; nil where that is the folder all paths start from.
  public var parent: RelativePath? {
    let folders = parts.dropLast()
    return folders.isEmpty ? nil : RelativePath(unchecked: folders.joined(separator: "/"))
  }

  /// The folders that hold it, the innermost first.
  public var ancestors: [RelativePath] {
    var found: [RelativePath] = []
    var folder = parent
    while let current = folder {
      found.append(current)
      folder = current.parent
    }
    return found
  }
}

extension RelativePath: Comparable {
  /// Whether the left path stands first in the order of bytes.
  public static func < (left: RelativePath, right: RelativePath) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension RelativePath: CustomStringConvertible {
  /// The path as text.
  public var description: String { text }
}
