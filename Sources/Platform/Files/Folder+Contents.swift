public import Files
import Glibc

extension Folder {
  /// The files below a folder with what they hold, in the order of the paths' bytes.
  ///
  /// Symbolic links aren't followed and aren't listed; folders of the names that are left out
  /// aren't entered. A folder that isn't there holds nothing.
  ///
  /// - Throws: When a folder can't be listed, or a file can't be read.
  public func contents(
    below folder: RelativePath, leavingOut names: Set<String>
  ) throws(FileError) -> [(path: RelativePath, bytes: [UInt8])] {
    guard let real = try resolve(folder, for: .list), kind(of: real) == .folder else { return [] }
    var found: [(path: RelativePath, bytes: [UInt8])] = []
    try collect(real, folder, names, into: &found)
    return found.sorted { $0.path < $1.path }
  }

  private func collect(
    _ real: String, _ folder: RelativePath, _ names: Set<String>,
    into found: inout [(path: RelativePath, bytes: [UInt8])]
  ) throws(FileError) {
    for entry in try entries(of: real, folder) {
      guard !names.contains(entry.name), let path = RelativePath(folder.text + "/" + entry.name)
      else { continue }
      switch entry.kind {
      case .file:
        if let bytes = try content(real + "/" + entry.name, path) { found.append((path, bytes)) }
      case .folder: try collect(real + "/" + entry.name, path, names, into: &found)
      case .link, .other: break
      }
    }
  }

  private func entries(
    of real: String, _ folder: RelativePath
  ) throws(FileError) -> [FileSystem.Entry] {
    do throws(FileError) {
      return try FileSystem.entries(of: real)
    } catch {
      throw FileError(.list, folder.text, error.reason)
    }
  }

  /// What a regular file holds; nil where there is none any more.
  private func content(_ real: String, _ path: RelativePath) throws(FileError) -> [UInt8]? {
    do {
      // Without O_NONBLOCK a pipe that took the file's place would stop the program.
      let file = try Descriptor(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
      let facts = try file.information()
      guard facts.st_mode & S_IFMT == S_IFREG else { return nil }
      let bytes = try file.readAll(size: Int(facts.st_size), limit: Self.sizeLimit)
      if let bytes { return bytes }
    } catch let error {
      if error.code == ENOENT { return nil }
      throw FileError(.read, path.text, .system(error.code))
    }
    throw FileError(.read, path.text, .tooBig(Self.sizeLimit))
  }
}
