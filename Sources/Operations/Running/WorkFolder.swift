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

  private static func clear(_ path: RelativePath, in project: Project) throws(OperationError) {
    try mapErrors { () throws(FileError) in
      for file in try project.folder.files(below: path) { try project.folder.remove(file) }
    }
    project.folder.removeIfEmpty(path)
  }
}
