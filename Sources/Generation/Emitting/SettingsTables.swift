import HCL
import ProviderModel

/// What `config` may hold, a table for each leaf in use.
struct SettingsTables {
  let stack: Stack

  /// The section; empty where nothing is in use.
  var text: String {
    let leaves = stack.leaves.filter { [.resource, .app].contains($0.module.role) }
    guard !leaves.isEmpty else { return "" }
    var text = "\n## Settings\n\nWhat `config` may hold in app.json.\n"
    for leaf in leaves { text += table(leaf) }
    return text
  }

  private func table(_ leaf: Leaf) -> String {
    let module = leaf.module
    var text =
      "\n### \(module.title) (`\(module.provider)`, `\(module.type)`)\n\n"
    text +=
      "\(module.description).\n\n| setting | type | default | what it is |\n|---|---|---|---|\n"
    for spec in module.variables + module.settings
    where spec.isManifestKey && spec.deprecated == nil {
      let row = [
        "`\(spec.name)`", "`\(spec.type.description)`", defaultText(spec),
        (spec.description + allowed(spec, leaf)).tableCell,
      ]
      text += "| \(row.joined(separator: " | ")) |\n"
    }
    return text
  }

  private func defaultText(_ spec: VariableSpec) -> String {
    guard let expression = spec.defaultExpression, spec.defaultValue != .null else { return "" }
    let text = Printer.print(expression)
    return text.contains("\n") ? "" : "`\(text)`".tableCell
  }

  private func allowed(_ spec: VariableSpec, _ leaf: Leaf) -> String {
    guard let facts = leaf.analysis.facts[spec.name] else { return "" }
    if let values = facts.oneOf, !values.isEmpty {
      return "; one of " + values.compactMap(\.scalarText).joined(separator: ", ")
    }
    if let range = facts.range, range.upperBound < 1e15 {
      return "; \(Number(range.lowerBound).text) to \(Number(range.upperBound).text)"
    }
    return ""
  }
}
