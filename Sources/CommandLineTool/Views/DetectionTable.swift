import AppManifest
import Generation
import Operations
import ProviderModel

/// What was found out, as lines of a table.
struct DetectionTable {
  /// A line: an item, what it is, whether it exists, and what there is to say of that.
  struct Row {
    var name: String
    var title: String
    var status: String
    var notes: [String]
    var style: Style
  }

  var rows: [Row]

  init(_ report: DetectionReport) {
    rows = report.items.map { found in
      Row(
        name: found.item.name, title: found.item.type.title, status: found.existence.word,
        notes: Self.notes(found, report.environment), style: found.style)
    }
  }

  private static func notes(_ found: DetectedItem, _ environment: String) -> [String] {
    var notes: [String] = []
    switch found.existence {
    case .absent: break
    case .found(let id, let importID):
      notes.append(importID ?? id)
      if let given = found.item.givenID, ![id, importID].contains(given) {
        notes.append("app.json has the id `\(given)`")
      }
    case .managed(let address): notes.append(address)
    case .unknown(let words): notes.append(words)
    case .ambiguous(let candidates, let words):
      notes.append(
        candidates.isEmpty
          ? words
          : candidates.map { candidate in
            ([candidate.id]
              + [candidate.facts.joined(separator: ", ")].filter { !$0.isEmpty }.map { "(\($0))" })
              .joined(separator: " ")
          }.joined(separator: "; "))
    case .undetectable(let obstacle): notes.append(text(obstacle, found.item))
    }
    notes += [consequence(found)].compactMap(\.self)
    return notes
  }

  private static func consequence(_ found: DetectedItem) -> String? {
    if let recorded = found.recorded { return "app.json says `\(recorded.rawValue)` now" }
    switch found.conflict {
    case .wouldBeMadeAgain:
      return found.item.isImplied
        ? "other items need it, and it would be made a second time"
        : "app.json would make it a second time"
    case .isAmbiguous: return "say which by `manage` and `id`"
    case .isMissing: return "app.json says that it exists"
    case nil: break
    }
    if found.waitsForImport { return "`webkit infra import` takes it over" }
    if case .found = found.existence { return "used as it exists" }
    return nil
  }

  private static func text(_ obstacle: ItemLookup.Obstacle, _ item: ItemLookup) -> String {
    let option = item.role == .app ? "--app" : "--resource"
    let way =
      item.isImportable
      ? "; `webkit infra import \(option) \(item.name) --id <id>` takes one over" : ""
    return switch obstacle {
    case .noDataSource: "its provider looks none up by a name\(way)"
    case .idIsNeeded: "it is found by its id alone\(way)"
    case .unknown(let argument): "its `\(argument)` isn't known before an apply"
    }
  }
}

extension Existence {
  /// What it is called.
  var word: String {
    switch self {
    case .absent: "absent"
    case .found: "found"
    case .ambiguous: "ambiguous"
    case .unknown: "unknown"
    case .managed: "managed"
    case .undetectable: "can't be detected"
    }
  }
}

extension DetectedItem {
  fileprivate var style: Style {
    if conflict != nil { return .bad }
    return switch existence {
    case .found, .managed: .good
    case .ambiguous: .bad
    case .unknown: .changed
    case .absent, .undetectable: .faint
    }
  }
}
