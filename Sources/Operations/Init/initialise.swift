import AppManifest
import Files
import JSON
import Platform

/// What was begun.
public struct InitialisationReport: Hashable, Sendable {
  /// The file that was made.
  public var path: String
  /// The project's name.
  public var name: String
  /// The file that editors read the manifest's schema from; the first update makes it.
  public var schema: String
}

/// Begins a project: makes a small `app.json` in a folder that has none.
///
/// - Parameters:
///   - directory: The folder, which must exist.
///   - name: The project's name; nil to make one of the folder's.
/// - Returns: What was made.
/// - Throws: When there is a manifest already, the name breaks the rules or the system refuses.
public func initialise(
  _ directory: String, name: String?
) throws(OperationError) -> InitialisationReport {
  let folder = try mapErrors { () throws(FileError) in try Folder(directory) }
  if let name, let fault = nameFault(name) {
    throw OperationError(
      name.isEmpty
        ? "a project's name can't be empty" : "`\(name)` can't be the project's name: it \(fault)",
      help: """
        A name begins with a lower-case letter; lower-case letters, digits and hyphens follow, the \
        last no hyphen, at most 63 in all. `\(projectName(from: name))` would do.
        """,
      kind: .wrongUsage)
  }
  let name = name ?? projectName(from: folder.lastName)
  do throws(FileError) {
    try folder.create(.manifest, with: Array(initialManifest(named: name).utf8))
  } catch {
    guard error.reason == .exists else { throw OperationError(error) }
    throw OperationError(
      "there is an \(Project.manifestName) already, which stays as it is",
      help: "Check it with `webkit validate`, or go on with `webkit update`.")
  }
  return InitialisationReport(
    path: Project.manifestName, name: name, schema: RelativePath.schema.text)
}

/// A name that keeps the rules, as near to a text as can be.
func projectName(from text: String) -> String {
  let name = mendedName(text)
  if name.isEmpty { return "project" }
  return nameFault(name) == nil ? name : name + "-project"
}

/// The text of a manifest without any app or resource.
///
/// It begins with the place of the schema that `webkit update` writes: editors then complete keys
/// and mark mistakes.
func initialManifest(named name: String) -> String {
  let title = name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
    .joined(separator: " ")
  return JSONPrinter.print(
    .object([
      ("$schema", .string("./\(RelativePath.schema)")),
      ("project", .object([("name", .string(name)), ("title", .string(title))])),
      ("apps", .array([])),
      ("resources", .array([])),
    ]))
}
