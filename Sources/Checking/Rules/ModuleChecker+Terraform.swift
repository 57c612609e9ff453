import Diagnostics
import Evaluation
import HCL

extension ModuleChecker {
  /// The kinds of state backends.
  private static let backends: Set = [
    "azurerm", "consul", "cos", "gcs", "http", "inmem", "kubernetes", "local", "oci", "oss", "pg",
    "remote", "s3",
  ]

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
    guard let text = attribute.value.stringValue else {
      findings.error(
        "not-constant", "`required_version` has to be a text without references", at: place)
      return
    }
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
    let context = ExpressionContext(file: backend.file)
    if backend.block.type == "backend", let label = backend.label(0),
      !Self.backends.contains(label.text)
    {
      findings.error(
        "unknown-backend", "There is no backend `\(label.text)`",
        at: backend.location(label.origin), "There is \(Self.backends.sorted().listed).",
        help: didYouMean(label.text, Self.backends))
    }
    if backend.block.type == "backend", backend.label(0)?.text == "local" {
      let shape = BodyShape(optional: ["path", "workspace_dir"])
      BodyInspector(findings: findings).inspect(backend, shape, owner: "The backend `local`")
    }
    guard isRoot else {
      findings.warning(
        "ignored-backend", "The backend of a child module isn't used", at: backend.place,
        help: "Remove it.")
      return
    }
    backend.block.body.expressions { expression in
      expression.visitTraversals { traversal in
        findings.error(
          "not-constant", "The settings of a backend can't refer to anything",
          at: context.location(traversal.range),
          help: "Give it at `terraform init` with `-backend-config`.")
      }
    }
  }
}
