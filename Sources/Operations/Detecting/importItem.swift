import AppManifest
public import Diagnostics
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

  /// Makes options for an item.
  public init(item: String, isApp: Bool, id: String) {
    self.item = item
    self.isApp = isApp
    self.id = id
  }
}

/// What an import came to.
public struct ImportReport: Sendable {
  /// What else there is to say.
  public var diagnostics = Diagnostics()
  /// The environment; empty where it didn't come so far.
  public var environment = ""
  /// The item.
  public var item = ""
  /// The addresses of what was imported, the item's main resource first, with their ids.
  public var imported: [(address: String, id: String)] = []
  /// What the next apply does to the item; without one where that couldn't be found out.
  public var next = RunReport()

  /// Whether the item is in the state now.
  public var isDone: Bool { !diagnostics.hasErrors && !imported.isEmpty }
}

/// Takes one item that exists into the state of an environment, with all its parts whose ids follow
/// from that one; app.json stays as it is, and nothing is changed in the cloud.
///
/// What the next apply would do to it is planned afterwards: that needs the state.
///
/// - Parameters:
///   - project: The project.
///   - options: What is to be imported.
///   - generator: The pure functions.
///   - environment: The variables of this process.
///   - tell: Called with what the engine says while it plans, from any thread.
/// - Returns: What was imported.
/// - Throws: When there is no such item, its id can't be right, or the provider doesn't find it.
public func importItem(
  _ project: Project, _ options: ImportOptions, with generator: Generator,
  in environment: Environment, tell: @escaping @Sendable (EngineMessage) -> Void
) throws(OperationError) -> ImportReport {
  var report = ImportReport()
  report.item = options.item
  guard
    var prepared = try prepareRun(
      project, options.run, with: generator, in: environment, into: &report.diagnostics)
  else { return report }
  let name = prepared.target.environment
  report.environment = name
  try check(options, in: project, name, generator)
  let found = try project.detection(name, generator, into: &report.diagnostics) {
    $0.adopting(options.item, id: options.id, in: name)
  }
  report.diagnostics = report.diagnostics.aboutAdoption
  guard let item = found?.items.first(where: { $0.name == options.item }) else { return report }
  try check(item, options)
  try checkCredentials(prepared.variables.missing + prepared.variables.missingForState)
  let isReady = try prepared.addSecrets(
    for: ["import"], project, environment, into: &report.diagnostics)
  guard isReady else { return report }
  let tell = prepared.hiding(tell)
  try initialise(prepared, in: project)
  let state = try prepared.stateResources()
  if let address = state.address(in: item.places) {
    throw OperationError(
      "`\(item.name)` is in the state of \(name) already, as \(address)",
      help: "`webkit infra plan` shows what an apply would do to it.")
  }
  try prepared.tellOfLock(in: project, tell)
  let folder = try WorkFolder.make(for: name, in: project)
  try prepared.checkState(in: project)
  for target in item.imports where !state.holds(target.address) {
    try add(target, of: item, with: prepared, to: &report)
  }
  var planning = PlanOptions()
  planning.targets = (item.places.first.map { [$0.module] } ?? []) + [environmentGuard]
  report.next.environment = name
  try makePlan(prepared, planning, in: folder, project, into: &report.next) { message in
    if !message.speaksOfTargets { tell(message) }
  }
  return report
}

/// Imports one resource; only of the main one it matters that it is there.
private func add(
  _ target: ImportTarget, of item: ItemLookup, with prepared: PreparedRun,
  to report: inout ImportReport
) throws(OperationError) {
  let (output, errors) = (CollectedOutput(), CollectedOutput())
  var call = prepared.call(["import", "-no-color", "-input=false", target.address, target.id])
  (call.output, call.errors) = (output.stream, errors.stream)
  if try run(call) == .exited(0) {
    report.imported.append((target.address, target.id))
    return
  }
  let words = prepared.hidden.hide(visibleLines(errors.text))
  guard report.imported.isEmpty else {
    report.diagnostics.append(.partIsNotThere(target, of: item, words))
    return
  }
  throw OperationError(
    "`\(item.name)` can't be imported by the id `\(target.id)`",
    help: """
      \(words)
      \(item.importForm.map { "\(item.type.title) is imported by \($0)." } ?? "The id is what the provider's console and API show.") \
      `webkit infra detect` looks it up by its name.
      """)
}

/// The item is in the manifest, and to be had by an import.
private func check(
  _ options: ImportOptions, in project: Project, _ environment: String, _ generator: Generator
) throws(OperationError) {
  var ignored = Diagnostics()
  guard let manifest = generator.read(try project.manifest(), &ignored) else { return }
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
  if item.management(in: environment) == .existing {
    throw OperationError(
      "`\(options.item)` is used as it exists in \(environment), and not managed",
      help:
        "Write `\"manage\": \"adopt\"` into app.json to take it over, and run `webkit update`.")
  }
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

extension Diagnostic {
  fileprivate static func partIsNotThere(
    _ target: ImportTarget, of item: ItemLookup, _ words: String
  ) -> Diagnostic {
    Diagnostic(
      .warning, "import.part",
      "\(target.address) wasn't imported: the next apply makes one", at: nil, detail: words,
      help: "If there is one, look at its name in the `config` of `\(item.name)`.")
  }
}
