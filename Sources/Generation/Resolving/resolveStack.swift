import AppManifest
import Diagnostics
import HCL
import JSON
import Parallelism
import ProviderModel

/// Resolves a manifest for each environment; errors make the result unfit to emit.
///
/// - Parameters:
///   - input: What generation starts from.
///   - earlier: What was found when the manifest was read.
///   - findsPrices: Whether what the items cost is worked out.
///   - findsLookups: Whether it is worked out how to find out what exists already.
///   - diagnostics: What is found.
/// - Returns: The resolved model.
func resolveStack(
  _ input: GenerationInput, after earlier: Diagnostics, findsPrices: Bool = false,
  findsLookups: Bool = false, into diagnostics: inout Diagnostics
) -> Stack {
  let (stack, checks) = resolveStackAlone(
    input, after: earlier, findsPrices: findsPrices, findsLookups: findsLookups, into: &diagnostics)
  for found in checks.concurrentMap({ $0.findings() }).joined() { diagnostics.append(found) }
  return stack
}

/// Does the same, but doesn't look at preconditions, which may have to render whole files: gives what
/// looks at them beside the model.
func resolveStackAlone(
  _ input: GenerationInput, after earlier: Diagnostics, findsPrices: Bool = false,
  findsLookups: Bool = false, into diagnostics: inout Diagnostics
) -> (stack: Stack, checks: [PreconditionCheck]) {
  let manifest = input.manifest
  let cache = LeafCache(input.catalog, functions: input.functions)
  let makingNames = [manifest.project.name.range, manifest.settings.namePattern?.range]
  let checksNames = !earlier.items.contains { item in
    item.severity == .error && makingNames.contains(item.location?.range)
  }
  cache.prepare(manifest)
  let resolved = resolveDeployments(of: manifest) { environment, linked in
    DeploymentResolver(
      manifest, input.catalog, environment: environment, leaves: cache, checksNames: checksNames,
      linkedElsewhere: linked, made: input.memory.items[environment] ?? [:],
      findsPrices: findsPrices, findsLookups: findsLookups)
  }
  for one in resolved { diagnostics.append(contentsOf: one.diagnostics) }
  let deployments = resolved.map(\.deployment)
  checkProviderSettings(manifest, input.catalog, into: &diagnostics)
  var leaves: [String: Leaf] = [:]
  for deployment in deployments {
    for item in deployment.items { leaves[item.leaf.module.callName] = item.leaf }
  }
  let used = leaves.values.sorted { $0.module.callName < $1.module.callName }
  var names = Set(used.map(\.provider.name))
  // A leaf may hold resources of providers beside its own.
  for leaf in used { names.formUnion(leaf.providers.map(\.name)) }
  let retired = input.prunesProviders ? [] : input.memory.providers.filter { !names.contains($0) }
  let stack = Stack(
    manifest: manifest, catalog: input.catalog, environments: manifest.environments,
    leaves: used, providers: input.catalog.providers.filter { names.contains($0.name) },
    retiredProviders: input.catalog.providers.filter { retired.contains($0.name) },
    deployments: deployments)
  if checksNames { checkCloudNames(stack, into: &diagnostics) }
  checkDomains(stack, into: &diagnostics)
  checkUniqueValues(stack, into: &diagnostics)
  checkTags(stack, into: &diagnostics)
  checkAgainstMemory(stack, input, into: &diagnostics)
  return (stack, resolved.flatMap(\.preconditions))
}

/// Resolves each environment.
///
/// What a link does instead of a leaf it does in all environments or in none: the move from one to
/// the other stands in files that they share.
private func resolveDeployments(
  of manifest: Manifest,
  _ resolver:
    @Sendable (_ environment: String, _ linkedElsewhere: Set<String>) ->
    DeploymentResolver
) -> [ResolvedDeployment] {
  @Sendable
  func resolve(_ environment: String, _ linkedElsewhere: Set<String>) -> ResolvedDeployment {
    let resolver = resolver(environment, linkedElsewhere)
    return ResolvedDeployment(
      deployment: resolver.resolve(), diagnostics: resolver.diagnostics,
      preconditions: resolver.preconditions)
  }
  var results = manifest.environments.concurrentMap { environment in resolve(environment, []) }
  let linked = results.map(\.deployment.takenOver)
  let anywhere = linked.reduce(into: Set<String>()) { $0.formUnion($1) }
  for (index, environment) in manifest.environments.enumerated() {
    let elsewhere = anywhere.subtracting(linked[index])
    if results[index].deployment.items.contains(where: { elsewhere.contains($0.key) }) {
      results[index] = resolve(environment, elsewhere)
    }
  }
  return results
}

/// A resolved environment, what was found in it, and what is still to be looked at.
private struct ResolvedDeployment: Sendable {
  var deployment: Deployment
  var diagnostics: Diagnostics
  var preconditions: [PreconditionCheck]
}

extension DeployedItem {
  /// What tells it from all others, links aside: `<provider>_<type>/<name>`.
  fileprivate var key: String { "\(leaf.module.callName)/\(name)" }
}

extension Deployment {
  /// The keys of the items that links do some work of.
  fileprivate var takenOver: Set<String> {
    let links = items.filter { $0.leaf.module.each?.takesOver != nil }
    guard !links.isEmpty else { return [] }
    let subjects = Set(links.compactMap(\.subject))
    return Set(items.filter { $0.isOwn && subjects.contains($0.name) }.map(\.key))
  }
}

/// Two items, or two deployments, that would get one name in the cloud are an error.
private func checkCloudNames(_ stack: Stack, into diagnostics: inout Diagnostics) {
  struct Holder {
    var item: String
    var environment: String
  }
  var holders: [String: Holder] = [:]
  for deployment in stack.deployments {
    for item in deployment.items {
      // What exists already may be that of another environment.
      guard let name = item.cloudName, item.management != .existing else { continue }
      let key = "\(item.leaf.module.callName)/\(name)"
      guard let holder = holders[key] else {
        holders[key] = Holder(item: item.name, environment: deployment.environment)
        continue
      }
      let given = item.source?.cloudName(in: deployment.environment)
      if given == nil, holder.item == item.name, let pattern = stack.manifest.settings.namePattern {
        diagnostics.append(
          .namesWithoutEnvironment(name, at: stack.manifest.location(pattern.range)))
        return
      }
      diagnostics.append(
        .takenTwice(
          name, (item.name, deployment.environment), (holder.item, holder.environment),
          isGiven: given != nil,
          at: (given?.range ?? item.range).map { stack.manifest.location($0) }))
    }
  }
}

extension Diagnostic {
  fileprivate static func takenTwice(
    _ name: String, _ one: (item: String, environment: String),
    _ other: (item: String, environment: String), isGiven: Bool, at location: SourceLocation?
  ) -> Diagnostic {
    let isSame = one.item == other.item
    return Diagnostic(
      .error, "name.taken-twice",
      isSame
        ? "`\(one.item)` would be called `\(name)` in \(other.environment) and in \(one.environment)"
        : "`\(one.item)` in \(one.environment) and `\(other.item)` in \(other.environment) would both be called `\(name)`",
      at: location, detail: "Each needs a name of its own in the cloud.",
      help: isSame && isGiven
        ? "Give it a `\"cloud_name\"` in each environment, below `environments`."
        : "Rename one of them, or give it a `\"cloud_name\"`.")
  }

  fileprivate static func namesWithoutEnvironment(
    _ name: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "name.taken-twice",
      "The pattern of names has no `{environment}`, so that environments would share names",
      at: location, detail: "One of them is `\(name)`.",
      help: "Write `{project}-{environment}-{name}`.")
  }
}

/// Tags have to be what every provider in use accepts.
private func checkTags(_ stack: Stack, into diagnostics: inout Diagnostics) {
  let own = ["project", "environment", "stack", "managed-by"]
  for tag in stack.manifest.settings.tags where own.contains(tag.key.value) {
    diagnostics.append(
      Diagnostic(
        .warning, "tags.own", "The tag `\(tag.key.value)` is webkit's own; this one is ignored",
        at: stack.manifest.location(tag.key.range),
        detail: "Its own are \(listed(own, "and")).", help: "Give it another name."))
  }
  for provider in stack.providers {
    guard let rule = provider.tags else { continue }
    for tag in stack.manifest.settings.tags {
      let parts = [(tag.key, rule.keyPattern, "key"), (tag.value, rule.textPattern, "value")]
      for (part, pattern, word) in parts {
        guard let pattern, let compiled = Pattern(pattern), !compiled.matches(part.value) else {
          continue
        }
        diagnostics.append(
          Diagnostic(
            .error, "tags.refused",
            "\(provider.title) takes no tag with the \(word) `\(part.value)`",
            at: stack.manifest.location(part.range), detail: "It must match `\(pattern)`."))
      }
    }
  }
}

/// Settings of providers: known providers, known keys, fitting types.
private func checkProviderSettings(
  _ manifest: Manifest, _ catalog: Catalog, into diagnostics: inout Diagnostics
) {
  for entry in manifest.settings.providers {
    guard let provider = catalog.provider(entry.provider.value) else {
      let names = catalog.providers.map(\.name)
      diagnostics.append(
        Diagnostic(
          .error, "provider.unknown", "There is no provider `\(entry.provider.value)`",
          at: manifest.location(entry.provider.range),
          detail: "The providers are \(listed(names, "and")).",
          help: nearestMatch(entry.provider.value, in: names).map { "Did you mean `\($0)`?" }))
      continue
    }
    for member in entry.settings.members ?? [] {
      guard let spec = provider.settings.meant(by: member.key) else {
        let names = provider.settings.map(\.name)
        diagnostics.append(
          Diagnostic(
            .warning, "config.unknown-key",
            "\(provider.title) has no setting `\(member.key)`; it is ignored",
            at: manifest.location(member.keyRange),
            detail: names.isEmpty ? nil : "Its settings are \(listed(names, "and")).",
            help: nearestMatch(member.key, in: names).map { "Did you mean `\($0)`?" }))
        continue
      }
      let value = settingValue(
        member, spec, fillsDefaults: true, id: "config.wrong-type", manifest, into: &diagnostics)
      checkFacts(member, spec, value, manifest, into: &diagnostics)
    }
  }
}
