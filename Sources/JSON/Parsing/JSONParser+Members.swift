import Diagnostics

extension JSONParser {
  /// Reads a key and its colon; the offset is then at the value.
  mutating func parseKey() -> Bool {
    let start = offset
    let key: String
    if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
      guard let text = parseString() else { return false }
      key = text
    } else {
      let range = rangeOfToken()
      guard isWord(current) else {
        report(
          "json.unexpected", "A key is expected here", range,
          detail: "The members of an object are `\"key\": value`, with commas between.")
        return false
      }
      offset = range.end
      key = file.text(range)
      report(
        "json.unquoted-key", "The key `\(key)` stands without quotes", range,
        help: "Write `\"\(key)\"`.", fixIt: "\"\(key)\"")
    }
    let range = SourceRange(start, offset)
    stack[stack.count - 1].key = (key, range)
    return parseColon(behind: range)
  }

  private mutating func parseColon(behind key: SourceRange) -> Bool {
    guard skipSpace() else { return false }
    if current == UInt8(ascii: ":") {
      offset += 1
      guard skipSpace() else { return false }
      guard offset < bytes.count, !isClosing, current != UInt8(ascii: ",") else {
        report("json.missing-value", "The key has no value", key, help: "Write a value behind it.")
        return false
      }
      return true
    }
    guard current == UInt8(ascii: "=") else {
      report(
        "json.missing-colon", "A colon is missing behind the key", key,
        help: "Write `\"key\": value`.")
      return false
    }
    let start = offset
    offset += next == UInt8(ascii: ">") ? 2 : 1
    report(
      "json.missing-colon", "A key and its value are joined by a colon", SourceRange(start, offset),
      help: "Write `:`.", fixIt: ":")
    return skipSpace()
  }

  private var isClosing: Bool {
    current == UInt8(ascii: "}") || current == UInt8(ascii: "]")
  }

  /// The members without those whose key stood before; these are reported.
  mutating func withoutDuplicates(_ members: [JSONMember]) -> [JSONMember] {
    var first: [String: Int] = [:]
    var duplicates: [(Int, Int)] = []
    if members.count <= 8 {
      for index in members.indices {
        if let earlier = members[..<index].firstIndex(where: { $0.key == members[index].key }) {
          duplicates.append((earlier, index))
        }
      }
    } else {
      for (index, member) in members.enumerated() {
        if let earlier = first[member.key] {
          duplicates.append((earlier, index))
        } else {
          first[member.key] = index
        }
      }
    }
    guard !duplicates.isEmpty else { return members }
    for (earlier, index) in duplicates {
      diagnostics.append(
        Diagnostic(
          .error, "json.duplicate-key", "The key `\(members[index].key)` is given twice",
          at: SourceLocation(file, members[index].keyRange),
          detail: "Readers differ in which of the two they take.", help: "Remove one of them.",
          notes: [.init("first given here", at: SourceLocation(file, members[earlier].keyRange))]))
    }
    let removed = Set(duplicates.map(\.1))
    return members.indices.filter { !removed.contains($0) }.map { members[$0] }
  }
}
