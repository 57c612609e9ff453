import Diagnostics
import Files
import JSON
import Operations
import Platform

extension JSONView {
  func show(_ report: StoreReport) {
    for step in report.steps {
      write(
        "store-step",
        [
          ("subject", .string(step.subject.rawValue)), ("outcome", .string(step.outcome.rawValue)),
          ("text", .string(step.text)),
        ])
    }
    for text in report.commands?.texts ?? [] { write("command", [("text", .string(text))]) }
    show(report.diagnostics)
    write(
      "store",
      [
        ("environment", .string(report.environment)), ("title", .string(report.title)),
        ("bucket", report.bucket.map { .string($0) } ?? .null),
        ("upkeep", report.upkeep.map { .string($0) } ?? .null),
      ])
  }

  func showFormerStates(_ report: StateReport) {
    show(report.diagnostics)
    for copy in report.copies { write("state-copy", members(copy, report.environment)) }
    for version in report.versions ?? [] {
      write(
        "state-version",
        [
          ("environment", .string(report.environment)), ("id", .string(version.id)),
          ("written_at", .string(version.writtenAt)),
          ("bytes", version.size.map { .number($0) } ?? .null),
          ("serial", version.serial.map { .number($0) } ?? .null),
          ("latest", .bool(version.isLatest)),
        ])
    }
    for text in report.commands?.texts ?? [] { write("command", [("text", .string(text))]) }
  }

  func showRestoring(_ report: StateReport) {
    guard let state = report.state else { return }
    write("state-copy", members(state, report.environment) + changes(report))
  }

  func showRestored(_ report: StateReport) {
    show(report.diagnostics)
    guard let state = report.state else { return }
    let broken: JSONNode = report.broken.map { .string($0.text) } ?? .null
    write("state-restored", members(state, report.environment) + [("broken", broken)])
  }

  func showAddresses(_ contents: StateContents) {
    show(contents.diagnostics)
    for address in contents.addresses { write("resource", [("address", .string(address))]) }
  }

  func showAttributes(_ contents: StateContents, of address: String) {
    show(contents.diagnostics)
    for attribute in contents.attributes ?? [] {
      write(
        "attribute",
        [
          ("address", .string(address)), ("name", .string(attribute.name)),
          ("sensitive", .bool(attribute.isSensitive)), ("value", attribute.value),
        ])
    }
  }

  func showPulled(_ contents: StateContents) {
    show(contents.diagnostics)
    guard !contents.diagnostics.hasErrors else { return }
    let text: JSONNode =
      contents.file == nil ? .string(String(decoding: contents.bytes, as: UTF8.self)) : .null
    write("state", [("file", contents.file.map { .string($0) } ?? .null), ("text", text)])
  }

  func showBackedUp(_ report: StateReport) {
    show(report.diagnostics)
    if let state = report.state { write("state-copy", members(state, report.environment)) }
  }

  func showMigrating(_ state: StateCopy, from origin: String, to title: String) {
    write(
      "state-migration",
      [
        ("from", .string(origin)), ("to", .string(title)), ("serial", .number(state.serial)),
        ("resources", .number(state.resourceCount)),
      ])
  }

  func showMigrated(_ report: StateReport) {
    show(report.diagnostics)
    guard !report.diagnostics.hasErrors else { return }
    write(
      "state-migrated",
      [
        ("environment", .string(report.environment)), ("changed", .bool(report.state != nil)),
      ])
  }

  func showForgetting(_ all: [String], stateful: [String]) {
    for address in all {
      write(
        "forgets",
        [("address", .string(address)), ("stateful", .bool(stateful.contains(address)))])
    }
  }

  func showForgotten(_ report: StateReport) {
    show(report.diagnostics)
    guard !report.diagnostics.hasErrors else { return }
    write("state-forgotten", [("addresses", .array(report.forgotten.map { .string($0) }))])
  }

  private func changes(_ report: StateReport) -> [(String, JSONNode)] {
    [
      ("forgotten", .array(report.forgotten.map { .string($0) })),
      ("returning", .array(report.returning.map { .string($0) })),
    ]
  }

  private func members(_ state: StateCopy, _ environment: String) -> [(String, JSONNode)] {
    [
      ("environment", .string(environment)),
      ("number", state.version == nil ? .number(state.number) : .null),
      ("version", state.version.map { .string($0) } ?? .null),
      ("made_at", state.version == nil ? .number(state.madeAt) : .null),
      ("serial", .number(state.serial)), ("resources", .number(state.resourceCount)),
    ]
  }
}
