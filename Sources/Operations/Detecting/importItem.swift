import AppManifest
import Diagnostics
import Files
import Generation
public import Platform

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

/// Takes one item that exists into the state of an environment: plans, asks, does it.
///
/// With it come its parts whose ids follow from that one. app.json and the tree stay as they are.
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
    var prepared = try prepareRun(
      project, options.run, with: generator, in: environment, into: &report.diagnostics)
  else { return report }
  let name = prepared.target.environment
  report.environment = name
  let management = try management(of: options, in: project, name, generator)
  let found = try project.detection(name, generator, into: &report.diagnostics) {
    $0.adopting(options.item, id: options.id, in: name)
  }
  let notes = report.takeNotesOnAdoption()
  guard var item = found?.items.first(where: { $0.name == options.item }) else { return report }
  item.decision = management
  try check(item, options)
  let isReady = try prepared.isReady(
    for: ["import"], lacking: prepared.variables.allMissing, project, environment,
    into: &report.diagnostics)
  guard isReady else { return report }
  let tell = prepared.hiding(tell)
  try initialise(prepared, in: project)
  let state = try prepared.stateResources(in: project)
  if let address = state.address(in: item.places) {
    throw OperationError(
      "`\(item.name)` is in the state of \(name) already, as \(address)",
      help: "`webkit infra plan` shows what an apply would do to it.")
  }
  for note in notes { tell(.finding(note)) }
  try prepared.tellOfLock(in: project, tell)
  let folder = try WorkFolder.make(for: name, in: project)
  let targets = item.imports.filter { !state.holds($0.address) }
  let last = try prepared.tellOfLastRun(in: project, tell)
  if let refusal = last?.refusal { throw refusal }
  try planImport(targets, of: item, prepared, in: folder, project, into: &report, tell: tell)
  try carryOutImport(
    prepared, in: folder, project, of: [item.name], since: last, destroyable: options.destroyable,
    into: &report, tell: tell, confirm: confirm)
  return report
}

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
