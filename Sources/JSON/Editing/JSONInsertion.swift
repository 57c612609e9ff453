import Diagnostics

/// A text that is put into a JSON file, whose own bytes all stay.
public struct JSONInsertion: Hashable, Sendable {
  /// Before which byte of the file.
  public var place: Int
  /// What.
  public var bytes: [UInt8]

  /// Makes an insertion.
  public init(_ bytes: [UInt8], at place: Int) {
    self.place = place
    self.bytes = bytes
  }

  /// Puts members into an object, written as its own are: each on a line with their indentation
  /// where these stand so, with the line ends and the blanks around colons that they have.
  ///
  /// - Parameters:
  ///   - members: The members, none of which the object has.
  ///   - object: The object, with ranges in the file.
  ///   - keys: Members of the object behind the last of which the new ones stand; behind all where
  ///     it has none of these.
  ///   - file: The bytes of the file.
  public init(
    _ members: [(key: String, value: JSONNode)], into object: JSONNode, behind keys: [String] = [],
    of file: [UInt8]
  ) {
    let own = object.members ?? []
    let style = JSONStyle(file)
    guard let place = own.lastIndex(where: { keys.contains($0.key) }) ?? own.indices.last else {
      let text = members.map { style.member($0, style.colon) }.joined(separator: ", ")
      self.init(
        Array((style.padding + text + style.closing(object)).utf8), at: object.range.start + 1)
      return
    }
    let anchor = own[place]
    let colon = style.colon(of: anchor)
    // What stands before the first member may belong to the bracket.
    let model = place > 0 ? anchor : own.count > 1 ? own[1] : anchor
    let isAlone = own.count == 1
    let gap = style.gap(before: model, isAlone: isAlone, colon)
    let text = members.map { "," + gap + style.member($0, colon) }.joined()
    self.init(Array(text.utf8), at: anchor.value.range.end)
  }
}

extension [UInt8] {
  /// The bytes with texts put in.
  public func inserting(_ insertions: [JSONInsertion]) -> [UInt8] {
    var result: [UInt8] = []
    var place = 0
    for insertion in insertions.sorted(by: { $0.place < $1.place }) {
      result += self[place..<insertion.place] + insertion.bytes
      place = insertion.place
    }
    return result + self[place...]
  }
}

/// How a file writes its objects.
private struct JSONStyle {
  let file: [UInt8]
  /// What stands inside of the brackets of an object on one line.
  let padding: String

  init(_ file: [UInt8]) {
    self.file = file
    let isPadded = Self.occurs("{ \"", in: file)
    padding = isPadded || !Self.occurs("{\"", in: file) ? " " : ""
  }

  private static func occurs(_ text: String, in file: [UInt8]) -> Bool {
    let wanted = Array(text.utf8)
    guard file.count >= wanted.count else { return false }
    return (0...(file.count - wanted.count)).contains { start in
      file[start..<(start + wanted.count)].elementsEqual(wanted)
    }
  }

  /// What usually stands between a key and its value.
  var colon: String { ": " }

  /// What stands between the key of a member and its value.
  func colon(of member: JSONMember) -> String {
    let text = text(member.keyRange.end, member.value.range.start)
    return text.allSatisfy { " \t:".contains($0) } ? text : colon
  }

  /// What stands between a comma and a member: blanks, or a line end and an indentation.
  func gap(before member: JSONMember, isAlone: Bool, _ colon: String) -> String {
    var start = member.keyRange.start
    while start > 0, [0x20, 0x09, 0x0A, 0x0D].contains(file[start - 1]) { start -= 1 }
    let blanks = file[start..<member.keyRange.start]
    guard var lineEnd = blanks.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
      return isAlone ? (colon.hasSuffix(":") ? "" : " ") : text(start, member.keyRange.start)
    }
    if file[lineEnd] == 0x0A, lineEnd > start, file[lineEnd - 1] == 0x0D { lineEnd -= 1 }
    return text(lineEnd, member.keyRange.start)
  }

  /// What stands before the bracket that closes an object which was empty.
  func closing(_ object: JSONNode) -> String {
    object.range.end - object.range.start > 2 ? "" : padding
  }

  func member(_ member: (key: String, value: JSONNode), _ colon: String) -> String {
    JSONPrinter.printCompact(.string(member.key)) + colon + value(member.value, colon)
  }

  private func value(_ node: JSONNode, _ colon: String) -> String {
    guard let members = node.members, !members.isEmpty else {
      return JSONPrinter.printCompact(node)
    }
    let gap = colon.hasSuffix(":") ? "," : ", "
    let inner = members.map { member(($0.key, $0.value), colon) }.joined(separator: gap)
    return "{" + padding + inner + padding + "}"
  }

  private func text(_ start: Int, _ end: Int) -> String {
    String(decoding: file[start..<end], as: UTF8.self)
  }
}
