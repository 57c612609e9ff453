import Diagnostics
import Evaluation
import HCL

extension ModuleChecker {
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
