public import Diagnostics

/// Reads a file as JSON (RFC 8259).
///
/// Mistakes whose mending is certain (a comma too many, a comment, single quotes) are reported and
/// read over, so that one run shows several; what is then returned is the text as it was meant.
/// The first mistake that can't be read over ends the reading with nil.
public func parseJSON(_ file: SourceFile, into diagnostics: inout Diagnostics) -> JSONNode? {
  var parser = JSONParser(file: file)
  let node = parser.parseDocument()
  diagnostics.append(contentsOf: parser.diagnostics)
  return node
}

/// Reads values with a stack of its own, so that depth costs no call frames.
struct JSONParser {
  /// An array or object that isn't closed yet.
  struct Container {
    /// Whether it is an object.
    let isObject: Bool
    /// Where its opening bracket stands.
    let start: Int
    /// The elements of an array.
    var elements: [JSONNode] = []
    /// The members of an object.
    var members: [JSONMember] = []
    /// The key whose value comes next.
    var key: (text: String, range: SourceRange)?
    /// Where the last comma stands, if nothing came behind it.
    var comma: Int?
  }

  /// Levels of brackets that are read.
  static let nestingLimit = 500
  /// Findings after which reading ends.
  static let findingLimit = 50

  let file: SourceFile
  let bytes: [UInt8]
  var offset = 0
  var diagnostics = Diagnostics()
  var stack: [Container] = []

  init(file: SourceFile) {
    self.file = file
    bytes = file.bytes
  }

  /// The byte at the offset; 0 at the end, which is no byte of JSON either.
  var current: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  /// The byte behind the current one.
  var next: UInt8 { offset + 1 < bytes.count ? bytes[offset + 1] : 0 }

  mutating func parseDocument() -> JSONNode? {
    reportEncoding()
    guard skipSpace() else { return nil }
    guard offset < bytes.count else {
      report("json.empty", "The file is empty", SourceRange(0, 0), help: "Write at least `{}`.")
      return nil
    }
    guard let node = parseTree() else { return nil }
    guard skipSpace() else { return nil }
    if offset < bytes.count {
      report(
        "json.extra", "There is more behind the end of the JSON value", rangeOfToken(),
        detail: "A file holds one value; this one ended before here.")
    }
    return node
  }

  /// Reads the root value with all that is in it.
  private mutating func parseTree() -> JSONNode? {
    while diagnostics.items.count < Self.findingLimit {
      // Here a value begins.
      var finished: JSONNode?
      if current == UInt8(ascii: "{") || current == UInt8(ascii: "[") {
        guard open() else { return nil }
      } else {
        guard let scalar = parseScalar() else { return nil }
        finished = scalar
      }
      // Here a value ended, or a container was opened.
      while true {
        if let node = finished {
          guard !stack.isEmpty else { return node }
          add(node)
        }
        guard let step = advance(isOpening: finished == nil) else { return nil }
        guard case .closed(let node) = step else { break }
        finished = node
      }
    }
    return nil
  }

  /// What comes behind a value.
  private enum Step {
    case value
    case closed(JSONNode)
  }

  private mutating func open() -> Bool {
    if stack.count == Self.nestingLimit {
      report(
        "json.nesting", "The value is nested too deeply", SourceRange(offset, offset + 1),
        detail: "At most \(Self.nestingLimit) arrays and objects may lie in one another.")
      return false
    }
    stack.append(Container(isObject: current == UInt8(ascii: "{"), start: offset))
    offset += 1
    return true
  }

  private mutating func add(_ node: JSONNode) {
    let last = stack.count - 1
    stack[last].comma = nil
    guard let key = stack[last].key else {
      stack[last].elements.append(node)
      return
    }
    stack[last].members.append(JSONMember(key.text, node, keyRange: key.range))
    stack[last].key = nil
  }

  /// Goes to the next value of the innermost container, or over its end.
  private mutating func advance(isOpening: Bool) -> Step? {
    guard let container = stack.last else { return nil }
    let valueEnd = offset
    guard skipSpace() else { return nil }
    guard offset < bytes.count else { return reportUnclosed(container) }
    if !isOpening, current == UInt8(ascii: ",") {
      guard passComma() else { return nil }
    } else if !isOpening, !isClosing(current) {
      guard beginsItem(current) else { return reportUnexpected(container) }
      reportMissingComma(behind: valueEnd)
    } else if isOpening, current == UInt8(ascii: ",") {
      report(
        "json.extra-comma", "There is no value before this comma",
        SourceRange(offset, offset + 1), help: "Remove the comma.")
      guard passComma() else { return nil }
    }
    guard offset < bytes.count else { return reportUnclosed(container) }
    if isClosing(current) { return close() }
    guard container.isObject else { return .value }
    return parseKey() ? .value : nil
  }

  /// Goes over a comma and over more of them.
  private mutating func passComma() -> Bool {
    stack[stack.count - 1].comma = offset
    offset += 1
    guard skipSpace() else { return false }
    while current == UInt8(ascii: ",") {
      report(
        "json.extra-comma", "There is no value before this comma",
        SourceRange(offset, offset + 1), help: "Remove the comma.")
      offset += 1
      guard skipSpace() else { return false }
    }
    return true
  }

  /// Whether a byte begins a string, a number, a word or a container.
  private func beginsItem(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "{"), UInt8(ascii: "["): true
    default: isWord(byte)
    }
  }

  private func isClosing(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }

  private mutating func close() -> Step? {
    guard let container = stack.last else { return nil }
    guard (current == UInt8(ascii: "}")) == container.isObject else {
      reportMismatch(container)
      return nil
    }
    stack.removeLast()
    if let comma = container.comma {
      report(
        "json.trailing-comma", "A comma stands before the closing bracket",
        SourceRange(comma, comma + 1), detail: "JSON has no comma behind the last item.",
        help: "Remove the comma.",
        fixIt: "")
    }
    offset += 1
    let range = SourceRange(container.start, offset)
    guard container.isObject else {
      return .closed(JSONNode(.array(container.elements), range: range))
    }
    return .closed(JSONNode(.object(withoutDuplicates(container.members)), range: range))
  }
}
