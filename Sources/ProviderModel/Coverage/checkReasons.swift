public import Diagnostics
import HCL

/// Reasons are given for arguments that there are and that nothing reaches.
public func checkReasons(_ catalog: Catalog, into diagnostics: inout Diagnostics) {
  var unreached: [String: [LeafCoverage.Unreached]] = [:]
  for module in catalog.allModules {
    unreached[module.callName] = coverage(of: module, catalog).unreached
  }
  for provider in catalog.providers {
    var check = SpecCheck(catalog: catalog, provider: provider, file: provider.file)
    checkReasons(of: provider, unreached, &check)
    diagnostics.append(contentsOf: check.diagnostics)
  }
  for module in catalog.allModules where !module.leftOut.isEmpty {
    guard let provider = catalog.provider(module.provider) else { continue }
    var check = SpecCheck(catalog: catalog, provider: provider, file: module.file)
    let unreached = (unreached[module.callName] ?? []).map(\.name)
    for (name, reason) in module.leftOut.sorted(by: { $0.key < $1.key }) {
      let place = check.places.origin(of: name, in: "leaves_out")
      let type = String(name.prefix { $0 != "." })
      let path = String(name.dropFirst(type.count + 1))
      check.checkReason(reason, at: place)
      guard module.resources.contains(where: { $0.labels.first?.text == type }) else {
        check.report(
          "leaves-out", "the leaf has no resource of the type `\(type)`", at: place,
          help: "Write `<resource type>.<argument path>`.")
        continue
      }
      check.checkPath(path, of: type, at: place)
      if check.isArgument(path, of: type),
        !unreached.contains(where: { isCovered($0, by: name) || isCovered(name, by: $0) })
      {
        check.report(
          "leaves-out", "`\(name)` is left out, but a value reaches it", at: place,
          help: "Take the reason away.")
      }
    }
    diagnostics.append(contentsOf: check.diagnostics)
  }
}

private func checkReasons(
  of provider: ProviderSpec, _ unreached: [String: [LeafCoverage.Unreached]],
  _ check: inout SpecCheck
) {
  for (type, facts) in provider.types.sorted(by: { $0.key < $1.key }) {
    let leaves = check.catalog.allModules.filter { module in
      module.resources.contains { $0.labels.first?.text == type }
    }
    for (path, reason) in facts.leftOut.sorted(by: { $0.key < $1.key }) {
      let place = check.places.origin(of: path, in: "leaves_out", of: [("type", type)])
      check.checkReason(reason, at: place)
      check.checkPath(path, of: type, at: place)
      guard check.isArgument(path, of: type) else { continue }
      for leaf in leaves {
        let unreached = (unreached[leaf.callName] ?? []).filter { $0.type == type }
        if !unreached.contains(where: {
          isCovered($0.path, by: path) || isCovered(path, by: $0.path)
        }) {
          check.report(
            "leaves-out",
            "`\(type).\(path)` is left out of every leaf, but a value reaches it in `\(leaf.type)`",
            at: place, help: "Give the reason in the leaves that it is true of.")
        }
      }
    }
  }
}

extension SpecCheck {
  fileprivate mutating func checkReason(_ reason: String, at place: Origin) {
    if reason.isEmpty || reason.hasSuffix(".") || reason.contains(where: \.isNewline) {
      report("leaves-out", "a reason is a short clause in one line without a full stop", at: place)
    }
  }

  fileprivate mutating func checkPath(_ path: String, of type: String, at place: Origin) {
    guard !isArgument(path, of: type) else { return }
    let schema = catalog.provider(ofType: type)?.schema.resources[type]
    let parts = path.split(separator: ".").map(String.init)
    let block = schema?.block(parts.dropLast())
    if let attribute = block?.attributes[parts.last ?? ""] {
      report(
        "leaves-out",
        "`\(path)` of `\(type)` is \(attribute.isDeprecated ? "out of date" : "made by the provider") and needs no reason",
        at: place, help: "Take the reason away.")
      return
    }
    let names = (block.map { Array($0.attributes.keys) + Array($0.blocks.keys) } ?? []).sorted()
    report(
      "leaves-out", "`\(type)` has no argument `\(path)`", at: place,
      help: nearestMatch(parts.last ?? "", in: names).map { near in
        "Did you mean `\((parts.dropLast() + [near]).joined(separator: "."))`?"
      })
  }

  /// Whether a path is of an argument that counts.
  fileprivate func isArgument(_ path: String, of type: String) -> Bool {
    guard let schema = catalog.provider(ofType: type)?.schema.resources[type] else { return false }
    var found = false
    _ = schema.visitArguments([], isReached: []) { whole in
      found = found || isCovered(path, by: whole)
    }
    guard found else { return false }
    let parts = path.split(separator: ".").map(String.init)
    if schema.block(parts[...]) != nil { return schema.block(parts[...])?.isDeprecated == false }
    guard let attribute = schema.block(parts.dropLast())?.attributes[parts.last ?? ""] else {
      return false
    }
    return (attribute.isRequired || attribute.isOptional) && !attribute.isDeprecated
  }
}
