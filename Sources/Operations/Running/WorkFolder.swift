import Files
import Platform

/// A folder for what a run needs for a while and what may hold secrets: 0700, gone at the end.
///
/// What a run that was killed left behind is removed by the next.
struct WorkFolder: ~Copyable {
  private let project: Project
  private let path: RelativePath
  /// Held as long as the folder is used.
  private let lock: FileLock

  private init(_ project: Project, _ path: RelativePath, _ lock: consuming FileLock) {
    self.project = project
    self.path = path
    self.lock = lock
  }

  /// Makes the folder of an environment, which one run at a time has.
  static func make(
    for environment: String, in project: Project
  ) throws(OperationError) -> WorkFolder {
    guard let path = RelativePath("\(RelativePath.runs.text)/\(environment)") else {
      throw OperationError("`\(environment)` is no name of a folder", help: "Give it another name.")
    }
    let lock = try lock(environment, in: project)
    try clear(path, in: project)
    try clearLeftovers(of: environment, in: project)
    try mapErrors { () throws(FileError) in
      try project.folder.makeFolder(path, access: .owner)
      try project.ignoreCaches()
    }
    return WorkFolder(project, path, lock)
  }

  deinit { try? Self.clear(path, in: project) }

  /// A file in the folder, relative to the project's.
  func file(_ name: String) -> RelativePath? { RelativePath("\(path.text)/\(name)") }

  /// The call through a guard, who holds the folder to its end and keeps what the program says.
  func guarded(_ call: ProgramCall, journal: RunJournal? = nil) -> ProgramCall {
    call.guarded(journal: journal?.name, holding: lock)
  }

  /// Whether no run has the folder of an environment.
  static func isFree(_ environment: String, in project: Project) -> Bool {
    guard let path = RelativePath("\(RelativePath.runs.text)/\(environment).lock") else {
      return false
    }
    guard let lock = try? FileLock.attempt(path, in: project.folder) else { return false }
    lock.release()
    return true
  }

  private static func lock(
    _ environment: String, in project: Project
  ) throws(OperationError) -> FileLock {
    guard let path = RelativePath("\(RelativePath.runs.text)/\(environment).lock") else {
      throw OperationError("`\(environment)` is no name of a file", help: "Give it another name.")
    }
    do throws(FileError) {
      if let lock = try FileLock.attempt(path, in: project.folder) { return lock }
    } catch {
      throw OperationError(error)
    }
    throw OperationError(
      "another webkit works on \(environment) in this folder",
      help: "Try again when it has ended. If it was killed, its engine finishes what it has begun.")
  }

  /// Removes what killed runs left elsewhere: the folders of other environments that nobody has, and
  /// what was about to become a copy of the state.
  private static func clearLeftovers(
    of environment: String, in project: Project
  ) throws(OperationError) {
    let (left, copies) = try mapErrors { () throws(FileError) in
      (
        try project.folder.files(below: .runs),
        try RelativePath("\(RelativePath.states.text)/\(environment)")
          .map { path throws(FileError) in try project.folder.files(below: path) } ?? []
      )
    }
    let depth = RelativePath.runs.parts.count
    for name in Set(left.filter { $0.parts.count > depth + 1 }.map { $0.parts[depth] }).sorted()
    where name != environment {
      guard let path = RelativePath("\(RelativePath.runs.text)/\(name)"),
        let lock = try? Self.lock(String(name), in: project)
      else { continue }
      try clear(path, in: project)
      lock.release()
    }
    try mapErrors { () throws(FileError) in
      for path in copies where Folder.isTemporary(path.name) { try project.folder.remove(path) }
    }
  }

  private static func clear(_ path: RelativePath, in project: Project) throws(OperationError) {
    try mapErrors { () throws(FileError) in
      let files = try project.folder.files(below: path)
      for file in files { try project.folder.remove(file) }
      let folders = Set(files.flatMap(\.ancestors)).filter { $0.text.hasPrefix(path.text + "/") }
      for folder in folders.sorted(by: { $0.parts.count > $1.parts.count }) {
        project.folder.removeIfEmpty(folder)
      }
    }
    project.folder.removeIfEmpty(path)
  }
}
