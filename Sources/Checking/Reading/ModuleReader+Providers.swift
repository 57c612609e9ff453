import Diagnostics
import Evaluation
import HCL

extension ModuleReader {
  func readTerraform(_ declaration: Declaration) {
    inspector.inspect(declaration, .terraform, owner: "A `terraform` block")
    module.terraform.append(declaration)
    for block in declaration.blocks("required_providers") { readRequirements(block) }
    for block in declaration.blocks("provider_meta") where block.block.labels.count == 1 {
      if let label = block.label(0) {
        findings.checkProviderName(label.text, at: block.location(label.origin))
      }
      module.providerMeta.append(block)
    }
    guard let language = declaration.attribute("language") else { return }
    if language.value.traversal?.root != "TF2021" {
      findings.error(
        "unknown-language", "The only edition of the language is `TF2021`",
        at: declaration.location(language.value.origin), help: "Remove `language`.")
    }
  }

  func readProvider(_ declaration: Declaration) {
    guard let label = declaration.label(0) else { return }
    checkName(label, of: "a provider", in: declaration.file)
    for block in declaration.block.body.blocks
    where block.type == "lifecycle" || block.type == "locals" {
      findings.error(
        "reserved-block", "`\(block.type)` is reserved inside of a `provider` block",
        at: declaration.location(block.headerOrigin))
    }
    for name in ["count", "depends_on", "for_each", "source"] {
      guard let attribute = declaration.attribute(name) else { continue }
      findings.error(
        "reserved-argument", "`\(name)` is reserved inside of a `provider` block",
        at: declaration.location(attribute.nameOrigin))
    }
    let alias = text(declaration.attribute("alias"), in: declaration.file)
    if let alias, !isIdentifier(alias) {
      findings.error(
        "bad-name", "`\(alias)` can't be an alias",
        at: declaration.location(declaration.attribute("alias")?.value.origin ?? Origin()))
    }
    if let version = declaration.attribute("version") {
      findings.warning(
        "deprecated-argument", "`version` of a `provider` block is out of date",
        at: declaration.location(version.nameOrigin),
        help: "Write it in `required_providers`.")
      checkConstraint(version, of: declaration)
    }
    let configuration = ProviderConfiguration(
      localName: label.text, alias: alias, source: declaration)
    if let first = module.providers.add(configuration.address, configuration) {
      findings.error(
        "duplicate-provider-configuration",
        "Provider `\(configuration.address)` is configured twice", at: declaration.place,
        alias == nil ? "Another configuration of a provider needs an `alias`." : nil,
        notes: [.init("The first configuration", at: first.source.place)])
    }
  }

  /// Reports a version constraint that can't be read.
  func checkConstraint(_ attribute: Attribute, of declaration: Declaration) {
    guard let text = text(attribute, in: declaration.file) else { return }
    checkConstraint(text, at: declaration.location(attribute.value.origin))
  }

  private func checkConstraint(_ text: String, at place: SourceLocation) {
    guard VersionConstraint(text) == nil else { return }
    findings.error(
      "bad-version-constraint", "`\(text)` is no version constraint", at: place,
      "Write, for example, `>= 1.2.0` or `~> 2.4`, several with commas between them.")
  }

  private func readRequirements(_ block: Declaration) {
    for inner in block.block.body.blocks {
      findings.error(
        "unknown-block", "`required_providers` holds no blocks",
        at: block.location(inner.headerOrigin), help: "Write `\(inner.type) = { ... }`.")
    }
    for attribute in block.block.body.attributes {
      var requirement = ProviderRequirement(
        localName: attribute.name, address: ProviderAddress(implied: attribute.name),
        place: block.location(attribute.nameOrigin))
      findings.checkProviderName(attribute.name, at: requirement.place)
      readRequirement(attribute.value.uncommented, &requirement, block)
      if let first = module.requirements.add(attribute.name, requirement) {
        reportDuplicate("Provider `\(attribute.name)`", requirement.place, first: first.place)
      }
    }
  }

  private func readRequirement(
    _ value: Expression, _ requirement: inout ProviderRequirement, _ block: Declaration
  ) {
    if let text = value.stringValue {
      checkConstraint(text, at: block.location(value.origin))
      return
    }
    if case .literal(let literal) = value, case .number(let text) = literal.kind {
      checkConstraint(text, at: block.location(value.origin))
      return
    }
    guard case .object(let object) = value else {
      findings.error(
        "bad-provider-requirement", "A required provider is an object with `source` and `version`",
        at: block.location(value.origin),
        help: "Write `\(requirement.localName) = { source = \"...\", version = \"...\" }`.")
      return
    }
    for item in object.items {
      guard let key = item.key.keyText else { continue }
      let place = block.location(item.value.origin)
      switch key {
      case "source": readSource(item.value, &requirement, in: block)
      case "version":
        let value = findings.constant(
          item.value, as: .dynamic, in: block.file, Self.textMessage(key))
        if let text = value?.stringValue {
          checkConstraint(text, at: place)
        } else if value != nil {
          findings.error("not-constant", Self.textMessage(key), at: place)
        }
      case "configuration_aliases": readAliases(item.value, &requirement, at: place)
      default:
        let known = ["source", "version", "configuration_aliases"]
        findings.error(
          "unknown-argument", "A required provider has no `\(key)`",
          at: block.location(item.key.origin), "It has \(known.listed).",
          help: didYouMean(key, known))
      }
    }
  }

  private static func textMessage(_ key: String) -> String {
    "`\(key)` has to be a text without references"
  }

  private func readSource(
    _ value: Expression, _ requirement: inout ProviderRequirement, in block: Declaration
  ) {
    requirement.address = nil
    requirement.hasSource = true
    let place = block.location(value.origin)
    let found = findings.constant(value, as: .string, in: block.file, Self.textMessage("source"))
    guard let text = found?.stringValue else { return }
    requirement.address = ProviderAddress(source: text)
    if requirement.address == nil {
      findings.error(
        "bad-provider-source", "`\(text)` is no provider's address", at: place,
        "It has the form `namespace/type`, or `host/namespace/type`.")
    }
  }

  private func readAliases(
    _ value: Expression, _ requirement: inout ProviderRequirement, at place: SourceLocation
  ) {
    guard case .tuple(let tuple) = value.bare else {
      findings.error(
        "bad-provider-reference", "`configuration_aliases` is a list of `name.alias`", at: place)
      return
    }
    for element in tuple.elements {
      if let (name, alias) = providerReference(element.value), element.value.stringValue == nil,
        let alias, name == requirement.localName
      {
        if requirement.aliases.contains(name + "." + alias) {
          findings.error(
            "duplicate-declaration", "`\(name).\(alias)` stands twice in this list", at: place)
        }
        requirement.aliases.append(name + "." + alias)
      } else {
        findings.error(
          "bad-provider-reference",
          "An alias is written `\(requirement.localName).<alias>`", at: place)
      }
    }
  }
}

extension Expression {
  /// The text of an object's key where it stands there as such.
  var keyText: String? {
    if case .variable(let variable) = uncommented { return variable.name }
    return stringValue
  }
}
