import Diagnostics
public import Platform

/// Lets go of resources, which stay as they are: the state no longer knows them.
///
/// - Parameters:
///   - project: The project.
///   - addresses: The addresses of resources or of modules.
///   - options: The environment and the engine.
///   - generator: What tells whether the tree is that of the manifest.
///   - environment: The variables of this process.
///   - tell: Called with what there is to say before.
///   - confirm: Called with the resources, and with those of them that hold data; without its yes
///     nothing happens.
/// - Returns: What is forgotten.
/// - Throws: When there is no such resource, or the state can't be read or written.
public func forgetResources(
  _ project: Project, _ addresses: [String], _ options: RunOptions, with generator: Generator,
  in environment: Environment, tell: (EngineMessage) -> Void,
  confirm: (_ all: [String], _ stateful: [String]) throws(OperationError) -> Bool
) throws(OperationError) -> StateReport {
  var report = StateReport()
  let prepared = try readyToRead(
    project, options, generator, environment, into: &report.diagnostics)
  guard let prepared else { return report }
  report.environment = prepared.target.environment
  try prepared.tellOfLock(in: project, tell)
  let folder = try WorkFolder.make(for: report.environment, in: project)
  if let refusal = try prepared.tellOfLastRun(in: project, tell)?.refusal { throw refusal }
  try prepared.checkState(in: project)
  let known = try prepared.addresses(in: project)
  for address in addresses {
    let found = known.filter { $0.isMeant(by: address) }
    guard !found.isEmpty else {
      throw unknownAddress(address, known, report.environment)
    }
    report.forgotten += found.filter { !report.forgotten.contains($0) }
  }
  let stateful = report.forgotten.filter { address in
    address.resourceType.map(prepared.statefulTypes.contains) ?? false
  }
  guard try confirm(report.forgotten, stateful) else {
    throw OperationError("nothing was done", help: "It wasn't agreed to.")
  }
  let errors = CollectedOutput(hiding: prepared.hidden)
  var call = prepared.call(["state", "rm"] + addresses)
  (call.output, call.errors) = (errors.stream, errors.stream)
  guard try run(call) == .exited(0) else {
    throw OperationError(
      "the state can't be written", help: explained(errors.text, in: prepared.target.environment))
  }
  try prepared.keepResult(in: project, tell)
  _ = consume folder
  return report
}

extension String {
  /// Whether an address is what another one names: itself, all its instances, all of a module.
  fileprivate func isMeant(by address: String) -> Bool {
    self == address || hasPrefix(address + ".") || hasPrefix(address + "[")
  }

  /// The type in an address; nil for a data source's.
  var resourceType: String? {
    var words: [Substring] = []
    var start = startIndex
    var isQuoted = false
    // A dot in a key parts nothing.
    for place in indices {
      if self[place] == "\"" { isQuoted.toggle() }
      guard self[place] == ".", !isQuoted else { continue }
      words.append(self[start..<place])
      start = index(after: place)
    }
    var rest = words[...]
    while rest.first == "module" { rest = rest.dropFirst(2) }
    return rest.first == "data" ? nil : rest.first.map(String.init)
  }
}

/// What to say of an address that a state doesn't hold.
func unknownAddress(
  _ address: String, _ known: [String], _ environment: String
) -> OperationError {
  let near = nearestMatch(address, in: known)
  return OperationError(
    "the state of \(environment) holds no `\(address)`",
    help: near.map { "Did you mean `\($0)`?" } ?? "`webkit infra state list` lists what it holds.")
}
