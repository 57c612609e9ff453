import AppManifest
import Diagnostics
import Evaluation
import Files
import Generation
import HCL
import JSON
import Parallelism
import ProviderModel
import ProviderSpecs

extension Generator {
  /// What webkit itself generates from: the specs that are part of it.
  public static func embedded(version: String) -> Generator {
    made(
      of: embeddedCatalog, version: version, functions: { embeddedFunctionTable.table },
      beforeCheck: { _ = wholeEmbeddedSchemas }, check: checkEmbedded,
      editorSchema: { manifestSchemaText })
  }

  /// What generates from the specs of a folder, for who writes them.
  public static func of(_ specs: SpecFolder, version: String) -> Generator {
    if specs.isEmbedded { return embedded(version: version) }
    let (catalog, schemas) = specs.whole
    return made(
      of: catalog, version: version, check: { checkGenerated($0.printed(), schemas: schemas) },
      editorSchema: { JSONPrinter.printBytes(manifestSchema(catalog), indentation: 0) })
  }

  private static func made(
    of made: @autoclosure @escaping @Sendable () -> Catalog, version: String,
    functions: (@Sendable () -> FunctionTable)? = nil,
    beforeCheck: (@Sendable () -> Void)? = nil,
    check: @escaping @Sendable (TreeDraft) -> Diagnostics,
    editorSchema: @escaping EditorSchema
  ) -> Generator {
    let reading = EarlyWork()
    let catalog: @Sendable () -> Catalog = {
      reading.wait()
      return made()
    }
    let draft:
      @Sendable (Manifest, GenerationMemory, Permissions, Bool, inout Diagnostics) ->
        GenerationDraft? = { manifest, memory, permissions, isChecked, diagnostics in
          let catalog = catalog()
          var input = GenerationInput(
            manifest: manifest, catalog: catalog, memory: memory, version: version,
            prunesProviders: permissions.prunesProviders, replaceable: permissions.replaceable)
          input.functions = functions
          if isChecked { input.meanwhile = beforeCheck }
          let result = Generation.draft(input, into: &diagnostics)
          // From specs with mistakes nothing may be written.
          for mistake in catalog.findings.items where mistake.severity == .error {
            diagnostics.append(mistake)
          }
          return result
        }
    return Generator(
      read: {
        // The catalog takes about as long as the manifest.
        reading.begin { _ = made() }
        return readManifest($0, into: &$1)
      },
      make: { manifest, memory, permissions, diagnostics in
        draft(manifest, memory, permissions, false, &diagnostics).map {
          GeneratedTree(
            files: $0.tree.printed(), memory: $0.memory, needs: $0.needs,
            environments: $0.environments)
        }
      },
      examine: { manifest, memory, diagnostics in
        guard let draft = draft(manifest, memory, Permissions(), true, &diagnostics) else {
          return nil
        }
        let tree = ExaminedTree(fileCount: draft.tree.fileCount, findings: check(draft.tree))
        freeLater(draft)
        return tree
      },
      editorSchema: editorSchema,
      describe: { manifest, diagnostics in
        let catalog = catalog()
        let input = GenerationInput(manifest: manifest, catalog: catalog, version: version)
        let result = Generation.describe(input, into: &diagnostics)
        for mistake in catalog.findings.items where mistake.severity == .error {
          diagnostics.append(mistake)
        }
        return result
      },
      detect: { manifest, environment, diagnostics in
        let input = GenerationInput(manifest: manifest, catalog: catalog(), version: version)
        return detection(input, in: environment, into: &diagnostics)
      })
  }
}

/// The specs that are part of webkit, read when they are first needed.
let embeddedCatalog = Catalog(
  files: EmbeddedSpecs.files.map { (path: $0.path, text: $0.text) })

/// What editors know of the manifest, without indentation: every update compares it.
private let manifestSchemaText = JSONPrinter.printBytes(
  manifestSchema(embeddedCatalog), indentation: 0)
