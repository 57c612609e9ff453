import Files
import Generation
import JSON
import Platform

/// The JSON Schema of app.json that specs give, for editors.
public func manifestSchema(of specs: SpecFolder) -> String {
  JSONPrinter.print(manifestSchema(specs.isEmbedded ? embeddedCatalog : specs.whole.catalog))
}

/// Writes a text to a file that the user names, in the place of what is there.
///
/// - Throws: When its folder isn't there, or it can't be written.
public func writeText(
  _ text: String, to path: String, in directory: String
) throws(OperationError) {
  let location = ShownPath.location(path, in: directory)
  let slash = location.lastIndex(of: "/")
  let parent = slash.map { $0 == location.startIndex ? "/" : String(location[..<$0]) } ?? "."
  let name = slash.map { String(location[location.index(after: $0)...]) } ?? location
  guard let file = RelativePath(name) else {
    throw OperationError(
      "`\(path)` can't be a file", help: "Name a file in a folder that is there.",
      kind: .wrongUsage)
  }
  try mapErrors { () throws(FileError) in
    try Folder(parent).replace(file, with: Array(text.utf8))
  }
}
