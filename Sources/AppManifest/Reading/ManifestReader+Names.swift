import Diagnostics

extension ManifestReader {
  /// Checks a name that becomes part of names in the cloud and of addresses in Terraform.
  mutating func checkName(_ name: Located<String>, of what: String) {
    if let fault = nameFault(name.value) {
      let mended = mendedName(name.value)
      let summary =
        name.value.isEmpty
        ? "\(what)'s name can't be empty" : "`\(name.value)` can't be the name: it \(fault)"
      error(
        "manifest.invalid-name", summary, at: name.range,
        detail: "\(what)'s name begins with a lower-case letter; lower-case letters, digits and "
          + "hyphens follow, the last no hyphen, at most 63 in all.",
        help: mended.isEmpty || mended == name.value ? nil : "Write `\(mended)`.")
    }
  }
}

/// Words that Terraform's language doesn't take for names, some of them not even in data.
private let keywords: Set = [
  "true", "false", "null", "for", "in", "if", "else", "endif", "endfor",
]

/// What is wrong with a name of the manifest, as the end of a sentence; nil if nothing is.
public func nameFault(_ name: String) -> String? {
  guard let first = name.utf8.first, let last = name.utf8.last else { return "is empty" }
  if keywords.contains(name) { return "is a keyword of Terraform" }
  if name == "." || name == ".." || name.contains("/") || name.contains("\\") {
    return "looks like a path"
  }
  for character in name {
    guard character.isASCII, character.utf8.count == 1, let byte = character.utf8.first,
      isNameByte(byte, plus: "-")
    else {
      if character.isASCII, character.isUppercase { return "has upper-case letters" }
      if character.isWhitespace { return "has white space in it" }
      if character == "_" { return "has an underscore in it" }
      return "has `\(character)` in it"
    }
  }
  if first < UInt8(ascii: "a") { return "doesn't begin with a letter" }
  if last == UInt8(ascii: "-") { return "ends with a hyphen" }
  return name.utf8.count > 63 ? "has \(name.utf8.count) characters" : nil
}

/// Whether a byte is a lower-case letter, a digit or one of some others.
func isNameByte(_ byte: UInt8, plus others: StaticString, upper: Bool = false) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
  case UInt8(ascii: "A")...UInt8(ascii: "Z"): upper
  default: "\(others)".utf8.contains(byte)
  }
}

/// A name without what the rules forbid; empty if nothing is left of it, and keywords stay.
public func mendedName(_ name: String) -> String {
  var mended: [UInt8] = []
  for byte in name.lowercased().utf8 {
    if isNameByte(byte, plus: "") {
      if !mended.isEmpty || byte >= UInt8(ascii: "a") { mended.append(byte) }
    } else if let last = mended.last, last != UInt8(ascii: "-") {
      mended.append(UInt8(ascii: "-"))
    }
  }
  mended = Array(mended.prefix(63))
  while mended.last == UInt8(ascii: "-") { mended.removeLast() }
  return String(decoding: mended, as: UTF8.self)
}

/// The model's word for an environment: `prod` is `production` and so on.
func canonicalEnvironment(_ name: String) -> String {
  switch name.lowercased() {
  case "default", "dev", "staging", "production": name.lowercased()
  case "development": "dev"
  case "stag", "stage": "staging"
  case "prod": "production"
  default: name
  }
}
