import AppManifest
import Diagnostics
import Generation
import JSON
import Operations
import Platform
import ProviderModel

extension JSONView {
  func show(_ report: DetectionReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    guard !report.environment.isEmpty else { return }
    for found in report.items { write("detected", members(found, report.environment)) }
    let words = ["absent", "found", "ambiguous", "unknown", "managed", "undetectable"]
    let counts = words.map { word in
      (word, JSONNode.number(report.items.count { $0.existence.key == word }))
    }
    write(
      "detection",
      [("environment", .string(report.environment))] + counts + [
        ("conflicts", .number(report.items.count { $0.conflict != nil })),
        ("recorded", .number(report.items.count { $0.recorded != nil })),
        ("next", report.hasRecorded ? .string(report.updateCommand) : .null),
      ])
  }

  private func members(_ found: DetectedItem, _ environment: String) -> [(String, JSONNode)] {
    let item = found.item
    var facts = Facts()
    switch found.existence {
    case .absent: break
    case .found(let id, let importID): (facts.id, facts.importID) = (id, importID)
    case .ambiguous(let candidates, let words):
      facts.words = words
      facts.candidates = candidates.map { candidate in
        .object([
          ("id", .string(candidate.id)), ("facts", .array(candidate.facts.map { .string($0) })),
        ])
      }
    case .unknown(let words): facts.words = words
    case .managed(let address): facts.address = address
    case .undetectable(.noDataSource): facts.words = "no data source"
    case .undetectable(.idIsNeeded): facts.words = "id needed"
    case .undetectable(.unknown(let argument)): facts.words = "\(argument) not known"
    }
    return [
      ("environment", .string(environment)), ("item", .string(item.name)),
      ("kind", .string(item.role.rawValue)), ("provider", .string(item.provider.name)),
      ("item_type", .string(item.type.name)), ("cloud_name", text(item.cloudName)),
      ("implied", .bool(item.isImplied)), ("manage", text(item.decision?.rawValue)),
      ("status", .string(found.existence.key)), ("id", text(facts.id)),
      ("import_id", text(facts.importID)), ("address", text(facts.address)),
      ("words", text(facts.words)), ("candidates", .array(facts.candidates)),
      ("conflict", text(found.conflict?.rawValue)), ("recorded", text(found.recorded?.rawValue)),
    ]
  }

  /// What there is to say of whether something exists.
  private struct Facts {
    var id: String?
    var importID: String?
    var address: String?
    var words: String?
    var candidates: [JSONNode] = []
  }

  func showImported(_ report: RunReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    write(
      "imported",
      [
        ("environment", .string(report.environment)), ("done", .bool(report.isDone)),
        ("nothing_left", .bool(report.changedNothing)),
      ])
  }

  private func text(_ text: String?) -> JSONNode { text.map { .string($0) } ?? .null }
}

extension Existence {
  /// What programs call it.
  var key: String {
    if case .undetectable = self { "undetectable" } else { word }
  }
}
