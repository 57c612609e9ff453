import AppManifest
import Diagnostics
import Files
import Generation
import Platform
import Synchronization

/// Plans to import an item's resources, the first of them in any case, of the others those that are
/// there.
func planImport(
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
      throw .notImported(item, main, prepared.hidden.hide(words(of: said)))
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
    tell(.finding(.partIsNotThere(part, of: item, prepared.hidden.hide(words))))
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
    // In a tree of another folder the state is behind a link, which isn't copied.
    if state.isLocal, let name = state.states[target.environment],
      let own = RelativePath("\(tree.text)/\(name)"),
      let path = RelativePath("\(place.text)/\(name)")
    {
      try mapErrors { () throws(FileError) in
        guard let bytes = try project.folder.read(own) else { return }
        try project.folder.replaceQuickly(path, with: bytes, access: .owner)
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
    run.tree = place
    run.directory = project.shownPath(of: place)
    return run
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
