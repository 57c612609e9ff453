import Diagnostics
import Files
import Foundation
import JSON
import ProviderModel
import TestSupport
import Testing

/// Each leaf has a case that says only what must be said, and cases that set every key of it.
///
/// `unset.tsv` beside them has the keys that no case sets, and why.
@Suite struct LeafCaseTests {
  private static let unset: [String: String] = {
    let text = String(decoding: Golden.bytes("leaves/unset.tsv") ?? [], as: UTF8.self)
    let rows = text.split(separator: "\n").map { $0.split(separator: "\t", maxSplits: 1) }
    return Dictionary(rows.map { (String($0[0]), $0.count > 1 ? String($0[1]) : "") }) { $1 }
  }()

  @Test(arguments: catalog.allModules.map(\.callName))
  func `a leaf has its cases`(_ leaf: String) {
    let cases = Golden.cases("leaves/\(leaf)")
    #expect(cases.contains("minimal") && cases.contains("full"))
  }

  @Test func `every case is of a leaf`() {
    let leaves = Set(catalog.allModules.map(\.callName))
    #expect(Golden.cases("leaves").filter { !leaves.contains($0) } == [])
  }

  @Test(arguments: catalog.allModules.map(\.callName))
  func `the cases of a leaf use it`(_ leaf: String) throws {
    let module = try #require(catalog.allModules.first { $0.callName == leaf })
    for name in Golden.cases("leaves/\(leaf)") {
      let tree = try GoldenProject(folder: "leaves/\(leaf)/\(name)").tree()
      let isThere = tree.paths.contains { $0.hasPrefix("infra/\(module.folder)/") }
      #expect(isThere, "leaves/\(leaf)/\(name) doesn't generate the leaf")
    }
  }

  @Test func `what is full sets every key`() throws {
    var missing: [String] = []
    for module in catalog.allModules {
      let set = try keysSet(of: module)
      let all = keys(of: module).map { "\(module.callName).\($0)" }
      missing += all.filter { !set.contains($0) }
    }
    #expect(missing.filter { Self.unset[$0] == nil } == [])
    #expect(Self.unset.keys.sorted().filter { !missing.contains($0) } == [])
    #expect(Self.unset.filter(\.value.isEmpty).isEmpty)
  }

  @Test func `every setting of a provider is set by a case`() throws {
    var set: Set<String> = []
    for folder in Golden.projects where !folder.hasSuffix("/minimal") {
      let providers = try root(folder).member("infra")?.member("providers")?.members ?? []
      for entry in providers {
        for member in entry.value.members ?? [] { set.insert("\(entry.key).\(member.key)") }
      }
    }
    let all = catalog.providers.flatMap { provider in
      provider.settings.map { "\(provider.name).\($0.name)" }
    }
    #expect(all.filter { !set.contains($0) } == [])
  }

  // MARK: - Keys

  /// The keys of app.json that a leaf has, those of objects as `<key>.<attribute>`.
  private func keys(of module: ModuleSpec) -> [String] {
    // Links and monitors have no config of their own.
    guard [.resource, .app, .notification].contains(module.role) else { return [] }
    return (module.variables + module.settings).filter(\.isManifestKey).flatMap { spec in
      [spec.name] + (spec.refersTo == nil ? below(spec.type).map { "\(spec.name).\($0)" } : [])
    }
  }

  /// The attributes of a type; `enabled` isn't one that anybody writes, since `true` and `false`
  /// stand for it.
  private func below(_ type: TypeConstraint) -> [String] {
    switch type {
    case .list(let element), .set(let element), .map(let element): below(element)
    case .object(let attributes):
      attributes.filter { $0.name != "enabled" }.flatMap { attribute in
        [attribute.name] + below(attribute.type).map { "\(attribute.name).\($0)" }
      }
    default: []
    }
  }

  /// The keys that the cases of a leaf set, all but the minimal one.
  private func keysSet(of module: ModuleSpec) throws -> Set<String> {
    var found: Set<String> = []
    for name in Golden.cases("leaves/\(module.callName)") where name != "minimal" {
      for config in configs(try root("leaves/\(module.callName)/\(name)"), of: module) {
        for member in config.members ?? [] {
          let specs = module.variables + module.settings
          let spec =
            specs.first { $0.name == member.key && $0.isManifestKey }
            ?? specs.first { $0.aliases.contains(member.key) }
          guard let spec else { continue }
          found.insert("\(module.callName).\(spec.name)")
          collect(member.value, spec.type, "\(module.callName).\(spec.name)", into: &found)
        }
      }
    }
    return found
  }

  private func collect(
    _ node: JSONNode, _ type: TypeConstraint, _ path: String, into found: inout Set<String>
  ) {
    switch type {
    case .list(let element), .set(let element):
      for child in node.elements ?? [node] { collect(child, element, path, into: &found) }
    case .map(let element):
      for child in node.members ?? [] { collect(child.value, element, path, into: &found) }
    case .object(let attributes):
      for attribute in attributes {
        guard let child = node.member(attribute.name) else { continue }
        found.insert("\(path).\(attribute.name)")
        collect(child, attribute.type, "\(path).\(attribute.name)", into: &found)
      }
    default: break
    }
  }

  /// What a manifest says of the items, or of the notification, of a leaf; overrides included.
  private func configs(_ root: JSONNode, of module: ModuleSpec) -> [JSONNode] {
    if module.role == .notification {
      return [root.member("notifications")?.member(module.provider)].compactMap(\.self)
    }
    let role = module.role == .app ? "apps" : "resources"
    return (root.member(role)?.elements ?? []).flatMap { item in
      let place = module.role == .app ? item.member("infra") ?? item : item
      guard let word = place.member("provider")?.text, let type = place.member("type")?.text,
        let provider = catalog.provider(word),
        catalog.module(provider: provider.name, type: type, roles: [module.role])?.callName
          == module.callName
      else { return [JSONNode]() }
      let overrides = (item.member("environments")?.members ?? []).map { $0.value.member("config") }
      return ([place.member("config")] + overrides).compactMap(\.self)
    }
  }

  private func root(_ folder: String) throws -> JSONNode {
    var diagnostics = Diagnostics()
    let file = SourceFile(
      name: "app.json", bytes: try #require(Golden.bytes("\(folder)/input/app.json")))
    return try #require(parseJSON(file, into: &diagnostics))
  }
}
