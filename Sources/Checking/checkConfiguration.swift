public import Diagnostics
import Evaluation
import HCL

/// Says of a whole tree of modules what `terraform validate` would say, and some more.
///
/// It reads nothing but what it is given. Everything is reported, not only the first.
public func checkConfiguration(_ input: CheckInput) -> Diagnostics {
  let findings = Findings()
  let library = SchemaLibrary(input.schemas, findings: findings)
  let tree = ModuleTree(
    input.tree, root: input.root, shownRoot: input.options.shownRoot, version: input.options.version,
    findings: findings)
  var functions = input.functions
  functions.lowestVersion = tree.root.lowestVersion
  resolveProviders(tree)
  let all = ModuleCheckers()
  let checkers = tree.modules.items.map { module in
    ModuleChecker(module, tree, library, functions, input.options, all)
  }
  for checker in checkers { all.byFolder[checker.module.folder] = checker }
  for checker in checkers { checker.check() }
  checkPassedProviders(tree, library)
  checkCycles(tree)
  if input.options.reportsUnused { checkUnused(tree) }
  return findings.diagnostics
}

extension ModuleChecker {
  func check() {
    checkTerraform()
    checkVariables()
    checkLocals()
    checkProviders()
    checkResources()
    checkProviderReferences()
    checkCalls()
    checkOutputs()
    checkChecks()
    checkMoves()
    checkImports()
    checkActions()
  }
}

extension Module {
  /// The lowest version of Terraform that the module lets in; nil where it doesn't say.
  var lowestVersion: LanguageVersion? {
    terraform.compactMap { declaration in
      declaration.attribute("required_version")?.value.stringValue
        .flatMap { LanguageVersion(lowestOf: $0) }
    }.max()
  }
}
