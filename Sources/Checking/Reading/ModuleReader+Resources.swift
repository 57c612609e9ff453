import Diagnostics
import Evaluation
import HCL

extension ModuleReader {
  func readResource(_ declaration: Declaration, _ mode: ResourceMode, check: String?) {
    guard let type = declaration.label(0), let name = declaration.label(1) else { return }
    let owner = "A `\(mode.rawValue)` block"
    checkName(type, of: "a type", in: declaration.file)
    checkName(name, of: "a \(mode.noun)", in: declaration.file)
    inspector.inspect(declaration, .resource(mode), owner: owner)
    checkRepetition(of: declaration, owner)
    checkReserved(declaration, mode)
    for lifecycle in declaration.blocks("lifecycle") { readLifecycle(lifecycle, mode) }
    if let provider = declaration.attribute("provider") {
      checkProviderReference(provider, declaration)
    }
    for provisioner in declaration.blocks("provisioner") where mode == .managed {
      readProvisioner(provisioner)
    }
    if check != nil { checkScoped(declaration) }
    let resource = Resource(
      mode: mode, type: type.text, name: name.text, source: declaration, check: check)
    if let first = module.resources.add(resource.address, resource) {
      reportDuplicate("`\(resource.address)`", declaration.place, first: first.source.place)
    }
  }

  private func checkReserved(_ declaration: Declaration, _ mode: ResourceMode) {
    for block in declaration.block.body.blocks where block.type == "locals" {
      findings.error(
        "reserved-block", "`\(block.type)` is reserved inside of a `\(mode.rawValue)` block",
        at: declaration.location(block.headerOrigin))
    }
    guard mode != .managed else { return }
    for block in declaration.block.body.blocks
    where block.type == "provisioner" || block.type == "connection" {
      findings.error(
        "unknown-block", "Only a `resource` block has `\(block.type)` blocks",
        at: declaration.location(block.headerOrigin))
    }
  }

  private func readLifecycle(_ lifecycle: Declaration, _ mode: ResourceMode) {
    var shape = BodyShape.lifecycle
    if mode != .managed { shape.optional = [] }
    inspector.inspect(
      lifecycle, shape, owner: "The `lifecycle` block of a \(mode.noun)")
    for rule in lifecycle.blocks("precondition") + lifecycle.blocks("postcondition") {
      inspector.inspect(rule, .rule, owner: "A `\(rule.block.type)` block")
    }
    guard mode == .managed else { return }
    for name in ["create_before_destroy", "prevent_destroy"] {
      _ = flag(lifecycle.attribute(name), in: lifecycle.file)
    }
  }

  private func checkScoped(_ declaration: Declaration) {
    for name in ["count", "for_each"] {
      guard let attribute = declaration.attribute(name) else { continue }
      findings.error(
        "unknown-argument", "The data source of a `check` block has no `\(name)`",
        at: declaration.location(attribute.nameOrigin))
    }
    for block in declaration.blocks("lifecycle") {
      findings.error(
        "unknown-block", "The data source of a `check` block has no `lifecycle`", at: block.place)
    }
  }

  func checkProviderReference(_ attribute: Attribute, _ declaration: Declaration) {
    guard providerReference(attribute.value) == nil else { return }
    findings.error(
      "bad-provider-reference", "`provider` names a configuration: `name` or `name.alias`",
      at: declaration.location(attribute.value.origin))
  }

  private func readProvisioner(_ provisioner: Declaration) {
    inspector.inspect(provisioner, .provisioner, owner: "A `provisioner` block")
    let choices = ["when": ["create", "destroy"], "on_failure": ["continue", "fail"]]
    for (name, words) in choices.sorted(by: { $0.key < $1.key }) {
      guard let attribute = provisioner.attribute(name) else { continue }
      let traversal = attribute.value.uncommented.staticTraversal
      let word = traversal.flatMap { $0.steps.isEmpty ? $0.root : nil }
      if let word = word ?? attribute.value.stringValue, words.contains(word) { continue }
      findings.error(
        "bad-keyword", "`\(name)` is one of \(words.listed)",
        at: provisioner.location(attribute.value.origin))
    }
  }

  func readCheck(_ declaration: Declaration) {
    guard let label = declaration.label(0) else { return }
    checkName(label, of: "a check", in: declaration.file)
    inspector.inspect(declaration, .check, owner: "A `check` block")
    let assertions = declaration.blocks("assert")
    for rule in assertions { inspector.inspect(rule, .rule, owner: "An `assert` block") }
    if assertions.isEmpty {
      findings.error(
        "missing-block", "A `check` block needs an `assert` block", at: declaration.place,
        help: "Add `assert { condition = ... }` with an `error_message`.")
    }
    let scoped = declaration.blocks("data")
    if scoped.count > 1 {
      findings.error(
        "duplicate-block", "A `check` block has one data source at most", at: scoped[1].place)
    }
    for data in scoped where data.block.labels.count == 2 {
      readResource(data, .data, check: label.text)
    }
    if let first = module.checks.add(label.text, declaration) {
      reportDuplicate("Check `\(label.text)`", declaration.place, first: first.place)
    }
  }
}
