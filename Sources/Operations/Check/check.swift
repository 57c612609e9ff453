import Checking
public import Diagnostics
import Evaluation
import Files
import Generation
import HCL
import Parallelism
import Platform
import ProviderModel
import ProviderSpecs

/// What there is to say of a folder of Terraform.
public struct CheckReport: Sendable {
  /// The findings.
  public var diagnostics: Diagnostics
  /// The folder.
  public var directory: String
}

/// Checks any folder of Terraform; nothing is written, and Terraform isn't needed.
///
/// - Parameters:
///   - directory: The folder of the root module.
///   - schemas: Files in the shape of `terraform providers schema -json`.
///   - version: The version of Terraform that is to run it; nil for the usual one.
/// - Returns: What was found.
/// - Throws: When the folder or a file can't be read.
public func check(
  _ directory: String, schemas: [String], version: String?
) throws(OperationError) -> CheckReport {
  var options = CheckOptions(shownRoot: directory)
  if let version {
    guard let read = Version(version) else {
      throw OperationError(
        "`\(version)` is no version", help: "Write it as 1.11.4.", kind: .wrongUsage)
    }
    options.version = read
  }
  var sources: [SchemaSource] = []
  for path in schemas { sources.append(try schemaFile(path)) }
  let files = try ConfigurationFiles(of: directory)
  guard files.tree.files.keys.contains(where: { isConfiguration($0, in: files.root) }) else {
    throw OperationError(
      "there are no Terraform files in \(directory)", help: "Name the folder of a root module.")
  }
  var found = Diagnostics()
  let input = CheckInput(
    tree: files.tree, root: files.root,
    schemas: sources + embeddedSchemas(areWhole: false), functions: embeddedFunctions(&found),
    options: options)
  found.append(contentsOf: checkConfiguration(input))
  return CheckReport(diagnostics: found, directory: directory)
}

private func isConfiguration(_ path: String, in root: String) -> Bool {
  let name = path.dropFirst(root.isEmpty ? 0 : root.utf8.count + 1)
  return (root.isEmpty || path.hasPrefix(root + "/")) && !name.contains("/")
    && (name.hasSuffix(".tf") || name.hasSuffix(".tf.json"))
}

private func schemaFile(_ path: String) throws(OperationError) -> SchemaSource {
  let slash = path.lastIndex(of: "/")
  let directory = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
  let bytes = try mapErrors { () throws(FileError) in
    try RelativePath(name).flatMap { name throws(FileError) in try Folder(directory).read(name) }
  }
  guard let bytes else {
    throw OperationError(
      "there is no file \(path)", help: "Make it with `terraform providers schema -json`.")
  }
  return SchemaSource(SourceFile(name: path, bytes: bytes), isWhole: true)
}

// MARK: - What is part of webkit

/// The schemas that are part of webkit.
///
/// They have the types that its specs use. In a tree of ours there can be no others.
func embeddedSchemas(areWhole: Bool) -> [SchemaSource] {
  schemas(
    EmbeddedSpecs.files.map { ($0.path, $0.text) }, root: "ProviderSpecs", areWhole: areWhole)
}

/// The schemas of trees of ours, read when they are first needed.
let wholeEmbeddedSchemas = embeddedSchemas(areWhole: true)

/// The schemas among the files of specs.
private func schemas(
  _ files: [(path: String, text: String)], root: String, areWhole: Bool
) -> [SchemaSource] {
  files.filter { $0.path.hasSuffix("/schema.json") }.concurrentMap { file in
    let folder = file.path.dropLast("schema.json".utf8.count)
    let path = folder + "constraints.json"
    var constraints: (@Sendable () -> SourceFile)?
    if let text = files.first(where: { $0.path == path })?.text {
      constraints = { SourceFile(name: "\(root)/\(path)", text: text) }
    }
    return SchemaSource(
      SourceFile(name: "\(root)/\(file.path)", text: file.text),
      isWhole: areWhole || folder == "terraform/", constraints: constraints)
  }
}

extension SpecFolder {
  /// The specs and their schemas, with what is no provider's from webkit itself where it is absent.
  var whole: (catalog: Catalog, schemas: [SchemaSource]) {
    let shared = ["backends/", "terraform/"].filter { folder in
      !files.contains { $0.path.hasPrefix(folder) }
    }
    let added = EmbeddedSpecs.files.filter { file in shared.contains(where: file.path.hasPrefix) }
    let all = files + added.map { ($0.path, $0.text) }
    return (
      Catalog(files: all, root: name), Operations.schemas(all, root: name, areWhole: true)
    )
  }
}

/// The functions of Terraform.
func embeddedFunctions(_ diagnostics: inout Diagnostics) -> FunctionTable {
  diagnostics.append(contentsOf: embeddedFunctionTable.findings)
  return embeddedFunctionTable.table
}

/// The functions, read when they are first needed, and what is wrong with their data.
let embeddedFunctionTable: (table: FunctionTable, findings: Diagnostics) = {
  var findings = Diagnostics()
  let path = "terraform/functions.json"
  let text = EmbeddedSpecs.files.first { $0.path == path }?.text ?? "{}"
  let file = SourceFile(name: "ProviderSpecs/" + path, text: text)
  return (FunctionTable(file, into: &findings), findings)
}()

/// Checks a tree that is generated from webkit's own specs.
///
/// What stands in their leaves was checked when webkit was built, in each form that it can have, so
/// only what calls these is looked at, before it is written out as text. Where anything is found, the
/// whole text is checked: that tells all there is to say, and where.
@Sendable func checkEmbedded(_ draft: TreeDraft) -> Diagnostics {
  let schemas = wholeEmbeddedSchemas
  let found = checkGenerated(
    bodies: draft.configuration, proven: draft.provenModules, schemas: schemas)
  return found.isEmpty ? found : checkGenerated(draft.printed(), schemas: schemas)
}

extension TreeDraft {
  /// The modules of leaves, which tests prove in each of their forms.
  var provenModules: [String: ProvenModule] {
    leaves.mapValues { ProvenModule(body: $0.body, rules: $0.rules) }
  }
}

/// Checks a generated tree against the schemas of its providers.
///
/// - Parameters:
///   - tree: The files.
///   - bodies: Files that are there as syntax.
///   - proven: Modules of which nothing but what their callers see is looked at, by folder.
///   - schemas: The schemas.
/// - Returns: What was found.
func checkGenerated(
  _ tree: FileTree = FileTree(), bodies: [String: Body] = [:],
  proven: [String: ProvenModule] = [:], schemas: [SchemaSource]
) -> Diagnostics {
  var diagnostics = Diagnostics()
  // Terraform's files stand deepest in a tree of ours where the root module is the shallowest.
  let folders = (tree.paths.filter { $0.hasSuffix(".tf") } + bodies.keys.sorted())
    .map(FileTree.folder)
  let depth = { (folder: String) in folder.isEmpty ? 0 : folder.count { $0 == "/" } + 1 }
  guard let root = folders.min(by: { depth($0) < depth($1) }) else { return diagnostics }
  let input = CheckInput(
    tree: tree, bodies: bodies, proven: proven, root: root, schemas: schemas,
    functions: embeddedFunctions(&diagnostics), options: CheckOptions(shownRoot: root))
  diagnostics.append(contentsOf: checkConfiguration(input))
  return diagnostics
}
