public import AppManifest
import Diagnostics
import Generation
public import Platform
import ProviderModel

/// What a detection is asked for.
public struct DetectionOptions: Sendable {
  /// How the engine is to be run.
  public var run = RunOptions()
  /// What app.json is to say of what was found; nil to write nothing.
  public var recording: Item.Management?

  /// Makes options that ask for nothing special.
  public init() {}
}

/// Finds out what of an environment exists already: from its state, and from its providers.
///
/// What the state manages isn't asked for. The state has to be at hand: what it manages would else
/// look as if somebody else had made it.
///
/// - Parameters:
///   - project: The project.
///   - options: What is asked for.
///   - generator: The pure functions.
///   - environment: The variables of this process.
///   - tell: Called with what is being done.
/// - Returns: What there is, and what was written of it into app.json.
/// - Throws: When nobody can be asked, or app.json can't be written.
public func detect(
  _ project: Project, _ options: DetectionOptions, with generator: Generator,
  in environment: Environment, tell: @Sendable (EngineMessage) -> Void
) throws(OperationError) -> DetectionReport {
  var report = DetectionReport()
  var run = RunReport()
  guard
    let prepared = try readyRun(
      project, options.run, generator, environment, evaluatesTree: false, into: &run),
    let detection = try project.detection(
      prepared.target.environment, generator, into: &run.diagnostics)
  else {
    report.diagnostics = run.diagnostics
    return report
  }
  report.environment = prepared.target.environment
  let state = try prepared.stateResources(in: project)
  let unmanaged = detection.items.filter { state.address(in: $0.places) == nil }
  let count = unmanaged.count { !$0.checks.isEmpty }
  if count > 0 {
    tell(.progress("asking the providers for \(count == 1 ? "1 item" : "\(count) items")"))
  }
  let probe = ProviderProbe(project: project, prepared: prepared, detection: detection)
  let found = try probe.existence(of: unmanaged)
  let known = Dictionary(zip(unmanaged.map(\.key), found)) { first, _ in first }
  report.items = detection.items.map { item in
    let address = state.address(in: item.places)
    let existence =
      address.map { .managed(address: $0) } ?? known[item.key] ?? .undetectable(.noDataSource)
    return DetectedItem(item: item, existence: state.recognised(existence, of: item))
  }
  if let management = options.recording {
    try record(management, of: &report, in: project, with: generator)
  }
  return report
}

extension ItemLookup {
  /// What tells it from all other items.
  var key: String { "\(role.rawValue)/\(name)" }
}

extension StateResources {
  /// What is found and stands in the state under another address is managed, too.
  fileprivate func recognised(_ existence: Existence, of item: ItemLookup) -> Existence {
    guard case .found(let id, let importID) = existence, let type = item.places.first?.type,
      let address = address(ofType: type, ids: [id, importID].compactMap(\.self))
    else { return existence }
    return .managed(address: address)
  }
}

extension Project {
  /// How to find out what exists of an environment; nil where the manifest has errors.
  func detection(
    _ environment: String, _ generator: Generator, into diagnostics: inout Diagnostics,
    changing change: (Manifest) -> Manifest = { $0 }
  ) throws(OperationError) -> Detection? {
    guard let manifest = generator.read(try manifest(), &diagnostics) else { return nil }
    return generator.detect?(change(manifest), environment, &diagnostics)
  }
}
