import Diagnostics
import Evaluation
import HCL
import ProviderModel

extension ModuleChecker {
  func checkImports() {
    let inspector = BodyInspector(findings: findings, version: module.version)
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
      checkIdentity(of: source)
      if !isRoot {
        findings.error(
          "misplaced-import", "Only the root module has `import` blocks", at: source.place,
          help: "Move it to the root module and name the resource with `module.<name>.`.")
      }
      check(import: source)
    }
  }

  /// An import names what there is by `id` or by `identity`.
  private func checkIdentity(of source: Declaration) {
    let given = ["id", "identity"].filter { source.attribute($0) != nil }
    if given.isEmpty {
      findings.error(
        "missing-argument", "An `import` block needs `id`", at: source.place,
        help: "Add `id = ...`.")
    } else if given.count > 1 {
      findings.error(
        "refused-combination", "An `import` block has either `id` or `identity`",
        at: source.place, help: "Remove one of them.")
    }
  }

  private func check(import source: Declaration) {
    let contexts = contexts(ofImport: source)
    for context in contexts {
      if let id = source.attribute("id") { check(importID: id.value, context) }
      if let identity = source.attribute("identity") { _ = value(of: identity.value, in: context) }
    }
    if let provider = source.attribute("provider"), providerReference(provider.value) == nil {
      findings.error(
        "bad-provider-reference", "`provider` names a configuration: `name` or `name.alias`",
        at: source.location(provider.value.origin))
    }
    checkTarget(of: source, contexts)
  }

  /// What `each` stands for in an `import` block: one context for each known element.
  private func contexts(ofImport source: Declaration) -> [ExpressionContext] {
    guard let each = source.attribute("for_each") else {
      return [ExpressionContext(file: source.file)]
    }
    let context = ExpressionContext(file: source.file, repetition: .forEach)
    let value = checkForEach(ofImport: each.value, in: ExpressionContext(file: source.file))
    guard value.isKnown, let pairs = value.pairs else { return [context] }
    return pairs.map { pair in
      var context = context
      context.each = pair
      return context
    }
  }

  private func check(importID expression: Expression, _ context: ExpressionContext) {
    let value = value(of: expression, in: context)
    let place = context.location(expression.origin)
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

  private func checkTarget(of source: Declaration, _ contexts: [ExpressionContext]) {
    guard let attribute = source.attribute("to") else { return }
    let place = source.location(attribute.value.origin)
    let isRepeated = source.attribute("for_each") != nil
    let traversal =
      isRepeated ? attribute.value.importTraversal : attribute.value.staticTraversal
    guard let traversal, let to = StateAddress(traversal), to.kind == .resource else {
      findings.error(
        "bad-address", "`to` is the address of a resource", at: place,
        isRepeated ? nil : "Without `for_each` its keys are texts and whole numbers as such.",
        help: "Write, for example, `random_id.this`.")
      return
    }
    guard let resource = declaredTarget(to, source, at: place) else { return }
    guard isRepeated else { return checkKey(to.key?.kind, of: resource, at: place) }
    for context in contexts {
      let keys = keys(of: attribute.value, in: context)
      let isLast = to.key != nil
      guard context.each != nil else { continue }
      if !isLast {
        checkKey(nil, of: resource, at: place)
      } else if let key = keys.last, let kind = instanceKey(key, at: place) {
        checkKey(kind, of: resource, at: place)
      }
    }
  }

  /// The values of the keys in an address, the last one last; only `each` may be named in them.
  private func keys(of address: Expression, in context: ExpressionContext) -> [TypedValue] {
    var keys: [TypedValue] = []
    address.visit { inner in
      guard case .index(let access) = inner else { return }
      var isFree = true
      access.key.visitTraversals { if $0.root != "each" { isFree = false } }
      access.key.visit { if case .call = $0 { isFree = false } }
      if !isFree {
        findings.foundAtPlan(context.each == nil) {
          findings.error(
            "bad-address", "A key in `to` is made of `each.key` and `each.value` alone",
            at: context.location(access.key.origin))
        }
        keys.insert(.dynamic, at: 0)
      } else {
        keys.insert(value(of: access.key, in: context), at: 0)
      }
    }
    return keys
  }

  /// The kind of key that a value is; nil where that isn't known, or it is none, which is reported.
  private func instanceKey(
    _ key: TypedValue, at place: SourceLocation
  ) -> StaticTraversal.Step.Kind? {
    guard key.isKnown else { return nil }
    if let text = key.stringValue { return .key(text) }
    if let number = key.numberValue, number.isWhole { return .position(number.text) }
    findings.error(
      "wrong-key", "The key of an instance is a text or a whole number", at: place)
    return nil
  }
}

extension ModuleChecker {
  /// The resource that is imported into; nil where it isn't there, which is reported.
  private func declaredTarget(
    _ to: StateAddress, _ source: Declaration, at place: SourceLocation
  ) -> Resource? {
    let owner = owner(of: to)
    if let owner, owner.isPartial { return nil }
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
      return nil
    }
    let given = source.attribute("provider").flatMap { providerReference($0.value) }
    let used = owner.map { _ in resource.provider }
    if let given, let used, given.name != used.name || given.alias != used.alias {
      findings.error(
        "unknown-argument", "An `import` into a resource that is declared has no `provider`",
        at: source.place, "The resource says which configuration it uses.",
        help: "Remove `provider`.")
    }
    return resource
  }

  /// Whether a provider is there whose types begin as a name does.
  private func hasProvider(_ type: String) -> Bool {
    let name = type.firstIndex(of: "_").map { String(type[..<$0]) } ?? type
    if module.requirements[name] != nil || OfficialProviders.names.contains(name) { return true }
    return library.knows(ProviderAddress(implied: name))
  }

  private func checkKey(
    _ key: StaticTraversal.Step.Kind?, of resource: Resource, at place: SourceLocation
  ) {
    let isRepeated = resource.hasCount || resource.hasForEach
    let fits =
      switch key {
      case .position(let text): resource.hasCount && Int(text) != nil
      case .key: resource.hasForEach
      case nil: !isRepeated
      case .attribute, .wrong: false
      }
    if fits { return }
    findings.error(
      isRepeated ? "missing-instance-key" : "unexpected-instance-key",
      isRepeated
        ? "`\(resource.address)` has instances: one has to be named by "
          + (resource.hasCount ? "its number" : "its key")
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
