import AppManifest
import Diagnostics
import Generation
import JSON
import Platform

/// Writes into app.json what was found, unless its owner has decided; all other bytes stay.
///
/// Nothing is written if `update` would refuse what came of it.
func record(
  _ management: Item.Management, of report: inout DetectionReport, in project: Project,
  with generator: Generator
) throws(OperationError) {
  let file = try project.manifest()
  var ignored = Diagnostics()
  guard let manifest = generator.read(file, &ignored) else { return }
  let wanted = report.items.compactMap { $0.record(management, in: report.environment) }
  let (insertions, refused) = manifest.recording(wanted)
  for (record, refusal) in refused {
    report.diagnostics.append(.isNotRecorded(record, refusal))
  }
  let written = wanted.filter { record in !refused.contains { $0.0 == record } }
  for item in report.items where item.conflict == .wouldBeMadeAgain {
    guard !wanted.contains(where: { $0.item == item.item.name }) else { continue }
    report.diagnostics.append(.canNotBeRecorded(item.item, management))
  }
  guard !written.isEmpty else { return }
  let bytes = file.bytes.inserting(insertions)
  let records = try Records(of: project)
  let givenUp = management == .existing ? records.memory.made(of: report, written) : []
  guard
    accepts(
      bytes, written, records.memory, givenUp: givenUp, generator, into: &report.diagnostics)
  else { return }
  guard try project.manifest().bytes == file.bytes else {
    throw OperationError(
      "app.json was changed meanwhile, and stays as it is now", help: "Run the command again.")
  }
  try mapErrors { () throws(FileError) in
    try project.folder.replace(.manifest, with: bytes)
    try project.folder.synchronise([nil])
  }
  report.givenUp = givenUp
  for index in report.items.indices
  where written.contains(where: { $0.item == report.items[index].item.name }) {
    report.items[index].recorded = management
  }
}

/// Whether a changed manifest says what it was changed for, and a tree follows from it.
private func accepts(
  _ bytes: [UInt8], _ records: [ManagementRecord], _ memory: GenerationMemory, givenUp: [String],
  _ generator: Generator, into diagnostics: inout Diagnostics
) -> Bool {
  var found = Diagnostics()
  let manifest = generator.read(
    SourceFile(name: Project.manifestName, bytes: bytes), &found)
  let items = (manifest?.resources ?? []) + (manifest?.apps ?? [])
  let isSaid = records.allSatisfy { record in
    let item = items.first { $0.name.value == record.item }
    return item?.writtenManagement(in: record.environment)?.value == record.management
      && (record.id == nil || item?.id(in: record.environment)?.value == record.id)
  }
  guard let manifest, isSaid else {
    diagnostics.append(.canNotBeEdited)
    return false
  }
  var permissions = Generator.Permissions()
  permissions.replaceable = givenUp
  _ = generator.make(manifest, memory, permissions, &found)
  guard found.hasErrors else { return true }
  for finding in found.items where finding.severity == .error { diagnostics.append(finding) }
  diagnostics.append(.isNotWritten)
  return false
}

extension DetectedItem {
  /// What app.json is to say of it; nil where there is nothing to say.
  fileprivate func record(
    _ management: Item.Management, in environment: String
  ) -> ManagementRecord? {
    guard case .found(let id, let importID) = existence, item.decision == nil, !item.isImplied
    else { return nil }
    guard management == .adopt else {
      return ManagementRecord(item.name, environment, .existing, id: item.takesID ? id : nil)
    }
    guard item.isImportable, let importID else { return nil }
    return ManagementRecord(item.name, environment, .adopt, id: importID)
  }
}

extension GenerationMemory {
  /// The items that an earlier run wrote to make.
  fileprivate func made(of report: DetectionReport, _ records: [ManagementRecord]) -> [String] {
    report.items.filter { found in
      records.contains { $0.item == found.item.name }
        && (items[report.environment]?[found.item.key] != nil
          || cloudNames[report.environment]?[found.item.key] != nil)
    }.map(\.item.name)
  }
}

extension Diagnostic {
  fileprivate static func isNotRecorded(
    _ record: ManagementRecord, _ refusal: ManagementRecord.Refusal
  ) -> Diagnostic {
    switch refusal {
    case .otherID(let id):
      Diagnostic(
        .warning, "detect.other-id",
        "`\(record.item)` stays as app.json has it: its `id` there is `\(id)`, and `\(record.id ?? "")` was found",
        at: nil, help: "Correct the `id`, and run the command again.")
    case .decided(let management):
      Diagnostic(
        .warning, "detect.decided",
        "`\(record.item)` stays as app.json has it: `\"manage\": \"\(management.rawValue)\"`",
        at: nil)
    case .unknownItem:
      Diagnostic(
        .warning, "detect.unknown-item", "app.json has no `\(record.item)` any more", at: nil)
    }
  }

  fileprivate static func canNotBeRecorded(
    _ item: ItemLookup, _ management: Item.Management
  ) -> Diagnostic {
    guard !item.isImplied else {
      return Diagnostic(
        .warning, "detect.implied",
        "`\(item.name)` exists, and app.json doesn't name it: other items need it", at: nil,
        help:
          "Add a resource of the type `\(item.type.name)` with `\"manage\": \"existing\"`\(item.cloudName.map { " and `\"cloud_name\": \"\($0)\"`" } ?? ""), and name it where it is used."
      )
    }
    return Diagnostic(
      .warning, "detect.not-written",
      "`\(item.name)` exists, and can't be written down as `\(management.rawValue)`", at: nil,
      detail: item.isImportable
        ? "Its provider doesn't tell the id that it is taken over by."
        : "The provider takes no \(item.type.title) into a state that it didn't make.",
      help: item.isImportable
        ? "Write `\"manage\": \"adopt\"` and its `\"id\"` into app.json yourself."
        : "Write `\"manage\": \"existing\"` into app.json to use it as it is.")
  }

  fileprivate static var canNotBeEdited: Diagnostic {
    Diagnostic(
      .error, "detect.not-edited", "app.json is written in a way that can't be added to", at: nil,
      help: "Write `\"manage\"` and `\"id\"` into it yourself, as the table says.")
  }

  fileprivate static var isNotWritten: Diagnostic {
    Diagnostic(
      .error, "detect.not-accepted",
      "app.json stays as it is: with what was found written down, `update` would refuse it",
      at: nil,
      help:
        "Change what the errors above speak of, or write down by hand what you want of what was found."
    )
  }
}
