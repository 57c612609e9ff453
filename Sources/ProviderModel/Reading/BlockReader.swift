import Diagnostics
import HCL

/// Reads the attributes of one block of a spec and reports what nobody asked for.
struct BlockReader {
  let block: Block
  let file: SourceFile
  /// Its attributes, in order.
  private var entries: [Entry] = []
  /// How many attributes nobody has read yet.
  private var unread: Int

  /// An attribute.
  private struct Entry {
    let name: String
    /// Its place among the items of the block.
    let place: Int
    var isRead = false
  }

  init(_ block: Block, in file: SourceFile) {
    self.block = block
    self.file = file
    let items = block.body.items
    entries.reserveCapacity(items.count)
    for place in items.indices {
      if case .attribute(let attribute) = items[place] {
        entries.append(Entry(name: attribute.name, place: place))
      }
    }
    unread = entries.count
  }

  /// The first label; empty where there is none.
  var label: String { block.labels.first?.text ?? "" }

  /// Whether every attribute has been read.
  var isRead: Bool { unread == 0 }

  /// Whether other blocks stand in the block.
  var hasBlocks: Bool { entries.count < block.body.items.count }

  /// The label of a block that has exactly one.
  func requiredLabel(into diagnostics: inout Diagnostics) -> String {
    if block.labels.count != 1 {
      diagnostics.append(.wrongLabels(block.type, at: location(block.headerOrigin)))
    }
    return label
  }

  /// The value of the first attribute of a name, which counts as read.
  mutating func expression(_ name: String) -> Expression? {
    let length = name.utf8.count
    // Most names that are asked for aren't there, and differ in length from those that are.
    let index = entries.firstIndex { $0.name.utf8.count == length && $0.name == name }
    guard let index, case .attribute(let attribute) = block.body.items[entries[index].place] else {
      // Where all is read, nothing is left that could have been meant by it.
      if unread > 0 { noteAsked(name) }
      return nil
    }
    if !entries[index].isRead {
      entries[index].isRead = true
      unread -= 1
    }
    return attribute.value
  }

  /// Names that were asked for in vain, for nearest matches.
  private var asked: [String] = []

  private mutating func noteAsked(_ name: String) {
    if asked.isEmpty { asked.reserveCapacity(24) }
    asked.append(name)
  }

  mutating func requiredExpression(
    _ name: String, into diagnostics: inout Diagnostics
  ) -> Expression {
    if let value = expression(name) { return value }
    diagnostics.append(.missingArgument(name, block.type, at: location(block.headerOrigin)))
    return .invalid(block.origin)
  }

  /// An attribute's value, which has to be a literal.
  mutating func value(_ name: String, into diagnostics: inout Diagnostics) -> Value? {
    expression(name).flatMap { literal(name, $0, into: &diagnostics) }
  }

  /// The value of an expression, which has to be a literal.
  func literal(
    _ name: String, _ expression: Expression, into diagnostics: inout Diagnostics
  ) -> Value? {
    if let value = Value(literal: expression) { return value }
    diagnostics.append(.notLiteral(name, at: location(expression.origin)))
    return nil
  }

  /// A literal that a conversion takes; null counts as not given.
  mutating func value<Result>(
    _ name: String, _ wanted: String, into diagnostics: inout Diagnostics,
    _ convert: (Value) -> Result?
  ) -> Result? {
    guard let expression = expression(name) else { return nil }
    return converted(name, expression, wanted, into: &diagnostics, convert)
  }

  private func converted<Result>(
    _ name: String, _ expression: Expression, _ wanted: String,
    into diagnostics: inout Diagnostics, _ convert: (Value) -> Result?
  ) -> Result? {
    guard let value = literal(name, expression, into: &diagnostics) else { return nil }
    if case .null = value { return nil }
    if let result = convert(value) { return result }
    diagnostics.append(.wrongKind(name, wanted, at: location(expression.origin)))
    return nil
  }

  mutating func text(_ name: String, into diagnostics: inout Diagnostics) -> String? {
    value(name, "a string", into: &diagnostics, \.scalarText)
  }

  mutating func required(_ name: String, into diagnostics: inout Diagnostics) -> String {
    guard let expression = expression(name) else {
      diagnostics.append(.missingArgument(name, block.type, at: location(block.headerOrigin)))
      return ""
    }
    return converted(name, expression, "a string", into: &diagnostics, \.scalarText) ?? ""
  }

  mutating func flag(_ name: String, into diagnostics: inout Diagnostics) -> Bool? {
    value(name, "true or false", into: &diagnostics, \.boolValue)
  }

  mutating func list(_ name: String, into diagnostics: inout Diagnostics) -> [Value]? {
    value(name, "a list", into: &diagnostics, \.elements)
  }

  mutating func texts(_ name: String, into diagnostics: inout Diagnostics) -> [String]? {
    value(name, "a list of strings", into: &diagnostics) { value in
      let texts = value.elements?.compactMap(\.scalarText)
      return texts?.count == value.elements?.count ? texts : nil
    }
  }

  mutating func textMap(_ name: String, into diagnostics: inout Diagnostics) -> [String: String] {
    value(name, "an object of texts", into: &diagnostics) { value in
      let texts = value.attributes?.compactMapValues(\.scalarText)
      return texts?.count == value.attributes?.count ? texts : nil
    } ?? [:]
  }

  mutating func numberMap(_ name: String, into diagnostics: inout Diagnostics) -> [String: Number] {
    value(name, "an object of numbers", into: &diagnostics) { value in
      let numbers = value.attributes?.compactMapValues { item -> Number? in
        if case .number(let number) = item { number } else { nil }
      }
      return numbers?.count == value.attributes?.count ? numbers : nil
    } ?? [:]
  }

  /// Reports attributes that nothing has read, and nested blocks other than those allowed.
  func finish(blocks allowed: [String] = [], into diagnostics: inout Diagnostics) {
    if unread > 0 { reportUnread(into: &diagnostics) }
    guard hasBlocks else { return }
    for case .block(let nested) in block.body.items where !allowed.contains(nested.type) {
      diagnostics.append(
        .unknownBlock(nested.type, in: block.type, allowed, at: location(nested.headerOrigin)))
    }
  }

  private func reportUnread(into diagnostics: inout Diagnostics) {
    for entry in entries where !entry.isRead && !isRead(entry.name) {
      guard case .attribute(let attribute) = block.body.items[entry.place] else { continue }
      diagnostics.append(
        .unknownArgument(
          attribute.name, block.type, nearest: nearestMatch(attribute.name, in: asked),
          at: location(attribute.nameOrigin)))
    }
  }

  /// Whether an argument of the name was read: one that stands there twice is reported elsewhere.
  private func isRead(_ name: String) -> Bool {
    entries.contains { $0.isRead && $0.name == name }
  }

  /// Reports arguments behind nested blocks, where who reads the head alone would miss them.
  func checkOrder(into diagnostics: inout Diagnostics) {
    var isBehindBlock = false
    for item in block.body.items {
      switch item {
      case .block: isBehindBlock = true
      case .attribute(let attribute):
        guard isBehindBlock else { continue }
        diagnostics.append(
          Diagnostic(
            .error, "spec.order", "`\(attribute.name)` has to stand before the blocks",
            at: location(attribute.nameOrigin)))
      }
    }
  }

  func location(_ origin: Origin) -> SourceLocation? {
    origin.range.map { SourceLocation(file, $0) }
  }
}

extension Diagnostic {
  static func unknownBlock(
    _ name: String, in type: String, _ allowed: [String], at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "spec.unknown-block", "`\(type)` has no `\(name)` blocks", at: location,
      help: nearestMatch(name, in: allowed).map { "Did you mean `\($0)`?" })
  }

  fileprivate static func wrongLabels(_ type: String, at location: SourceLocation?) -> Diagnostic {
    Diagnostic(
      .error, "spec.labels", "`\(type)` needs exactly one label", at: location,
      help: "Write `\(type) \"name\" { ... }`.")
  }

  fileprivate static func notLiteral(_ name: String, at location: SourceLocation?) -> Diagnostic {
    Diagnostic(
      .error, "spec.not-literal", "`\(name)` has to be a literal value", at: location,
      help: "Write the value itself: strings, numbers, lists and objects without references.")
  }

  fileprivate static func wrongKind(
    _ name: String, _ wanted: String, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(.error, "spec.wrong-kind", "`\(name)` has to be \(wanted)", at: location)
  }

  fileprivate static func missingArgument(
    _ name: String, _ type: String, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "spec.missing-argument", "`\(type)` lacks `\(name)`", at: location,
      help: "Add `\(name) = ...` to the block.")
  }

  fileprivate static func unknownArgument(
    _ name: String, _ type: String, nearest: String?, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "spec.unknown-argument", "`\(type)` has no argument `\(name)`", at: location,
      help: nearest.map { "Did you mean `\($0)`?" })
  }
}
