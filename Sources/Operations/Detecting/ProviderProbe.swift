import Diagnostics
import Files
import Generation
import JSON
import Platform
import Synchronization

/// Asks providers what exists, by a configuration that makes nothing.
struct ProviderProbe {
  let project: Project
  let prepared: PreparedRun
  let detection: Detection

  /// What is known of each item, by its place among them.
  func existence(of items: [ItemLookup]) throws(OperationError) -> [Existence] {
    let asked = items.filter { !$0.checks.isEmpty }
    guard !asked.isEmpty else { return items.map { $0.existence([:], words: nil) } }
    let folder = try WorkFolder.make(for: prepared.target.environment, in: project)
    let run = try write(asked, in: folder)
    try initialise(run)
    let said = try ask(run)
    let answers = try read(run)
    return items.map { item in
      let words = said.words(of: item).map { prepared.hidden.hide($0) }
      return item.existence(answers, words: words)
    }
  }

  // MARK: - Steps

  private static let plan = "plan"

  /// Writes the configuration, and the versions of providers that the tree has.
  private func write(
    _ items: [ItemLookup], in folder: borrowing WorkFolder
  ) throws(OperationError) -> PreparedRun {
    var files = detection.probe(of: items)
    if let lock = RelativePath("\(prepared.tree.text)/\(Self.lock)") {
      files[Self.lock] = try mapErrors { () throws(FileError) in try project.folder.read(lock) }
    }
    var place: RelativePath?
    for name in files.paths {
      guard let path = folder.file(name), let bytes = files[name] else { continue }
      place = path.parent
      try mapErrors { () throws(FileError) in
        try project.folder.replace(path, with: bytes, access: .owner)
      }
    }
    guard let place else {
      throw OperationError("nothing can be asked", help: "Look at `.webkit/cache`.")
    }
    return moved(to: place)
  }

  private static let lock = ".terraform.lock.hcl"

  /// The run in another folder, with a data folder of its own and without the project's data.
  private func moved(to place: RelativePath) -> PreparedRun {
    var run = prepared.moved(to: place, of: project)
    run.variables.values["TF_DATA_DIR"] = run.path(
      ofGiven: "\(RelativePath.probes.text)/\(prepared.target.environment)")
    // No state is reached, and no data is read.
    for name in run.variables.stateNames { run.variables.values[name] = nil }
    run.variables.values["TF_WORKSPACE"] = nil
    run.variables.values["TF_CLI_ARGS_plan"] = nil
    return run
  }

  /// Prepares the folder; providers that the tree has are taken from there.
  private func initialise(_ run: PreparedRun) throws(OperationError) {
    var arguments = ["init", "-no-color", "-input=false"]
    let installed = "\(prepared.tree.text)/\(prepared.target.dataDirectory)/providers"
    if let path = RelativePath(installed),
      try mapErrors({ () throws(FileError) in try project.folder.entry(path) }) == .folder
    {
      arguments.append("-plugin-dir=\(run.path(of: path))")
    }
    let (output, errors) = (CollectedOutput(), CollectedOutput())
    var call = run.call(arguments)
    (call.output, call.errors) = (output.stream, errors.stream)
    guard try Operations.run(call) == .exited(0) else {
      throw OperationError(
        "the providers can't be had to ask them",
        help: prepared.hidden.hide(visibleLines(errors.text)))
    }
  }

  /// Asks; an answer that is an error doesn't keep others from being given.
  private func ask(_ run: PreparedRun) throws(OperationError) -> ProviderWords {
    let words = ProviderWords()
    let readers = (0..<2).map { _ in LineReader { words.add($0) } }
    var call = run.call(["plan", "-json", "-input=false", "-lock=false", "-out=\(Self.plan)"])
    (call.output, call.errors) = (readers[0].stream, readers[1].stream)
    guard case .exited = try Operations.run(call) else {
      throw OperationError(
        "the engine was ended before it had asked all", help: "Run the command again.")
    }
    for reader in readers { reader.finish() }
    let path = RelativePath("\(run.tree.text)/\(Self.plan)")
    let isThere = try mapErrors { () throws(FileError) in
      try path.map { path throws(FileError) in try project.folder.entry(path) } ?? .absent
    }
    guard isThere != .absent else {
      let said = words.all.joined(separator: "\n")
      throw OperationError(
        "the providers couldn't be asked",
        help: said.isEmpty ? "The engine said nothing." : prepared.hidden.hide(said))
    }
    return words
  }

  /// Reads how the checks ended.
  private func read(_ run: PreparedRun) throws(OperationError) -> [String: LookupAnswer] {
    let shown = CollectedOutput()
    var call = run.call(["show", "-json", Self.plan])
    call.output = shown.stream
    var problems = Diagnostics()
    guard try Operations.run(call) == .exited(0),
      let node = parseJSON(SourceFile(name: "answers", bytes: shown.bytes), into: &problems)
    else {
      throw OperationError("the answers can't be read", help: "Run the command again.")
    }
    return readAnswers(node).mapValues { answer in
      LookupAnswer(answer.status, messages: answer.messages.map { prepared.hidden.hide($0) })
    }
  }
}

/// How the checks of a plan ended, by their names, as `show -json` says it.
func readAnswers(_ node: JSONNode) -> [String: LookupAnswer] {
  var answers: [String: LookupAnswer] = [:]
  for check in node.member("checks")?.elements ?? [] {
    guard let name = check.member("address")?.member("name")?.text,
      let status = check.member("status")?.text.flatMap(LookupAnswer.Status.init)
    else { continue }
    let problems = (check.member("instances")?.elements ?? []).flatMap { instance in
      instance.member("problems")?.elements ?? []
    }
    answers[name] = LookupAnswer(
      status, messages: problems.compactMap { $0.member("message")?.text })
  }
  return answers
}

/// What the engine says of data sources and providers while it asks.
final class ProviderWords: Sendable {
  private struct Said {
    var address: String?
    var isError: Bool
    var text: String
  }

  private let said = Mutex<[Said]>([])

  /// Reads a line of its `-json` output.
  func add(_ line: some Sequence<UInt8>) {
    var problems = Diagnostics()
    let file = SourceFile(name: "", bytes: Array(line))
    guard let node = parseJSON(file, into: &problems), problems.items.isEmpty,
      let finding = node.member("diagnostic"), let summary = finding.member("summary")?.text
    else { return }
    let detail = finding.member("detail")?.text ?? ""
    let new = Said(
      address: finding.member("address")?.text,
      isError: finding.member("severity")?.text == "error",
      text: detail.isEmpty ? summary : "\(summary): \(detail)")
    said.withLock { $0.append(new) }
  }

  /// All that was said of what keeps the whole from working.
  var all: [String] { said.withLock { $0.filter(\.isError).map(\.text) } }

  /// What was said of an item's data source, else of its provider; nil where nothing was.
  func words(of item: ItemLookup) -> String? {
    let said = said.withLock { $0 }
    guard let address = item.dataAddress else { return nil }
    let own = said.filter { $0.address == address }
    guard own.isEmpty else { return own.map(\.text).joined(separator: "; ") }
    let provider = item.providerSource.map { "/\($0)\"]" } ?? ""
    let others = said.filter { other in
      other.isError
        && other.address.map { $0.hasPrefix("provider[") && $0.hasSuffix(provider) } ?? false
    }
    return others.isEmpty ? nil : others.map(\.text).joined(separator: "; ")
  }
}
