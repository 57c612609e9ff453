import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

extension DeploymentResolver {
  /// Where an input stands in the manifest; the item where it isn't written.
  ///
  /// - Parameters:
  ///   - name: The input's canonical key; empty for the item itself.
  ///   - index: The entry.
  ///   - path: The way from the input's value to a part of it.
  /// - Returns: The place; nil where there is none at all.
  func place(_ name: String, _ index: Int, path: [PathStep] = []) -> SourceLocation? {
    if let inner = memberPlace(name, index, path) {
      return place(inner.key, inner.index, path: inner.path)
    }
    let entry = entries[index]
    for place in (entry.places[name] ?? []).reversed() {
      if let node = place.node.part(path[...]) { return manifest.location(node.range) }
    }
    if let place = entry.places[name]?.last { return manifest.location(place.node.range) }
    if let (node, isWhole) = data(name, index) {
      return manifest.location((isWhole ? node.part(path[...]) ?? node : node).range)
    }
    if let item = entry.source {
      let isName = entry.leaf.inputs.contains { $0.isCloudName && $0.spec.name == name }
      let given = isName ? item.cloudName(in: environment)?.range : nil
      return manifest.location(given ?? item.name.range)
    }
    if let implier = entry.implier { return place(name, implier, path: path) }
    if let range = entry.impliedAt { return manifest.location(range) }
    return domainPlace(index) ?? entry.subject.flatMap { place("", $0) }
  }

  /// Where the zone of a link's domain stands, or the domain where it has none.
  private func domainPlace(_ index: Int) -> SourceLocation? {
    let entry = entries[index]
    guard entry.leaf.module.each?.selection == .domain, let subject = entry.subject,
      let domain = entries[subject].source?.domains.first(where: { $0.name.value == entry.name })
    else { return nil }
    return manifest.location(domain.zone?.range ?? domain.name.range)
  }

  /// Where the key of an attribute stands, the last step of a path; else where its object does.
  func keyPlace(_ name: String, _ index: Int, path: [PathStep]) -> SourceLocation? {
    if case .attribute(let key)? = path.last {
      for place in (entries[index].places[name] ?? []).reversed() {
        if let member = place.node.part(path.dropLast())?.memberEntry(key) {
          return manifest.location(member.keyRange)
        }
      }
    }
    return place(name, index, path: path.dropLast())
  }

  /// Where a rule is broken: at the first input that it mentions and the manifest gives, what an
  /// environment overrides before what it doesn't.
  func place(of rule: ModuleSpec.Rule, _ index: Int) -> SourceLocation? {
    let names = rule.inputs
    let places = entries[index].places
    let given =
      names.first { places[$0]?.last?.isOverride ?? false } ?? names.first { places[$0] != nil }
      ?? names.first { data($0, index) != nil }
    return place(given ?? names.first ?? "", index)
  }

  /// The node that an input takes its value from where that isn't the item's config, and whether
  /// the value is that node's.
  private func data(_ name: String, _ index: Int) -> (node: JSONNode, isWhole: Bool)? {
    let entry = entries[index]
    guard let position = entry.leaf.inputIndex[name] else { return nil }
    for case .data(let expression) in entry.leaf.bound[position].sources {
      var source = expression
      var isWhole = true
      if case .conditional(let choice) = source { source = choice.then }
      if case .forExpression(let loop) = source {
        source = loop.collection
        isWhole = false
      }
      guard let path = source.attributePath, path.count > 1 else { continue }
      let node: JSONNode? =
        switch path[0] {
        case "settings": settingNode(path[1], of: entry.leaf.provider)
        case "app":
          path.dropFirst().reduce(entry.source?.node) { node, key in node?.member(key) }
        case "notifications":
          path.dropFirst().reduce(manifest.notifications.node) { node, key in node?.member(key) }
        case "monitoring":
          path.dropFirst().reduce(manifest.monitoring.node) { node, key in node?.member(key) }
        default: nil
        }
      if let node, !node.isNull { return (node, isWhole) }
    }
    return nil
  }
}

extension ModuleSpec.Rule {
  /// The inputs that it mentions, in order.
  var inputs: [String] {
    var names: [String] = []
    condition.visit { node in
      if let path = node.attributePath, path.count >= 2,
        ["config", "var", "inputs", "refs"].contains(path[0])
      {
        names.append(path[1])
      }
    }
    return names
  }
}

extension JSONNode {
  /// Where a part stands that doesn't fit: the key of one that shouldn't be there, else its value.
  func range(of problem: ConversionProblem) -> SourceRange {
    if case .unknownAttribute(let name, _) = problem.kind,
      let member = part(problem.path.dropLast())?.memberEntry(name)
    {
      return member.keyRange
    }
    return (part(problem.path[...]) ?? self).range
  }

  /// A part of the value; nil where it isn't there.
  fileprivate func part(_ path: ArraySlice<PathStep>) -> JSONNode? {
    switch path.first {
    case .attribute(let key)?: return member(key)?.part(path.dropFirst())
    case .element(let position)?:
      // One value stands for a list of one.
      guard let elements else { return position == 0 ? part(path.dropFirst()) : nil }
      return elements.indices.contains(position)
        ? elements[position].part(path.dropFirst()) : nil
    case nil: return self
    }
  }
}
