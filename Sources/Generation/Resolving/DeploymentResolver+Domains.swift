import AppManifest
import HCL
import ProviderModel

extension DeploymentResolver {
  /// A DNS zone among the manifest's resources.
  struct Zone {
    var provider: String
    /// The name of the item.
    var item: String
  }

  /// The domains of an app in this environment, as objects.
  ///
  /// What `config.domains` says of the environment counts; without it an app's own domains belong
  /// to the main environment, since a domain leads to one place.
  func domainValues(of index: Int) -> [Value] {
    guard let app = entries[index].source else { return [] }
    if let given = entries[index].config["domains"], !given.isNull {
      return (given.elements ?? [given]).compactMap(domainValue)
    }
    guard environment == manifest.mainEnvironment else { return [] }
    return app.domains.map { domainValue($0, of: app) }
  }

  /// A domain of an app as expressions see it.
  private func domainValue(_ domain: Domain, of app: Item) -> Value {
    // The first one is primary where none says so.
    let role =
      domain.type ?? (domain.range == app.primaryDomain?.range ? .primary : .alias)
    return .object([
      "name": .string(domain.name.value), "type": .string(role.rawValue),
      "zone": domain.zone.map { .string($0.value) } ?? .null, "wildcard": .bool(domain.wildcard),
      "dns": dns(of: domain.zone?.value),
    ])
  }

  private func domainValue(_ given: Value) -> Value? {
    let attributes = given.attributes ?? ["name": given]
    guard attributes["name"]?.stringValue != nil else { return nil }
    var result = attributes
    result["type"] = attributes["type"] ?? .string("alias")
    result["wildcard"] = attributes["wildcard"] ?? .bool(false)
    result["dns"] = dns(of: attributes["zone"]?.stringValue)
    return .object(result)
  }

  /// The provider of a zone that stands in the manifest.
  private func dns(of zone: String?) -> Value {
    zone.flatMap { zones[$0] }.map { .string($0.provider) } ?? .null
  }

  /// The zones of the manifest, by name and by the name of their item.
  ///
  /// What a zone is follows from the links that ask for one: they have an input with
  /// `from = domain.zone` that refers to its type.
  private var zones: [String: Zone] {
    if let knownZones { return knownZones }
    // Looking for them may come back here.
    knownZones = [:]
    var zones: [String: Zone] = [:]
    for provider in Set(entries.map(\.leaf.provider.name)).sorted() {
      for module in catalog.modules(of: provider, roles: [.link])
      where module.each?.selection == .domain {
        for variable in module.variables {
          guard variable.from?.first?.attributePath == ["domain", "zone"],
            let type = variable.referredType,
            let target = leaves.leaf(provider: provider, type: type, roles: [.resource])
          else { continue }
          for index in entries.indices where entries[index].leaf === target {
            let zone = Zone(provider: provider, item: entries[index].name)
            zones[entries[index].name] = zone
            let name = variable.match.map { Evaluator(EntryScope(self, index)).value(of: $0) }
            if let name = name?.stringValue { zones[name] = zone }
          }
        }
      }
    }
    knownZones = zones
    return zones
  }
}
