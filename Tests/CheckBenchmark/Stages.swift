import AppManifest
import Checking
import Diagnostics
import Evaluation
import Files
import Foundation
import Generation
import HCL
import Operations
import ProviderModel
import ProviderSpecs

/// Measures the parts of `webkit check` on a folder of Terraform.
func measureTree(_ path: String, rounds: Int) throws {
  let tree = try FileTree(folder: path)
  measureChecking(tree, root: "", areWhole: false, rounds: rounds)
  try measure("command", rounds: rounds) {
    try check(path, schemas: [], version: nil).diagnostics.items.count
  }
}

/// Measures the parts of `webkit infra validate` on a project, its specs read anew each round.
func measureProject(_ path: String, rounds: Int) throws {
  guard let bytes = FileManager.default.contents(atPath: path + "/app.json") else {
    throw Failure("\(path) has no app.json")
  }
  let source = SourceFile(name: "app.json", bytes: Array(bytes))
  var found = Diagnostics()
  guard let manifest = readManifest(source, into: &found) else { throw Failure("bad manifest") }
  measure("manifest", rounds: rounds) {
    var found = Diagnostics()
    return readManifest(source, into: &found) == nil ? 0 : 1
  }
  let files = EmbeddedSpecs.files.map { (path: $0.path, text: $0.text) }
  let make = { () -> GenerationResult? in
    var found = Diagnostics()
    let input = GenerationInput(
      manifest: manifest, catalog: Catalog(files: files), version: "0.0.0")
    return generate(input, into: &found)
  }
  measure("generate", rounds: rounds) { make()?.tree.paths.count ?? 0 }
  guard let made = make() else { throw Failure("nothing is generated") }
  measureChecking(
    made.tree, root: manifest.settings.directory, areWhole: true, rounds: rounds)
}

private func measureChecking(_ tree: FileTree, root: String, areWhole: Bool, rounds: Int) {
  measure("parse", rounds: rounds) {
    tree.paths.filter { $0.hasSuffix(".tf") }.reduce(0) { count, path in
      var found = Diagnostics()
      let file = SourceFile(name: path, bytes: tree[path] ?? [])
      return count + parseBody(file, into: &found).items.count
    }
  }
  measure("schemas", rounds: rounds) { schemas(areWhole: areWhole).count }
  measure("functions", rounds: rounds) { functions().names.count }
  let ready = functions()
  measure("check", rounds: rounds) {
    let input = CheckInput(
      tree: tree, root: root, schemas: schemas(areWhole: areWhole), functions: ready)
    return checkConfiguration(input).items.count
  }
}

extension FileTree {
  /// Reads all files below a folder.
  fileprivate init(folder: String) throws {
    self.init()
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    for name in names.sorted() {
      guard let bytes = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
      self[name] = Array(bytes)
    }
  }
}
