import Diagnostics
import Files

extension LastRun {
  /// What there is to say of it, the gravest first.
  var findings: [Diagnostic] {
    let resources = orphans.count == 1 ? "1 resource" : "\(orphans.count) resources"
    let all: [Diagnostic?] = [
      lostState ? .lostState(self) : nil,
      lostState ? nil : .unfinishedRun(self),
      orphans.isEmpty ? nil : .orphans(resources, self),
      open.isEmpty ? nil : .openChanges(self),
      lostState ? nil : left.map { .leftState($0, self) },
    ]
    return all.compactMap(\.self)
  }

  /// Why nothing is written before the state has been mended; nil where nothing speaks against it.
  var refusal: OperationError? {
    guard lostState || left != nil else { return nil }
    return OperationError(
      "nothing was done, since the state doesn't know what was made",
      help: """
        Put the copy back that is named above; else it would be made a second time. If it is right as it is: \
        `webkit infra state backup --environment \(environment) --accept`.
        """)
  }

  /// The words for what is wrong with the state.
  fileprivate var loss: String {
    switch condition {
    case .absent: "is empty, or gone"
    case .unreadable: "is damaged: it can't be read"
    case .older(let serial): "is older than before: serial \(serial), not \(run.serial ?? 0)"
    case .unrelated: "comes from another history than before"
    case .sound, nil: "is whole"
    }
  }

  fileprivate var command: String { "the last `\(run.command ?? "apply")` in \(environment)" }
}

extension Diagnostic {
  fileprivate static func lostState(_ last: LastRun) -> Diagnostic {
    let force = last.condition == .unrelated ? " --force" : ""
    let number = (last.left ?? last.run.copy).map { " \($0)" }
    let what = last.left == nil ? "what was before" : "what was kept of it last"
    return Diagnostic(
      .error, "run.lost-state", "the state of \(last.environment) \(last.loss)",
      detail: "\(last.command.capitalizedFirst) didn't end well.",
      help: number.map {
        """
        Put back \(what): \
        `webkit infra state restore --environment \(last.environment)\(force)\($0)`.
        """
      } ?? "There was none before, so no copy was kept: move away what stands in its place.")
  }

  fileprivate static func unfinishedRun(_ last: LastRun) -> Diagnostic {
    Diagnostic(
      .warning, "run.unfinished", "\(last.command) didn't end well",
      detail: last.condition == nil
        ? "Whether the state is whole isn't known: it can't be read now."
        : "The state is whole: nothing is lost that stood in it before.")
  }

  fileprivate static func orphans(_ resources: String, _ last: LastRun) -> Diagnostic {
    Diagnostic(
      .warning, "run.orphans", "\(resources) may exist that the state doesn't know",
      detail: "The run was making what stands below, and nobody knows whether it came to be.",
      help: """
        Look for it at its provider. What exists is adopted by `webkit infra exec --environment \
        \(last.environment) -- import 'ADDRESS' ID`, or deleted there; else the next apply makes it a \
        second time.
        """,
      notes: last.orphans.map { Note($0) })
  }

  fileprivate static func openChanges(_ last: LastRun) -> Diagnostic {
    Diagnostic(
      .information, "run.open-changes", "the run was in the middle of changing what stands below",
      help: "The next plan looks what became of it.",
      notes: last.open.map { Note("\($0.address) (\($0.action))") })
  }

  fileprivate static func leftState(_ number: Int, _ last: LastRun) -> Diagnostic {
    Diagnostic(
      .error, "run.left-state",
      "the engine couldn't store what it did; it is kept as copy \(number)",
      help: """
        Once the state can be written again: \
        `webkit infra state restore --environment \(last.environment) \(number)`.
        """)
  }
}

extension String {
  /// The text with a capital letter at its beginning.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
