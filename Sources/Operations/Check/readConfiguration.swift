import Files
import Platform

/// The files that checking a folder of Terraform may need.
struct ConfigurationFiles {
  /// The files, relative to a folder that holds the root module and all that it names.
  var tree = FileTree()
  /// The root module's folder in the tree; empty for its top.
  var root: String

  /// Reads a folder, and what its files name by paths that lead out of it.
  ///
  /// - Throws: When there is no such folder, or a file can't be read.
  init(of directory: String) throws(OperationError) {
    let folder = try mapErrors { () throws(FileError) in try Folder(directory) }
    guard let parent = folder.parent, let path = RelativePath(folder.lastName) else {
      throw OperationError(
        "\(directory) can't be checked", help: "Name the folder of a root module.")
    }
    var base = parent
    root = path.text
    var pending: [RelativePath] = [path]
    var seen: Set<RelativePath> = []
    while let next = pending.popLast() {
      guard seen.insert(next).inserted else { continue }
      let files = try mapErrors { () throws(FileError) in try Self.read(next, in: base) }
      for (file, bytes) in files { tree[file.text] = bytes }
      for (file, bytes) in files where file.text.hasSuffix(".tf") {
        for reference in Self.upwardPaths(in: bytes) {
          let depth = file.parts.count - 1
          // A path that leads above the base makes the base move up.
          while depth < reference.ups, let higher = base.parent, !base.lastName.isEmpty {
            guard let name = RelativePath(base.lastName) else { break }
            move(below: name, &pending, &seen)
            base = higher
            if depth + 1 >= reference.ups { break }
          }
          if let target = Self.resolve(reference, from: file, root: root) { pending.append(target) }
        }
      }
    }
  }

  private mutating func move(
    below name: RelativePath, _ pending: inout [RelativePath], _ seen: inout Set<RelativePath>
  ) {
    func moved(_ path: RelativePath) -> RelativePath? { RelativePath(name.text + "/" + path.text) }
    var tree = FileTree()
    for path in self.tree.paths { tree[name.text + "/" + path] = self.tree[path] }
    self.tree = tree
    root = name.text + "/" + root
    pending = pending.compactMap(moved)
    seen = Set(seen.compactMap(moved))
  }

  /// A file, or all files below a folder but those that Terraform itself keeps there.
  private static func read(
    _ path: RelativePath, in base: Folder
  ) throws(FileError) -> [(RelativePath, [UInt8])] {
    let below = try base.contents(below: path, leavingOut: leftOut)
    if !below.isEmpty { return below.map { ($0.path, $0.bytes) } }
    guard !path.parts.contains(where: leftOut.contains),
      case .file(let bytes) = try base.entry(path)
    else { return [] }
    return [(path, bytes)]
  }

  /// Folders of Terraform and others in which no configuration stands.
  private static let leftOut: Set = [".terraform", ".git", "node_modules"]

  private struct UpwardPath {
    var ups: Int
    var rest: String
  }

  /// The texts of a file that begin with `../`.
  private static func upwardPaths(in bytes: [UInt8]) -> [UpwardPath] {
    var result: [UpwardPath] = []
    var place = 0
    while place + 3 < bytes.count {
      guard bytes[place] == UInt8(ascii: "\""), bytes[place + 1] == UInt8(ascii: "."),
        bytes[place + 2] == UInt8(ascii: ".")
      else {
        place += 1
        continue
      }
      let end = bytes[(place + 1)...].firstIndex { $0 == UInt8(ascii: "\"") || $0 == 0x0A }
      let text = String(decoding: bytes[(place + 1)..<(end ?? bytes.count)], as: UTF8.self)
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      let ups = parts.prefix { $0 == ".." }.count
      if ups > 0 {
        result.append(UpwardPath(ups: ups, rest: parts.dropFirst(ups).joined(separator: "/")))
      }
      place = end ?? bytes.count
    }
    return result
  }

  private static func resolve(
    _ path: UpwardPath, from file: RelativePath, root: String
  ) -> RelativePath? {
    let folder = file.parts.dropLast()
    guard path.ups <= folder.count else { return nil }
    let rest = path.rest.split(separator: "/").filter { $0 != "." }.map(String.init)
    let target = (folder.dropLast(path.ups) + rest).joined(separator: "/")
    // What holds the root module itself would be all of the disk.
    guard !target.isEmpty, !(root + "/").hasPrefix(target + "/") else { return nil }
    return RelativePath(target)
  }
}
