import Files
import Generation
import Platform

extension PreparedRun {
  /// Makes it a run of another tree, with this project's data and state.
  ///
  /// The engine works in a folder below `.webkit/cache` that holds the other tree's files, this project's values and a way to its state, so
  /// that nothing in either tree is written.
  ///
  /// - Parameters:
  ///   - path: The folder of the other tree; a relative path starts from the project's folder.
  ///   - project: The project.
  /// - Throws: When there is no tree, or a file can't be read or written.
  mutating func take(treeAt path: String, _ project: Project) throws(OperationError) {
    let source = ShownPath.location(path, in: project.folder.name)
    guard FileSystem.kind(of: source) == .folder else {
      throw OperationError(
        "there is no folder \(path)", help: "Name the folder of a tree by `--local-infra`.")
    }
    guard let folder = RelativePath("\(RelativePath.trees.text)/\(target.environment)") else {
      throw OperationError(
        "`\(target.environment)` is no name of a folder", help: "Give it another name.")
    }
    var files = try treeFiles(of: source)
    guard files.keys.contains(where: { $0.hasSuffix(".tf") && !$0.contains("/") }) else {
      throw OperationError(
        "there is no tree in \(path): it has no file of Terraform",
        help: "Name the folder that holds `main.tf`.")
    }
    for file in try ownData(in: project) { files[file.name] = file.bytes }
    try mapErrors { () throws(FileError) in
      try project.ignoreCaches()
      try project.folder.makeFolder(folder, access: .owner)
      try write(files, to: folder, project.folder)
    }
    try linkState(into: folder, project)
    self = moved(to: folder, of: project)
  }

  /// The files of a tree but those that hold data or state, or belong to one machine.
  private func treeFiles(
    of source: String, below path: String = ""
  ) throws(OperationError) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    let entries = try mapErrors { () throws(FileError) in try FileSystem.entries(of: source) }
    for entry in entries {
      let (place, name) = ("\(source)/\(entry.name)", path + entry.name)
      switch entry.kind {
      case .folder where [".terraform", ".git"].contains(entry.name): break
      case .folder where ["environments", "state"].contains(name): break
      case .folder:
        files.merge(try treeFiles(of: place, below: name + "/")) { first, _ in first }
      case .file where [".tfvars", ".tfvars.json", ".tfbackend"].contains(where: name.hasSuffix):
        break
      case .file where name.contains(".tfstate"): break
      case .file:
        files[name] = try mapErrors { () throws(FileError) in try FileSystem.read(place) }
      case .link, .other: break
      }
    }
    return files
  }

  /// This project's values, and where its state is.
  private func ownData(
    in project: Project
  ) throws(OperationError) -> [(name: String, bytes: [UInt8])] {
    let all = try mapErrors { () throws(FileError) in
      try project.folder.contents(
        below: tree, leavingOut: [".terraform", "modules", "providers", "state"])
    }
    let names = [Self.sharedDataFile, target.dataFile, target.backendFile]
    return all.compactMap { file in
      let name = String(file.path.text.dropFirst(tree.text.count + 1))
      return names.contains(name) ? (name, file.bytes) : nil
    }
  }

  /// What all environments have.
  static let sharedDataFile = "project.auto.tfvars.json"

  private func write(
    _ files: [String: [UInt8]], to folder: RelativePath, _ root: Folder
  ) throws(FileError) {
    let there = try root.contents(below: folder, leavingOut: [".terraform"])
    var wanted: Set<RelativePath> = []
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      guard let path = RelativePath("\(folder.text)/\(name)") else { continue }
      wanted.insert(path)
      if there.contains(where: { $0.path == path && $0.bytes == bytes }) { continue }
      try root.replaceQuickly(path, with: bytes, access: .owner)
    }
    for file in there where !wanted.contains(file.path) { try root.remove(file.path) }
  }

  /// A state that is a file stays where it is.
  private func linkState(into folder: RelativePath, _ project: Project) throws(OperationError) {
    guard state.isLocal, let name = state.states[target.environment],
      let part = name.split(separator: "/").first.map(String.init), part != name,
      let own = RelativePath("\(tree.text)/\(part)"),
      let link = RelativePath("\(folder.text)/\(part)")
    else { return }
    let up = folder.parts.map { _ in "../" }.joined()
    try mapErrors { () throws(FileError) in
      try project.folder.makeFolder(own, access: .owner)
      try project.folder.makeLink(link, to: up + own.text)
    }
  }
}
