import AppManifest
import HCL
import ProviderModel

extension DeploymentResolver {
  /// How to find out whether an item exists already.
  func lookup(of index: Int) -> ItemLookup {
    let entry = entries[index]
    let planner = AdoptionPlanner(self, index)
    let main = planner.main
    var result = ItemLookup(
      name: entry.name, role: entry.leaf.module.role,
      provider: (entry.leaf.provider.name, entry.leaf.provider.title),
      type: (entry.leaf.module.type, entry.leaf.module.title), cloudName: entry.cloudName,
      isImplied: entry.source == nil,
      decision: entry.source?.writtenManagement(in: environment)?.value,
      givenID: entry.id?.value, takesID: entry.leaf.existing?.takesID ?? false,
      wantsNumber: entry.leaf.existing?.wantsNumber ?? false,
      isImportable: main.map(planner.isImportable) ?? false,
      importForm: main.flatMap { planner.facts($0)?.importID }.map { Printer.print($0) },
      places: main.map { places(of: $0, entry) } ?? [])
    do throws(LookupPlanner.Failure) {
      result.question = try LookupPlanner(planner, entry).plan()
    } catch {
      result.obstacle = error.obstacle
    }
    return result
  }

  private func places(of main: Block, _ entry: Entry) -> [StatePlace] {
    let labels = main.labels.map(\.text)
    guard labels.count == 2 else { return [] }
    let names = [entry.name] + (entry.source?.was.map(\.value).reversed() ?? [])
    return names.map { name in
      StatePlace(
        module: entry.leaf.address(of: name), type: labels[0], label: labels[1])
    }
  }
}

extension Leaf {
  /// The address of its module for an item: `module.resources.module.acme_postgres["db"]`.
  func address(of item: String) -> String {
    "module.\(module.role.router.rawValue).module.\(module.callName)[\"\(item)\"]"
  }
}

/// Works out what a provider is asked about one item.
private struct LookupPlanner {
  let planner: AdoptionPlanner
  let entry: DeploymentResolver.Entry

  struct Failure: Error {
    var obstacle: ItemLookup.Obstacle
  }

  init(_ planner: AdoptionPlanner, _ entry: DeploymentResolver.Entry) {
    self.planner = planner
    self.entry = entry
  }

  /// What it is looked up by where it isn't made: an id that the manifest gives.
  private var id: String? { entry.management == .create ? nil : entry.id?.value }

  func plan() throws(Failure) -> LookupQuestion {
    guard let existing = entry.leaf.existing, let standIn = existing.module.existing.first,
      let provider = planner.resolver.catalog.provider(ofType: standIn.type, isData: true),
      let source = provider.schema.dataSources[standIn.type]
    else { throw Failure(obstacle: .noDataSource) }
    if existing.needsID, id == nil { throw Failure(obstacle: .idIsNeeded) }
    let body = try evaluated(standIn.block.body)
    let lacking = source.attributes.filter { name, attribute in
      attribute.isRequired && body.attribute(name) == nil
    }
    if let name = lacking.keys.min() ?? (body.items.isEmpty ? standIn.knownBy : nil) {
      throw Failure(obstacle: .unknown(argument: name))
    }
    var candidates = id == nil ? standIn.candidates : nil
    if let listing = candidates { candidates?.block.body = try evaluated(listing.block.body) }
    let facts = provider.types["data." + standIn.type]
    return LookupQuestion(
      type: standIn.type, body: body, knownBy: standIn.knownBy,
      importID: importID(standIn, source), candidates: candidates, absent: facts?.absent ?? [],
      ambiguous: facts?.ambiguous ?? [], provider: provider)
  }

  /// Arguments with their values; those that are null are left out.
  private func evaluated(_ body: Body) throws(Failure) -> Body {
    var items: [BodyItem] = []
    for item in body.items {
      switch item {
      case .attribute(let attribute):
        let value = value(of: attribute.value)
        if value.isNull { continue }
        guard !value.containsUnknown else {
          throw Failure(obstacle: .unknown(argument: attribute.name))
        }
        items.append(.attribute(Attribute(attribute.name, value.expression)))
      case .block(var block):
        block.body = try evaluated(block.body)
        block.trivia = Trivia(blankLines: items.isEmpty ? 0 : 1)
        items.append(.block(block))
      }
    }
    return Body(items)
  }

  private func value(of expression: Expression) -> Value {
    let given = id.map { Expression.string($0) } ?? .null
    let own = expression.rewritten { node in
      node.attributePath == ["var", ExistingLeaf.id] ? given : nil
    }
    return planner.evaluator.value(of: planner.resolved(own, each: nil))
  }

  /// What imports the thing, over what the data source tells and the resource's own arguments.
  private func importID(_ standIn: ModuleSpec.StandIn, _ source: BlockSchema) -> Expression? {
    guard let main = planner.main, planner.isImportable(main) else { return nil }
    let answer = Expression.reference(LookupQuestion.answer)
    guard let form = planner.facts(main)?.importID else {
      return answer.dot(source.attributes["id"] == nil ? standIn.knownBy : "id")
    }
    var isKnown = true
    let expression = form.rewritten(scope: []) { node, bound in
      guard case .variable(let variable) = node, !bound.contains(variable.name) else { return nil }
      if source.attributes[variable.name] != nil { return answer.dot(variable.name) }
      let own = main.body.attribute(variable.name).map { value(of: $0.value) } ?? .unknown
      if own.isNull || own.containsUnknown { isKnown = false }
      return own.expression
    }
    return isKnown ? expression : nil
  }
}

extension LookupQuestion {
  /// The name that stands for the data source in what is made of its answer.
  static let answer = "answer"
}
