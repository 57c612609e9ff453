import Diagnostics

extension ManifestReader {
  /// Checks what joins several parts of the manifest.
  mutating func validate(_ manifest: Manifest) {
    checkNames(manifest)
    checkFormerNames(manifest)
    checkDomains(manifest)
    checkReferences(manifest)
    checkReach(manifest)
  }

  private mutating func checkNames(_ manifest: Manifest) {
    var first: [String: Item] = [:]
    let items = (manifest.apps + manifest.resources).sorted {
      $0.name.range.start < $1.name.range.start
    }
    for item in items where !item.name.value.isEmpty {
      let key = item.name.value.lowercased()
      guard let earlier = first[key] else {
        first[key] = item
        continue
      }
      let isSameKind = earlier.kind == item.kind
      error(
        "manifest.duplicate-name",
        isSameKind
          ? "Two \(item.kind.rawValue)s are called `\(item.name.value)`"
          : "An app and a resource are called `\(item.name.value)`",
        at: item.name.range,
        detail: "Names are unique among all apps and resources, whatever their case.",
        help: "Give one of them another name.",
        notes: [note("the other is here", earlier.name.range)])
    }
  }

  private mutating func checkDomains(_ manifest: Manifest) {
    var earlier: [(domain: Domain, app: Item)] = []
    for app in manifest.apps {
      let primaries = app.domains.filter { $0.type == .primary }
      for domain in primaries.dropFirst() {
        error(
          "manifest.domain-type", "The app has two primary domains", at: domain.name.range,
          help: "Make one of them an `alias`.",
          notes: [note("the other is here", primaries[0].name.range)])
      }
      for domain in app.domains {
        let other = earlier.first { pair in
          pair.domain.name.value == domain.name.value
            && environments.contains { pair.app.isDeployed(in: $0) && app.isDeployed(in: $0) }
        }
        if let other {
          error(
            "manifest.duplicate-domain", "The domain `\(domain.name.value)` is given twice",
            at: domain.name.range, detail: "A domain leads to one app.",
            help: "Remove one of them.",
            notes: [note("first given here", other.domain.name.range)])
        }
        earlier.append((domain, app))
      }
    }
  }

  /// Checks that references name resources of the manifest.
  private mutating func checkReferences(_ manifest: Manifest) {
    let blocks = [manifest.sharedVariables] + manifest.apps.map(\.variables)
    let names = manifest.resources.map(\.name.value)
    for variable in blocks.flatMap(\.blocks).flatMap(\.variables) {
      guard case .resource(let reference) = variable.source else { continue }
      guard !names.contains(reference.resource) else { continue }
      if manifest.apps.contains(where: { $0.name.value == reference.resource }) {
        error(
          "manifest.reference-to-app", "`\(reference.resource)` is an app, not a resource",
          at: reference.range, detail: "Variables take outputs of resources; apps have none.",
          help: "Give the variable a value, such as the URL of the app's domain.")
        continue
      }
      let nearest = nearestMatch(reference.resource, in: names).map { "Did you mean `\($0)`?" }
      error(
        "manifest.unknown-resource", "There is no resource `\(reference.resource)`",
        at: reference.range,
        detail: names.isEmpty
          ? "The manifest has no resources." : "The resources are \(listed(names, "and")).",
        help: nearest)
    }
  }

  /// Checks that what an app refers to is there in every environment in which the app is.
  private mutating func checkReach(_ manifest: Manifest) {
    var lacking: [(reference: ResourceReference, environments: [String])] = []
    var unmanaged: [ResourceReference] = []
    for app in manifest.apps where app.managed {
      for environment in manifest.environments where app.isDeployed(in: environment) {
        for variable in manifest.variables(of: app, in: environment) {
          guard case .resource(let reference) = variable.source else { continue }
          let resource = manifest.resources.first { $0.name.value == reference.resource }
          guard let resource else { continue }
          if !resource.managed, !unmanaged.contains(reference) { unmanaged.append(reference) }
          if resource.isDeployed(in: environment) { continue }
          if let index = lacking.firstIndex(where: { $0.reference == reference }) {
            if !lacking[index].environments.contains(environment) {
              lacking[index].environments.append(environment)
            }
          } else {
            lacking.append((reference, [environment]))
          }
        }
      }
    }
    for (reference, environments) in lacking {
      error(
        "manifest.unreachable-resource",
        "`\(reference.resource)` isn't deployed in \(listed(environments, "and"))",
        at: reference.range, detail: "The app that refers to it is.",
        help: "Add the environment to the resource's `environments`, or give the variable another "
          + "value there.")
    }
    for reference in unmanaged {
      error(
        "manifest.unmanaged-resource",
        "`\(reference.resource)` has no outputs: it isn't managed by Terraform",
        at: reference.range, help: "Give the variable a value, or make it a secret.")
    }
  }
}
