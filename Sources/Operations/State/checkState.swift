import Diagnostics
import Files
import Generation
import Platform

extension PreparedRun {
  /// Looks whether the state is the one that was left here last, or a later one, and keeps a copy of
  /// it, for a command that writes it.
  ///
  /// - Returns: The copy; nil where there is no state yet.
  /// - Throws: When it is gone, broken, older, or another one.
  @discardableResult
  func checkState(in project: Project) throws(OperationError) -> StateCopy? {
    try check(try presentState(in: project), in: project)
  }

  /// The same for a state that is known.
  func check(
    _ present: PresentState, in project: Project
  ) throws(OperationError) -> StateCopy? {
    let environment = target.environment
    let copies = try StateCopies(of: environment, in: project)
    let last = try copies.all().first
    switch present {
    case .broken(_, let words): throw .brokenState(environment, words)
    case .blank:
      // A blank one as the last copy was agreed to.
      if let last {
        guard last.resourceCount > 0 else { return nil }
        throw .goneState(environment, "\(last.name) had \(last.resourceCount) resources")
      }
      if let lost = try lastVersion(in: project) {
        throw .goneState(environment, "version \(lost.id) of \(lost.time) had \(lost.count)")
      }
      return nil
    case .written(let present, let bytes):
      if let last, !last.isBlank { try check(present, after: last) }
      return try copies.keep(bytes)
    }
  }

  private func check(_ present: StateCopy, after last: StateCopy) throws(OperationError) {
    let environment = target.environment
    guard present.lineage == last.lineage else {
      throw .otherState(
        "the state of \(environment) comes from another history than \(last.name) here",
        "Somebody began anew, or `infra.backend` names another's state.")
    }
    if present.serial < last.serial {
      throw .otherState(
        "the state of \(environment) is older than \(last.name) here",
        """
        It has serial \(present.serial), and had \(last.serial). What was made since then would be made \
        a second time.
        """)
    }
    if present.serial == last.serial, !present.hasContent(of: last) {
      throw .otherState(
        "the state of \(environment) isn't what it was left as",
        "It has the serial \(last.serial) of \(last.name) here, and holds something else.")
    }
  }

  /// What the bucket held last, if it held anything and nothing stands there now.
  private func lastVersion(
    in project: Project
  ) throws(OperationError) -> (id: String, time: String, count: String)? {
    guard let store, store.obstacle == nil, let path = RelativePath("state") else { return nil }
    let key = try stateKey(in: project)
    // A store without versions has nothing to tell.
    guard let versions = try? store.versions(of: key) else { return nil }
    for version in versions where version.size ?? 0 > 0 {
      let bytes = try store.state(key, version: version.id)
      guard let copy = StateCopy(bytes, path), !copy.isBlank else { continue }
      guard copy.resourceCount > 0 else { return nil }
      return (version.id, version.writtenAt, "\(copy.resourceCount) resources")
    }
    return nil
  }
}

extension OperationError {
  fileprivate static func goneState(_ environment: String, _ before: String) -> OperationError {
    otherState(
      "the state of \(environment) is gone",
      "\(before). With an empty state everything would be made a second time.")
  }

  fileprivate static func otherState(_ summary: String, _ detail: String) -> OperationError {
    OperationError(
      summary,
      help: """
        \(detail) `webkit infra state versions` lists what it was, and `webkit infra state restore` puts \
        one back. If the state is right as it is: `webkit infra state backup --accept`.
        """)
  }
}
