import Diagnostics
import HCL
import Platform

/// Formats files as `terraform fmt` does.
///
/// All of them are looked at, whatever is wrong with some.
///
/// - Throws: When the current folder is gone.
public func formatFiles(_ options: FormatOptions) throws(OperationError) -> FormatReport {
  guard let folder = FileSystem.currentFolder else {
    throw OperationError("the current folder is gone", help: "Change to one that exists.")
  }
  var run = FormatRun(options: options, folder: folder)
  for path in options.paths { run.format(path) }
  return run.report
}

/// Formats a text that comes from no file.
///
/// A text with errors of syntax gives a report without files.
public func formatText(_ bytes: [UInt8], name: String) -> FormatReport {
  var run = FormatRun(
    options: FormatOptions(writes: false, keepsTexts: true), folder: "/")
  run.format(bytes, shown: name, path: name)
  return run.report
}

/// A run over files and folders.
private struct FormatRun {
  let options: FormatOptions
  /// The absolute path of the current folder.
  let folder: String
  var report = FormatReport()

  init(options: FormatOptions, folder: String) {
    self.options = options
    let isHere = options.folder == "."
    let base = options.folder
    self.folder =
      isHere ? folder : base.hasPrefix("/") ? base : ShownPath.joined(folder, base)
  }

  /// Formats a file or folder that the user named.
  mutating func format(_ path: String) {
    let shown = ShownPath.shown(path, from: folder)
    switch FileSystem.kind(of: location(shown)) {
    case nil: report.diagnostics.append(.missingPath(path, near: nearPath(shown)))
    case .folder: formatFolder(shown)
    case .file, .link, .other:
      if FormattedKinds.contains(shown) {
        formatFile(shown)
      } else {
        report.diagnostics.append(.otherKind(shown))
      }
    }
  }

  private mutating func formatFolder(_ shown: String) {
    do throws(FileError) {
      for entry in try FileSystem.entries(of: location(shown)) {
        if FormattedKinds.ignores(entry.name) { continue }
        if entry.kind == .folder {
          if options.isRecursive { formatFolder(ShownPath.joined(shown, entry.name)) }
        } else if FormattedKinds.contains(entry.name) {
          formatFile(ShownPath.joined(shown, entry.name))
        }
      }
    } catch {
      report.diagnostics.append(.failure(error, shown))
    }
  }

  private mutating func formatFile(_ shown: String) {
    let path = location(shown)
    do throws(FileError) {
      format(try FileSystem.read(path), shown: shown, path: path)
    } catch {
      report.diagnostics.append(.failure(error, shown))
    }
  }

  mutating func format(_ bytes: [UInt8], shown: String, path: String) {
    report.fileCount += 1
    let file = SourceFile(name: shown, bytes: bytes)
    var changed: [UInt8]?
    switch Formatter.format(file, into: &report.diagnostics) {
    case .invalid: return
    case .unchanged: if !options.keepsTexts { return }
    case .changed(let text): changed = text
    }
    var result = FormatReport.File(path: shown, isChanged: changed != nil)
    if options.keepsTexts { (result.before, result.after) = (bytes, changed ?? bytes) }
    if options.writes, let changed {
      do throws(FileError) {
        try FileSystem.replace(path, with: changed)
        result.isWritten = true
      } catch {
        report.diagnostics.append(.failure(error, shown))
      }
    }
    report.files.append(result)
  }

  /// Where a shown path is found.
  private func location(_ shown: String) -> String {
    options.folder == "." ? shown : ShownPath.joined(options.folder, shown)
  }

  /// A path like one that isn't there.
  private func nearPath(_ shown: String) -> String? {
    let parts = shown.split(separator: "/").map(String.init)
    let parent = parts.count > 1 ? parts.dropLast().joined(separator: "/") : "."
    guard let name = parts.last, let entries = try? FileSystem.entries(of: location(parent)) else {
      return nil
    }
    let names = entries.filter { $0.kind == .folder || FormattedKinds.contains($0.name) }
    return nearestMatch(name, in: names.map(\.name)).map { ShownPath.joined(parent, $0) }
  }
}

extension Diagnostic {
  fileprivate static func missingPath(_ path: String, near: String?) -> Diagnostic {
    Diagnostic(
      .error, "format.missing-path", "No file or directory at `\(path)`",
      help: near.map { "Did you mean `\($0)`?" } ?? "Check the path.")
  }

  fileprivate static func otherKind(_ path: String) -> Diagnostic {
    let kinds = FormattedKinds.suffixes
    let isJSON = path.hasSuffix(".json")
    return Diagnostic(
      .error, "format.other-kind", "`\(path)` isn't a kind of file that is formatted",
      detail: isJSON
        ? "Files of Terraform in JSON keep the layout that whatever wrote them chose."
        : "Formatted are \(kinds.dropLast().joined(separator: ", ")) and \(kinds.last ?? "").",
      help: isJSON
        ? "Leave the file out." : "Give it one of these names, or pipe it through `webkit fmt -`.")
  }

  fileprivate static func failure(_ error: FileError, _ path: String) -> Diagnostic {
    var error = error
    error.path = path
    var help = error.help
    if case .tooBig = error.reason { help = "Split it into smaller files." }
    return Diagnostic(.error, "format.file-failed", error.summary, help: help)
  }
}
