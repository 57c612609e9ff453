import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

extension DeploymentResolver {
  /// Checks that an item can be had in the way that the manifest asks for.
  func checkManagement(of item: Item, _ entry: Entry) {
    let written = item.writtenManagement(in: environment)?.range ?? item.range
    switch entry.management {
    case .create:
      if let id = entry.id {
        diagnostics.append(.idIsUnused(item.name.value, at: manifest.location(id.range)))
      }
    case .existing:
      guard let existing = entry.leaf.existing else {
        diagnostics.append(noStandIn(item, entry.leaf, at: manifest.location(written)))
        return
      }
      if let id = entry.id, !existing.takesID {
        diagnostics.append(
          .idIsNotAsked(item.name.value, entry.leaf, at: manifest.location(id.range)))
      }
      if let id = entry.id, existing.takesID, existing.wantsNumber, Number(id.value) == nil {
        diagnostics.append(
          .idIsNoNumber(id.value, entry.leaf, at: manifest.location(id.range)))
      }
      if entry.id == nil, existing.needsID {
        diagnostics.append(
          .idIsNeeded(item.name.value, entry.leaf, inEnvironment, at: manifest.location(written)))
      }
    case .adopt: break
    }
  }

  /// Why an item can't be used as it exists, and which can.
  private func noStandIn(
    _ item: Item, _ leaf: Leaf, at location: SourceLocation
  ) -> Diagnostic {
    let roles: Set<ModuleSpec.Role> = [leaf.module.role]
    let types = catalog.modules(of: leaf.provider.name, roles: roles)
      .filter { !$0.existing.isEmpty }.map(\.type)
    return Diagnostic(
      .error, "manage.no-stand-in",
      "`\(item.name.value)` can't be used as it exists: for \(leaf.module.title) there is nothing to look it up with",
      at: location,
      detail: types.isEmpty
        ? "\(leaf.provider.title) has no \(item.kind.rawValue)s that can be."
        : "Of \(leaf.provider.title)'s \(item.kind.rawValue)s, \(listed(types, "and")) can be.",
      help:
        "Take it over with `\"manage\": \"adopt\"`, or set `\"terraformManaged\": false` to leave it alone."
    )
  }

  /// Reports inputs that name something which exists, but of which not all is known that they read.
  func checkReferencesToExisting() {
    for index in entries.indices {
      for (position, input) in entries[index].leaf.inputs.enumerated() {
        guard let reference = entries[index].results[position]?.reference else { continue }
        for name in reference.elements ?? [reference] {
          guard let name = name.stringValue, let target = byName[name],
            entries[target].management == .existing,
            let existing = entries[target].leaf.existing
          else { continue }
          for attribute in input.spec.type.objectAttributes ?? [] where !attribute.isOptional {
            guard let output = existing.module.output(attribute.name),
              !existing.isAvailable(output)
            else { continue }
            diagnostics.append(
              .notKnownOfExisting(
                attribute.name, of: name, existing, at: place(input.spec.name, index)))
          }
        }
      }
    }
  }
}

extension DeploymentResolver {
  /// Reports keys of `config` that nothing asks for, since the item exists already.
  func checkConfigOfExisting() {
    for entry in entries where entry.management == .existing && !entry.places.isEmpty {
      guard let source = entry.source, let existing = entry.leaf.existing else { continue }
      let isAlways = manifest.environments.allSatisfy {
        !source.isDeployed(in: $0) || source.management(in: $0) == .existing
      }
      let read = keysRead(of: entry, existing)
      for (key, places) in entry.places.sorted(by: { $0.key < $1.key }) where !read.contains(key) {
        // What is said of all environments may be for those that make it.
        let written = places.filter { $0.isOverride || isAlways }
        guard !written.isEmpty else { continue }
        // Worked out once, where a key may be read by nobody: all leaves in use are looked at.
        let uses = leaves.usesOfExisting
        let others = uses.config.union(uses.references)
        guard !others.contains(key) else { continue }
        let known = read.union(others).intersection(entry.leaf.keys.values).sorted()
        for place in written {
          diagnostics.append(
            .isNotRead(key, of: entry.name, known, at: manifest.location(place.node.range)))
        }
      }
    }
  }

  /// The keys of `config` that decide what is read of what exists.
  private func keysRead(of entry: Entry, _ existing: ExistingLeaf) -> Set<String> {
    var read: Set<String> = []
    // The domains of an app are those of its config.
    if entry.leaf.module.role == .app { read.insert("domains") }
    var pending = entry.leaf.inputs.map(\.spec).filter { isNeeded($0, entry) }.map(\.name)
    while let name = pending.popLast() {
      guard read.insert(name).inserted, let spec = entry.leaf.specs[name] else { continue }
      for expression in spec.from ?? [] {
        expression.visit { node in
          guard let path = node.attributePath, path.count > 1,
            ["config", "inputs", "var", "refs"].contains(path[0])
          else { return }
          pending.append(path[1])
        }
      }
    }
    return read
  }
}

extension Diagnostic {
  fileprivate static func isNotRead(
    _ key: String, of name: String, _ read: [String], at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "manage.unread",
      "Nothing reads `\(key)`: `\(name)` exists already, and stays as it is",
      at: location,
      detail: read.isEmpty ? nil : "Only \(listed(read, "and")) can matter.",
      help: "Remove it, or let webkit set it from now on with `\"manage\": \"adopt\"`.")
  }

  /// An output that nothing tells of what exists already.
  static func notKnownOfExisting(
    _ output: String, of name: String, _ existing: ExistingLeaf, at location: SourceLocation?
  ) -> Diagnostic {
    let names = existing.availableOutputs.filter(\.isScalar).map(\.name)
    return Diagnostic(
      .error, "reference.not-of-existing",
      "`\(name)` exists already, and nothing tells its `\(output)`", at: location,
      detail: "Known of it are \(listed(names, "and")).",
      help: "Use one of these, or give the value itself, as a secret where it is one.")
  }

  fileprivate static func idIsUnused(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .warning, "generation.id", "`\(name)` is made anew: nothing looks at its `id`", at: location,
      help:
        "If it exists already, write `\"manage\": \"adopt\"` to take it over, or `\"existing\"` to use it as it is."
    )
  }

  fileprivate static func idIsNotAsked(
    _ name: String, _ leaf: Leaf, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "manage.id", "`\(name)` can't be looked up by its `id`", at: location,
      detail: "\(leaf.module.title) is found by its name in the cloud.",
      help: "Write that name as `\"cloud_name\"` instead.")
  }

  fileprivate static func idIsNoNumber(
    _ id: String, _ leaf: Leaf, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "manage.id-form", "`\(id)` isn't the `id` of a \(leaf.module.title)", at: location,
      detail: "\(leaf.provider.title) numbers them.",
      help: "Write the number that its console and API show.")
  }

  fileprivate static func idIsNeeded(
    _ name: String, _ leaf: Leaf, _ environment: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "manage.id", "`\(name)` exists already\(environment), and its `id` isn't given",
      at: location, detail: "\(leaf.module.title) is found by nothing else.",
      help: "Add `\"id\": \"...\"` to it.")
  }
}
