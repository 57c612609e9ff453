import HCL
import ProviderModel

/// What follows for a leaf where the thing that it makes may exist already: which data sources
/// stand in for its resources, what can be read of them, and what that needs.
struct ExistingLeaf: Sendable {
  let module: ModuleSpec
  /// The stand-ins by the resource that they stand in for.
  let standIns: [String: ModuleSpec.StandIn]
  /// The leaf's resources by address.
  let resources: [String: Block]
  /// The leaf's data sources by address: `data.<type>.<label>`.
  let sources: [String: Block]
  let locals: [String: Expression]
  /// The inputs that are read of something that exists; nothing else has to be given.
  private(set) var neededInputs: Set<String> = []
  /// The locals and data sources that are.
  private(set) var neededLocals: Set<String> = []
  private(set) var neededSources: Set<String> = []
  /// The outputs that have a value where the item exists already, in order.
  private(set) var availableOutputs: [OutputSpec] = []
  /// Whether it can be looked up by an id, and whether it has to be.
  let takesID: Bool
  let needsID: Bool

  private let catalog: Catalog
  private let addresses: Set<String>

  /// Looks at a leaf; nil where nothing stands in for anything.
  init?(_ module: ModuleSpec, _ catalog: Catalog) {
    guard !module.existing.isEmpty else { return nil }
    self.module = module
    self.catalog = catalog
    standIns = Dictionary(module.existing.map { ($0.resource, $0) }) { first, _ in first }
    resources = Dictionary(module.resources.map { ($0.address, $0) }) { first, _ in first }
    let data = module.body.filter { $0.type == "data" }
    sources = Dictionary(data.map { ("data." + $0.address, $0) }) { first, _ in first }
    locals = module.locals
    addresses = Set(resources.keys).union(sources.keys)
    let lookups = module.existing.flatMap { $0.block.body.attributes }
    takesID = lookups.contains { Self.mentionsID($0.value) }
    needsID =
      lookups.contains { $0.value.isPath(Self.idPath) }
      && !module.existing.contains {
        $0.block.body.attributes.contains {
          !$0.value.isPath(Self.idPath) && Self.mentionsID($0.value)
        }
      }
    availableOutputs = module.outputs.filter(isAvailable)
    collectNeeds()
  }

  /// The inputs of the emitted leaf that say what exists.
  static let control = "use_existing"
  static let id = "existing_id"
  private static let idPath = ["var", id]

  private static func mentionsID(_ expression: Expression) -> Bool {
    var found = false
    expression.visit { if $0.isPath(idPath) { found = true } }
    return found
  }

  /// The resource that an id of the manifest is of.
  var mainResource: String { module.existing.first?.resource ?? "" }

  /// A reference to a resource or data source of the leaf.
  func reference(_ expression: Expression) -> LeafReference? {
    LeafReference(expression, in: addresses)
  }

  /// Whether an id that it is looked up by is a number.
  var wantsNumber: Bool {
    module.existing.contains { standIn in
      let source = catalog.schema(ofType: standIn.type, isData: true)
      return standIn.block.body.attributes.contains {
        Self.mentionsID($0.value) && source?.attributes[$0.name]?.isNumber == true
      }
    }
  }

  // MARK: - What can be read

  /// Whether a data source knows what a reference reads.
  func stands(for reference: LeafReference) -> Bool {
    guard let standIn = standIns[reference.address], let attribute = reference.attribute,
      let source = catalog.schema(ofType: standIn.type, isData: true)
    else { return false }
    if case .each? = resources[reference.address]?.repetition { return false }
    return source.attributes[attribute] != nil || source.blocks[attribute] != nil
  }

  /// Whether an expression reads something that no data source knows.
  func isUnavailable(_ expression: Expression) -> Bool {
    var result = false
    walk([expression]) { found in
      if resources[found.address] != nil, !stands(for: found) { result = true }
    }
    return result
  }

  /// Whether an output has a value where the item exists already.
  func isAvailable(_ output: OutputSpec) -> Bool {
    if let existing = output.existing {
      if case .literal(let literal) = existing, literal.kind == .null { return false }
      return true
    }
    return !isUnavailable(output.value)
  }

  // MARK: - What that needs

  private mutating func collectNeeds() {
    var roots = availableOutputs.map { $0.existing ?? $0.value }
    for standIn in module.existing {
      standIn.block.body.expressions { roots.append($0) }
      switch resources[standIn.resource]?.repetition {
      case .counted(let expression), .each(let expression): roots.append(expression)
      case .once, nil: break
      }
    }
    var needs = Needs()
    walk(roots, &needs) { _ in }
    neededInputs = needs.inputs
    neededLocals = needs.locals
    neededSources = needs.sources
  }

  private struct Needs {
    var inputs: Set<String> = []
    var locals: Set<String> = []
    var sources: Set<String> = []
  }

  private func walk(_ roots: [Expression], _ visit: (LeafReference) -> Void) {
    var needs = Needs()
    walk(roots, &needs, visit)
  }

  /// Visits references in expressions and in the locals and data sources that they lead to.
  private func walk(
    _ roots: [Expression], _ needs: inout Needs, _ visit: (LeafReference) -> Void
  ) {
    var pending = roots
    while let next = pending.popLast() {
      next.visitParts(whileIn: { node in
        if let reference = reference(node) {
          visit(reference)
          if let source = sources[reference.address],
            needs.sources.insert(reference.address).inserted
          {
            source.body.expressions { pending.append($0) }
          }
          if case .element(let key) = reference.shape { pending.append(key) }
          // What is in a reference is part of it.
          return false
        }
        guard case .attribute(let access) = node, case .variable(let root) = access.base else {
          return true
        }
        if root.name == "var" { needs.inputs.insert(access.name) }
        if root.name == "local", needs.locals.insert(access.name).inserted,
          let local = locals[access.name]
        {
          pending.append(local)
        }
        return true
      })
    }
  }
}
