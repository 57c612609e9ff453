import AppManifest
import Diagnostics
import Files
import Generation
import Parallelism
import Platform

extension PreparedRun {
  /// Works out what a plan changes in costs; nil where it changes nothing, or that isn't known.
  ///
  /// Before it there is what app.json said at the last apply on this machine.
  func costs(
    of plan: Plan?, _ options: PlanOptions, _ project: Project, _ generator: Generator
  ) throws(OperationError) -> CostDifference? {
    guard options.coversAll, plan?.isEmpty == false else { return nil }
    let name = target.environment
    let manifests = [try project.manifest(), try appliedManifest(in: project)].compactMap(\.self)
    let costs = manifests.concurrentMap { file -> EnvironmentCost? in
      var problems = Diagnostics()
      let read = generator.read(file, &problems)
      let described = read.flatMap { generator.describe?($0, &problems) }
      return described?.costs.environments.first { $0.name == name }
    }
    guard let now = costs[0] else { return nil }
    return CostDifference(
      name, before: costs.count > 1 ? costs[1] : nil, after: options.destroys ? nil : now)
  }

  /// Keeps what app.json says now, as what there is in the environment; nil forgets it.
  func keepApplied(_ manifest: SourceFile?, in project: Project) throws(OperationError) {
    let path = try appliedPath
    try mapErrors { () throws(FileError) in
      guard let manifest else { return try project.folder.remove(path) }
      try project.ignoreCaches()
      try project.folder.replaceQuickly(path, with: manifest.bytes, access: .owner)
    }
  }

  private func appliedManifest(in project: Project) throws(OperationError) -> SourceFile? {
    let path = try appliedPath
    let bytes = try mapErrors { () throws(FileError) in try project.folder.read(path) }
    return bytes.map { SourceFile(name: Project.manifestName, bytes: $0) }
  }

  private var appliedPath: RelativePath {
    get throws(OperationError) {
      guard let path = RelativePath("\(RelativePath.applied.text)/\(target.environment).json")
      else {
        throw OperationError(
          "`\(target.environment)` is no name of a file", help: "Give it another name.")
      }
      return path
    }
  }
}
