/// What a store answered.
struct StoreReply: Sendable {
  /// The status: 200 and the like.
  var status: Int
  /// The headers, by their names in small letters.
  var headers: [String: String]
  var body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }
  var isDone: Bool { (200..<300).contains(status) }

  /// The store's word for what is wrong; nil where it says none.
  var errorCode: String? { isDone ? nil : texts(of: "Code", in: text).first }

  /// What is wrong, in the store's words.
  var reason: String {
    let said = [errorCode, texts(of: "Message", in: text).first].compactMap(\.self)
    return said.isEmpty ? "status \(status)" : said.joined(separator: ": ")
  }

  /// Reads the head and the body as they came.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while true {
      let ends = ["\r\n\r\n", "\n\n"].lazy.compactMap { place(of: Array($0.utf8), in: rest) }
      guard let end = ends.first else { return nil }
      let lines = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
        .split(whereSeparator: \.isNewline)
      rest = rest[end.upperBound...]
      let words = lines.first?.split(separator: " ") ?? []
      guard words.count >= 2, let status = Int(words[1]) else { return nil }
      // What comes before the answer itself.
      if (100..<200).contains(status) { continue }
      (self.status, headers, body) = (status, Self.headers(lines.dropFirst()), Array(rest))
      return
    }
  }

  private static func headers(_ lines: some Sequence<Substring>) -> [String: String] {
    lines.reduce(into: [:]) { result, line in
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { return }
      result[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
    }
  }
}

/// Where a piece first stands.
func place(of piece: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
  guard let first = piece.first else { return nil }
  var start = bytes.startIndex
  while let found = bytes[start...].firstIndex(of: first) {
    if bytes[found...].starts(with: piece) { return found..<(found + piece.count) }
    start = found + 1
  }
  return nil
}

/// The texts of all elements of a name in an answer, in their order; of those within others, too.
func texts(of name: String, in xml: String) -> [String] {
  elements([name], in: xml).map { unescaped($0.text) }
}

/// The elements of some names in an answer, in their order, with what stands in them.
///
/// Stores answer in a small part of XML: no comments, no sections of characters.
func elements(_ names: Set<String>, in xml: String) -> [(name: String, text: String)] {
  var found: [(name: String, text: String)] = []
  var rest = Substring(xml)
  while let open = rest.firstIndex(of: "<") {
    let tag = rest[rest.index(after: open)...].prefix { $0 != ">" }
    rest = rest[tag.endIndex...].dropFirst()
    let name = String(tag.prefix { !$0.isWhitespace && $0 != "/" })
    guard names.contains(name), !tag.hasSuffix("/") else { continue }
    let parts = rest.components(upTo: "</\(name)>")
    found.append((name, String(parts.before)))
    rest = parts.behind
  }
  return found
}

extension Substring {
  /// What stands before a text and what stands behind it; all and nothing where it isn't there.
  fileprivate func components(upTo text: String) -> (before: Substring, behind: Substring) {
    var start = startIndex
    while let found = self[start...].firstIndex(of: "<") {
      if self[found...].hasPrefix(text) {
        return (self[..<found], self[found...].dropFirst(text.count))
      }
      start = index(after: found)
    }
    return (self, "")
  }
}

private func unescaped(_ text: String) -> String {
  var result = ""
  var rest = text[...]
  while let sign = rest.firstIndex(of: "&") {
    result += rest[..<sign]
    let name = rest[rest.index(after: sign)...].prefix { $0 != ";" }
    rest = rest[name.endIndex...].dropFirst()
    let named = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"][String(name)]
    let number =
      name.hasPrefix("#x")
      ? UInt32(name.dropFirst(2), radix: 16)
      : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
    let scalar = number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    result += named ?? scalar ?? "&\(name);"
  }
  return result + rest
}
