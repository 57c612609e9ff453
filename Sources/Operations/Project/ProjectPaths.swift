import Files

extension RelativePath {
  /// The manifest.
  static let manifest = fixed("app.json")
  /// What webkit knows of the files that it wrote.
  static let ledger = fixed(".webkit/infra.json")
  /// What a run is about to write.
  static let pendingUpdate = fixed(".webkit/infra.next.json")
  /// The folder of the ledger.
  static let webkit = fixed(".webkit")
  /// The schema of the manifest, which editors read.
  static let schema = fixed(".webkit/app.schema.json")
  /// What keeps caches out of version control.
  static let cacheIgnore = fixed(".webkit/cache/.gitignore")
  /// The texts that were generated last.
  static let generatedTexts = fixed(".webkit/cache/generated.json")
  /// What engines answered when they were asked for their version.
  static let engines = fixed(".webkit/cache/engines")
  /// What runs of the engine need for a while.
  static let runs = fixed(".webkit/cache/runs")
  /// What the engine keeps of the providers that it asks what exists, by environment.
  static let probes = fixed(".webkit/cache/probes")
  /// The outputs of the last applies.
  static let outputs = fixed(".webkit/cache/outputs")
  /// Other trees that are run with this project's data.
  static let trees = fixed(".webkit/cache/trees")
  /// What app.json said at the last applies.
  static let applied = fixed(".webkit/cache/applied")
  /// Copies of states, from before they were written.
  static let states = fixed(".webkit/cache/states")
  /// Which stores are known to lock.
  static let stores = fixed(".webkit/cache/stores")
  /// What one run at a time holds.
  static let lock = fixed(".webkit/cache/lock")

  private static func fixed(_ text: String) -> RelativePath {
    guard let path = RelativePath(text) else { preconditionFailure("\(text) is no path") }
    return path
  }

  /// Whether generated files may stand there.
  ///
  /// The manifest, the ledger and the folders of version control aren't generated; `manifest.json`
  /// and `outputs.json` in `.webkit` are another tool's.
  var isForGeneratedFiles: Bool {
    let folders = parts.dropLast().map { $0.lowercased() }
    if folders.contains(".git") || folders.starts(with: [".webkit", "cache"]) { return false }
    let reserved =
      ["app.json", ".git"]
      + ["infra", "infra.next", "manifest", "outputs"]
      .map { ".webkit/\($0).json" }
    return !reserved.contains(text.lowercased())
  }
}
