import Diagnostics
import JSON
import Operations
import Platform
import ProviderModel
import SpecTools

extension JSONView {
  func show(_ providers: [ListedProvider]) {
    for provider in providers {
      write(
        "provider",
        [
          ("name", .string(provider.name)), ("title", .string(provider.title)),
          ("aliases", .strings(provider.aliases)), ("source", .string(provider.source)),
          ("version", .string(provider.version)),
        ])
      for leaf in provider.leaves {
        write(
          "leaf",
          [
            ("provider", .string(leaf.provider)), ("name", .string(leaf.type)),
            ("serves", .string(leaf.role)), ("title", .string(leaf.title)),
            ("aliases", .strings(leaf.aliases)), ("resources", .strings(leaf.resourceTypes)),
          ])
      }
    }
  }

  func show(_ report: NewSpecReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    guard let draft = report.draft, !report.diagnostics.hasErrors else { return }
    write(
      "created",
      [
        ("provider", .string(draft.provider)), ("leaf", .string(draft.word)),
        ("paths", .strings(report.paths)), ("choices", .number(draft.choiceCount)),
      ])
  }

  func show(_ report: SpecFilesReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    guard !report.diagnostics.hasErrors else { return }
    write(
      "files",
      [
        ("changed", .strings(report.changed)), ("files", .number(report.count)),
        ("applied", .bool(!report.isCheck)),
      ])
  }

  func show(_ report: SpecReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    for leaf in report.coverage ?? [] {
      for item in leaf.unreached {
        write(
          "argument",
          [
            ("provider", .string(leaf.provider)), ("leaf", .string(leaf.type)),
            ("resource", .string(item.type)), ("path", .string(item.path)),
            ("reason", item.reason.map { .string($0) } ?? .null),
          ])
      }
      write(
        "coverage",
        [
          ("provider", .string(leaf.provider)), ("leaf", .string(leaf.type)),
          ("reached", .number(leaf.reachedCount)), ("left_out", .number(leaf.leftOut.count)),
          ("missing", .number(leaf.missing.count)),
        ])
    }
    write(
      "validation",
      [("valid", .bool(!report.fails)), ("leaves", .number(report.leafCount))])
  }
}

extension JSONNode {
  /// A list of texts.
  static func strings(_ texts: [String]) -> JSONNode { .array(texts.map(JSONNode.string)) }
}
