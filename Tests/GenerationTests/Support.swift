import AppManifest
import Diagnostics
import Files
import Foundation
import Generation
import JSON
import ProviderModel
import ProviderSpecs
import TestSupport
import Testing

/// The providers that the product embeds; every one of its specs has to be readable.
let catalog: Catalog = {
  var diagnostics = Diagnostics()
  let files = EmbeddedSpecs.files.map { ($0.path, $0.text) }
  let catalog = Catalog(files: files, into: &diagnostics)
  precondition(
    !diagnostics.hasErrors, TextRenderer(color: false).render(diagnostics))
  return catalog
}()

/// Where states may be kept, for catalogs of a test's own providers.
let backends: [(path: String, text: String)] = EmbeddedSpecs.files
  .filter { $0.path.hasPrefix("backends/") }.map { ($0.path, $0.text) }

/// What a manifest gives.
struct Generated: Sendable {
  /// The tree; nil where the manifest has errors.
  var tree: FileTree?
  /// The manifest; nil where it can't be read at all.
  var manifest: Manifest?
  /// What the next run has to know; nil where the manifest has errors.
  var memory: GenerationMemory?
  /// What running the tree needs; nil where the manifest has errors.
  var needs: RunNeeds?
  /// All findings.
  var diagnostics: Diagnostics
  /// The findings as the command prints them.
  var text: String { TextRenderer(color: false).render(diagnostics) }
}

/// Generates from the bytes of an `app.json`.
func generated(
  _ bytes: [UInt8], memory: GenerationMemory = GenerationMemory(), prunesProviders: Bool = false,
  replaceable: [String] = [], catalog: Catalog = catalog
) -> Generated {
  var diagnostics = Diagnostics()
  let file = SourceFile(name: "app.json", bytes: bytes)
  guard let manifest = readManifest(file, into: &diagnostics) else {
    return Generated(diagnostics: diagnostics)
  }
  // The version stands in the data of every tree, and a release must not touch all goldens.
  let input = GenerationInput(
    manifest: manifest, catalog: catalog, memory: memory, version: "0.1.0",
    prunesProviders: prunesProviders, replaceable: replaceable)
  let result = generate(input, into: &diagnostics)
  return Generated(
    tree: result?.tree, manifest: manifest, memory: result?.memory, needs: result?.needs,
    diagnostics: diagnostics)
}

/// A project below `golden/projects` or `golden/leaves`.
struct GoldenProject {
  /// Its folder below `golden/`.
  let folder: String

  /// The folders of all projects.
  static let all = Golden.projects

  init(folder: String) { self.folder = folder }

  /// A project below `golden/projects`.
  init(name: String) { folder = "projects/\(name)" }

  /// The manifest's bytes.
  func manifest() throws -> [UInt8] {
    try #require(Golden.bytes("\(folder)/input/app.json"))
  }

  /// What earlier runs left to remember, as the ledger tells it.
  func memory() throws -> GenerationMemory {
    try GenerationMemory(ledger: "\(folder)/input/.webkit/infra.json")
  }

  /// What every project gives, generated once for all tests.
  private static let results: [String: Generated] = {
    var results: [String: Generated] = [:]
    for name in all { results[name] = try? GoldenProject(folder: name).generatedAnew() }
    return results
  }()

  /// What the project gives.
  func result() throws -> Generated { try #require(Self.results[folder]) }

  /// The tree that the project gives.
  func tree() throws -> FileTree { try result().wholeTree() }

  /// What the project gives, in a run of its own.
  func generatedAnew() throws -> Generated { generated(try manifest(), memory: try memory()) }
}

extension GenerationMemory {
  /// What a recorded ledger tells; nothing where there is none.
  init(ledger path: String) throws {
    self.init()
    guard let bytes = Golden.bytes(path) else { return }
    var diagnostics = Diagnostics()
    let node = try #require(parseJSON(SourceFile(name: path, bytes: bytes), into: &diagnostics))
    providers = (node.member("providers")?.elements ?? []).compactMap(\.text)
    links = (node.member("links")?.elements ?? []).compactMap(\.text)
    for environment in node.member("cloud_names")?.members ?? [] {
      for item in environment.value.members ?? [] {
        cloudNames[environment.key, default: [:]][item.key] = item.value.text
      }
    }
    for environment in node.member("items")?.members ?? [] {
      for item in environment.value.members ?? [] {
        var made = MadeItem(
          leaf: try #require(item.value.member("leaf")?.text),
          management: try #require(item.value.member("manage")?.text))
        for kept in item.value.member("kept")?.members ?? [] {
          made.kept[kept.key] = kept.value.text
        }
        for places in item.value.member("places")?.members ?? [] {
          made.places[places.key] = places.value.elements?.compactMap(\.text)
        }
        items[environment.key, default: [:]][item.key] = made
      }
    }
  }
}

extension Generated {
  /// The tree.
  ///
  /// - Throws: The findings, where there is none.
  func wholeTree() throws -> FileTree {
    guard let tree else { throw Refused(description: text) }
    return tree
  }
}

/// A manifest that gives no tree.
struct Refused: Error, CustomStringConvertible {
  /// The findings.
  let description: String
}

/// Fails with each problem.
func report(
  _ problems: some Sequence<String>,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  for problem in problems { Issue.record("\(problem)", sourceLocation: sourceLocation) }
}
