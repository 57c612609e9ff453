import Diagnostics
import JSON

extension ManifestReader {
  /// Reports an error.
  mutating func error(
    _ id: String, _ summary: String, at range: SourceRange, detail: String? = nil,
    help: String? = nil, notes: [Diagnostic.Note] = []
  ) {
    diagnostics.append(
      Diagnostic(
        .error, id, summary, at: SourceLocation(file, range), detail: detail, help: help,
        notes: notes))
  }

  /// Reports a warning.
  mutating func warning(
    _ id: String, _ summary: String, at range: SourceRange, detail: String? = nil,
    help: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(
        .warning, id, summary, at: SourceLocation(file, range), detail: detail, help: help))
  }

  /// A remark about another place of the manifest.
  func note(_ text: String, _ range: SourceRange) -> Diagnostic.Note {
    Diagnostic.Note(text, at: SourceLocation(file, range))
  }

  /// The member of a key in any of its spellings; null counts as absent.
  ///
  /// Case, `-` and `_` don't matter. Two spellings of one key are an error; the first counts.
  mutating func entry(_ node: JSONNode, _ keys: String...) -> JSONMember? {
    entry(node, anyOf: keys)
  }

  /// The member of any of some keys.
  mutating func entry(_ node: JSONNode, anyOf keys: [String]) -> JSONMember? {
    let found = (node.members ?? []).filter { member in
      keys.contains { isSameKey($0, member.key) } && !member.value.isNull
    }
    guard let first = found.first else { return nil }
    for other in found.dropFirst() {
      error(
        "manifest.given-twice", "`\(other.key)` says the same as `\(first.key)`",
        at: other.keyRange, help: "Remove one of them.",
        notes: [note("first given here", first.keyRange)])
    }
    return first
  }

  /// A string; another kind of value is an error.
  mutating func string(_ node: JSONNode, _ keys: String...) -> Located<String>? {
    guard let member = entry(node, anyOf: keys) else { return nil }
    guard let text = member.value.text else { return wrongType(member, "a string") }
    return Located(text, at: member.value.range)
  }

  /// A string, or a number in the words of the manifest.
  mutating func identifier(_ node: JSONNode, _ keys: String...) -> Located<String>? {
    guard let member = entry(node, anyOf: keys) else { return nil }
    guard let text = member.value.text ?? member.value.numberText else {
      return wrongType(member, "a string")
    }
    guard !text.isEmpty else {
      error("manifest.empty", "`\(member.key)` is empty", at: member.value.range)
      return nil
    }
    return Located(text, at: member.value.range)
  }

  /// A truth value.
  mutating func flag(_ node: JSONNode, _ keys: String...) -> Bool? {
    guard let member = entry(node, anyOf: keys) else { return nil }
    guard let flag = member.value.flag else { return wrongType(member, "true or false") }
    return flag
  }

  /// An object.
  mutating func object(_ node: JSONNode, _ keys: String...) -> JSONNode? {
    guard let member = entry(node, anyOf: keys) else { return nil }
    guard member.value.members != nil else { return wrongType(member, "an object") }
    return member.value
  }

  /// Reports a member whose value is of the wrong kind; always nil.
  mutating func wrongType<Value>(_ member: JSONMember, _ expected: String) -> Value? {
    wrongType(member.value, "`\(member.key)`", expected)
    return nil
  }

  /// Reports a value of the wrong kind.
  mutating func wrongType(_ node: JSONNode, _ what: String, _ expected: String) {
    error(
      "manifest.wrong-type", "\(what) must be \(expected), not \(node.kindName)", at: node.range)
  }

  /// Reports a key that has to be there, at the place that lacks it.
  mutating func missing(_ key: String, in what: String, at range: SourceRange, help: String? = nil)
  {
    error("manifest.missing-key", "\(what) has no `\(key)`", at: range, help: help)
  }

  /// The opening bracket of a node, which stands for the whole where that is long.
  func opening(_ node: JSONNode) -> SourceRange {
    SourceRange(node.range.start, min(node.range.start + 1, node.range.end))
  }
}

/// A key without what doesn't tell keys apart.
func plainKey(_ key: String) -> String {
  var bytes = key.utf8.makeIterator()
  var plain: [UInt8] = []
  while let byte = nextOfKey(&bytes) { plain.append(byte) }
  return String(decoding: plain, as: UTF8.self)
}

/// Whether two keys don't differ in what tells keys apart; each key of a manifest is held against
/// many, so no text is made of either.
func isSameKey(_ left: String, _ right: String) -> Bool {
  var (left, right) = (left.utf8.makeIterator(), right.utf8.makeIterator())
  while true {
    let (one, other) = (nextOfKey(&left), nextOfKey(&right))
    if one != other { return false }
    if one == nil { return true }
  }
}

/// The next byte that tells keys apart, in lower case.
private func nextOfKey(_ bytes: inout String.UTF8View.Iterator) -> UInt8? {
  while let byte = bytes.next() {
    if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") { continue }
    let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
    return isUpper ? byte + 32 : byte
  }
  return nil
}
