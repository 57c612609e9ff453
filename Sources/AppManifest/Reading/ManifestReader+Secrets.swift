import Diagnostics
import JSON

extension ManifestReader {
  /// Reads where a secret is kept; nil with a report if that can't be.
  mutating func readSecret(_ node: JSONNode, of name: Located<String>) -> SecretReference? {
    let word = (entry(node, anyOf: ["type"]) ?? entry(node, anyOf: ["source"]))?.value.text
    var secret = SecretReference(
      isEncrypted: word.map(plainKey) == "sops", range: name.range)
    if let member = entry(node, anyOf: ["path"]) {
      guard let text = member.value.text else { return wrongType(member, "a string") }
      secret.isEncrypted = true
      secret.take(text, isFile: true, at: member.value.range)
    }
    if let member = entry(node, anyOf: ["from", "value", "secret"]) {
      guard let text = member.value.text else { return wrongType(member, "a string") }
      let reference = text.hasPrefix("sops:") ? text.dropFirst(5) : text[...]
      if text.hasPrefix("sops:") { secret.isEncrypted = true }
      secret.take(String(reference), isFile: false, at: member.value.range)
    }
    // What somebody gives goes by the variable's name, whatever it is called elsewhere.
    if !secret.isEncrypted { (secret.file, secret.key) = (nil, nil) }
    return check(secret)
  }

  /// A file that isn't the project's own is nobody's who wrote the manifest.
  private mutating func check(_ secret: SecretReference) -> SecretReference? {
    guard let file = secret.file else { return secret }
    let parts = file.split(separator: "/", omittingEmptySubsequences: false)
    if parts.allSatisfy({ !["", ".."].contains($0) }), !file.contains("\0") { return secret }
    error(
      "manifest.secret-file", "`\(file)` is no file of the project", at: secret.range,
      detail: "Secrets are kept in the project's folder, and the path starts from there.",
      help: "Write it as in `secrets/cms.yaml`.")
    return nil
  }
}

extension SecretReference {
  /// Takes what a text says: a file, a key, or both with a colon between them.
  fileprivate mutating func take(_ text: String, isFile: Bool, at range: SourceRange) {
    self.range = range
    // The path of a key may hold colons as well.
    if let colon = text.firstRange(of: ":/")?.lowerBound ?? text.lastIndex(of: ":") {
      let file = text[..<colon]
      if !file.isEmpty { self.file = String(file) }
      let key = text[text.index(after: colon)...]
      if !key.isEmpty { self.key = String(key) }
    } else if isFile || Self.looksLikeFile(text) {
      file = text
    } else if !text.isEmpty {
      key = text
    }
  }

  /// Keys begin with a slash where they have any.
  private static func looksLikeFile(_ text: String) -> Bool {
    let endings = [".yaml", ".yml", ".json", ".env", ".ini"]
    return !text.hasPrefix("/") && (text.contains("/") || endings.contains(where: text.hasSuffix))
  }
}
