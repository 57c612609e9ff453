import Diagnostics
import Operations

/// How results are shown: to a person or to a program.
protocol View: Sendable {
  /// Shows what comes before everything else.
  func begin()
  /// Shows how a command was called wrongly; `command` is nil if there is none.
  func show(_ problem: UsageProblem, of command: String?)
  /// Shows why a command couldn't be carried out.
  func show(_ error: OperationError)
  /// Shows findings.
  func show(_ diagnostics: Diagnostics)
  /// Says that another run has to be waited for.
  func showWaiting()
  /// Shows what became of the files.
  func show(_ outcome: UpdateOutcome)
  /// Shows what there is to say of a manifest.
  func show(_ report: ValidationReport)
  /// Shows what there is to say of a manifest and its tree.
  func show(_ report: InfrastructureReport)
  /// Shows what there is to say of a folder of Terraform.
  func show(_ report: CheckReport)
  /// Shows what was begun.
  func show(_ report: InitialisationReport)
  /// Shows what became of files that were formatted.
  func show(_ outcome: FormatOutcome)
  /// Shows providers and their leaves.
  func show(_ providers: [ListedProvider])
  /// Shows what there is to say of specs.
  func show(_ report: SpecReport)
  /// Shows what became of a spec that was to be made.
  func show(_ report: NewSpecReport)
  /// Shows what became of files beside specs.
  func show(_ report: SpecFilesReport)
  /// Shows the file of an app's variables, or where it was written.
  func show(_ report: EnvironmentFileReport)
  /// Shows what an app's machine has now, or why it has what it had.
  func show(_ report: EnvironmentPushReport, removesOtherKeys: Bool)
  /// Shows why the engine wasn't run; what it says itself goes past the view.
  func show(_ report: ExecutionReport)
  /// Shows what the engine says; called from any thread.
  func show(_ message: EngineMessage)
  /// Shows a plan, or why there is none.
  func show(_ report: RunReport)
  /// Shows a plan that is about to be carried out.
  func showPlan(_ report: RunReport)
  /// Shows what became of it.
  func showApplied(_ report: RunReport)
  /// Asks a question to which one answer is a yes.
  func ask(_ question: String, answer: String)
  /// Shows what exists of an environment.
  func show(_ report: DetectionReport)
  /// Shows what became of an import.
  func showImported(_ report: RunReport)
  /// Shows what two environments don't have alike.
  func show(_ report: ComparisonReport)
  /// Shows what a run would begin with.
  func show(_ rehearsal: Rehearsal)
  /// Shows what became of the lock file of providers.
  func show(_ report: LockReport)
  /// Shows outputs.
  func show(_ report: OutputsReport, showsSecrets: Bool)
  /// Shows what a project costs.
  func show(_ report: CostsReport)
  /// Shows the place where the state is kept.
  func show(_ report: StoreReport)
  /// Shows the copies and versions of a state.
  func showFormerStates(_ report: StateReport)
  /// Shows the state that is about to be put back.
  func showRestoring(_ report: StateReport)
  /// Shows that it was put back, or why not.
  func showRestored(_ report: StateReport)
  /// Shows what a state holds.
  func showAddresses(_ contents: StateContents)
  /// Shows what a state holds of a resource.
  func showAttributes(_ contents: StateContents, of address: String)
  /// Shows the whole state, or where it is.
  func showPulled(_ contents: StateContents)
  /// Shows the copy that was kept.
  func showBackedUp(_ report: StateReport)
  /// Shows the state that is about to be taken along.
  func showMigrating(_ state: StateCopy, from origin: String, to title: String)
  /// Shows where it is now.
  func showMigrated(_ report: StateReport)
  /// Shows what is about to be forgotten.
  func showForgetting(_ all: [String], stateful: [String])
  /// Shows that it is.
  func showForgotten(_ report: StateReport)
  /// Shows the version.
  func showVersion()
  /// Shows a text as it is, such as help.
  func showText(_ text: String)
}

/// What became of the files, and what of it is shown.
struct UpdateOutcome: Sendable {
  /// What became of them.
  var report: UpdateReport
  /// Whether nothing was to be written.
  var isCheck: Bool
  /// Whether all differences are shown; those of conflicts always are.
  var showsDifferences: Bool

  /// What the process ends with.
  var exitCode: ExitCode {
    if !report.isComplete || report.hasConflicts { return .failed }
    return isCheck && report.writesAnything ? .differencesFound : .done
  }

  /// Whether the changes are only proposed.
  var isProposal: Bool { isCheck || report.hasConflicts }

  /// The differences that are shown with a file.
  func differences(of change: FileChange) -> [String] {
    if change.kind == .conflict { return change.conflictDifferences.filter { !$0.isEmpty } }
    return difference(of: change).map { [$0] } ?? []
  }

  /// What would change in a file; nil if it isn't shown.
  func difference(of change: FileChange) -> String? {
    guard showsDifferences || change.kind == .conflict, change.kind != .released,
      change.conflict != .notAFile
    else { return nil }
    let text = change.difference
    return text.isEmpty ? nil : text
  }
}
