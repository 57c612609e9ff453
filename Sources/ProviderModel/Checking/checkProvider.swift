import HCL

/// Facts are about types and arguments that there are; patterns compile; texts have no full stop.
func checkProvider(_ check: inout SpecCheck) {
  let provider = check.provider
  for (type, facts) in provider.types.sorted(by: { $0.key < $1.key }) {
    let source = type.hasPrefix("data.") ? String(type.dropFirst("data.".count)) : nil
    let place = check.places.origin(of: [("type", type)])
    guard
      let schema = source.map({ provider.schema.dataSources[$0] })
        ?? provider.schema.resources[type]
    else {
      check.report("unknown-type", "\(provider.title) has no type `\(type)`", at: place)
      continue
    }
    for (argument, known) in facts.arguments.sorted(by: { $0.key < $1.key }) {
      let place = check.places.origin(of: [("type", type), ("argument", argument)])
      let path = argument.split(separator: ".").map(String.init)
      if schema.block(path.dropLast())?.attributes[path.last ?? ""] == nil {
        check.report("unknown-argument", "`\(type)` has no argument `\(argument)`", at: place)
      }
      checkPattern(known.pattern, at: place, &check)
    }
    for pattern in facts.absent + facts.ambiguous {
      checkPattern(pattern, at: place, &check)
    }
    if source == nil, !(facts.absent + facts.ambiguous).isEmpty {
      check.report(
        "wording", "`\(type)` isn't looked up: what its data source says is asked for", at: place,
        help: "Write it in `type \"data.\(type)\"`.")
    }
    for credential in facts.credentials
    where !provider.credentials.contains(where: { $0.argument == credential }) {
      check.report(
        "unknown-credential", "there is no credential `\(credential)`",
        at: check.places.origin(ofArgument: "credentials", of: [("type", type)]))
    }
  }
  for pattern in [provider.tags?.keyPattern, provider.tags?.textPattern] {
    checkPattern(pattern, at: provider.tags?.value.origin ?? Origin(), &check)
  }
  for credential in provider.credentials {
    let place = check.places.origin(of: [("credential", credential.argument)])
    checkText(credential.description, of: credential.argument, at: place, &check)
    let schema = provider.schema.provider
    if !schema.attributes.isEmpty, schema.attributes[credential.argument] == nil {
      check.report(
        "unknown-argument", "the provider has no argument `\(credential.argument)`", at: place)
    }
  }
  for setting in provider.settings {
    checkText(setting.description, of: setting.name, at: setting.typeExpression.origin, &check)
    checkDefault(of: setting, setting.facts, &check)
    checkPattern(setting.facts.pattern, at: setting.typeExpression.origin, &check)
    checkKnown(setting, &check)
  }
}
