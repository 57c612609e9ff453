import Diagnostics
import HCL

/// Collects what is found.
final class Findings {
  private(set) var diagnostics = Diagnostics()
  /// How many errors there are.
  private(set) var errorCount = 0
  /// Where what override files bring is really written.
  var overrides = OverridePlaces()
  /// Why errors in what is looked at now are none to `terraform validate`.
  private var leniency: String?

  /// How many names may still be compared for suggestions.
  private var comparisons: Int

  /// How many names may be compared at most.
  static let comparisons = 1_000_000

  init(comparisons: Int = Findings.comparisons) { self.comparisons = comparisons }

  /// The name that was probably meant; nil where none is near, or where so much is wrong that
  /// comparing each name with each would take seconds.
  func near(_ name: String, in names: [String]) -> String? {
    guard comparisons > 0 else { return nil }
    comparisons -= names.count
    return nearestMatch(name, in: names)
  }

  /// Whether errors that are found now become warnings.
  var isLenient: Bool { leniency != nil }

  func append(_ diagnostic: Diagnostic) {
    var diagnostic = diagnostic
    if let leniency, diagnostic.severity == .error { diagnostic.becomeWarning(leniency) }
    if diagnostic.severity == .error { errorCount += 1 }
    diagnostics.append(overrides.isEmpty ? diagnostic : overrides.placed(diagnostic))
  }

  /// Does work whose errors `terraform validate` doesn't report, but a plan does: they become
  /// warnings.
  func foundAtPlan<Result>(_ isSo: Bool = true, _ work: () -> Result) -> Result {
    leniently(isSo ? "`terraform validate` passes over it; a plan fails." : nil, work)
  }

  /// Does work without keeping what it finds.
  func silently<Result>(_ work: () -> Result) -> Result {
    let before = (diagnostics, errorCount)
    // A list of its own: the findings so far aren't copied.
    diagnostics = Diagnostics()
    defer { (diagnostics, errorCount) = before }
    return work()
  }

  /// Does work, and gives what it finds beside the result instead of keeping it.
  func separately<Result>(_ work: () -> Result) -> (result: Result, found: [Diagnostic]) {
    let before = (diagnostics, errorCount)
    diagnostics = Diagnostics()
    let result = work()
    let found = diagnostics.items
    (diagnostics, errorCount) = before
    return (result, found)
  }

  /// Does work whose errors are none to Terraform, for a reason.
  func leniently<Result>(_ reason: String?, _ work: () -> Result) -> Result {
    let before = leniency
    leniency = before ?? reason
    defer { leniency = before }
    return work()
  }

  func append(contentsOf other: Diagnostics) {
    for item in other.items { append(item) }
  }

  /// Something that Terraform refuses.
  func error(
    _ id: String, _ summary: String, at location: SourceLocation?, _ detail: String? = nil,
    help: String? = nil, notes: [Diagnostic.Note] = [], fixIts: [Diagnostic.FixIt] = []
  ) {
    append(
      Diagnostic(
        .error, "terraform." + id, summary, at: location, detail: detail, help: help,
        notes: notes, fixIts: fixIts))
  }

  /// Something that works, but probably not as meant.
  func warning(
    _ id: String, _ summary: String, at location: SourceLocation?, _ detail: String? = nil,
    help: String? = nil, notes: [Diagnostic.Note] = []
  ) {
    append(
      Diagnostic(
        .warning, "terraform." + id, summary, at: location, detail: detail, help: help,
        notes: notes))
  }

  /// What isn't looked at, and why.
  func note(_ id: String, _ summary: String, at location: SourceLocation?, help: String? = nil) {
    append(Diagnostic(.information, "terraform." + id, summary, at: location, help: help))
  }
}

extension Diagnostic {
  /// Makes a warning of an error that is none to `terraform validate`, and says why.
  fileprivate mutating func becomeWarning(_ reason: String) {
    severity = .warning
    detail = detail.map { $0 + " " + reason } ?? reason
  }
}

extension Collection where Element == String {
  /// The elements in a sentence: "`a`, `b` and `c`".
  var listed: String {
    let quoted = map { "`\($0)`" }
    guard let last = quoted.last else { return "nothing" }
    return quoted.count == 1 ? last : quoted.dropLast().joined(separator: ", ") + " and " + last
  }
}

/// "Did you mean", where a candidate is near.
func didYouMean(_ word: String, _ candidates: some Sequence<String>) -> String? {
  nearestMatch(word, in: candidates.sorted()).map { "Did you mean `\($0)`?" }
}
