import AppManifest
import Diagnostics
import Files
import Generation
import HCL
import JSON
import ProviderModel
import ProviderSpecs

extension Generator {
  /// What webkit itself generates from: the specs that are part of it.
  public static func embedded(version: String) -> Generator {
    Generator(
      read: { readManifest($0, into: &$1) },
      make: { manifest, memory, prunesProviders, diagnostics in
        // From specs with mistakes nothing may be written.
        for mistake in EmbeddedCatalog.mistakes { diagnostics.append(mistake) }
        let input = GenerationInput(
          manifest: manifest, catalog: EmbeddedCatalog.catalog, memory: memory, version: version,
          prunesProviders: prunesProviders)
        return generate(input, into: &diagnostics).map {
          var files = $0.tree
          files[".webkit/app.schema.json"] = EmbeddedCatalog.schema
          return GeneratedTree(files: files, memory: $0.memory)
        }
      },
      check: checkSyntax)
  }
}

/// The specs that are part of webkit, read when they are first needed.
private enum EmbeddedCatalog {
  static let catalog = read.catalog
  static let mistakes = read.diagnostics.sorted().filter { $0.severity == .error }

  /// What editors know of the manifest, without indentation: every update compares it.
  static let schema = JSONPrinter.printBytes(manifestSchema(catalog), indentation: 0)

  private static let read = {
    var diagnostics = Diagnostics()
    let files = EmbeddedSpecs.files.map { (path: $0.path, text: $0.text) }
    return (catalog: Catalog(files: files, into: &diagnostics), diagnostics: diagnostics)
  }()
}

/// Reads every generated Terraform file again; what a tree of ours holds must have no findings.
@Sendable private func checkSyntax(_ tree: FileTree, into diagnostics: inout Diagnostics) {
  for path in tree.paths where path.hasSuffix(".tf") {
    let file = SourceFile(name: path, bytes: tree[path] ?? [])
    _ = parseBody(file, into: &diagnostics)
  }
}
