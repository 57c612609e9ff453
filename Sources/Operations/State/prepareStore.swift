public import Diagnostics
import Files
import Generation
public import Platform

/// What was found and done where the states are kept.
public struct StoreReport: Sendable {
  /// One thing that was looked at.
  public struct Step: Sendable {
    /// What.
    public enum Subject: String, Sendable {
      /// The bucket itself.
      case bucket
      /// Whether it keeps what is overwritten.
      case versions
      /// Whether others can read it.
      case privacy
      /// Whether one run at a time can write.
      case lock
    }

    /// How it is.
    public enum Outcome: String, Sendable {
      /// It was as it should be.
      case found
      /// It was made so.
      case made
      /// It isn't as it should be.
      case lacking
    }

    /// What was looked at.
    public var subject: Subject
    /// How it is.
    public var outcome: Outcome
    /// The same in words.
    public var text: String
  }

  /// What there is to say: errors where the state isn't safe there.
  public var diagnostics = Diagnostics()
  /// The environment; empty where it didn't come so far.
  public var environment = ""
  /// The place, as people call it.
  public var title = ""
  /// The bucket; nil where there is none.
  public var bucket: String?
  /// What was found and done, in order.
  public var steps: [Step] = []
  /// What who keeps states there has to know, where there is no bucket.
  public var upkeep: String?
  /// What a person can run where webkit can't ask the store.
  public var commands: HandCommands?

  mutating func add(_ subject: Step.Subject, _ outcome: Step.Outcome, _ text: String) {
    steps.append(Step(subject: subject, outcome: outcome, text: text))
  }
}

/// Makes the bucket that the states are to be kept in, private and with versions, and finds out
/// whether it can lock; what is as it should be stays.
///
/// - Parameters:
///   - project: The project.
///   - options: The environment and the engine.
///   - generator: What tells where the state is.
///   - environment: The variables of this process.
/// - Returns: What was found and done.
/// - Throws: When something that is needed is missing, or the store refuses.
public func prepareStore(
  _ project: Project, _ options: RunOptions, with generator: Generator,
  in environment: Environment
) throws(OperationError) -> StoreReport {
  var report = StoreReport()
  let prepared = try prepareRun(
    project, options, with: generator, in: environment, into: &report.diagnostics)
  guard let prepared else { return report }
  if let unheard = prepared.unheard { throw unheard }
  report.environment = prepared.target.environment
  report.title = prepared.state.title
  guard prepared.state.bucket != nil else {
    report.upkeep = prepared.state.upkeep
    return report
  }
  let key = try prepared.stateKey(in: project)
  // Keys may be missing where the commands are all that is wanted.
  let missing = prepared.variables.missingForState
  guard let store = prepared.store else {
    try checkCredentials(missing)
    return report
  }
  report.bucket = store.name
  if store.lacksProgram {
    report.commands = HandCommands(
      texts: store.commands(key), variables: store.variablesOfCommands,
      outcome:
        "The second write of the same object has to be refused, with 412: else nothing locks.")
    return report
  }
  try checkCredentials(missing)
  try store.makeBucket(into: &report)
  try store.keepVersions(into: &report)
  let lock = try store.probe(StateStore.probeKey(beside: key))
  try store.checkPrivacy(beside: key, into: &report)
  prepared.tell(lock, into: &report)
  if lock == .honoured { try prepared.rememberLock(in: project) }
  return report
}

extension StateStore {
  private static let versioning = """
    <VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\
    <Status>Enabled</Status></VersioningConfiguration>
    """

  private var making: StoreRequest {
    var request = StoreRequest(method: .put)
    if let location = bucket.location {
      request.body = """
        <CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\
        <LocationConstraint>\(location)</LocationConstraint></CreateBucketConfiguration>
        """
    }
    return request
  }

  private var enabling: StoreRequest {
    StoreRequest(method: .put, query: [("versioning", "")], body: Self.versioning)
  }

  /// What to run by hand, one after the other.
  fileprivate func commands(_ key: String) -> [String] {
    let probe = key + ".probe"
    let requests =
      [making, enabling] + Self.probes(probe) + [StoreRequest(method: .delete, key: probe)]
    return requests.map(command)
  }

  fileprivate func makeBucket(into report: inout StoreReport) throws(OperationError) {
    let found = try send(StoreRequest(method: .head))
    if found.isDone { return report.add(.bucket, .found, "the bucket \(name) is there") }
    guard found.status == 404 else { throw found.failure("show the bucket \(name)", self) }
    let made = try send(making)
    if made.isDone { return report.add(.bucket, .made, "the bucket \(name) was made") }
    if made.errorCode == "BucketAlreadyOwnedByYou" {
      return report.add(.bucket, .found, "the bucket \(name) is there")
    }
    if made.errorCode == "BucketAlreadyExists" {
      throw OperationError(
        "the bucket \(name) belongs to somebody else",
        help: "Names of buckets are the whole world's: choose another.")
    }
    throw made.failure("make the bucket \(name)", self)
  }

  fileprivate func keepVersions(into report: inout StoreReport) throws(OperationError) {
    if try keepsVersions {
      return report.add(.versions, .found, "it keeps what is overwritten")
    }
    let reply = try send(enabling)
    if reply.isDone, try keepsVersions {
      return report.add(.versions, .made, "it keeps what is overwritten from now on")
    }
    report.add(.versions, .lacking, "it keeps nothing of what is overwritten: \(reply.reason)")
    report.diagnostics.append(
      Diagnostic(
        .warning, "backend.no-versions",
        "A state that is overwritten or deleted there can't be had back from the store",
        at: nil, help: "Only the copies in .webkit/cache/states of who applies are left then."))
  }

  private var keepsVersions: Bool {
    get throws(OperationError) {
      let reply = try send(StoreRequest(method: .get, query: [("versioning", "")]))
      return reply.isDone && texts(of: "Status", in: reply.text).first == "Enabled"
    }
  }

  /// Tries to read as a stranger, which tells more than all rules that may let him.
  fileprivate func checkPrivacy(
    beside key: String, into report: inout StoreReport
  ) throws(OperationError) {
    if try !isPublic(beside: key) { return report.add(.privacy, .found, "strangers can't read it") }
    let reply = try send(
      StoreRequest(method: .put, query: [("acl", "")], headers: [("x-amz-acl", "private")]))
    if reply.isDone, try !isPublic(beside: key) {
      return report.add(.privacy, .made, "strangers could read it, and can't from now on")
    }
    report.add(.privacy, .lacking, "strangers can read it")
    report.diagnostics.append(
      Diagnostic(
        .error, "backend.public", "Everybody can read the bucket \(name)", at: nil,
        detail: "A state holds secrets in clear.",
        help: "Look for a rule of the bucket that lets everybody read, and take it away."))
  }

  private func isPublic(beside key: String) throws(OperationError) -> Bool {
    let object = Self.probeKey(beside: key)
    let written = try send(StoreRequest(method: .put, key: object, body: "webkit probe\n"))
    let replies = try send([
      StoreRequest(method: .get, query: [("max-keys", "1")], isSigned: false),
      StoreRequest(method: .get, key: object, isSigned: false),
    ])
    let version = written.headers["x-amz-version-id"].map { [("versionId", $0)] } ?? []
    _ = try send(
      StoreRequest(method: .delete, key: object, query: version.map { (name: $0.0, value: $0.1) }))
    return replies.contains(where: \.isDone)
  }
}

extension PreparedRun {
  /// Which state is meant: that of the workspace where one is chosen.
  func stateKey(in project: Project) throws(OperationError) -> String {
    let state = state.states[target.environment] ?? ""
    var workspace = variables.values["TF_WORKSPACE"]
    if workspace == nil, let path = RelativePath("\(tree.text)/\(target.dataDirectory)/environment")
    {
      let bytes = try mapErrors { () throws(FileError) in try project.folder.read(path) }
      workspace = bytes.map { String(decoding: $0, as: UTF8.self) }
    }
    guard let workspace, !workspace.isEmpty, workspace != "default", let bucket = self.state.bucket
    else { return state }
    let pairs = [("{workspace}", workspace), ("{state}", state)]
    return pairs.reduce(bucket.workspacePattern) { text, pair in
      text.split(separator: pair.0, omittingEmptySubsequences: false).joined(separator: pair.1)
    }
  }
}
