import Diagnostics
import Files
import JSON
import Operations
import Platform

extension HumanView {
  func show(_ report: StoreReport) {
    for step in report.steps {
      let style: Style = step.outcome == .lacking ? .bad : step.outcome == .made ? .changed : .good
      let word =
        step.outcome.rawValue + String(repeating: " ", count: 7 - step.outcome.rawValue.count)
      output.write("\(style.paint(word, isOn: outputColor))  \(visible(step.text))\n")
    }
    if let upkeep = report.upkeep { output.write("\(report.title): \(upkeep)\n") }
    show(report.commands)
    show(report.diagnostics)
  }

  func showFormerStates(_ report: StateReport) {
    show(report.diagnostics)
    guard !report.diagnostics.hasErrors else { return }
    for copy in report.copies { output.write(line(copy)) }
    if report.copies.isEmpty {
      errors.write("No copy of the state of \(report.environment) is kept here.\n")
    }
    for version in report.versions ?? [] { output.write(line(version)) }
    if report.versions?.isEmpty == true {
      errors.write("The bucket holds no version of it.\n")
    }
    if let upkeep = report.upkeep { errors.write(upkeep + "\n") }
    show(report.commands)
  }

  func showRestoring(_ report: StateReport) {
    guard let state = report.state else { return }
    output.write("\(report.environment) gets the state of\n\(line(state))")
    list(report.forgotten, "It doesn't hold these, which stay and which nobody will know of:")
    list(report.returning, "It holds these, which the state doesn't:")
  }

  func showRestored(_ report: StateReport) {
    show(report.diagnostics)
    guard let state = report.state else { return }
    errors.write("The state of \(report.environment) is \(state.name) again.\n")
    if let broken = report.broken { errors.write("What stood there is kept in \(broken.text).\n") }
    errors.write("Look at `webkit infra plan` before anything else.\n")
  }

  func showAddresses(_ contents: StateContents) {
    show(contents.diagnostics)
    for address in contents.addresses { output.write(visible(address) + "\n") }
  }

  func showAttributes(_ contents: StateContents, of address: String) {
    show(contents.diagnostics)
    for attribute in contents.attributes ?? [] {
      let text =
        attribute.isSensitive && attribute.value == JSONNode(.null)
        ? "(secret)"
        : JSONPrinter.printCompact(attribute.value)
          + (attribute.isSensitive ? " (without its secrets)" : "")
      output.write(visible("\(attribute.name) = \(text)") + "\n")
    }
  }

  func showPulled(_ contents: StateContents) {
    show(contents.diagnostics)
    if let file = contents.file {
      errors.write("The state is in \(visible(file)), secrets in clear.\n")
    } else {
      output.write(String(decoding: contents.bytes, as: UTF8.self))
    }
  }

  func showBackedUp(_ report: StateReport) {
    show(report.diagnostics)
    guard !report.diagnostics.hasErrors else { return }
    if let state = report.state {
      output.write(line(report.copies.first { $0.number == state.number } ?? state))
    } else {
      errors.write("\(report.environment) has no state yet.\n")
    }
  }

  func showMigrating(_ state: StateCopy, from origin: String, to title: String) {
    let resources = counted(state.resourceCount)
    output.write("The state, serial \(state.serial), \(resources): from \(origin) to \(title).\n")
  }

  func showMigrated(_ report: StateReport) {
    show(report.diagnostics)
    guard !report.diagnostics.hasErrors else { return }
    errors.write(
      report.state == nil
        ? "The state of \(report.environment) is where app.json says.\n"
        : """
        The state of \(report.environment) is there, as it was. The former place keeps it too: let nobody
        apply to that one, and delete it when `webkit infra plan` is as expected.

        """)
  }

  func showForgetting(_ all: [String], stateful: [String]) {
    list(all, "The state forgets:")
    list(stateful, "These hold data, which stays and costs on without anybody managing it:")
  }

  func showForgotten(_ report: StateReport) {
    show(report.diagnostics)
    guard !report.diagnostics.hasErrors else { return }
    errors.write(
      """
      Forgotten. `webkit infra state restore` takes it back; what app.json still describes, the next
      apply makes a second time.

      """)
  }

  private func show(_ commands: HandCommands?) {
    guard let commands else { return }
    for text in commands.texts { output.write(text + "\n\n") }
    let variables = commands.variables.map { "`\($0)`" }.joined(separator: " and ")
    showError(
      "there is no curl on PATH to ask the store with",
      help: """
        Install it, or run the commands above where it is, with \(variables) exported. \
        \(commands.outcome)
        """)
  }

  private func list(_ addresses: [String], _ title: String) {
    guard !addresses.isEmpty else { return }
    output.write(title + "\n" + addresses.map { "  \(visible($0))\n" }.joined())
  }

  private func line(_ state: StateCopy) -> String {
    let facts = "serial \(state.serial), \(counted(state.resourceCount))"
    if let version = state.version { return "\(visible(version))  \(facts)\n" }
    return "\(state.number)  \(timestamp(state.madeAt))  \(facts)\n"
  }

  private func line(_ version: StateVersion) -> String {
    let size = version.size.map { "\($0) bytes" } ?? "deleted"
    let serial = version.serial.map { ", serial \($0)" } ?? ""
    let now = version.isLatest ? ", the state now" : ""
    return visible("\(version.id)  \(version.writtenAt)  \(size)\(serial)\(now)") + "\n"
  }

  private func counted(_ resources: Int) -> String {
    resources == 1 ? "1 resource" : "\(resources) resources"
  }
}
