public import Diagnostics
import HCL

/// Reads one leaf's spec: a file with one `module` block.
public func readModule(
  _ file: SourceFile, provider: String, into diagnostics: inout Diagnostics
) -> ModuleSpec? {
  let body = parseBody(file, into: &diagnostics)
  guard body.items.count == 1, case .block(let block)? = body.items.first,
    block.type == "module", block.labels.count == 1
  else {
    diagnostics.append(
      Diagnostic(
        .error, "spec.not-a-module", "a spec file holds exactly one `module \"type\"` block",
        at: SourceLocation(file, SourceRange(0, 0))))
    return nil
  }
  var reader = BlockReader(block, in: file)
  let role = reader.required("serves", into: &diagnostics)
  var module = ModuleSpec(
    provider: provider, type: reader.label, file: file,
    role: ModuleSpec.Role(rawValue: role) ?? .resource,
    title: reader.required("title", into: &diagnostics),
    description: reader.required("description", into: &diagnostics),
    aliases: reader.texts("aliases", into: &diagnostics) ?? [],
    leftOut: reader.textMap("leaves_out", into: &diagnostics),
    members: reader.text("members", into: &diagnostics),
    environments: reader.texts("environments", into: &diagnostics))
  if ModuleSpec.Role(rawValue: role) == nil, !role.isEmpty {
    diagnostics.append(
      Diagnostic(
        .error, "spec.unknown-role", "`serves` can't be `\(role)`",
        at: reader.location(block.headerOrigin),
        help: "Write `resource`, `app`, `link`, `monitor` or `notification`."))
  }
  reader.finish(blocks: leafBlocks, into: &diagnostics)
  reader.checkOrder(into: &diagnostics)
  for case .block(let nested) in block.body.items {
    addBlock(nested, to: &module, into: &diagnostics)
  }
  return module
}

/// What a leaf may hold.
private let leafBlocks = [
  "variable", "setting", "secret", "output", "rule", "each", "existing", "import", "price",
  "resource",
  "data", "locals", "check", "moved",
]

private func addBlock(
  _ block: Block, to module: inout ModuleSpec, into diagnostics: inout Diagnostics
) {
  switch block.type {
  case "variable": module.variables.append(readVariable(block, module.file, into: &diagnostics))
  case "setting": module.settings.append(readVariable(block, module.file, into: &diagnostics))
  case "output": addOutput(block, to: &module, into: &diagnostics)
  case "existing": module.existing.append(readStandIn(block, module.file, into: &diagnostics))
  case "resource", "data", "locals", "check", "moved": module.body.append(block)
  default: addSmallBlock(block, to: &module, into: &diagnostics)
  }
}

private func addSmallBlock(
  _ block: Block, to module: inout ModuleSpec, into diagnostics: inout Diagnostics
) {
  var reader = BlockReader(block, in: module.file)
  switch block.type {
  case "secret":
    module.secrets.append(
      ModuleSpec.Secret(
        name: reader.requiredLabel(into: &diagnostics),
        environment: reader.texts("environment", into: &diagnostics) ?? [],
        description: reader.required("description", into: &diagnostics),
        type: reader.expression("type") ?? .variable(Variable("string")),
        isSensitive: reader.flag("sensitive", into: &diagnostics) ?? true))
    reader.finish(into: &diagnostics)
  case "rule":
    let severity = reader.text("severity", into: &diagnostics)
    module.rules.append(
      ModuleSpec.Rule(
        condition: reader.requiredExpression("condition", into: &diagnostics),
        message: reader.required("message", into: &diagnostics), isWarning: severity == "warning"))
    if let severity, !["error", "warning"].contains(severity) {
      diagnostics.append(
        Diagnostic(
          .error, "spec.unknown-severity", "`severity` can't be `\(severity)`",
          at: reader.location(block.body.attribute("severity")?.value.origin ?? block.origin),
          help: "Write `error` or `warning`."))
    }
    reader.finish(into: &diagnostics)
  case "each":
    module.each = readEach(&reader, into: &diagnostics)
    reader.finish(into: &diagnostics)
  case "import":
    module.imports.append(
      (block.address, reader.requiredExpression("id", into: &diagnostics), block.headerOrigin))
    reader.finish(into: &diagnostics)
  case "price":
    module.prices.append(readPrice(&reader, into: &diagnostics))
  // Reported with the module.
  default: break
  }
}

private func readPrice(
  _ reader: inout BlockReader, into diagnostics: inout Diagnostics
) -> ModuleSpec.Price {
  let usage = reader.text("usage", into: &diagnostics)
  let price = ModuleSpec.Price(
    name: reader.requiredLabel(into: &diagnostics),
    amount: reader.requiredExpression("amount", into: &diagnostics),
    free: reader.expression("free"), isOnce: reader.flag("once", into: &diagnostics) ?? false,
    isMetered: reader.flag("metered", into: &diagnostics) ?? (usage != nil), usage: usage,
    origin: reader.block.headerOrigin)
  reader.finish(into: &diagnostics)
  return price
}

private func readEach(
  _ reader: inout BlockReader, into diagnostics: inout Diagnostics
) -> ModuleSpec.Each {
  let word = reader.requiredLabel(into: &diagnostics)
  let selection = ModuleSpec.Each.Selection(rawValue: word)
  if selection == nil, !word.isEmpty {
    let words = ModuleSpec.Each.Selection.allCases.map(\.rawValue)
    diagnostics.append(
      Diagnostic(
        .error, "spec.unknown-selection", "`each` can't select `\(word)`",
        at: reader.location(reader.block.headerOrigin),
        detail: "It selects one of " + words.joined(separator: ", ") + ".",
        help: nearestMatch(word, in: words).map { "Did you mean `\($0)`?" }))
  }
  var needs: [Expression] = []
  if let list = reader.expression("needs") {
    if case .tuple(let tuple) = list { needs = tuple.elements.map(\.value) } else { needs = [list] }
  }
  return ModuleSpec.Each(
    selection: selection ?? .resource,
    types: reader.texts("of", into: &diagnostics) ?? [],
    condition: reader.expression("where"), needs: needs,
    unless: reader.texts("unless", into: &diagnostics) ?? [],
    takesOver: reader.text("takes_over", into: &diagnostics))
}

/// Reads an `existing` block: a data source, with what webkit has to know of it.
private func readStandIn(
  _ block: Block, _ file: SourceFile, into diagnostics: inout Diagnostics
) -> ModuleSpec.StandIn {
  var reader = BlockReader(block, in: file)
  let knownBy = reader.text("known_by", into: &diagnostics)
  let resource = reader.text("stands_in_for", into: &diagnostics)
  let listings = block.body.blocks.filter { $0.type == "candidates" }
  for other in listings.dropFirst() {
    diagnostics.append(
      Diagnostic(
        .error, "spec.second-candidates", "an `existing` block has one block `candidates` at most",
        at: reader.location(other.headerOrigin)))
  }
  let candidates = listings.first.map { readCandidates($0, file, into: &diagnostics) }
  let source = block.leavingOut(["known_by", "stands_in_for"], blocks: ["candidates"])
  let type = block.labels.first?.text ?? ""
  return ModuleSpec.StandIn(
    type: type, name: block.labels.last?.text ?? "", resourceType: resource ?? type,
    knownBy: knownBy ?? "id", candidates: candidates, block: source)
}

/// Reads a `candidates` block: a data source that lists things, and what webkit has to know of it.
private func readCandidates(
  _ block: Block, _ file: SourceFile, into diagnostics: inout Diagnostics
) -> ModuleSpec.Candidates {
  var reader = BlockReader(block, in: file)
  let type = reader.requiredLabel(into: &diagnostics)
  return ModuleSpec.Candidates(
    type: type, list: reader.required("list", into: &diagnostics),
    shown: reader.texts("shows", into: &diagnostics) ?? ["id"],
    block: block.leavingOut(["list", "shows"], blocks: []))
}

extension Block {
  /// The block without some of its arguments and blocks.
  fileprivate func leavingOut(_ arguments: Set<String>, blocks: Set<String>) -> Block {
    var result = self
    result.body.items.removeAll { item in
      switch item {
      case .attribute(let attribute): arguments.contains(attribute.name)
      case .block(let block): blocks.contains(block.type)
      }
    }
    return result
  }
}

private func addOutput(
  _ block: Block, to module: inout ModuleSpec, into diagnostics: inout Diagnostics
) {
  var reader = BlockReader(block, in: module.file)
  let existing = reader.expression("existing")
  module.outputs.append(
    OutputSpec(
      name: reader.requiredLabel(into: &diagnostics),
      value: reader.requiredExpression("value", into: &diagnostics),
      description: reader.required("description", into: &diagnostics), existing: existing,
      isSensitive: reader.flag("sensitive", into: &diagnostics) ?? false,
      insteadOf: reader.text("instead_of", into: &diagnostics),
      condition: reader.expression("when")))
  reader.finish(into: &diagnostics)
}
