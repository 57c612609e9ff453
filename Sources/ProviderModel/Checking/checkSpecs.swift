public import Diagnostics
public import HCL

/// Checks what the specs of a catalog say against each other and against the providers' schemas.
///
/// These are mistakes of who writes specs, not of who writes a manifest.
public func checkSpecs(_ catalog: Catalog, into diagnostics: inout Diagnostics) {
  let uses = ConfigUses(catalog.allModules)
  checkCircles(catalog, into: &diagnostics)
  for backend in catalog.backends { checkBackend(backend, into: &diagnostics) }
  for provider in catalog.providers {
    var check = SpecCheck(catalog: catalog, provider: provider, file: provider.file)
    checkProvider(&check)
    checkUses(ofSettings: provider, &check)
    checkPriceTables(&check)
    diagnostics.append(contentsOf: check.diagnostics)
  }
  for module in catalog.allModules {
    guard let provider = catalog.provider(module.provider) else { continue }
    var check = SpecCheck(catalog: catalog, provider: provider, file: module.file)
    checkTexts(of: module, &check)
    checkNames(of: module, &check)
    checkPaths(of: module, &check)
    checkLocals(of: module, &check)
    checkReferences(of: module, &check)
    checkSelections(of: module, &check)
    checkPatterns(of: module, &check)
    checkKnown(of: module, &check)
    checkDefaults(of: module, &check)
    checkAlternatives(of: module, &check)
    checkRules(of: module, &check)
    checkArguments(of: module, &check)
    checkOutputs(of: module, &check)
    checkUses(of: module, uses, &check)
    checkExisting(of: module, &check)
    checkWiring(of: module, &check)
    checkKeys(of: module, &check)
    checkTables(of: module, &check)
    checkPrices(of: module, &check)
    checkSecrets(of: module, &check)
    checkKeptPlaces(of: module, &check)
    diagnostics.append(contentsOf: check.diagnostics)
  }
}

/// The surroundings of one checked file, and what was found in it.
struct SpecCheck {
  let catalog: Catalog
  let provider: ProviderSpec
  let file: SourceFile
  let places: SpecPlaces
  private(set) var diagnostics = Diagnostics()

  init(catalog: Catalog, provider: ProviderSpec, file: SourceFile) {
    self.catalog = catalog
    self.provider = provider
    self.file = file
    places = SpecPlaces(file)
  }

  mutating func report(
    _ id: String, _ summary: String, at origin: Origin, help: String? = nil,
    _ severity: Diagnostic.Severity = .error
  ) {
    diagnostics.append(
      Diagnostic(
        severity, "spec." + id, summary,
        at: SourceLocation(file, origin.range ?? SourceRange(0, 0)), help: help))
  }

  /// The leaf that a word names, of this provider or as `provider.type`.
  func target(_ word: String, roles: Set<ModuleSpec.Role>) -> ModuleSpec? {
    let parts = word.split(separator: ".").map(String.init)
    if parts.count == 2, let other = catalog.provider(parts[0]) {
      return catalog.module(provider: other.name, type: parts[1], roles: roles)
    }
    return catalog.module(provider: provider.name, type: word, roles: roles)
  }
}

extension ModuleSpec {
  /// Inputs and settings, in order.
  var inputsAndSettings: [VariableSpec] { variables + settings }

  /// The expressions that webkit evaluates itself.
  var ownExpressions: [Expression] {
    var result: [Expression] = []
    visitOwnExpressions { result.append($0) }
    return result
  }

  /// Calls a visitor with each expression that webkit evaluates itself.
  func visitOwnExpressions(_ visit: (Expression) -> Void) {
    visitSpecs { spec in
      // What `match` says is said of another item.
      for expression in spec.from ?? [] { visit(expression) }
      if let known = spec.known { visit(known) }
      if let among = spec.kept?.among { visit(among) }
    }
    for rule in rules { visit(rule.condition) }
    for output in outputs { if let condition = output.condition { visit(condition) } }
    for entry in imports { visit(entry.id) }
    if let condition = each?.condition { visit(condition) }
    for price in prices {
      visit(price.amount)
      if let free = price.free { visit(free) }
    }
  }

  /// Calls a visitor with each input and setting, and with their fields, at any depth.
  func visitSpecs(_ visit: (VariableSpec) -> Void) {
    for spec in variables { spec.visitWithFields(visit) }
    for spec in settings { spec.visitWithFields(visit) }
  }
}

extension VariableSpec {
  /// It and its fields, at any depth.
  var withFields: [VariableSpec] { [self] + fields.flatMap(\.withFields) }

  fileprivate func visitWithFields(_ visit: (VariableSpec) -> Void) {
    visit(self)
    for field in fields { field.visitWithFields(visit) }
  }
}

extension Expression {
  /// Every path of two or more names in it whose root isn't bound by a `for`.
  func paths() -> [(path: [String], origin: Origin)] {
    var result: [(path: [String], origin: Origin)] = []
    visit(scope: []) { node, bound in
      guard case .attribute = node, let path = node.attributePath, !bound.contains(path[0]) else {
        return
      }
      // Inner parts of a path are visited behind the whole.
      if let last = result.last, last.path.count > path.count,
        Array(last.path.prefix(path.count)) == path, last.origin.covers(node.origin)
      {
        return
      }
      result.append((path, node.origin))
    }
    return result
  }

  /// The names that stand for something outside of it.
  public func roots() -> Set<String> {
    var result: Set<String> = []
    visit(scope: []) { node, bound in
      if case .variable(let variable) = node, !bound.contains(variable.name) {
        result.insert(variable.name)
      }
    }
    return result
  }
}

extension Origin {
  fileprivate func covers(_ other: Origin) -> Bool {
    guard let range, let inner = other.range else { return true }
    return range.start <= inner.start && inner.end <= range.end
  }
}
