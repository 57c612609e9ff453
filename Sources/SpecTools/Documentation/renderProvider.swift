public import ProviderModel

/// The reference of a provider: all that its specs say to who writes app.json, as Markdown.
public func renderProvider(_ provider: ProviderSpec, _ catalog: Catalog) -> String {
  let modules = catalog.modules(of: provider.name)
  var page = Page()
  page.add("# \(provider.title)")
  page.add(
    "<!-- Written by `webkit spec docs` from the specs in this folder: change those. -->")
  var words = "In app.json it is `\(provider.name)`"
  if !provider.aliases.isEmpty { words += ", also \(codes(provider.aliases))" }
  words += ". The Terraform provider is `\(provider.source)` \(code(provider.version))."
  if let documentation = provider.documentation { words += " [Documentation](\(documentation))" }
  page.add(words)
  page.add(contents(provider, modules))
  addCredentials(of: provider, modules, to: &page)
  addSettings(of: provider, to: &page)
  for module in modules { addLeaf(module, provider, catalog, to: &page) }
  addPrices(of: provider, to: &page)
  return page.text
}

/// Paragraphs with an empty line between them.
struct Page {
  private var paragraphs: [String] = []

  /// The whole text.
  var text: String { paragraphs.joined(separator: "\n\n") + "\n" }

  mutating func add(_ paragraph: String) { paragraphs.append(paragraph) }

  /// A table; nothing without rows.
  mutating func add(_ head: [String], _ rows: [[String]]) {
    guard !rows.isEmpty else { return }
    let line = { (cells: [String]) in
      "|" + cells.map { $0.isEmpty ? " |" : " \(cell($0)) |" }.joined()
    }
    add(
      ([line(head), "|" + head.map { _ in "---|" }.joined()] + rows.map(line))
        .joined(separator: "\n"))
  }
}

private func contents(_ provider: ProviderSpec, _ modules: [ModuleSpec]) -> String {
  var lines: [String] = []
  if !provider.credentials.isEmpty { lines.append("- [Credentials](#credentials)") }
  if !provider.settings.isEmpty { lines.append("- [Settings](#settings)") }
  for module in modules {
    lines.append("- [`\(module.type)`](#\(module.type)): \(module.title)")
  }
  if !provider.prices.isEmpty { lines.append("- [Prices](#prices)") }
  return lines.joined(separator: "\n")
}

private func addCredentials(
  of provider: ProviderSpec, _ modules: [ModuleSpec], to page: inout Page
) {
  guard !provider.credentials.isEmpty else { return }
  page.add("## Credentials")
  let special = provider.types.flatMap { type, facts in
    facts.credentials.map { (credential: $0, type: type) }
  }
  let rows = provider.credentials.map { credential in
    let types = Set(special.filter { $0.credential == credential.argument }.map(\.type))
    let leaves = modules.filter { !types.isDisjoint(with: $0.resourceTypes) }.map(\.type)
    return [
      code(credential.argument), codes(credential.environment),
      sentence(credential.description),
      types.isEmpty ? "always" : codes(leaves),
    ]
  }
  page.add(["credential", "environment variables", "what it is", "needed by"], rows)
}

private func addSettings(of provider: ProviderSpec, to page: inout Page) {
  guard !provider.settings.isEmpty else { return }
  page.add("## Settings")
  page.add("Below `infra.providers.\(provider.name)` of app.json.")
  let inputs = InputTable(provider: provider, facts: [:], replacing: [], frozen: [])
  page.add(InputTable.head, provider.settings.flatMap { inputs.rows(of: $0) })
}

private func addPrices(of provider: ProviderSpec, to page: inout Page) {
  guard !provider.prices.isEmpty else { return }
  page.add("## Prices")
  page.add(
    "What webkit works out costs with. Confidence A was read from the source itself, C is old or second-hand."
  )
  for (name, table) in provider.prices.sorted(by: { $0.key < $1.key }) {
    var line = "`\(name)`: \(table.currency), as of \(table.asOf), confidence \(table.confidence)"
    if let source = table.source { line += ", from \(source)" }
    page.add(line)
    let rows = table.amounts.sorted { left, right in
      (left.value.double, left.key) < (right.value.double, right.key)
    }
    page.add(["what", "amount"], rows.map { [code($0.key), $0.value.text] })
  }
}
