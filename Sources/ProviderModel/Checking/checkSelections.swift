public import HCL

/// What a link or monitor has instances for, and what it may ask of it.
func checkSelections(of module: ModuleSpec, _ check: inout SpecCheck) {
  guard let each = module.each else {
    if module.role.router == .links || module.role.router == .monitoring {
      check.report(
        "no-each", "Nothing says what `\(module.type)` has instances for", at: Origin(),
        help: "Add `each \"resource\" { ... }`.")
    }
    return
  }
  for need in each.needs { checkNeed(need, each, &check) }
  for word in each.unless {
    let parts = word.split(separator: ".").map(String.init)
    let known = parts.count == 2 ? check.catalog.modules(of: parts[0]).map(\.type) : []
    if !known.contains(parts.last ?? "") {
      check.report(
        "unknown-reference", "there is no leaf `\(word)`", at: Origin(),
        help: "Write `<provider>.<type>`.")
    }
  }
  for expression in module.ownExpressions {
    for root in expression.roots().sorted() where selectedRoots.contains(root) {
      if !each.selection.roots.contains(root) {
        check.report(
          "unknown-path", "`each \"\(each.selection.rawValue)\"` binds no `\(root)`",
          at: expression.origin)
      }
    }
  }
  checkPeers(of: module, &check)
}

private let selectedRoots: Set = ["resource", "app", "domain", "output", "check", "items"]

extension ModuleSpec.Each.Selection {
  /// The names that stand for what is selected.
  fileprivate var roots: Set<String> {
    switch self {
    case .resource: ["resource"]
    case .app: ["app"]
    case .domain: ["app", "domain"]
    case .output: ["item", "output"]
    case .check: ["check"]
    case .project: ["items"]
    }
  }
}

private func checkNeed(_ need: Expression, _ each: ModuleSpec.Each, _ check: inout SpecCheck) {
  // Members of a project may be asked for more than their outputs.
  if each.selection == .project, need.attributePath == nil, need.roots() == ["items"] { return }
  if need.neededOutput == nil || !each.selection.roots.contains(need.attributePath?.first ?? "") {
    check.report(
      "needs", "`needs` names outputs of what is selected", at: need.origin,
      help: each.selection == .project
        ? "Write `items.outputs.<name>`, or a condition over `items`."
        : "Write `app.outputs.<name>`.")
  }
}

extension Expression {
  /// The output that is asked for, where an element of `needs` is `<word>.outputs.<name>`.
  public var neededOutput: String? {
    guard let path = attributePath, path.count == 3, path[1] == "outputs" else { return nil }
    return path[2]
  }
}

/// Peers are leaves of the same router with such outputs.
private func checkPeers(of module: ModuleSpec, _ check: inout SpecCheck) {
  for expression in module.ownExpressions {
    expression.visit { node in
      switch node {
      case .attribute:
        if let path = node.attributePath, path.count == 3, path[0] == "peers",
          check.peer(path, of: module) == nil
        {
          check.report(
            "unknown-reference", "there is no leaf `\(path[1]).\(path[2])` of its kind",
            at: node.origin)
        }
      case .splat(let splat):
        guard let path = splat.base.attributePath, path.count == 3, path[0] == "peers",
          let peer = check.peer(path, of: module), case .attribute(let output)? = splat.steps.first
        else { return }
        if peer.output(output) == nil {
          check.report(
            "unknown-output", "`\(path[1]).\(path[2])` has no output `\(output)`",
            at: node.origin)
        }
      default: break
      }
    }
  }
}

extension SpecCheck {
  /// The leaf of the same router that `peers.<provider>.<type>` means.
  fileprivate func peer(_ path: [String], of module: ModuleSpec) -> ModuleSpec? {
    let roles = ModuleSpec.Role.allCases.filter { $0.router == module.role.router }
    return catalog.module(provider: path[1], type: path[2], roles: Set(roles))
  }
}
