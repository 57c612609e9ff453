import Diagnostics
import Evaluation
import HCL

/// The address of something in a state: modules, then perhaps a resource.
private struct StateAddress {
  enum Kind { case module, resource, data, ephemeral }

  var kind: Kind
  /// The modules' names.
  var modules: [String] = []
  var type = ""
  var name = ""
  /// Whether a key stands anywhere in it.
  var hasKey = false
  /// The key of the resource itself.
  var key: StaticTraversal.Step?
  var text: String

  static let reserved: Set = [
    "each", "count", "self", "var", "local", "path", "terraform", "module", "template", "lazy",
    "arg",
  ]

  /// Reads a traversal; nil for what is no address.
  init?(_ traversal: StaticTraversal) {
    text = traversal.text
    var words: [String?] = [traversal.root]
    words += traversal.steps.map(\.name)
    hasKey = words.contains(nil)
    var place = 0
    func isKey(_ place: Int) -> Bool { place < words.count && words[place] == nil }
    while place < words.count, words[place] == "module" {
      guard place + 1 < words.count, let name = words[place + 1] else { return nil }
      modules.append(name)
      place += 2
      if isKey(place) { place += 1 }
    }
    kind = .module
    if place == words.count { return }
    kind = .resource
    if words[place] == "data" || words[place] == "ephemeral" || words[place] == "resource" {
      kind = words[place] == "data" ? .data : words[place] == "ephemeral" ? .ephemeral : .resource
      place += 1
    }
    guard place + 1 < words.count, let type = words[place], let name = words[place + 1] else {
      return nil
    }
    (self.type, self.name) = (type, name)
    place += 2
    if isKey(place) {
      key = traversal.steps[place - 1]
      place += 1
    }
    guard place == words.count else { return nil }
  }

  var resourceAddress: String { (kind == .data ? "data." : "") + type + "." + name }
}

extension ModuleChecker {
  func checkMoves() {
    let inspector = BodyInspector(findings: findings)
    for moved in module.moved {
      inspector.inspect(moved, .moved, owner: "A `moved` block")
      let from = address("from", of: moved)
      let to = address("to", of: moved)
      for address in [from, to].compactMap(\.self)
      where StateAddress.reserved.contains(address.type) {
        findings.error(
          "bad-address", "`\(address.text)` is no address of a resource", at: moved.place,
          "`\(address.type)` is a reserved word.")
      }
      guard let from, let to else { continue }
      if (from.kind == .module) != (to.kind == .module) {
        findings.error(
          "bad-move", "`\(from.text)` and `\(to.text)` aren't of one kind", at: moved.place,
          "Both are modules, or both are resources.")
      }
    }
    for removed in module.removed { check(removed: removed, inspector) }
  }

  private func address(_ name: String, of source: Declaration) -> StateAddress? {
    guard let attribute = source.attribute(name) else { return nil }
    if let traversal = attribute.value.staticTraversal, let address = StateAddress(traversal) {
      return address
    }
    findings.error(
      "bad-address", "`\(name)` is the address of a resource or a module",
      at: source.location(attribute.value.origin),
      help: "Write, for example, `module.network.digitalocean_vpc.this`.")
    return nil
  }

  private func check(removed: Declaration, _ inspector: BodyInspector) {
    inspector.inspect(removed, .removed, owner: "A `removed` block")
    for lifecycle in removed.blocks("lifecycle") {
      inspector.inspect(lifecycle, .removedLifecycle, owner: "The `lifecycle` of a `removed` block")
      _ = ModuleReader(findings: findings, module: module)
        .flag(lifecycle.attribute("destroy"), in: lifecycle.file)
    }
    for provisioner in removed.blocks("provisioner") {
      let when = provisioner.attribute("when")?.value
      if (when?.traversal?.root ?? when?.stringValue) != "destroy" {
        findings.error(
          "bad-provisioner", "A provisioner of a `removed` block runs at destruction",
          at: provisioner.place, help: "Add `when = destroy`.")
      }
    }
    guard let from = address("from", of: removed) else { return }
    let place = removed.location(removed.attribute("from")?.value.origin ?? Origin())
    if from.hasKey {
      findings.error(
        "bad-address", "A `removed` block names whole resources and modules, not instances",
        at: place, help: "Remove the key.")
      return
    }
    if from.kind == .data {
      findings.error("bad-address", "A data source has nothing to be removed", at: place)
      return
    }
    guard let owner = owner(of: from) else { return }
    let declared =
      from.kind == .module
      ? owner.calls[from.modules.last ?? ""]?.source : owner.resources[from.resourceAddress]?.source
    guard let declared else { return }
    findings.foundAtPlan {
      findings.error(
        "removed-still-declared", "`\(from.text)` is still declared", at: place,
        help: "Remove its block, or this one.", notes: [.init("Its block", at: declared.place)])
    }
  }

  /// The module in which what an address names is declared.
  private func owner(of address: StateAddress) -> Module? {
    var owner: Module? = module
    let path = address.kind == .module ? address.modules.dropLast() : address.modules[...]
    for name in path {
      owner = owner?.calls[name]?.folder.flatMap { tree.modules[$0] }
    }
    return owner
  }

  func checkImports() {
    let inspector = BodyInspector(findings: findings)
    var targets: Set<String> = []
    for source in module.imports {
      if let to = source.attribute("to")?.value.staticTraversal?.text,
        source.attribute("for_each") == nil, !targets.insert(to).inserted
      {
        findings.error(
          "duplicate-declaration", "`\(to)` is imported twice", at: source.place,
          help: "Remove one of the `import` blocks.")
      }
      inspector.inspect(source, .importing, owner: "An `import` block")
      if !isRoot {
        findings.error(
          "misplaced-import", "Only the root module has `import` blocks", at: source.place,
          help: "Move it to the root module and name the resource with `module.<name>.`.")
      }
      check(import: source)
    }
  }

  private func check(import source: Declaration) {
    let hasForEach = source.attribute("for_each") != nil
    let context = ExpressionContext(
      file: source.file, repetition: hasForEach ? .forEach : .none)
    if let each = source.attribute("for_each") {
      checkForEach(ofImport: each.value, in: ExpressionContext(file: source.file))
    }
    if let id = source.attribute("id") {
      let value = value(of: id.value, in: context)
      let place = source.location(id.value.origin)
      if value.isNull {
        findings.error("bad-import-id", "`id` can't be null", at: place)
      } else if case .problem(let problem) = convert(value, to: .string) {
        findings.error("bad-import-id", "`id` is a text: \(problem.text)", at: place)
      } else if value.stringValue == "" {
        findings.error("bad-import-id", "`id` can't be empty", at: place)
      } else if value.marks.contains(.sensitive) {
        findings.foundAtPlan {
          findings.error("bad-import-id", "`id` can't be sensitive", at: place)
        }
      }
    }
    if let provider = source.attribute("provider"), providerReference(provider.value) == nil {
      findings.error(
        "bad-provider-reference", "`provider` names a configuration: `name` or `name.alias`",
        at: source.location(provider.value.origin))
    }
    checkTarget(of: source, context)
  }

  private func checkTarget(of source: Declaration, _ context: ExpressionContext) {
    guard let attribute = source.attribute("to") else { return }
    let place = source.location(attribute.value.origin)
    guard let traversal = attribute.value.importTraversal, let to = StateAddress(traversal),
      to.kind == .resource
    else {
      findings.error(
        "bad-address", "`to` is the address of a resource", at: place,
        help: "Write, for example, `digitalocean_vpc.this`.")
      return
    }
    checkDeclared(to, source, at: place)
    attribute.value.visit { inner in
      if case .index(let access) = inner, access.key.staticTraversal != nil {
        _ = value(of: access.key, in: context)
      }
    }
  }
}

extension ModuleChecker {
  private func checkDeclared(_ to: StateAddress, _ source: Declaration, at place: SourceLocation) {
    let owner = owner(of: to)
    if let owner, owner.isPartial { return }
    guard let resource = owner?.resources[to.resourceAddress] else {
      // For the root module Terraform could write the resource itself, but not its instances.
      let couldBeWritten = to.modules.isEmpty && to.key == nil && hasProvider(to.type)
      findings.foundAtPlan(couldBeWritten) {
        findings.error(
          "undeclared-resource", "There is no resource `\(to.text)` to import into", at: place,
          help: didYouMean(
            to.resourceAddress, owner?.resources.items.map(\.address) ?? [])
            ?? "Declare it with `resource \"\(to.type)\" \"\(to.name)\" { ... }`.")
      }
      return
    }
    let given = source.attribute("provider").flatMap { providerReference($0.value) }
    let used = owner.map { _ in resource.provider }
    if let given, let used, given.name != used.name || given.alias != used.alias {
      findings.error(
        "unknown-argument", "An `import` into a resource that is declared has no `provider`",
        at: source.place, "The resource says which configuration it uses.",
        help: "Remove `provider`.")
    }
    checkKey(to, of: resource, at: place)
  }

  /// Whether a provider is there whose types begin as a name does.
  private func hasProvider(_ type: String) -> Bool {
    let name = type.firstIndex(of: "_").map { String(type[..<$0]) } ?? type
    if module.requirements[name] != nil || OfficialProviders.names.contains(name) { return true }
    return library.knows(ProviderAddress(implied: name))
  }

  private func checkKey(_ to: StateAddress, of resource: Resource, at place: SourceLocation) {
    let isRepeated = resource.hasCount || resource.hasForEach
    var fits = (to.key != nil) == isRepeated
    if case .position? = to.key?.kind { fits = resource.hasCount }
    if case .key(let text)? = to.key?.kind, !text.isEmpty { fits = resource.hasForEach }
    if fits { return }
    findings.error(
      isRepeated ? "missing-instance-key" : "unexpected-instance-key",
      isRepeated
        ? "`\(resource.address)` has instances: one has to be named"
        : "`\(resource.address)` is one instance and takes no key", at: place)
  }
}

extension Expression {
  /// An address in which keys may be expressions; they come out as empty keys.
  fileprivate var importTraversal: StaticTraversal? {
    rewritten { inner in
      guard case .index(let access) = inner else { return nil }
      switch access.key.uncommented {
      case .template(let template) where template.literalText != nil: return nil
      case .literal: return nil
      default:
        var plain = access
        plain.base = access.base.rewritten { $0.asPlainIndex }
        plain.key = .string("")
        return .index(plain)
      }
    }.staticTraversal
  }

  private var asPlainIndex: Expression? {
    guard case .index(var access) = self else { return nil }
    access.base = access.base.rewritten { $0.asPlainIndex }
    access.key = .string("")
    return .index(access)
  }
}
