import Diagnostics
import HCL

/// Reads the attributes of one block of a spec and reports what nobody asked for.
struct BlockReader {
  let block: Block
  let file: SourceFile
  private var used: Set<String> = []

  init(_ block: Block, in file: SourceFile) {
    self.block = block
    self.file = file
  }

  /// The first label; empty where there is none.
  var label: String { block.labels.first?.text ?? "" }

  mutating func expression(_ name: String) -> Expression? {
    used.insert(name)
    return block.body.attribute(name)?.value
  }

  /// An attribute's value, which has to be a literal.
  mutating func value(_ name: String, into diagnostics: inout Diagnostics) -> Value? {
    guard let expression = expression(name) else { return nil }
    if let value = Value(literal: expression) { return value }
    diagnostics.append(.notLiteral(name, at: location(expression.origin)))
    return nil
  }

  mutating func text(_ name: String, into diagnostics: inout Diagnostics) -> String? {
    guard let value = value(name, into: &diagnostics) else { return nil }
    if let text = value.scalarText { return text }
    if value != .null {
      diagnostics.append(.wrongKind(name, "a text", at: location(block.origin)))
    }
    return nil
  }

  mutating func required(_ name: String, into diagnostics: inout Diagnostics) -> String {
    if block.body.attribute(name) == nil {
      diagnostics.append(.missingArgument(name, block.type, at: location(block.headerOrigin)))
    }
    return text(name, into: &diagnostics) ?? ""
  }

  mutating func flag(_ name: String, into diagnostics: inout Diagnostics) -> Bool? {
    value(name, into: &diagnostics)?.boolValue
  }

  mutating func texts(_ name: String, into diagnostics: inout Diagnostics) -> [String]? {
    value(name, into: &diagnostics)?.elements?.compactMap(\.scalarText)
  }

  mutating func textMap(_ name: String, into diagnostics: inout Diagnostics) -> [String: String] {
    value(name, into: &diagnostics)?.attributes?.compactMapValues(\.scalarText) ?? [:]
  }

  /// The facts that a variable, field or argument block writes down.
  mutating func facts(into diagnostics: inout Diagnostics) -> ArgumentFacts {
    var facts = ArgumentFacts()
    facts.oneOf = value("one_of", into: &diagnostics)?.elements
    if let limits = limits("range", into: &diagnostics) { facts.range = limits }
    if let limits = limits("length", into: &diagnostics) {
      facts.length = Int(limits.lowerBound)...Int(min(limits.upperBound, 1e9))
    }
    facts.pattern = text("pattern", into: &diagnostics)
    facts.format = text("format", into: &diagnostics)
    facts.unique = text("unique", into: &diagnostics)
    facts.ignoresCase = flag("ignore_case", into: &diagnostics) ?? false
    facts.isFrozen = flag("frozen", into: &diagnostics) ?? false
    return facts
  }

  private mutating func limits(
    _ name: String, into diagnostics: inout Diagnostics
  ) -> ClosedRange<Double>? {
    guard let elements = value(name, into: &diagnostics)?.elements else { return nil }
    let numbers = elements.compactMap { element -> Double? in
      if case .number(let number) = element { number.double } else { nil }
    }
    guard numbers.count == 2, numbers[0] <= numbers[1] else {
      diagnostics.append(
        .wrongKind(name, "two numbers, the smaller first", at: location(block.origin)))
      return nil
    }
    return numbers[0]...numbers[1]
  }

  /// Reports attributes that nothing has read.
  func finish(into diagnostics: inout Diagnostics) {
    for attribute in block.body.attributes where !used.contains(attribute.name) {
      diagnostics.append(
        .unknownArgument(
          attribute.name, block.type, nearest: nearestMatch(attribute.name, in: used.sorted()),
          at: location(attribute.nameOrigin)))
    }
  }

  func location(_ origin: Origin) -> SourceLocation? {
    origin.range.map { SourceLocation(file, $0) }
  }
}

extension Diagnostic {
  fileprivate static func notLiteral(_ name: String, at location: SourceLocation?) -> Diagnostic {
    Diagnostic(
      .error, "spec.not-literal", "`\(name)` has to be a literal value", at: location,
      help: "write the value itself: texts, numbers, lists and objects without references")
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
      help: "add `\(name) = ...` to the block")
  }

  fileprivate static func unknownArgument(
    _ name: String, _ type: String, nearest: String?, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "spec.unknown-argument", "`\(type)` has no argument `\(name)`", at: location,
      help: nearest.map { "did you mean `\($0)`?" })
  }
}
