/// One finding about a source.
public struct Diagnostic: Sendable {
  /// How grave a finding is.
  public enum Severity: String, Sendable, CaseIterable {
    /// Nothing may be written.
    case error
    /// Works, but probably not as meant.
    case warning
    /// Worth knowing.
    case information
  }

  /// Stable name of the kind of finding, for example `manifest.unknown-key`.
  public var id: String
  /// How grave it is.
  public var severity: Severity
  /// What is wrong, in one line without a full stop.
  public var summary: String
  /// Why, and what is allowed; sentences.
  public var detail: String?
  /// The place that the summary speaks of.
  public var location: SourceLocation?
  /// What to do next, in one sentence.
  ///
  /// A near match ("did you mean") stands here too.
  public var help: String?
  /// Other places that matter.
  public var notes: [Note]
  /// Edits that mend it for certain.
  public var fixIts: [FixIt]

  /// A remark about another place.
  public struct Note: Sendable {
    /// What there is to say.
    public var text: String
    /// Where.
    public var location: SourceLocation?

    /// Makes a note.
    public init(_ text: String, at location: SourceLocation? = nil) {
      self.text = text
      self.location = location
    }
  }

  /// A replacement of a range by a text.
  public struct FixIt: Sendable {
    /// What the edit does.
    public var summary: String
    /// What is replaced.
    public var location: SourceLocation
    /// The new text.
    public var replacement: String

    /// Makes an edit.
    public init(_ summary: String, at location: SourceLocation, replacement: String) {
      self.summary = summary
      self.location = location
      self.replacement = replacement
    }
  }

  /// Makes a finding.
  public init(
    _ severity: Severity, _ id: String, _ summary: String, at location: SourceLocation? = nil,
    detail: String? = nil, help: String? = nil, notes: [Note] = [], fixIts: [FixIt] = []
  ) {
    self.severity = severity
    self.id = id
    self.summary = summary
    self.location = location
    self.detail = detail
    self.help = help
    self.notes = notes
    self.fixIts = fixIts
  }
}

/// Findings in the order in which they were made.
public struct Diagnostics: Sendable {
  /// All of them.
  public private(set) var items: [Diagnostic] = []

  /// Makes an empty list.
  public init() {}

  /// Adds a finding.
  public mutating func append(_ diagnostic: Diagnostic) { items.append(diagnostic) }

  /// Adds all findings of another list.
  public mutating func append(contentsOf other: Diagnostics) {
    items.append(contentsOf: other.items)
  }

  /// Whether any is an error.
  public var hasErrors: Bool { items.contains { $0.severity == .error } }

  /// Whether there is none.
  public var isEmpty: Bool { items.isEmpty }

  /// The findings by file name, place and severity, each once: the order in which people read.
  public func sorted() -> [Diagnostic] {
    func key(_ item: Diagnostic) -> (String, Int, Int) {
      let grade = Diagnostic.Severity.allCases.firstIndex(of: item.severity) ?? 0
      guard let location = item.location else { return ("", 0, grade) }
      return (location.file.name, location.range.start, grade)
    }
    var seen: Set<String> = []
    return items.enumerated()
      .sorted { left, right in
        let (a, b) = (key(left.element), key(right.element))
        return a == b ? left.offset < right.offset : a < b
      }
      .map(\.element)
      .filter { item in
        let (name, start, _) = key(item)
        return seen.insert("\(item.id)\u{0}\(name)\u{0}\(start)\u{0}\(item.summary)").inserted
      }
  }
}
