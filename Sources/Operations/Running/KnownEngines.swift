import Files
import Platform

/// What engines answered when they were asked for their version, which takes longer than all else that a run needs before them.
///
/// A line is the fingerprint of a program's file, a tab, and its answer. What can't be read or written is asked for again.
struct KnownEngines {
  /// As many as are remembered; the ones that were asked last.
  private static let limit = 8
  private let project: Project
  private let lines: [Substring]

  init(in project: Project) {
    self.project = project
    let bytes = (try? project.folder.read(.engines)).flatMap { $0 }
    lines = String(validating: bytes ?? [], as: UTF8.self)?.split(separator: "\n") ?? []
  }

  /// What the program of a fingerprint answered; nil where that isn't known.
  func answer(_ fingerprint: String) -> String? {
    lines.first { $0.hasPrefix(fingerprint + "\t") }
      .map { String($0.dropFirst(fingerprint.count + 1)) }
  }

  /// Remembers an answer for the next run.
  func remember(_ answer: String, of fingerprint: String) {
    let others = lines.filter { !$0.hasPrefix(fingerprint + "\t") }.prefix(Self.limit - 1)
    let text = ([fingerprint + "\t" + answer] + others.map(String.init)).joined(separator: "\n")
    do throws(FileError) {
      try project.ignoreCaches()
      try project.folder.replaceQuickly(.engines, with: Array((text + "\n").utf8), access: .owner)
    } catch {
      // A folder that can't be written costs the next run the question, and nothing else.
    }
  }
}
