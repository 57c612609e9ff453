import Diagnostics
import HCL
import Platform

/// Lays the files of specs out as `terraform fmt` would.
///
/// The order of what stands in them isn't changed: comments stand where their authors want them.
///
/// - Throws: When no folder holds the specs, or a file can't be written.
public func formatSpecs(
  _ specs: SpecFolder, isCheck: Bool
) throws(OperationError) -> FormatReport {
  try specs.needFolder()
  var report = FormatReport()
  var written = SpecFilesReport(isCheck: isCheck)
  for file in specs.files where file.path.hasSuffix(".hcl") {
    report.fileCount += 1
    let name = ShownPath.joined(specs.name, file.path)
    let before = Array(file.text.utf8)
    let outcome = Formatter.format(
      SourceFile(name: name, bytes: before), into: &report.diagnostics)
    guard case .changed(let after) = outcome else { continue }
    try specs.write(after, to: file.path, &written)
    report.files.append(
      FormatReport.File(
        path: name, isChanged: true, isWritten: !isCheck, before: before, after: after))
  }
  return report
}
