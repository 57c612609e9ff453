import Diagnostics
import Files
import Operations

/// What became of files that were formatted, and what of it is shown.
struct FormatOutcome: Sendable {
  /// What became of them.
  var report = FormatReport()
  /// Whether files that differ are a reason to fail.
  var isCheck: Bool
  /// Whether the paths of files that differ are shown.
  var lists: Bool
  /// Whether files that differ are replaced.
  var writes: Bool
  /// Whether the differences are shown.
  var showsDifferences: Bool

  /// Whether the formatted texts are shown, since nothing else would become of them.
  var showsTexts: Bool { !isCheck && !lists && !writes && !showsDifferences }

  /// What the process ends with; errors count more than differences.
  var exitCode: ExitCode {
    if report.diagnostics.hasErrors { return .changesPresent }
    return isCheck && report.files.contains(where: \.isChanged) ? .differencesFound : .done
  }

  /// What changes in a file; nil if it isn't shown.
  func difference(of file: FormatReport.File) -> String? {
    guard showsDifferences, file.isChanged else { return nil }
    return LineDifference(from: file.before, to: file.after)
      .unified(from: file.path, to: file.path, prefixes: ("old/", "new/"))
  }
}
