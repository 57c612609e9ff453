import HCL
import JSON
import ProviderModel

/// The rows of a table of inputs, those of their attributes below them.
struct InputTable {
  /// Whose tables known values come from; nil where there are none.
  let provider: ProviderSpec?
  let facts: [String: ArgumentFacts]
  let replacing: Set<String>
  let frozen: Set<String>

  /// The columns.
  static let head = ["key", "type", "default", "what it is"]

  /// The rows of an input.
  func rows(of spec: VariableSpec) -> [[String]] {
    var remarks = [sentence(spec.description)]
    if let reason = spec.deprecated { remarks.append("**Deprecated:** \(sentence(reason))") }
    remarks += allowed(facts[spec.name] ?? spec.facts, spec)
    if replacing.contains(spec.name) { remarks.append("Another value replaces it.") }
    if frozen.contains(spec.name) { remarks.append("A change is accepted and ignored.") }
    let first = [
      code(spec.name), words(for: spec.type, facts[spec.name] ?? spec.facts), standard(of: spec),
      remarks.filter { !$0.isEmpty }.joined(separator: " "),
    ]
    return [first] + attributes(of: spec.type, spec, [spec.name])
  }

  private func attributes(
    of type: TypeConstraint, _ spec: VariableSpec, _ path: [String]
  ) -> [[String]] {
    (type.objectAttributes ?? []).flatMap { attribute -> [[String]] in
      let inner = path + [attribute.name]
      let name = inner.dropFirst().joined(separator: ".")
      let field = spec.fields.first { $0.name == name }
      var remarks = field.map { [sentence($0.description)] } ?? []
      let known = facts[inner.joined(separator: ".")] ?? ArgumentFacts()
      remarks += allowed(known, field)
      let value =
        attribute.isOptional
        ? (attribute.defaultValue.isNull ? "" : code(text(of: attribute.defaultValue)))
        : "required"
      let row = [
        code(inner.joined(separator: ".")), words(for: attribute.type, known), value,
        remarks.filter { !$0.isEmpty }.joined(separator: " "),
      ]
      return [row] + attributes(of: attribute.type, spec, inner)
    }
  }

  // MARK: - Cells

  private func words(for type: TypeConstraint, _ facts: ArgumentFacts) -> String {
    switch type {
    case .any: "anything"
    case .bool: "true or false"
    case .number: facts.isWhole ? "whole number" : "number"
    case .string: "text"
    case .list(let element), .set(let element): "list of \(plural(of: element, facts))"
    case .map(let element): "\(plural(of: element, facts)) by name"
    case .tuple: "list"
    case .object: "object"
    }
  }

  private func plural(of type: TypeConstraint, _ facts: ArgumentFacts) -> String {
    switch type {
    case .bool: "truth values"
    case .number: facts.isWhole ? "whole numbers" : "numbers"
    case .string: "texts"
    case .object: "objects"
    case .list, .set, .tuple: "lists"
    case .map: "maps"
    case .any: "anything"
    }
  }

  /// What it is where app.json says nothing: the sources in turn, then the default.
  private func standard(of spec: VariableSpec) -> String {
    let own = Set([spec.name] + spec.aliases)
    var sources: [String] = []
    for expression in spec.from ?? [] {
      if let path = expression.attributePath, path.count == 2, path[0] == "config",
        own.contains(path[1])
      {
        continue
      }
      let text = Printer.print(expression)
      let source = text.count > 60 || text.contains("\n") ? "worked out" : code(text)
      if sources.last != source { sources.append(source) }
    }
    if let value = spec.defaultValue, !value.isNull { sources.append(code(text(of: value))) }
    if sources.isEmpty, spec.defaultValue == nil, spec.refersTo == nil { return "required" }
    return sources.joined(separator: ", else ")
  }

  private func text(of value: Value) -> String { JSONPrinter.printCompact(value.json) }

  /// Sentences about what values there may be.
  private func allowed(_ facts: ArgumentFacts, _ spec: VariableSpec?) -> [String] {
    var result: [String] = []
    if let values = facts.oneOf?.compactMap(\.scalarText), !values.isEmpty {
      result.append("One of \(codes(values)).")
    }
    if let range = facts.range { result.append(sentence(words(for: range))) }
    if let length = facts.length {
      result.append("\(length.lowerBound) to \(length.upperBound) characters.")
    }
    if let pattern = facts.pattern { result.append("Matches \(code(pattern)).") }
    if let format = facts.format { result.append("Of the form \(code(format)).") }
    guard let spec else { return result }
    if let type = spec.refersTo { result.append("Names a \(code(type)).") }
    if spec.implies != nil { result.append("One that isn't there is made.") }
    result += remarks(on: spec)
    return result
  }

  private func remarks(on spec: VariableSpec) -> [String] {
    var result: [String] = []
    if !spec.aliases.isEmpty { result.append("Also \(codes(spec.aliases)).") }
    let known = knownValues(of: spec)
    if !known.isEmpty {
      let shown = known.prefix(12)
      let rest = known.count - shown.count
      result.append("Known: \(codes(Array(shown)))\(rest > 0 ? " and \(rest) more" : "").")
    }
    for (old, new) in spec.retired.sorted(by: { $0.key < $1.key }) {
      result.append("\(code(old)) is gone: \(code(new)).")
    }
    for (other, value) in spec.also.sorted(by: { $0.key < $1.key }) {
      result.append("\(code(other)) is \(code(value)).")
    }
    if let example = spec.example { result.append("For example \(code(text(of: example))).") }
    return result
  }

  private func knownValues(of spec: VariableSpec) -> [String] {
    guard let known = spec.known, let provider else { return [] }
    let prices = provider.prices.mapValues {
      Value.object($0.amounts.mapValues(Value.number))
    }
    let scope = FixedScope(["values": .object(provider.values), "prices": .object(prices)])
    let value = Evaluator(scope).value(of: known)
    return value.attributes?.keys.sorted() ?? value.elements?.compactMap(\.scalarText) ?? []
  }

  private func words(for range: ClosedRange<Double>) -> String {
    let low = Number(range.lowerBound).text
    if range.upperBound >= 1e15 { return "At least \(low)" }
    let high = Number(range.upperBound).text
    return range.lowerBound <= -1e15 ? "At most \(high)" : "From \(low) to \(high)"
  }
}
