import Generation
import Platform

/// The bucket that holds the states, and who asks it: curl, which is told everything on its standard
/// input, so that no key is in an argument or a file.
struct StateStore: Sendable {
  let bucket: StateAccess.Bucket
  /// The store, as people call it.
  let title: String
  /// The bucket's name.
  let name: String
  private let keys: StoreRequest.Keys?
  private let curl: String?
  /// The variables that curl gets.
  private let variables: [String: String]

  /// Where the state is kept in a bucket of which the name is known; nil elsewhere.
  init?(_ state: StateAccess, _ engine: EngineVariables, _ environment: Environment) {
    guard let bucket = state.bucket else { return nil }
    let given = engine.stateSettings.first { $0.hasPrefix("\(bucket.setting)=") }
    guard let name = bucket.name ?? given.map({ String($0.dropFirst(bucket.setting.count + 1)) })
    else { return nil }
    (self.bucket, title, self.name) = (bucket, state.title, name)
    if let access = engine.values[bucket.accessKey], let secret = engine.values[bucket.secretKey] {
      keys = StoreRequest.Keys(
        access: access, secret: secret, token: bucket.token.flatMap { engine.values[$0] })
    } else {
      keys = nil
    }
    curl = findProgram("curl", in: environment)
    variables = environment.all.filter { name, _ in
      name == "PATH" || name == "CURL_CA_BUNDLE" || name.hasPrefix("SSL_CERT_")
        || name.lowercased().hasSuffix("_proxy")
    }
  }

  /// The URL of the bucket, which stands in the path: not every store has a host for each.
  var url: String { "\(bucket.endpoint)/\(StoreRequest.encoded(name))" }

  /// Whether there is no curl to ask with.
  var lacksProgram: Bool { curl == nil }

  /// Why it can't be asked; nil where it can.
  var obstacle: OperationError? {
    if curl == nil {
      return OperationError(
        "there is no curl on PATH, by which the bucket \(name) is asked",
        help: "Install curl 7.86 or newer.")
    }
    guard keys == nil else { return nil }
    return OperationError(
      "the bucket \(name) can't be asked without keys",
      help: """
        The engine finds some by itself, webkit doesn't: export `\(bucket.accessKey)` and \
        `\(bucket.secretKey)`.
        """)
  }

  /// Asks one thing.
  ///
  /// - Throws: When the store can't be reached.
  func send(_ request: StoreRequest) throws(OperationError) -> StoreReply {
    guard let reply = try send([request]).first else { throw unreachable("") }
    return reply
  }

  /// Asks several things, one after the other over one connection.
  ///
  /// - Throws: When the store can't be reached.
  func send(_ requests: [StoreRequest]) throws(OperationError) -> [StoreReply] {
    if let obstacle { throw obstacle }
    guard let curl, let keys, !requests.isEmpty else { return [] }
    // What stands behind each answer, and nobody can have foreseen.
    let mark = "\n--\(UInt64.random(in: .min ... .max))--\n"
    let common = [
      "silent", "show-error", "include", "suppress-connect-headers", "connect-timeout = 10",
      "max-time = 120", "write-out = \(StoreRequest.quoted(mark))",
    ]
    let groups = requests.map { ($0.options(url, bucket.signature, keys) + common) }
    var call = ProgramCall(curl, ["-q", "-K", "-"], environment: variables)
    call.input = Array((groups.joined(separator: ["next"]).joined(separator: "\n") + "\n").utf8)
    let (output, errors) = (CollectedOutput(), CollectedOutput())
    (call.output, call.errors) = (output.stream, errors.stream)
    guard try runAsIs(call) == .exited(0) else { throw unreachable(errors.text) }
    let replies = pieces(of: output.bytes, before: Array(mark.utf8)).compactMap { StoreReply($0) }
    guard replies.count == requests.count else { throw unreachable("It answered something else.") }
    return replies
  }

  private func unreachable(_ reason: String) -> OperationError {
    OperationError(
      "the store at \(bucket.endpoint) can't be reached",
      help: (reason.split(separator: "\n").map(String.init)
        + [advice(on: reason)].compactMap(\.self))
        .joined(separator: "\n"))
  }

  /// The command that asks the same by hand, with the names of variables in the place of the keys.
  func command(_ request: StoreRequest) -> String {
    let keys = StoreRequest.Keys(
      access: "$\(bucket.accessKey)", secret: "$\(bucket.secretKey)", token: nil)
    let end = "write-out = \(StoreRequest.quoted("\n"))"
    let options =
      ["silent", "show-error", "include", end] + request.options(url, bucket.signature, keys)
    return (["curl -K - <<END"] + options + ["END"]).joined(separator: "\n")
  }

  /// What has to be exported for such commands.
  var variablesOfCommands: [String] { [bucket.accessKey, bucket.secretKey] }
}

private func pieces(of bytes: [UInt8], before mark: [UInt8]) -> [[UInt8]] {
  var found: [[UInt8]] = []
  var rest = bytes[...]
  while let next = place(of: mark, in: rest) {
    found.append(Array(rest[..<next.lowerBound]))
    rest = rest[next.upperBound...]
  }
  return found
}

extension StoreReply {
  /// What to say where an answer isn't what was hoped for.
  func failure(_ what: String, _ store: StateStore) -> OperationError {
    let help =
      switch status {
      case 403: "Look whose keys they are and what they may do. "
      case 301, 307: "The bucket is in another region than app.json says. "
      default: ""
      }
    return OperationError(
      "\(store.title) refuses to \(what)", help: "\(help)It says: \(reason).")
  }
}
