import Files
import Platform

/// Writes a file that its owner alone may read, wherever it is; a relative path starts from the
/// project's folder.
func writeForOwner(
  _ bytes: [UInt8], to path: String, in project: Project
) throws(OperationError) {
  let parts = ShownPath.location(path, in: project.folder.name)
    .split(separator: "/", omittingEmptySubsequences: false).map(String.init)
  guard let name = parts.last, let relative = RelativePath(name) else {
    throw OperationError(
      "`\(path)` can't be a file", help: "Name the file to write.", kind: .wrongUsage)
  }
  let above = parts.dropLast().joined(separator: "/")
  try mapErrors { () throws(FileError) in
    let folder = try Folder(parts.count == 1 ? "." : above.isEmpty ? "/" : above)
    // A new file, since one that is replaced would keep its permissions.
    try folder.remove(relative)
    try folder.create(relative, with: bytes, access: .owner)
  }
}
