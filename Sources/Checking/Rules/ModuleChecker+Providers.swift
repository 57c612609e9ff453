import Diagnostics
import Evaluation
import HCL

extension ModuleChecker {
  /// The provider that a local name stands for; what can't be is reported, once a name.
  func provider(_ name: String, at place: SourceLocation) -> ProviderAddress? {
    let isNew = reportedProviders.insert(name).inserted
    if let requirement = module.requirements[name], requirement.hasSource {
      if let address = requirement.address, isNew, !library.knows(address) {
        noteUnknown(address, at: requirement.place)
      }
      return requirement.address
    }
    let implied = ProviderAddress(implied: name)
    guard isNew, !library.knows(implied) else { return implied }
    let same = module.requirements.items.compactMap(\.address).filter { $0.type == name }
    let known = library.addresses.filter { $0.hasSuffix("/" + name) }
    let near = nearestMatch(name, in: module.requirements.names)
    if OfficialProviders.names.contains(name) {
      noteUnknown(implied, at: place)
      return implied
    }
    let meant = same.first?.shortText ?? known.first.map(shortAddress)
    findings.error(
      "undeclared-provider", "`required_providers` doesn't say where provider `\(name)` comes from",
      at: place,
      "Without a `source` it stands for `hashicorp/\(name)`, which doesn't exist.",
      help: meant.map { "Add `\(name) = { source = \"\($0)\" }` to `required_providers`." }
        ?? near.map { "Did you mean `\($0)`?" })
    return nil
  }

  private func shortAddress(_ text: String) -> String {
    let usual = "registry.terraform.io/"
    return text.hasPrefix(usual) ? String(text.dropFirst(usual.count)) : text
  }

  private func noteUnknown(_ address: ProviderAddress, at place: SourceLocation) {
    let known = library.addresses.map(shortAddress)
    let types = known.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    let near = nearestMatch(address.type, in: types).flatMap { types.firstIndex(of: $0) }
      .map { known[$0] }
    findings.note(
      "schema-not-known",
      "No schema of `\(address.shortText)` is at hand: what it is given isn't checked", at: place,
      help: near.map { "Did you mean `\($0)`?" }
        ?? "Give it with `--schema`, made by `terraform providers schema -json`.")
  }

  func checkProviders() {
    for configuration in module.providers.items {
      let source = configuration.source
      let context = ExpressionContext(
        file: source.file, node: .provider(configuration.address))
      let ignored: Set = [
        "alias", "version", "count", "depends_on", "for_each", "source", "lifecycle", "locals",
      ]
      let unused = "No resource uses it, so Terraform doesn't look at it."
      let isUsed = module.usedProviders.contains(configuration.address)
      let address = provider(configuration.localName, at: source.place)
      if let version = source.attribute("version"), address?.namespace == "builtin" {
        findings.error(
          "unknown-argument", "A provider that is part of Terraform has no `version`",
          at: source.location(version.nameOrigin), help: "Remove `version`.")
      }
      guard let address, let type = library.configuration(of: address) else {
        findings.leniently(isUsed ? nil : unused) {
          checkExpressions(of: source.block.body, in: context, ignoring: ignored)
        }
        continue
      }
      var schema = SchemaChecker(checker: self, owner: "Provider `\(configuration.localName)`")
      schema.allowsEphemeral = true
      let empty = "Terraform looks at an empty block no earlier than at the plan."
      findings.leniently(!isUsed ? unused : configuration.source.isProxy ? empty : nil) {
        schema.check(source.block.body, type, in: context, at: source.place, ignoring: ignored)
      }
    }
    checkImplied()
    for meta in module.providerMeta {
      let context = ExpressionContext(file: meta.file)
      checkExpressions(of: meta.block.body, in: context)
    }
  }

  /// A provider that needs arguments and has no block gets none.
  private func checkImplied() {
    guard isRoot else { return }
    var seen: Set<String> = []
    for resource in module.resources.items {
      let (name, alias) = resource.provider
      guard alias == nil, seen.insert(name).inserted, module.providers[name] == nil,
        let address = module.provider(name), let type = library.configuration(of: address)
      else { continue }
      let needed = type.attributes.filter(\.value.isRequired).keys.sorted()
      guard !needed.isEmpty else { continue }
      findings.foundAtPlan {
        findings.error(
          "missing-argument", "Provider `\(name)` needs \(needed.listed)",
          at: resource.source.place, "There is no `provider \"\(name)\"` block that gives them.",
          help: "Add `provider \"\(name)\" { ... }`.")
      }
    }
  }

  /// Checks that each resource's configuration of its provider is there.
  func checkProviderReferences() {
    for resource in module.resources.items {
      let (name, alias) = resource.provider
      guard let alias else { continue }
      let attribute = resource.source.attribute("provider")
      let place = resource.source.location(attribute?.value.origin ?? Origin())
      let address = name + "." + alias
      let passed = module.requirements[name]?.aliases ?? []
      if module.providers[address] != nil || passed.contains(address) { continue }
      let known = module.providers.items.map(\.address) + passed
      findings.error(
        "undeclared-provider-configuration", "There is no configuration `\(address)`", at: place,
        known.isEmpty ? nil : "There is \(known.listed).",
        help: didYouMean(address, known)
          ?? "Add `provider \"\(name)\" { alias = \"\(alias)\" }`.")
    }
  }
}
