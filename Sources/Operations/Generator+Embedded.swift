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
      make: { manifest, memory, permissions, diagnostics in
        let input = GenerationInput(
          manifest: manifest, catalog: embeddedCatalog, memory: memory, version: version,
          prunesProviders: permissions.prunesProviders, replaceable: permissions.replaceable)
        let result = generate(input, into: &diagnostics)
        // From specs with mistakes nothing may be written.
        for mistake in embeddedCatalog.findings.items where mistake.severity == .error {
          diagnostics.append(mistake)
        }
        return result.map { GeneratedTree(files: $0.tree, memory: $0.memory) }
      },
      check: checkGenerated, editorSchema: { manifestSchemaText })
  }
}

/// The specs that are part of webkit, read when they are first needed.
private let embeddedCatalog = Catalog(
  files: EmbeddedSpecs.files.map { (path: $0.path, text: $0.text) })

/// What editors know of the manifest, without indentation: every update compares it.
private let manifestSchemaText = JSONPrinter.printBytes(
  manifestSchema(embeddedCatalog), indentation: 0)
