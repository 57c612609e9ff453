import Diagnostics
import Evaluation
import HCL

extension ModuleChecker {
  /// Whether a reference has a target and fits it; what is wrong is reported.
  func check(_ reference: Reference, in context: ExpressionContext) -> Bool {
    let place = context.location(reference.range)
    switch reference.target {
    case .variable(let name):
      depend(context, .variable(name), name: "var." + name)
      return declared(name, module.variables, "variable", "var.", at: place)
    case .local(let name):
      depend(context, .local(name), name: "local." + name)
      if context.node == .local(name) {
        findings.error("self-reference", "Local `\(name)` refers to itself", at: place)
        return false
      }
      return declared(name, module.locals, "local", "local.", at: place)
    case .each(let name): return checkEach(name, context, at: place)
    case .count(let name): return checkCount(name, context, at: place)
    case .path(let name):
      return known(name, ["cwd", "module", "root"], "path", at: place)
    case .terraform(let name):
      return known(name, ["workspace", "applying"], "terraform", at: place)
    case .selfValue: return checkSelf(reference, context)
    case .call(let name): return check(call: name, reference, context)
    case .resource(let mode, let type, let name):
      return check(resource: (mode, type, name), reference, context)
    }
  }

  /// Remembers that something is used, and by what.
  func depend(_ context: ExpressionContext, _ target: GraphNode, name: String) {
    if context.node != target { module.used.insert(name) }
    if let node = context.node { module.edges[node, default: []].append(target) }
  }

  private func declared<Value>(
    _ name: String, _ table: Table<Value>, _ what: String, _ prefix: String,
    at place: SourceLocation
  ) -> Bool {
    if table.contains(name) || module.isPartial { return true }
    let near = findings.near(name, in: table.names)
    // What was probably meant isn't reported as unused as well.
    if let near { module.used.insert(prefix + near) }
    findings.error(
      "undeclared-\(what)", "There is no \(what) `\(name)`", at: place,
      help: near.map { "Did you mean `\(prefix)\($0)`?" }
        ?? (what == "variable"
          ? "Declare it with `variable \"\(name)\" { ... }`." : "Declare it in a `locals` block."),
      fixIts: near.map { [.init("Write `\($0)`", at: place, replacement: prefix + $0)] } ?? [])
    return false
  }

  private func known(
    _ name: String, _ names: [String], _ root: String, at place: SourceLocation
  ) -> Bool {
    if names.contains(name) { return true }
    let near = nearestMatch(name, in: names)
    findings.error(
      "unknown-attribute", "There is no `\(root).\(name)`", at: place,
      "There is \(names.map { root + "." + $0 }.listed).",
      help: near.map { "Did you mean `\(root).\($0)`?" })
    return false
  }

  private func checkEach(
    _ name: String, _ context: ExpressionContext, at place: SourceLocation
  ) -> Bool {
    guard known(name, ["key", "value"], "each", at: place) else { return false }
    if context.repetition == .forEach { return true }
    // The arguments of a module call are worked out without its instances at first.
    let isPassed = context.isArgumentOfCall
    findings.foundAtPlan(isPassed) {
      findings.error(
        "each-without-for-each", "`each` has no meaning here", at: place,
        "It stands for an element where the block has a `for_each`.")
    }
    return isPassed
  }

  private func checkCount(
    _ name: String, _ context: ExpressionContext, at place: SourceLocation
  ) -> Bool {
    guard known(name, ["index"], "count", at: place) else { return false }
    if context.repetition == .count { return true }
    let isPassed = context.isArgumentOfCall
    findings.foundAtPlan(isPassed) {
      findings.error(
        "count-without-count", "`count` has no meaning here", at: place,
        "It numbers the instances where the block has a `count`.")
    }
    return isPassed
  }

  private func checkSelf(_ reference: Reference, _ context: ExpressionContext) -> Bool {
    guard let resource = context.selfResource else {
      findings.error(
        "misplaced-self", "`self` has no meaning here", at: context.location(reference.range),
        "It stands for the resource in its postconditions, provisioners and connections.")
      return false
    }
    guard let block = block(of: resource) else { return true }
    return checkPath(reference.remaining, in: block, of: "self", context)
  }

  private func check(
    call name: String, _ reference: Reference, _ context: ExpressionContext
  ) -> Bool {
    let place = context.location(reference.range)
    let output = reference.remaining.first?.name
    module.used.insert(output.map { "module.\(name).\($0)" } ?? "module.\(name)")
    if let node = context.node {
      let target = output.map { GraphNode.callOutput(call: name, name: $0) } ?? .wholeCall(name)
      module.edges[node, default: []].append(target)
    }
    guard let call = module.calls[name] else {
      return declared(name, module.calls, "module", "module.", at: place)
    }
    if let key = reference.key, !call.hasCount, !call.hasForEach {
      findings.foundAtPlan {
        findings.error(
          "unexpected-instance-key", "`module.\(name)` is one instance and takes no key",
          at: context.location(key.range), help: "Remove `\(key.text)`.")
      }
      return true
    }
    if let problem = outputProblem(call, reference, context) { outputProblems.append(problem) }
    return true
  }

  /// What is wrong with the output that a reference names.
  ///
  /// Terraform only finds it where it evaluates the reference, which in the body of a `for` over
  /// unknown values, for example, it doesn't.
  private func outputProblem(
    _ call: ModuleCall, _ reference: Reference, _ context: ExpressionContext
  ) -> Diagnostic? {
    guard let step = reference.remaining.first, let name = step.name,
      let child = callee(call), !child.isPartial
    else { return nil }
    if call.hasCount || call.hasForEach, reference.key == nil {
      return Diagnostic(
        .error, "terraform.missing-instance-key",
        "`module.\(call.name)` has instances: one has to be named",
        at: context.location(reference.whole.range),
        detail:
          "It has `\(call.hasCount ? "count" : "for_each")`, so an output is read from one of them.",
        help: call.hasCount
          ? "Write `module.\(call.name)[0].\(name)`, or `module.\(call.name)[*].\(name)` for all."
          : "Write `module.\(call.name)[each.key].\(name)`, or a `for` for all.")
    }
    if child.outputs[name] != nil { return nil }
    let near = findings.near(name, in: child.outputs.names)
    return Diagnostic(
      .error, "terraform.unknown-output", "Module `\(call.name)` has no output `\(name)`",
      at: context.location(reference.whole.range),
      detail: child.outputs.isEmpty ? "It has none." : "It has \(child.outputs.names.listed).",
      help: near.map { "Did you mean `\($0)`?" },
      fixIts: near.map {
        [.init("Write `\($0)`", at: context.location(step.range), replacement: "." + $0)]
      } ?? [])
  }
}
