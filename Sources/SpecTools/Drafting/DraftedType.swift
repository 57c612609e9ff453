import HCL
import JSON

/// The type of an attribute, as Terraform writes it in a variable.
struct DraftedType {
  /// How it is written.
  var text: String
  /// Whether it holds one value.
  var isScalar = false

  init(_ text: String, isScalar: Bool = false) {
    self.text = text
    self.isScalar = isScalar
  }

  /// Reads a type as schemas write it: `"string"`, `["list", "string"]`.
  init(_ node: JSONNode?) {
    if let word = node?.text {
      self.init(word == "dynamic" ? "any" : word, isScalar: word != "dynamic")
      return
    }
    guard let parts = node?.elements, parts.count > 1, let word = parts[0].text else {
      self.init("any")
      return
    }
    switch word {
    case "list", "set", "map": self.init("\(word)(\(DraftedType(parts[1]).text))")
    case "tuple":
      let elements = (parts[1].elements ?? []).map { DraftedType($0).text }
      self.init("tuple([\(elements.joined(separator: ", "))])")
    case "object":
      let optional = Set((parts.count > 2 ? parts[2].elements ?? [] : []).compactMap(\.text))
      let attributes = (parts[1].members ?? []).map { member in
        let type = DraftedType(member.value).text
        return (member.key, optional.contains(member.key) ? "optional(\(type))" : type)
      }
      self.init(object: attributes)
    default: self.init("any")
    }
  }

  /// An object of attributes and how their types are written.
  init(object attributes: [(String, String)]) {
    guard !attributes.isEmpty else {
      self.init("object({})")
      return
    }
    let lines = attributes.map { "\($0.0) = \($0.1)\n" }.joined()
    self.init("object({\n\(lines)})")
  }

  /// The type wrapped as a schema nests blocks and attributes.
  func nested(_ mode: String) -> DraftedType {
    switch mode {
    case "list", "set", "map": DraftedType("\(mode)(\(text))")
    default: self
    }
  }
}
