import Checking
import Diagnostics
import Evaluation
import Files
import Foundation
import TestSupport

/// What checks of tests know.
enum Known {
  static let root = Golden.root.deletingLastPathComponent()

  private static func file(_ path: String) -> SourceFile {
    let bytes = FileManager.default.contents(atPath: root.appending(path: path).path)
    return SourceFile(name: path, bytes: Array(bytes ?? Data()))
  }

  private static func names(_ folder: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: folder).path)
    return (names ?? []).sorted()
  }

  /// Whole schemas of real providers, and what the specs know of their demands.
  static let schemas: [SchemaSource] = {
    let whole = names("Tests/Schemas").filter { $0.hasSuffix(".json") }.map {
      SchemaSource(file("Tests/Schemas/\($0)"), isWhole: true)
    }
    let excerpts = names("ProviderSpecs").filter {
      FileManager.default.fileExists(
        atPath: root.appending(path: "ProviderSpecs/\($0)/schema.json").path)
    }
    return whole
      + excerpts.map { name in
        SchemaSource(
          file("ProviderSpecs/\(name)/schema.json"), isWhole: name == "terraform",
          constraints: { file("ProviderSpecs/\(name)/constraints.json") })
      }
  }()

  static let functions: FunctionTable = {
    var ignored = Diagnostics()
    return FunctionTable(file("ProviderSpecs/terraform/functions.json"), into: &ignored)
  }()

  /// What is found in a tree.
  static func check(
    _ tree: FileTree, root: String = "", schemas: [SchemaSource] = Known.schemas,
    options: CheckOptions = CheckOptions()
  ) -> Diagnostics {
    checkConfiguration(
      CheckInput(
        tree: tree, root: root, schemas: schemas, functions: functions, options: options))
  }
}
