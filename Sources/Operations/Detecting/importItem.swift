import AppManifest
import Diagnostics
import Files
import Generation
public import Platform
import Synchronization

/// Which item is imported, and how.
public struct ImportOptions: Sendable {
  /// How the engine is to be run.
  public var run = RunOptions()
  /// The item's name.
  public var item: String
  /// Whether it is an app.
  public var isApp: Bool
  /// What the provider calls it.
  public var id: String
  /// The items of which data may be lost.
  public var destroyable: [String] = []

  /// Makes options for an item.
  public init(item: String, isApp: Bool, id: String) {
    self.item = item
    self.isApp = isApp
    self.id = id
  }
}

/// Takes one item that exists into the state of an environment, with all its parts whose ids follow
/// from that one: plans, asks, does it. app.json and the tree stay as they are.
///
/// The plan is made in a copy of the tree that holds import blocks; a plan holds all that applying
/// it needs. Parts that aren't there are left out, and said to be.
///
/// - Parameters:
///   - project: The project.
///   - options: What is to be imported.
///   - generator: The pure functions.
///   - environment: The variables of this process.
///   - tell: Called with what the engine says, from any thread.
///   - confirm: Called with the plan; without its yes nothing happens.
/// - Returns: What was done.
/// - Throws: When there is no such item, its id can't be right, the provider doesn't find it, or the
///   plan does what nobody asked for.
public func importItem(
  _ project: Project, _ options: ImportOptions, with generator: Generator,
  in environment: Environment, tell: @escaping @Sendable (EngineMessage) -> Void,
  confirm: (RunReport) throws(OperationError) -> Bool
) throws(OperationError) -> RunReport {
  var report = RunReport()
  guard
    let prepared = try prepareRun(
      project, options.run, with: generator, in: environment, into: &report.diagnostics)
  else { return report }
  let name = prepared.target.environment
  report.environment = name
  let management = try management(of: options, in: project, name, generator)
  let found = try project.detection(name, generator, into: &report.diagnostics) {
    $0.adopting(options.item, id: options.id, in: name)
  }
  report.diagnostics = report.diagnostics.aboutAdoption
  guard var item = found?.items.first(where: { $0.name == options.item }) else { return report }
  item.decision = management
  try check(item, options)
  try checkCredentials(prepared.variables.missing + prepared.variables.missingForState)
  try initialise(prepared, in: project)
  let state = try prepared.stateResources()
  if let address = state.address(in: item.places) {
    throw OperationError(
      "`\(item.name)` is in the state of \(name) already, as \(address)",
      help: "`webkit infra plan` shows what an apply would do to it.")
  }
  if let unlocked = prepared.unlocked { tell(.finding(unlocked)) }
  let folder = try WorkFolder.make(for: name, in: project)
  let targets = item.imports.filter { !state.holds($0.address) }
  try plan(targets, of: item, prepared, in: folder, project, into: &report, tell: tell)
  try carryOutImport(
    prepared, in: folder, project, of: [item.name], destroyable: options.destroyable,
    into: &report, tell: tell, confirm: confirm)
  return report
}

// MARK: - The plan

/// Plans to import an item's resources, the first of them in any case, of the others those that are
/// there.
private func plan(
  _ targets: [ImportTarget], of item: ItemLookup, _ prepared: PreparedRun,
  in folder: borrowing WorkFolder, _ project: Project, into report: inout RunReport,
  tell: @escaping @Sendable (EngineMessage) -> Void
) throws(OperationError) {
  let copy = try prepared.copied(into: folder, of: project)
  /// Whether the plan could be made, and what was said.
  func attempt(
    _ targets: [ImportTarget], _ attempt: inout RunReport
  ) throws(OperationError) -> [EngineMessage] {
    if let file = folder.file("\(copyName)/webkit-import.tf") {
      let bytes = Detection.importFile(targets)
      try mapErrors { () throws(FileError) in
        try project.folder.replace(file, with: bytes, access: .owner)
      }
    }
    let said = CollectedMessages()
    let planning = PlanOptions(importing: targets)
    try makePlan(copy, planning, in: folder, project, into: &attempt, tell: said.add)
    return said.all
  }
  var (kept, lost): ([ImportTarget], [(ImportTarget, String)]) = (targets, [])
  var said = try attempt(kept, &report)
  if report.plan == nil, let main = targets.first {
    kept = [main]
    said = try attempt(kept, &report)
    guard report.plan != nil else {
      throw .notImported(item, main, prepared.variables.hidingSecrets(words(of: said)))
    }
    for part in targets.dropFirst() {
      var trial = RunReport()
      let new = try attempt(kept + [part], &trial)
      if trial.plan == nil { lost.append((part, words(of: new))) } else { kept.append(part) }
    }
    report.plan = nil
    said = try attempt(kept, &report)
  }
  said.forEach(withoutTargets(tell))
  for (part, words) in lost {
    tell(.finding(.partIsNotThere(part, of: item, prepared.variables.hidingSecrets(words))))
  }
}

/// The folder of the copy, in that of the run.
private let copyName = "tree"

/// The engine's errors, in its words.
private func words(of messages: [EngineMessage]) -> String {
  messages.compactMap { message -> String? in
    guard case .finding(let finding) = message, finding.severity == .error else { return nil }
    return [finding.summary, finding.detail].compactMap(\.self).joined(separator: ": ")
  }.joined(separator: "\n")
}

/// What the engine says, kept for later.
private final class CollectedMessages: Sendable {
  private let messages = Mutex<[EngineMessage]>([])
  var all: [EngineMessage] { messages.withLock { $0 } }

  @Sendable
  func add(_ message: EngineMessage) { messages.withLock { $0.append(message) } }
}

extension PreparedRun {
  /// The run in a copy of the tree, with the tree's own data folder.
  ///
  /// A state that is a file is copied with it; the engine refuses a plan of it where the state was
  /// written meanwhile.
  fileprivate func copied(
    into folder: borrowing WorkFolder, of project: Project
  ) throws(OperationError) -> PreparedRun {
    guard let place = folder.file(copyName) else {
      throw OperationError("the tree can't be copied", help: "Look at `.webkit/cache`.")
    }
    let files = try mapErrors { () throws(FileError) in
      try project.folder.contents(below: tree, leavingOut: [".terraform"])
    }
    for file in files {
      let rest = file.path.text.dropFirst(tree.text.count + 1)
      // What the manifest marks is imported by itself.
      guard rest != Detection.adoptionFile, let path = RelativePath("\(place.text)/\(rest)") else {
        continue
      }
      try mapErrors { () throws(FileError) in
        try project.folder.replaceQuickly(path, with: file.bytes, access: .owner)
      }
    }
    var run = moved(to: place, of: project)
    run.variables.values["TF_DATA_DIR"] = run.path(
      ofGiven: "\(tree.text)/\(target.dataDirectory)")
    // A lock of the copy would keep nobody from anything.
    let own = run.variables.values["TF_CLI_ARGS_plan"].map { "\($0) " } ?? ""
    run.variables.values["TF_CLI_ARGS_plan"] = own + "-lock=false"
    return run
  }

  /// The run in another folder of the project's.
  func moved(to place: RelativePath, of project: Project) -> PreparedRun {
    var run = self
    let name = project.folder.name
    run.tree = place
    run.directory = name == "." ? place.text : "\(name)/\(place.text)"
    return run
  }
}

// MARK: - What can't be imported

/// What the manifest says of an item that is to be had by an import.
private func management(
  of options: ImportOptions, in project: Project, _ environment: String, _ generator: Generator
) throws(OperationError) -> Item.Management {
  var ignored = Diagnostics()
  guard let manifest = generator.read(try project.manifest(), &ignored) else { return .create }
  let (wanted, others) =
    options.isApp
    ? (manifest.apps, manifest.resources) : (manifest.resources, manifest.apps)
  let word = options.isApp ? "app" : "resource"
  guard let item = wanted.first(where: { $0.name.value == options.item }) else {
    let names = wanted.map(\.name.value)
    if others.contains(where: { $0.name.value == options.item }) {
      let option = options.isApp ? "--resource" : "--app"
      throw OperationError(
        "`\(options.item)` is no \(word)", help: "Name it by `\(option) \(options.item)`.",
        kind: .wrongUsage)
    }
    let near = nearestMatch(options.item, in: names).map { "Did you mean `\($0)`?" }
    throw OperationError(
      "there is no \(word) `\(options.item)` in app.json",
      help: near ?? (names.isEmpty ? "There is none at all." : "There is \(listed(names, "and"))."),
      kind: .wrongUsage)
  }
  guard item.managed, item.isDeployed(in: environment) else {
    throw OperationError(
      "`\(options.item)` isn't deployed in \(environment)",
      help: "Name another environment by `--environment`, or change `environments` in app.json.")
  }
  let management = item.management(in: environment)
  guard management == .existing else { return management }
  throw OperationError(
    "`\(options.item)` is used as it exists in \(environment), and not managed",
    help: "Write `\"manage\": \"adopt\"` into app.json to take it over, and run `webkit update`.")
}

private func check(_ item: ItemLookup, _ options: ImportOptions) throws(OperationError) {
  guard !item.imports.isEmpty else {
    throw OperationError(
      "`\(item.name)` can't be imported",
      help:
        "The provider takes no \(item.type.title) into a state that it didn't make, or it runs on another's machine."
    )
  }
  if item.importForm == nil, item.wantsNumber, Int(options.id) == nil {
    throw OperationError(
      "`\(options.id)` isn't the id of a \(item.type.title)",
      help: "\(item.provider.title) numbers them: its console and API show the number.",
      kind: .wrongUsage)
  }
}

extension Diagnostics {
  /// What is wrong, and what there is to say of a thing that is taken over.
  fileprivate var aboutAdoption: Diagnostics {
    var result = Diagnostics()
    for item in items where item.severity == .error || item.id.hasPrefix("manage.") {
      result.append(item)
    }
    return result
  }
}

extension OperationError {
  fileprivate static func notImported(
    _ item: ItemLookup, _ main: ImportTarget, _ words: String
  ) -> OperationError {
    let form =
      item.importForm.map { "\(item.type.title) is imported by \($0)." }
      ?? "The id is what the provider's console and API show."
    return OperationError(
      "`\(item.name)` can't be imported by the id `\(main.id)`",
      help: "\(words)\n\(form) `webkit infra detect` looks it up by its name.")
  }
}

extension Diagnostic {
  fileprivate static func partIsNotThere(
    _ target: ImportTarget, of item: ItemLookup, _ words: String
  ) -> Diagnostic {
    Diagnostic(
      .warning, "import.part",
      "\(target.address) isn't imported: the next apply makes one", at: nil, detail: words,
      help: item.decision == .adopt
        ? "Remove `manage` of `\(item.name)` from app.json, since `adopt` goes on asking for it."
        : "If there is one, look at its name in the `config` of `\(item.name)`.")
  }
}
