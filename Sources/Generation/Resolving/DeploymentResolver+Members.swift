import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

extension DeploymentResolver {
  /// Moves items onto the machines of those that they name.
  func bindHosts() {
    for index in entries.indices {
      guard let key = entries[index].leaf.module.members,
        let name = entries[index].config[key]?.scalarText
      else { continue }
      guard let host = host(name, key, of: index) else {
        entries[index].refused.insert(key)
        continue
      }
      entries[index].host = host
      entries[host].members.append(index)
      entries[index].cloudName = nil
      entries[index].writesCloudName = false
      reportMachineKeys(of: index, key)
    }
  }

  /// The entry whose machine an item moves onto; nil where that can't be, which is reported.
  private func host(_ name: String, _ key: String, of index: Int) -> Int? {
    let entry = entries[index]
    let location = place(key, index)
    let candidates = entries.indices.filter {
      $0 != index && entries[$0].leaf === entry.leaf && entries[$0].config[key] == nil
    }
    if let found = byName[name], candidates.contains(found) { return found }
    let names = candidates.map { entries[$0].name }
    guard let found = byName[name], entries[found].leaf === entry.leaf else {
      diagnostics.append(dangling(name, entry.leaf, among: names, at: location))
      return nil
    }
    diagnostics.append(
      Diagnostic(
        .error, "members.host",
        found == index
          ? "`\(name)` can't move onto its own machine"
          : "`\(name)` has no machine of its own: it moves onto another one itself", at: location,
        detail: names.isEmpty
          ? "No other app has one." : "Machines of their own have \(listed(names, "and")).",
        help: "Remove `\(key)` to give the app a machine of its own."))
    return nil
  }

  /// Reports what only the machine's own app can say.
  private func reportMachineKeys(of index: Int, _ key: String) {
    let entry = entries[index]
    let own = entry.leaf.memberKeys.union([key])
    for (name, places) in entry.places.sorted(by: { $0.key < $1.key }) where !own.contains(name) {
      guard let place = places.last else { continue }
      diagnostics.append(
        Diagnostic(
          .warning, "members.machine-key",
          "`\(name)` is of the machine, which `\(entry.config[key]?.scalarText ?? "")` describes; it is ignored here",
          at: manifest.location(place.node.range),
          help: "Set it there, or remove it."))
    }
  }

  /// An input that is a map by item of the machine, made of its fields.
  func memberMap(_ spec: VariableSpec, of index: Int) -> Value {
    let attributes = spec.type.objectAttributes ?? []
    var map: [String: Value] = [:]
    for member in [index] + entries[index].members {
      var object: [String: Value] = [:]
      for field in spec.fields {
        guard let attribute = attributes.first(where: { $0.name == field.name }) else { continue }
        let (value, key) = fieldValue(field, of: member)
        guard !value.isNull else { continue }
        var conversion = TypeConversion(fillsDefaults: false)
        object[field.name] = conversion.convert(value, to: attribute.type)
        report(conversion.problems, of: key ?? field.name, field, member)
      }
      map[entries[member].name] = .object(object)
    }
    return .object(map)
  }

  private func fieldValue(_ field: VariableSpec, of member: Int) -> (Value, key: String?) {
    for expression in field.from ?? [] {
      let value = Evaluator(EntryScope(self, member)).value(of: expression)
      guard !value.isNull, value != .unknown else { continue }
      let path = expression.attributePath ?? []
      return (value, path.count == 2 && path[0] == "config" ? path[1] : nil)
    }
    return (.null, nil)
  }

  /// The item, its key and the rest of the way where a path leads into a map by item.
  func memberPlace(
    _ name: String, _ index: Int, _ path: [PathStep]
  ) -> (key: String, index: Int, path: [PathStep])? {
    guard let spec = entries[index].leaf.specs[name], spec.isOfMembers, path.count >= 2,
      case .attribute(let item) = path[0], case .attribute(let attribute) = path[1],
      let member = byName[item], let field = spec.fields.first(where: { $0.name == attribute })
    else { return nil }
    let (_, key) = fieldValue(field, of: member)
    return (key ?? attribute, member, Array(path.dropFirst(2)))
  }
}

extension Leaf {
  /// The keys of the manifest that items on another's machine may say.
  fileprivate var memberKeys: Set<String> {
    var keys: Set<String> = []
    for spec in module.variables where spec.isOfMembers {
      for field in spec.fields {
        for expression in field.from ?? [] {
          expression.visit { node in
            // What is said of the app may stand in `config` as well.
            if let path = node.attributePath, path.count >= 2,
              path[0] == "config" || path[0] == "app" && specs[path[1]] != nil
            {
              keys.insert(path[1])
            }
          }
        }
      }
    }
    return keys
  }
}
