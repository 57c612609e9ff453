import HCL

/// An alternative that Terraform answers holds nothing that only the manifest knows.
func checkAlternatives(of module: ModuleSpec, _ check: inout SpecCheck) {
  for variable in module.variables {
    for expression in variable.from ?? [] where isWired(expression) {
      for root in expression.roots().sorted()
      where !wirableRoots.contains(root) {
        check.report(
          "wired", "`\(root)` can't stand beside what is known only to Terraform",
          at: expression.origin)
      }
      for (path, origin) in expression.paths() where !isWirable(path) {
        check.report(
          "wired",
          "`\(path.joined(separator: "."))` can't stand beside what is known only to Terraform",
          at: origin)
      }
    }
  }
}

private let wirableRoots: Set = [
  "tags", "secret", "run", "app", "project", "environment", "item", "members", "resource",
  "consumers", "refs", "items", "output", "peers",
]

private func isWirable(_ path: [String]) -> Bool {
  switch path[0] {
  case "item": path[1] == "name"
  case "app": path[1] == "env" || path[1] == "outputs"
  case "resource": path[1] == "outputs"
  // Alone it is what a loop walks.
  case "refs": path.count == 2 || path[2] == "outputs"
  default: true
  }
}

/// Whether something in it is known only to Terraform.
private func isWired(_ expression: Expression) -> Bool {
  var result = !expression.roots().isDisjoint(with: ["tags", "secret", "run", "peers"])
  expression.visit { node in
    if case .attribute(let access) = node, access.name == "outputs" { result = true }
    if let path = node.attributePath, path == ["app", "env"] || path == ["output", "value"] {
      result = true
    }
  }
  return result || expression.loopsOverMembers
}
