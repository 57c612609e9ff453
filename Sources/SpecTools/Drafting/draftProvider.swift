import JSON

/// The text of a `provider.hcl` for a provider that has none.
func draftProvider(
  _ file: SchemaFile, name: String, localName: String, type: String, tags: DraftedLeaf.TagKind?
) -> String {
  var text = """
    provider \(quoted(name)) {
    # Choose: what people call it, where its `documentation` is, and other words as `aliases`.
    title = \(quoted(title(of: name)))
    source = \(quoted(file.source))
    # Choose: the releases that it is tested with, such as "~> 1.2".
    version = ">= 0.0.0"

    """
  if localName != name { text += "local_name = \(quoted(localName))\n" }
  for credential in credentials(of: file.provider) {
    let words = description(credential.description, name: credential.name)
    let variable = "\(localName)_\(credential.name)".uppercased()
    text += """

      # Choose: the environment variables that hold it; `read = false` if the provider reads none.
      credential \(quoted(credential.name)) {
      description = \(quoted(words))
      environment = [\(quoted(variable))]
      }

      """
  }
  switch tags {
  case .list: text += "\ntags {\nvalue = [for key, text in tags : \"${key}:${text}\"]\n}\n"
  case .map: text += "\ntags {\nvalue = { for key, text in tags : key => text }\n}\n"
  case nil: break
  }
  text += """

    # Choose: whether deleting one loses data, and its import id, over its own arguments.
    type \(quoted(type)) {
    stateful = false
    }
    }

    """
  return laidOut(text)
}

/// What the provider asks for, or else what looks like a proof of who asks.
private func credentials(of provider: SchemaBlock) -> [SchemaBlock.Attribute] {
  let all = provider.settable.filter(\.type.isScalar)
  let required = all.filter(\.isRequired)
  if !required.isEmpty { return required }
  let hidden = all.filter(\.isSensitive)
  if !hidden.isEmpty { return hidden }
  return all.filter { attribute in
    ["token", "api_token", "api_key", "access_token", "key", "password"].contains(attribute.name)
  }
}
