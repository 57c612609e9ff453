public import Diagnostics
import Evaluation
import HCL
import Parallelism

/// Says of a whole tree of modules what `terraform validate` would say, and some more.
///
/// It reads nothing but what it is given. Everything is reported, not only the first.
public func checkConfiguration(_ input: CheckInput) -> Diagnostics {
  let findings = Findings()
  let library = SchemaLibrary(input.schemas, findings: findings)
  let tree = ModuleTree(
    input.tree, bodies: input.bodies, proven: input.proven, root: input.root,
    shownRoot: input.options.shownRoot, version: input.options.version, findings: findings)
  var functions = input.functions
  functions.lowestVersion = tree.root.lowestVersion
  resolveProviders(tree)
  let checkers = tree.modules.items.map {
    ModuleChecker($0, tree, library, functions, input.options)
  }
  checkModules(checkers)
  let cycles = checkGivenValues(checkers)
  checkPassedProviders(tree, library)
  findings.append(contentsOf: cycles)
  if input.options.reportsUnused { checkUnused(tree) }
  freeLater(checkers)
  return findings.diagnostics
}

/// Checks all modules at once.
private func checkModules(_ checkers: [ModuleChecker]) {
  _ = checkers.filter { !$0.module.isProven }
    .concurrentMap(weight: \.module.size) { $0.check() }
  let given = Dictionary(grouping: checkers.flatMap(\.givenValues), by: \.folder)
  for checker in checkers { checker.receivedValues = given[checker.module.folder] ?? [] }
}

/// Checks what modules give to each other; and beside that, what waits for itself: what waits for
/// what is known when all modules are checked, and rules about given values add nothing to it.
///
/// - Returns: The circles.
private func checkGivenValues(_ checkers: [ModuleChecker]) -> Diagnostics {
  // The graph takes longest.
  var parts: [@Sendable () -> Diagnostics] = [{ checkers[0].circles() }]
  for checker in checkers where !checker.receivedValues.isEmpty {
    parts.append {
      checker.checkValidations()
      return Diagnostics()
    }
  }
  let found = parts.concurrentMap { $0() }
  for checker in checkers {
    checker.tree.findings.append(contentsOf: checker.findings.diagnostics)
  }
  return found[0]
}

extension ModuleChecker {
  /// What waits for itself in the whole tree.
  fileprivate func circles() -> Diagnostics {
    let findings = Findings()
    checkCycles(tree, findings)
    return findings.diagnostics
  }

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
  /// How much there is to check, roughly.
  fileprivate var size: Int {
    resources.items.reduce(variables.items.count + calls.items.count) {
      $0 + $1.source.block.body.items.count
    }
  }

  /// The lowest version of Terraform that the module lets in; nil where it doesn't say.
  var lowestVersion: LanguageVersion? {
    terraform.compactMap { declaration in
      declaration.attribute("required_version")?.value.stringValue
        .flatMap { LanguageVersion(lowestOf: $0) }
    }.max()
  }
}
