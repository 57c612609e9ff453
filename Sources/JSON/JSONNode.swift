public import Diagnostics

/// A JSON value and where it stands.
///
/// Equality looks at the content alone, byte for byte, members in order; never at ranges.
public struct JSONNode: Sendable, Equatable {
  /// What a value is.
  public enum Content: Sendable, Equatable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// The text of a number, as it was written.
    case number(String)
    /// The characters of a string, without quotes and escapes.
    case string(String)
    /// The elements in order.
    case array([JSONNode])
    /// The members in order, each key once.
    case object([JSONMember])

    /// Whether both hold the same values.
    public static func == (left: Content, right: Content) -> Bool {
      switch (left, right) {
      case (.null, .null): true
      case (.bool(let a), .bool(let b)): a == b
      case (.number(let a), .number(let b)), (.string(let a), .string(let b)): isSame(a, b)
      case (.array(let a), .array(let b)): a == b
      case (.object(let a), .object(let b)): a == b
      default: false
      }
    }
  }

  /// What it is.
  public var content: Content
  /// Where it stands, quotes and brackets included; empty for nodes that were made.
  public var range: SourceRange

  /// Makes a value.
  public init(_ content: Content, range: SourceRange = SourceRange(0, 0)) {
    self.content = content
    self.range = range
  }

  /// Whether both hold the same content.
  public static func == (left: JSONNode, right: JSONNode) -> Bool { left.content == right.content }
}

/// A key with its value.
public struct JSONMember: Sendable, Equatable {
  /// The key, without quotes and escapes.
  public var key: String
  /// Where the key stands, quotes included.
  public var keyRange: SourceRange
  /// The value.
  public var value: JSONNode

  /// Makes a member.
  public init(_ key: String, _ value: JSONNode, keyRange: SourceRange = SourceRange(0, 0)) {
    self.key = key
    self.keyRange = keyRange
    self.value = value
  }

  /// Whether key and value have the same content.
  public static func == (left: JSONMember, right: JSONMember) -> Bool {
    isSame(left.key, right.key) && left.value == right.value
  }
}

/// Whether two texts are the same bytes; `==` takes differently composed letters for equal.
private func isSame(_ left: String, _ right: String) -> Bool {
  left.utf8.elementsEqual(right.utf8)
}

// MARK: - Reading a node

extension JSONNode {
  /// The member of a key; nil if there is none or this isn't an object.
  public func memberEntry(_ key: String) -> JSONMember? {
    guard case .object(let members) = content else { return nil }
    return members.first { $0.key == key }
  }

  /// The value of a key; nil if there is none or this isn't an object.
  public func member(_ key: String) -> JSONNode? { memberEntry(key)?.value }

  /// The members in order; nil if this isn't an object.
  public var members: [JSONMember]? {
    if case .object(let members) = content { members } else { nil }
  }

  /// The elements in order; nil if this isn't an array.
  public var elements: [JSONNode]? {
    if case .array(let elements) = content { elements } else { nil }
  }

  /// The characters; nil if this isn't a string.
  public var text: String? { if case .string(let text) = content { text } else { nil } }

  /// The text of the number; nil if this isn't one.
  public var numberText: String? { if case .number(let text) = content { text } else { nil } }

  /// The whole number; nil if this isn't one or it doesn't fit.
  public var integer: Int? { numberText.flatMap { Int($0) } }

  /// The truth value; nil if this isn't one.
  public var flag: Bool? { if case .bool(let flag) = content { flag } else { nil } }

  /// Whether this is `null`.
  public var isNull: Bool { content == .null }

  /// What messages call the value: `a string`, `an object` and so on.
  public var kindName: String {
    switch content {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

// MARK: - Making a node

extension JSONNode {
  /// The value `null`.
  public static var null: JSONNode { JSONNode(.null) }

  /// A truth value.
  public static func bool(_ value: Bool) -> JSONNode { JSONNode(.bool(value)) }

  /// A whole number.
  public static func number(_ value: Int) -> JSONNode { JSONNode(.number(String(value))) }

  /// A string.
  public static func string(_ value: String) -> JSONNode { JSONNode(.string(value)) }

  /// An array.
  public static func array(_ elements: [JSONNode]) -> JSONNode { JSONNode(.array(elements)) }

  /// An object with its members in order.
  public static func object(_ members: [(String, JSONNode)]) -> JSONNode {
    JSONNode(.object(members.map { JSONMember($0.0, $0.1) }))
  }
}
