import HCL
import JSON

/// A leaf that is made of the schema of one resource type.
struct DraftedLeaf {
  /// The resource type.
  let type: String
  /// The word of the manifest.
  let word: String
  /// The schema of the type.
  let schema: SchemaBlock
  /// The data source of the same name, if it finds things by what the leaf knows.
  let dataSource: SchemaBlock?
  /// The kind of tags that the provider's spec makes; nil if it makes none.
  let tags: TagKind?
  /// Whether constraints say which numbers are whole.
  let knowsWholeNumbers: Bool

  private var variables: [String] = []
  private var arguments: [String] = []
  private var secrets: [String] = []
  /// Names of inputs by the attribute that they are for.
  private var inputs: [String: String] = [:]

  /// What tags look like.
  enum TagKind { case list, map }

  init(
    type: String, word: String, schema: SchemaBlock, dataSource: SchemaBlock?, tags: TagKind?,
    knowsWholeNumbers: Bool
  ) {
    self.type = type
    self.word = word
    self.schema = schema
    self.tags = tags
    self.knowsWholeNumbers = knowsWholeNumbers
    let known = Set(schema.settable.filter { $0.type.isScalar && !$0.isSensitive }.map(\.name))
    let fits = dataSource.map { source in
      source.attribute("id") != nil && known.contains("name")
        && source.attribute("name")?.isSettable == true
        && source.attributes.filter(\.isRequired).allSatisfy { known.contains($0.name) }
        && !source.blocks.contains(where: \.isRequired)
    }
    self.dataSource = fits == true ? dataSource : nil
    for attribute in schema.settable where !(attribute.name == "id" && attribute.isComputed) {
      add(attribute)
    }
    for nested in schema.settableBlocks where nested.name != "timeouts" { add(nested) }
  }

  /// The text of the leaf.
  var text: String {
    var parts = [head] + variables + secrets
    parts.append("resource \(quoted(type)) \"this\" {\n\(arguments.joined())}\n")
    parts += outputs
    if let existing { parts.append(existing) }
    return laidOut("module \(quoted(word)) {\n" + parts.joined(separator: "\n") + "}\n")
  }

  private var head: String {
    """
    # Choose: `resource`, `app`, or `link`, `monitor` or `notification` with `each`; titles, and other words as `aliases`.
    serves = "resource"
    title = \(quoted(title(of: word)))
    description = \(quoted(description(schema.description, name: word)))

    """
  }

  // MARK: - Inputs

  /// Names that Terraform keeps for itself.
  private static let reserved: Set = [
    "source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals",
  ]

  private mutating func add(_ attribute: SchemaBlock.Attribute) {
    let name = inputName(attribute.name)
    inputs[attribute.name] = name
    arguments.append("\(attribute.name) = var.\(name)\n")
    if attribute.isSensitive {
      addSecret(name, attribute)
      return
    }
    var lines = ["type = \(attribute.type.text)\n"]
    var remark = ""
    if attribute.name == "name", attribute.type.text == "string" {
      lines.append("from = item.cloud_name\n")
    } else if takesTags(attribute) {
      lines.append("from = tags\n")
    } else {
      if !attribute.isRequired { lines.append("default = null\n") }
      if name != attribute.name { lines.append("aliases = [\(quoted(attribute.name))]\n") }
      if let other = attribute.referredWord, !attribute.type.text.contains("bool") {
        remark =
          "# Choose: `refers_to = \"\(other)\"` lets it name another item, if there is a leaf for it.\n"
      } else if !knowsWholeNumbers, attribute.type.text.contains("number") {
        remark = "# Choose: `whole = true` refuses fractions, as most numbers of providers do.\n"
      }
    }
    lines.append(
      "description = \(quoted(description(attribute.description, name: attribute.name)))\n")
    variables.append("\(remark)variable \(quoted(name)) {\n\(lines.joined())}\n")
  }

  private func inputName(_ name: String) -> String {
    Self.reserved.contains(name) ? "\(word)_\(name)" : name
  }

  private func takesTags(_ attribute: SchemaBlock.Attribute) -> Bool {
    guard ["tags", "labels"].contains(attribute.name) else { return false }
    switch attribute.type.text {
    case "list(string)", "set(string)": return tags == .list
    case "map(string)": return tags == .map
    default: return false
    }
  }

  /// A value that must not stand in the manifest comes from the environment.
  private mutating func addSecret(_ name: String, _ attribute: SchemaBlock.Attribute) {
    let text = description(attribute.description, name: attribute.name)
    let secret = "\(type)_\(name)"
    variables.append(
      """
      variable \(quoted(name)) {
      type = \(attribute.type.text)
      \(attribute.isRequired ? "" : "default = null\n")from = secret.\(secret)
      description = \(quoted(text))
      sensitive = true
      }

      """)
    secrets.append(
      """
      # Choose: one secret serves all items, under the names in the environment that are given here.
      secret \(quoted(secret)) {
      environment = [\(quoted(secret.uppercased()))]
      description = \(quoted(text))
      }

      """)
  }

  // MARK: - Blocks

  private mutating func add(_ nested: SchemaBlock.Nested) {
    let name = inputName(nested.name)
    var content = BlockContent(type: type)
    let block = content.dynamic(nested, from: "var.\(name)", path: [nested.name])
    let shape = content.shape(of: nested)
    var lines = ["type = \(shape.text)\n"]
    if !nested.isRequired {
      lines.append("default = \(nested.isSingle ? "null" : nested.emptyValue)\n")
    }
    if name != nested.name { lines.append("aliases = [\(quoted(nested.name))]\n") }
    let text = description(nested.block.description, name: nested.name)
    lines.append("description = \(quoted(text))\n")
    for attribute in nested.block.settable where !attribute.isSensitive {
      guard let text = attribute.description, !text.isEmpty else { continue }
      lines.append(
        "field \(quoted(attribute.name)) { description = \(quoted(description(text, name: attribute.name))) }\n"
      )
    }
    variables.append("variable \(quoted(name)) {\n\(lines.joined())}\n")
    for secret in content.secrets { addSecret(secret.name, secret.attribute) }
    arguments.append("\n" + block)
  }

  // MARK: - Outputs

  private var outputs: [String] {
    schema.attributes.filter(isUseful).map { attribute in
      let text = description(attribute.description, name: attribute.name)
      let isKnown =
        dataSource.map { source in
          source.attribute(attribute.name) != nil
        } ?? true
      return """
        output \(quoted(attribute.name)) {
        value = \(type).this.\(attribute.name)
        \(isKnown ? "" : "existing = null\n")description = \(quoted(attribute.name == "id" ? "Id of the \(title(of: word).lowercased())" : text))
        \(attribute.isSensitive ? "sensitive = true\n" : "")}

        """
    }
  }

  /// What others may want: ids, names and what the provider makes, but for dates and states.
  private func isUseful(_ attribute: SchemaBlock.Attribute) -> Bool {
    if attribute.isDeprecated || Self.reserved.contains(attribute.name) { return false }
    if attribute.name == "id" || attribute.name == "name" { return attribute.type.isScalar }
    guard attribute.isComputed, !attribute.isRequired, !attribute.isOptional else { return false }
    let dull = ["_at", "_on", "status", "state", "etag", "created", "updated", "deleted"]
    if dull.contains(where: attribute.name.hasSuffix) { return false }
    if attribute.name == "addresses" { return !attribute.type.isScalar }
    if attribute.name == "dns_records" || attribute.name == "environment_files" { return false }
    return attribute.type.isScalar || ["list(string)", "set(string)"].contains(attribute.type.text)
  }

  private var existing: String? {
    guard let dataSource else { return nil }
    let names = dataSource.attributes.filter { $0.isRequired || $0.name == "name" }.map(\.name)
    let lines = names.map { "\($0) = var.\(inputs[$0] ?? $0)\n" }.joined()
    return "existing \(quoted(type)) \"this\" {\n\(lines)}\n"
  }
}

extension SchemaBlock.Nested {
  /// What stands for none of it.
  var emptyValue: String { mode == "map" ? "{}" : "[]" }
}

extension SchemaBlock.Attribute {
  /// The word of what an argument names by its id: `vpc` of `vpc_id`.
  var referredWord: String? {
    for suffix in ["_id", "_ids", "_uuid", "_uuids"] where name.hasSuffix(suffix) {
      let word = name.dropLast(suffix.count)
      return word.isEmpty ? nil : String(word)
    }
    return nil
  }
}
