import Diagnostics
import Evaluation
import HCL

extension ModuleChecker {
  func checkTerraform() {
    checkUnique("required_providers", "A module has one `required_providers` block")
    let settings = module.terraform.flatMap { $0.blocks("backend") + $0.blocks("cloud") }
    if settings.count > 1 {
      findings.error(
        "duplicate-block", "A module keeps its state in one place", at: settings[1].place,
        help: "Remove one of the `backend` and `cloud` blocks.",
        notes: [.init("The first one", at: settings[0].place)])
    }
    for declaration in module.terraform {
      checkVersion(declaration)
      checkExperiments(declaration)
    }
    for backend in settings { check(backend: backend) }
    var names: Set<String> = []
    for meta in module.providerMeta {
      guard let name = meta.label(0)?.text, !names.insert(name).inserted else { continue }
      findings.error("duplicate-block", "`provider_meta` of `\(name)` stands twice", at: meta.place)
    }
  }

  private func checkUnique(_ type: String, _ message: String) {
    let blocks = module.terraform.flatMap { $0.blocks(type) }
    for block in blocks.dropFirst() {
      findings.error(
        "duplicate-block", message, at: block.place, help: "Make one block of them.",
        notes: [.init("The first one", at: blocks[0].place)])
    }
  }

  private func checkVersion(_ declaration: Declaration) {
    guard let attribute = declaration.attribute("required_version") else { return }
    let place = declaration.location(attribute.value.origin)
    if case .literal(let literal) = attribute.value.bare, literal.kind == .null { return }
    let value = findings.constant(
      attribute.value, as: .string, in: declaration.file,
      "`required_version` has to be a text without references")
    guard let text = value?.stringValue else { return }
    guard let constraint = VersionConstraint(text) else {
      findings.error(
        "bad-version-constraint", "`\(text)` is no version constraint", at: place,
        "Write, for example, `>= 1.11.0` or `~> 1.11`, several with commas between them.")
      return
    }
    if !constraint.allows(options.version) {
      findings.error(
        "unsupported-version", "Terraform \(options.version.text) isn't allowed by `\(text)`",
        at: place, help: "Name the version that runs it with `--terraform-version`.")
    }
  }

  private func checkExperiments(_ declaration: Declaration) {
    guard let attribute = declaration.attribute("experiments") else { return }
    findings.error(
      "unknown-experiment", "A release of Terraform has no experiments",
      at: declaration.location(attribute.value.origin), help: "Remove `experiments`.")
  }

  private func check(backend: Declaration) {
    guard isRoot else {
      findings.warning(
        "ignored-backend", "The backend of a child module isn't used", at: backend.place,
        help: "Remove it.")
      return
    }
    if backend.block.type == "cloud" {
      check(backend.block.body, of: backend, .cloud, owner: "`cloud`")
      return
    }
    guard let label = backend.label(0) else { return }
    // It came with 1.12.
    if label.text == "oci", module.version >= LanguageVersion(1, 12) { return }
    guard let type = BackendType.all[label.text] else {
      let names = BackendType.all.keys.sorted()
      findings.error(
        "unknown-backend", "There is no backend `\(label.text)`",
        at: backend.location(label.origin), "There is \(names.listed).",
        help: didYouMean(label.text, names))
      return
    }
    check(backend.block.body, of: backend, type, owner: "The backend `\(label.text)`")
  }

  private func check(_ body: Body, of backend: Declaration, _ type: BackendType?, owner: String) {
    if let type {
      let blocks = type.blocks.mapValues { _ in BodyShape.BlockRule(isUnique: true) }
      let shape = BodyShape(optional: type.arguments.keys.sorted(), blocks: blocks)
      BodyInspector(findings: findings).inspect(
        body, shape, in: backend.file, owner: owner, at: backend.place)
    }
    for attribute in body.attributes {
      check(attribute, of: backend, type?.arguments[attribute.name], owner: owner)
    }
    for block in body.blocks {
      check(block.body, of: backend, type?.blocks[block.type], owner: "`\(block.type)`")
    }
  }

  private func check(
    _ attribute: Attribute, of backend: Declaration, _ type: ValueType?, owner: String
  ) {
    let context = ExpressionContext(file: backend.file)
    let what = "`\(attribute.name)` of a backend"
    let value = constant(attribute.value, in: context, what: what)
    guard let value else { return }
    if value.stringValue == "", attribute.name == "path", backend.label(0)?.text == "local" {
      findings.error(
        "refused-value", "`path` of \(owner.lowercasedFirst) can't be empty",
        at: context.location(attribute.value.origin))
    }
    guard let type, case .problem(let problem) = convert(value, to: type) else { return }
    findings.error(
      "wrong-type", "`\(attribute.name)` of \(owner.lowercasedFirst) doesn't fit: \(problem.text)",
      at: context.location(attribute.value.origin), help: "It is \(type.article).")
  }
}

extension String {
  /// The text with a small first letter, for the middle of a sentence.
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
