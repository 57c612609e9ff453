import Files
import Platform

/// The copies of one environment's state: 0600, the last ten.
struct StateCopies {
  private static let limit = 10
  let project: Project
  let folder: RelativePath

  init(of environment: String, in project: Project) throws(OperationError) {
    guard let folder = RelativePath("\(RelativePath.states.text)/\(environment)") else {
      throw OperationError("`\(environment)` is no name of a folder", help: "Give it another name.")
    }
    self.project = project
    self.folder = folder
  }

  /// The copies, the last one first.
  func all() throws(OperationError) -> [StateCopy] {
    try mapErrors { () throws(FileError) in
      var copies: [StateCopy] = []
      for path in try project.folder.files(below: folder) {
        guard let number = Self.number(of: path), let bytes = try project.folder.read(path),
          let time = try project.folder.modificationTime(of: path),
          var copy = StateCopy(bytes, path)
        else { continue }
        (copy.number, copy.madeAt) = (number, time)
        copies.append(copy)
      }
      return copies.sorted { $0.number > $1.number }
    }
  }

  /// Keeps a state, unless the last copy is the same; the oldest ones go.
  ///
  /// - Parameters:
  ///   - bytes: The state.
  ///   - isBlankKept: Whether one that was never written is kept, too.
  /// - Returns: The copy of it; nil where there is none.
  /// - Throws: When a file can't be read or written.
  @discardableResult
  func keep(_ bytes: [UInt8], evenBlank isBlankKept: Bool = false) throws(OperationError)
    -> StateCopy?
  {
    let copies = try all()
    guard let path = RelativePath("\(folder.text)/\((copies.first?.number ?? 0) + 1).tfstate"),
      let copy = StateCopy(bytes, path), isBlankKept || !copy.isBlank
    else { return nil }
    return try mapErrors { () throws(FileError) in
      if let last = copies.first, last.isSame(as: copy) { return last }
      try project.folder.makeFolder(folder, access: .owner)
      try project.ignoreCaches()
      try project.folder.replace(path, with: bytes, access: .owner)
      for old in copies.dropFirst(Self.limit - 1) { try project.folder.remove(old.path) }
      var kept = copy
      kept.number = Self.number(of: path) ?? 0
      return kept
    }
  }

  /// Keeps what stands in the place of a state and is none, beside the copies.
  ///
  /// - Returns: Its file.
  func keepBroken(_ bytes: [UInt8]) throws(OperationError) -> RelativePath? {
    guard let path = RelativePath("\(folder.text)/\(Digest(of: bytes).hex.prefix(8)).broken") else {
      return nil
    }
    try mapErrors { () throws(FileError) in
      try project.folder.makeFolder(folder, access: .owner)
      try project.ignoreCaches()
      try project.folder.replace(path, with: bytes, access: .owner)
    }
    return path
  }

  private static func number(of path: RelativePath) -> Int? {
    let name = path.text.split(separator: "/").last ?? ""
    return name.hasSuffix(".tfstate") ? Int(name.dropLast(".tfstate".count)) : nil
  }
}

extension Project {
  /// Whatever happens, git is never to see what is kept here for a while.
  func ignoreCaches() throws(FileError) {
    if try folder.entry(.cacheIgnore) == .absent {
      try folder.replace(.cacheIgnore, with: Array("*\n".utf8))
    }
  }
}
