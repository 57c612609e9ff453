import Diagnostics
import Files
import Generation
import Platform

extension PreparedRun {
  /// Makes sure that the lock on which a writing run relies is one: a store that takes every write
  /// lets everybody lock at once, and the engine doesn't notice.
  ///
  /// What is known of the store stands in its spec. Else it is tried once on a machine.
  ///
  /// - Returns: What to say where nobody knows.
  /// - Throws: When the lock isn't one.
  func checkLock(in project: Project) throws(OperationError) -> Diagnostic? {
    guard state.isLocked, let setting = state.lockSetting, let store,
      store.bucket.honoursConditions == nil
    else { return nil }
    if let path = store.memory,
      try mapErrors({ () throws(FileError) in try project.folder.read(path) }) != nil
    {
      return nil
    }
    if let obstacle = store.obstacle { return .untriedLock(store, obstacle.summary) }
    switch try store.probe(StateStore.probeKey(beside: try stateKey(in: project))) {
    case .honoured:
      try rememberLock(in: project)
      return nil
    case .unknown(let reason): return .untriedLock(store, reason)
    case .ignored: throw OperationError(.ignoredLock(store, setting))
    case .refused(let reason): throw OperationError(.refusedLock(store, setting, reason))
    }
  }

  /// Says what there is to say of the lock before the state is written.
  ///
  /// - Throws: When the lock isn't one.
  func tellOfLock(in project: Project, _ tell: (EngineMessage) -> Void) throws(OperationError) {
    for finding in [unlocked, try checkLock(in: project)] {
      if let finding { tell(.finding(finding)) }
    }
  }

  /// Notes that the store locks.
  func rememberLock(in project: Project) throws(OperationError) {
    guard let path = store?.memory else { return }
    try mapErrors { () throws(FileError) in
      try project.ignoreCaches()
      try project.folder.replace(path, with: Array("honoured\n".utf8), access: .owner)
    }
  }

  /// Says what the store makes of locks, and what to write if app.json relies on something else.
  func tell(_ lock: ConditionalWrites, into report: inout StoreReport) {
    guard let store else { return }
    let setting = state.lockSetting
    switch lock {
    case .honoured where state.isLocked:
      report.add(
        .lock, .found, "it honours conditional writes: one run at a time can write the state")
    case .honoured:
      let way = setting.map { "`\"\($0)\": true` in `infra.backend`" }
      report.add(
        .lock, .lacking,
        "it honours conditional writes, but app.json doesn't lock"
          + (way.map { ": write \($0)" } ?? ""))
    case .unknown(let reason):
      report.add(.lock, .lacking, "nobody knows whether it locks: \(reason)")
      if state.isLocked { report.diagnostics.append(.untriedLock(store, reason)) }
    case .ignored:
      report.add(.lock, .lacking, "it ignores conditional writes: nothing locks the state")
      add(.ignoredLock(store, setting ?? ""), to: &report)
    case .refused(let reason):
      report.add(.lock, .lacking, "it refuses conditional writes: nothing locks the state")
      add(.refusedLock(store, setting ?? "", reason), to: &report)
    }
  }

  /// What app.json knows already isn't an error.
  private func add(_ finding: Diagnostic, to report: inout StoreReport) {
    if state.isLocked {
      report.diagnostics.append(finding)
    } else if let unlocked {
      report.diagnostics.append(unlocked)
    }
  }
}

extension StateStore {
  /// Where it is noted that the store locks.
  fileprivate var memory: RelativePath? {
    RelativePath("\(RelativePath.stores.text)/\(Digest(of: Array(url.utf8)).hex)")
  }
}

extension OperationError {
  fileprivate init(_ finding: Diagnostic) {
    self.init(
      finding.summary,
      help: [finding.detail, finding.help].compactMap(\.self).joined(separator: "\n"))
  }
}

extension Diagnostic {
  fileprivate static func ignoredLock(_ store: StateStore, _ setting: String) -> Diagnostic {
    Diagnostic(
      .error, "backend.no-lock", "Nothing locks the state in the bucket \(store.name)", at: nil,
      detail:
        "The store ignores conditional writes: two runs at once would both take the lock, and overwrite what the other has made.",
      help: way(setting))
  }

  fileprivate static func refusedLock(
    _ store: StateStore, _ setting: String, _ reason: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "backend.no-lock", "Nothing can lock the state in the bucket \(store.name)", at: nil,
      detail: "The store refuses conditional writes: \(reason).", help: way(setting))
  }

  private static func way(_ setting: String) -> String {
    """
    Write `"\(setting)": false` in `infra.backend` of app.json, run `webkit update`, and let one run at a \
    time apply, for example by a concurrency group of the workflows.
    """
  }

  fileprivate static func untriedLock(_ store: StateStore, _ reason: String) -> Diagnostic {
    Diagnostic(
      .warning, "backend.unknown-lock",
      "Nobody knows whether anything locks the state in the bucket \(store.name)", at: nil,
      detail: "It couldn't be tried: \(reason).",
      help: "Try it where curl is: `webkit infra state init`.")
  }
}
