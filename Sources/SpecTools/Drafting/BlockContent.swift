import HCL

/// What stands in dynamic blocks, and the hidden values in them, which have inputs of their own.
struct BlockContent {
  /// A hidden value of a nested block.
  struct Secret {
    var name: String
    var attribute: SchemaBlock.Attribute
  }

  /// The resource type.
  let type: String
  private(set) var secrets: [Secret] = []

  init(type: String) { self.type = type }

  /// The type of the input that a block is repeated for.
  func shape(of nested: SchemaBlock.Nested) -> DraftedType {
    var attributes: [(String, String)] = nested.block.settable.filter { !$0.isSensitive }.map {
      ($0.name, $0.isRequired ? $0.type.text : "optional(\($0.type.text))")
    }
    for inner in nested.block.settableBlocks {
      let text = shape(of: inner).text
      if inner.isRequired {
        attributes.append((inner.name, text))
      } else {
        attributes.append(
          (
            inner.name,
            inner.isSingle ? "optional(\(text))" : "optional(\(text), \(inner.emptyValue))"
          ))
      }
    }
    let object = DraftedType(object: attributes)
    return nested.isSingle ? object : object.nested(nested.mode)
  }

  /// The dynamic block.
  mutating func dynamic(
    _ nested: SchemaBlock.Nested, from source: String, path: [String]
  ) -> String {
    var lines = "for_each = \(source)\(nested.isSingle ? "[*]" : "")\n"
    if nested.mode == "map" { lines += "labels = [\(nested.name).key]\n" }
    lines += "content {\n"
    for attribute in nested.block.settable {
      lines += "\(attribute.name) = "
      if attribute.isSensitive {
        let name = (path + [attribute.name]).joined(separator: "_")
        secrets.append(Secret(name: name, attribute: attribute))
        lines += "var.\(name)\n"
      } else {
        lines += "\(nested.name).value.\(attribute.name)\n"
      }
    }
    for inner in nested.block.settableBlocks {
      lines +=
        "\n"
        + dynamic(inner, from: "\(nested.name).value.\(inner.name)", path: path + [inner.name])
    }
    return "dynamic \(quoted(nested.name)) {\n\(lines)}\n}\n"
  }
}
