public import Diagnostics
import Files
public import Platform

/// Where the packages of providers are taken from, and for which machines.
public struct LockOptions: Sendable {
  /// The machines that the lock file has to serve when nobody names any: the people's and the servers' usual ones.
  public static let usualPlatforms = [
    "darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64",
  ]

  /// How the engine is found.
  public var run = RunOptions()
  /// The machines, each by its system and its processor: `linux_amd64`.
  public var platforms = usualPlatforms
  /// A folder that holds the packages; nil for where the providers come from.
  public var mirrorFolder: String?

  /// Makes options for the usual machines.
  public init() {}
}

/// What became of the lock file.
public struct LockReport: Sendable {
  /// Why there is none; the manifest's findings.
  public var diagnostics = Diagnostics()
  /// How the engine ended; nil where it wasn't run.
  public var end: ProgramEnd?
  /// The lock file, relative to the project's folder.
  public var path = ""
  /// Whether it differs from before.
  public var isChanged = false
}

/// Writes the lock file of providers, with the checksums of their packages for several machines.
///
/// From then on `init` takes these packages and no others, on every machine. No credential is needed.
///
/// - Parameters:
///   - project: The project.
///   - options: Which machines, and where the packages are.
///   - generator: What tells whether the tree is that of the manifest.
///   - environment: The variables of this process.
///   - tell: Called with what the engine says, from any thread.
/// - Returns: Whether the file changed.
/// - Throws: When there is nothing to run, or a file can't be read.
public func lockProviders(
  _ project: Project, _ options: LockOptions, with generator: Generator,
  in environment: Environment, tell: @escaping @Sendable (EngineMessage) -> Void
) throws(OperationError) -> LockReport {
  var report = LockReport()
  let prepared = try prepareRun(
    project, options.anyRun, with: generator, in: environment, into: &report.diagnostics)
  guard let prepared else { return report }
  guard let path = RelativePath("\(prepared.tree.text)/.terraform.lock.hcl") else { return report }
  report.path = path.text
  let read = { () throws(OperationError) in
    try mapErrors { () throws(FileError) in try project.folder.read(path) }
  }
  let before = try read()
  // `init` would refuse a lock file that lacks a provider, and `lock` needs its modules alone.
  for words in [["get"], ["providers", "lock"] + options.arguments(prepared)] {
    let (reader, errors) = (
      LineReader { if $0.starts(with: Array("- ".utf8)) { tell(.progress(line: $0)) } },
      CollectedOutput()
    )
    var call = prepared.call(words + ["-no-color"])
    (call.output, call.errors) = (reader.stream, errors.stream)
    report.end = try run(call)
    reader.finish()
    guard report.end == .exited(0) else {
      throw OperationError("the providers can't be locked", help: visibleLines(errors.text))
    }
  }
  report.isChanged = try read() != before
  return report
}

extension LockOptions {
  /// The lock file is the same for all environments.
  fileprivate var anyRun: RunOptions {
    var run = run
    run.takesAnyEnvironment = true
    return run
  }

  fileprivate func arguments(_ prepared: PreparedRun) -> [String] {
    platforms.map { "-platform=\($0)" }
      + (mirrorFolder.map { ["-fs-mirror=\(prepared.path(ofGiven: $0))"] } ?? [])
  }
}

extension EngineMessage {
  fileprivate static func progress(line: ArraySlice<UInt8>) -> EngineMessage {
    .progress(String(decoding: line, as: UTF8.self))
  }
}
