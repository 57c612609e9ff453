import Diagnostics
import JSON

extension ManifestReader {
  /// What a variable's entry says of its source.
  private enum SourceKind {
    case value
    case resource
    case secret
  }

  /// Reads what stands behind a variable's name; nil with a report if it says nothing usable.
  mutating func readVariable(_ name: Located<String>, _ node: JSONNode) -> Variable? {
    if let text = scalarText(node) {
      warnOfLiteral(text, at: node.range)
      return Variable(
        name: name, source: .value(text), range: SourceRange(name.range.start, node.range.end))
    }
    guard node.members != nil else {
      reportNoText(node, name.value)
      return nil
    }
    // What a nested `source` says counts first.
    var fields = node
    if let nested = entry(node, "source")?.value, let inner = nested.members {
      let outer = (node.members ?? []).filter { plainKey($0.key) != "source" }
      fields = JSONNode(
        .object(inner + outer.filter { nested.memberEntry($0.key) == nil }), range: node.range)
    }
    checkKeys(of: fields, .variable)
    let scope = readScope(fields)
    let encrypt = flag(fields, "encrypt") ?? false
    guard let source = readSource(fields, of: name) else { return nil }
    let range = SourceRange(min(name.range.start, node.range.start), node.range.end)
    return Variable(name: name, source: source, encrypt: encrypt, scope: scope, range: range)
  }

  private mutating func readSource(
    _ node: JSONNode, of name: Located<String>
  ) -> Variable.Source? {
    guard let kind = readSourceKind(node, of: name) else { return nil }
    switch kind {
    case .value:
      guard let member = node.members?.first(where: { plainKey($0.key) == "value" }) else {
        missing(
          "value", in: "The variable `\(name.value)`", at: opening(node),
          help: "Write `\"value\": \"...\"`; an empty one is `\"\"`.")
        return nil
      }
      guard let text = scalarText(member.value) else {
        reportNoText(member.value, name.value)
        return nil
      }
      warnOfLiteral(text, at: member.value.range)
      return .value(text)
    case .resource:
      return readReference(node, of: name).map { .resource($0) }
    case .secret: return readSecret(node, of: name).map { .secret($0) }
    }
  }

  private mutating func readSourceKind(
    _ node: JSONNode, of name: Located<String>
  ) -> SourceKind? {
    guard let word = entry(node, anyOf: ["type"]) ?? entry(node, anyOf: ["source"]) else {
      return impliedKind(node, of: name)
    }
    guard let text = word.value.text else { return wrongType(word, "a string") }
    switch plainKey(text) {
    case "value", "static", "literal", "plain": return .value
    case "resource", "fromresource", "resourcereference": return .resource
    case "secret", "sops": return .secret
    // Some say where it is kept as well, or that it is from there.
    case let word where word.hasSuffix("secret"): return .secret
    default:
      let words = ["value", "resource", "secret", "sops"]
      error(
        "manifest.variable-source", "`\(text)` is no source of a variable", at: word.value.range,
        detail: "The sources are \(listed(words, "and")).",
        help: nearestMatch(text, in: words + ["from_resource"]).map { "Did you mean `\($0)`?" })
      return nil
    }
  }

  /// What a variable is that doesn't say it.
  private mutating func impliedKind(_ node: JSONNode, of name: Located<String>) -> SourceKind? {
    if entry(node, "resource") != nil { return .resource }
    if entry(node, "secret") != nil { return .secret }
    if let from = entry(node, "from")?.value.text {
      if from.hasPrefix("resource:") { return .resource }
      if from.hasPrefix("sops:") { return .secret }
    } else if node.member("value") != nil {
      return .value
    }
    error(
      "manifest.variable-source", "The variable `\(name.value)` doesn't say where it comes from",
      at: name.range, help: "Write `\"source\": \"value\"`, `\"resource\"` or `\"secret\"`.")
    return nil
  }

  private mutating func readReference(
    _ node: JSONNode, of name: Located<String>
  ) -> ResourceReference? {
    guard
      let member = entry(node, anyOf: ["from"]) ?? entry(node, anyOf: ["resource"])
        ?? entry(node, anyOf: ["value"])
    else {
      missing(
        "from", in: "The variable `\(name.value)`", at: opening(node),
        help: "Write `\"from\": \"resource:db:connection_url\"`.")
      return nil
    }
    guard let text = member.value.text else { return wrongType(member, "a string") }
    let range = member.value.range
    if let output = string(node, "output") {
      let resource = text.hasPrefix("resource:") ? String(text.dropFirst(9)) : text
      return ResourceReference(resource: resource, output: output.value, range: range)
    }
    let path = text.hasPrefix("resource:") ? text.dropFirst(9) : text[...]
    let parts = path.split(omittingEmptySubsequences: false) { $0 == "." || $0 == ":" }
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
      error(
        "manifest.bad-reference", "`\(text)` refers to no output of a resource", at: range,
        detail: "A reference names a resource and one of its outputs.",
        help: "Write `db.connection_url` or `resource:db:connection_url`.")
      return nil
    }
    return ResourceReference(resource: String(parts[0]), output: String(parts[1]), range: range)
  }

  private mutating func readScope(_ node: JSONNode) -> Variable.Scope {
    guard let word = string(node, "scope") else { return .run }
    switch plainKey(word.value) {
    case "run", "runtime": return .run
    case "build", "buildtime": return .build
    case "both", "runandbuild", "runandbuildtime": return .both
    default:
      error(
        "manifest.scope", "`\(word.value)` is no scope", at: word.range,
        detail: "The scopes are `run`, `build` and `both`.",
        help: nearestMatch(word.value, in: ["run", "build", "both"]).map { "Did you mean `\($0)`?" }
      )
      return .run
    }
  }

  private mutating func reportNoText(_ node: JSONNode, _ name: String) {
    error(
      "manifest.variable-value", "The value of `\(name)` can't be \(node.kindName)",
      at: node.range,
      detail: "A variable is a string; numbers, `true` and `false` are written as one.",
      help: node.isNull ? "For an empty value write `\"\"`." : "Write it as a string.")
  }

  private mutating func warnOfLiteral(_ text: String, at range: SourceRange) {
    guard text.hasPrefix("resource:") || text.hasPrefix("sops:") else { return }
    let source = text.hasPrefix("sops:") ? "secret" : "resource"
    warning(
      "manifest.literal-reference", "The value is taken as it stands, not as a reference",
      at: range, help: "Write `{\"source\": \"\(source)\", \"from\": \"\(text)\"}`.")
  }
}
