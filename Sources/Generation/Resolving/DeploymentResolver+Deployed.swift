import AppManifest
import JSON
import ProviderModel

extension DeploymentResolver {
  /// The item as it is emitted.
  func deployed(_ index: Int) -> DeployedItem {
    let entry = entries[index]
    if let host = entry.host {
      return DeployedItem(
        name: entry.name, leaf: entry.leaf, source: entry.source,
        range: entry.source?.name.range, writesCloudName: false, config: [], references: [],
        variables: entry.variables, domains: servedDomains(index), host: entries[host].name)
    }
    var config: [(name: String, value: Value)] = []
    var references: [(name: String, value: Value)] = []
    for (position, input) in entry.leaf.inputs.enumerated() where !input.isCloudName {
      guard let result = entry.results[position] else { continue }
      if let reference = result.reference {
        references.append((input.spec.name, reference))
      } else if result.isData, !result.value.isNull, !result.value.containsUnknown {
        // What nobody said and the leaf takes to be empty anyway is no data.
        let isNothing = result.key == nil && result.value.elements?.isEmpty ?? false
        if isNothing, input.spec.defaultValue == .list([]) { continue }
        // Who is alone has no place among others.
        if input.spec.kept != nil, result.value.elements?.count ?? 0 < 2 { continue }
        // Of what exists, only what is read counts: nobody has checked the rest against the rules.
        if entry.management == .existing, !isNeeded(input.spec, entry) { continue }
        config.append((input.spec.name, result.value))
        references += result.named.map { ("\(input.spec.name).\($0.field)", $0.items) }
      }
    }
    references += referencesOfSubject(index).filter { name, _ in
      !references.contains { $0.name == name }
    }
    return DeployedItem(
      name: entry.name, leaf: entry.leaf, source: entry.source,
      range: entry.source?.name.range ?? entry.impliedAt, cloudName: entry.cloudName,
      writesCloudName: entry.writesCloudName, management: entry.management, id: entry.id?.value,
      config: config, references: references, mentions: mentions(entry), kept: kept(entry),
      places: places(entry),
      keptAt: Dictionary(
        uniqueKeysWithValues: entry.leaf.inputs.compactMap { input in
          guard entry.leaf.analysis.isKept(input.spec.name) else { return nil }
          return place(input.spec.name, index).map { (input.spec.name, $0) }
        }),
      adoptions: entry.adoptions, variables: entry.variables, domains: servedDomains(index),
      subject: entry.subject.map { entries[$0].name },
      members: entry.members.map { entries[$0].name }, bound: boundNames(index),
      formerNames: entry.formerNames, prices: findsPrices ? pricedParts(of: index) : [],
      lookup: findsLookups && entry.leaf.isOwn ? lookup(of: index) : nil)
  }

  /// The items that settings name, in the leaf's order.
  private func mentions(_ entry: Entry) -> [String] {
    entry.leaf.bound.indices.filter(entry.leaf.isSetting).flatMap { position -> [String] in
      guard let reference = entry.results[position]?.reference else { return [] }
      return (reference.elements ?? [reference]).compactMap(\.stringValue)
    }
  }

  private func servedDomains(_ index: Int) -> [Value] {
    entries[index].leaf.module.role == .app ? domainValues(of: index) : []
  }

  /// What a router has to know beside config and references.
  private func boundNames(_ index: Int) -> [(name: String, value: Value)] {
    let entry = entries[index]
    guard let subject = entry.subject, entry.leaf.wires("consumers") else { return entry.bound }
    let names = partnerNames(subject).map(Value.string)
    return entry.bound + [("consumers", .list(names))]
  }

  /// What the item refers to that a link belongs to, as far as the link's router has to know it.
  private func referencesOfSubject(_ index: Int) -> [(name: String, value: Value)] {
    guard let subject = entries[index].subject else { return [] }
    let leaf = entries[subject].leaf
    return entries[index].leaf.wiredReferences.sorted().compactMap { name in
      guard let position = leaf.inputIndex[name],
        let reference = entries[subject].results[position]?.reference
      else { return nil }
      let names = (reference.elements ?? [reference]).compactMap(\.stringValue).map {
        Value.string(bearerName(of: $0))
      }
      return (name, reference.elements == nil ? names.first ?? .null : .list(names))
    }
  }

  /// The entry that has the outputs of one: itself, or that on whose machine it is.
  func bearer(_ index: Int) -> Int { entries[index].host ?? index }

  private func bearerName(of name: String) -> String {
    byName[name].map { entries[bearer($0)].name } ?? name
  }

  /// What would replace the item's data if it changed, as far as it is known here.
  private func kept(_ entry: Entry) -> [String: String] {
    var kept: [String: String] = [:]
    guard entry.management != .existing else { return kept }
    for (position, input) in entry.leaf.inputs.enumerated()
    where !input.isCloudName && entry.leaf.analysis.isKept(input.spec.name) {
      guard let result = entry.results[position] else { continue }
      let isNothing = result.filled.isNull && result.reference == nil
      if entry.leaf.analysis.isSwitch(input.spec.name) {
        kept[input.spec.name] = isNothing ? DeployedItem.nothing : DeployedItem.something
      } else if isNothing {
        kept[input.spec.name] = DeployedItem.nothing
      } else if let name = result.reference?.stringValue {
        kept[input.spec.name] = DeployedItem.reference(to: name)
      } else if !result.filled.containsUnknown {
        kept[input.spec.name] = JSONPrinter.printCompact(result.filled.json)
      }
    }
    return kept
  }

  /// Who stands where in the lists of which that counts.
  private func places(_ entry: Entry) -> [String: [String]] {
    var places: [String: [String]] = [:]
    guard entry.management != .existing else { return places }
    for (position, input) in entry.leaf.inputs.enumerated() where input.spec.kept != nil {
      let names = entry.results[position]?.filled.elements?.compactMap(\.stringValue) ?? []
      if !names.isEmpty { places[input.spec.name] = names }
    }
    return places
  }

  /// Whether an input is read of an item; what exists already is read in part.
  func isNeeded(_ spec: VariableSpec, _ entry: Entry) -> Bool {
    guard entry.management == .existing, let existing = entry.leaf.existing else { return true }
    if existing.neededInputs.contains(spec.name) { return true }
    // The router gives what has no default.
    return spec.defaultExpression == nil && !existing.isOptional(spec)
  }

  func partnerNames(_ index: Int) -> [String] {
    entries[index].partners.map { entries[$0].name }.sorted()
  }
}
