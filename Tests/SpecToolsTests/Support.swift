import Diagnostics
import Foundation
import JSON
import ProviderModel
import ProviderSpecs
import Synchronization
import TestSupport
import Testing

@testable import SpecTools

/// The whole schema of a provider, or its constraints.
func schemaFile(_ path: String) throws -> SourceFile {
  let url = Golden.root.deletingLastPathComponent().appending(path: "Tests/Schemas/" + path)
  return SourceFile(name: path, bytes: Array(try Data(contentsOf: url)))
}

/// The resource types of a whole schema, in order.
func resourceTypes(_ file: SourceFile) throws -> [String] {
  var found = Diagnostics()
  let json = try #require(parseJSON(file, into: &found))
  let providers = json.member("provider_schemas")?.members ?? []
  return providers.flatMap { $0.value.member("resource_schemas")?.members ?? [] }.map(\.key)
    .sorted()
}

/// What a file of `Tests/Schemas` holds, parsed once.
private let parsed = Mutex<[String: JSONNode]>([:])

private func json(_ path: String) throws -> JSONNode {
  if let known = parsed.withLock({ $0[path] }) { return known }
  var found = Diagnostics()
  let node = try #require(parseJSON(try schemaFile(path), into: &found))
  parsed.withLock { $0[path] = node }
  return node
}

/// A draft of a type of a provider that has no spec, and the catalog that it makes.
func draft(
  _ provider: String, _ type: String, into found: inout Diagnostics
) throws -> (draft: SpecDraft, catalog: Catalog) {
  let schema = SourceFile(name: provider + ".json", text: "")
  let request = DraftRequest(schema: schema, type: type, catalog: Catalog(files: []))
  let constraints = provider == "time" ? nil : try json("constraints/\(provider).json")
  let draft = try #require(
    draftSpec(request, try json(provider + ".json"), constraints, into: &found))
  let files = draft.files.map { (path: $0.path, text: $0.text) }
  return (draft, Catalog(files: files, into: &found))
}

/// The findings, a line each.
func lines(_ found: Diagnostics) -> [String] {
  found.sorted().map { item in
    let line = item.location.map { $0.file.position(at: $0.range.start).line } ?? 0
    return "\(item.location?.file.name ?? ""):\(line): \(item.summary) [\(item.id)]"
  }
}
