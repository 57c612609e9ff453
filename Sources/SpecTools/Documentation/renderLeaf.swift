import HCL
import ProviderModel

/// Adds what a leaf takes, gives and makes.
func addLeaf(
  _ module: ModuleSpec, _ provider: ProviderSpec, _ catalog: Catalog, to page: inout Page
) {
  let analysis = LeafAnalysis(module, catalog)
  page.add("## \(module.type)")
  page.add(introduction(module, catalog))
  let table = InputTable(
    provider: provider, facts: analysis.facts, replacing: analysis.replacing,
    frozen: analysis.frozen)
  let inputs = (module.variables + module.settings).filter(\.isManifestKey)
  if module.role == .resource || module.role == .app {
    page.add(InputTable.head, inputs.flatMap { table.rows(of: $0) })
  }
  page.add(
    ["output", "what it is"],
    module.outputs.map { output in
      let hidden = analysis.sensitiveOutputs.contains(output.name) ? " Hidden." : ""
      return [code(output.name), sentence(output.description) + hidden]
    })
  page.add(
    ["secret", "environment variables", "what it is"],
    module.secrets.map { [code($0.name), codes($0.environment), sentence($0.description)] })
  page.add(["Terraform resource", "import id", "holds data"], resources(of: module, catalog))
  let reasons = coverage(of: module, catalog).leftOut
  page.add(["left out", "why"], reasons.map { [code($0.name), sentence($0.reason ?? "")] })
}

private func introduction(_ module: ModuleSpec, _ catalog: Catalog) -> String {
  var sentences = ["\(module.title): \(sentence(module.description))"]
  if !module.aliases.isEmpty { sentences.append("Other words are \(codes(module.aliases)).") }
  switch module.role {
  case .resource: sentences.append("It is a resource of app.json.")
  case .app: sentences.append("It is an app of app.json.")
  case .link: sentences.append("It is made by itself, to join what app.json names.")
  case .monitor: sentences.append("It is made by itself, to watch what app.json names.")
  case .notification: sentences.append("It is made by itself, to tell people.")
  }
  if let types = module.each?.types, !types.isEmpty {
    sentences.append("For \(codes(types)).")
  }
  if let environments = module.environments {
    sentences.append("Only in \(codes(environments)) unless app.json says otherwise.")
  }
  if !module.existing.isEmpty {
    sentences.append("One that exists already can stand in: `\"manage\": \"existing\"`.")
  }
  return sentences.joined(separator: " ")
}

private func resources(of module: ModuleSpec, _ catalog: Catalog) -> [[String]] {
  module.resources.compactMap { block in
    guard let type = block.labels.first?.text, let provider = catalog.provider(ofType: type) else {
      return nil
    }
    let facts = provider.types[type]
    let id = facts?.importID.map { Printer.print($0) } ?? "id"
    return [
      code(block.labels.map(\.text).joined(separator: ".")), code(id),
      facts?.isStateful == true ? "yes" : "",
    ]
  }
}
