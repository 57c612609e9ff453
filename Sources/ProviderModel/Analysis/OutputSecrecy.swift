import HCL

/// Finds out which outputs of a leaf have to be hidden.
struct OutputSecrecy {
  private let module: ModuleSpec
  private let catalog: Catalog
  private let locals: [String: Expression]

  init(_ module: ModuleSpec, _ catalog: Catalog, _ locals: [String: Expression]) {
    self.module = module
    self.catalog = catalog
    self.locals = locals
  }

  /// The names of these outputs.
  var sensitiveOutputs: Set<String> {
    var names: Set<String> = []
    for output in module.outputs {
      let isHidden = output.isSensitive || isSensitive(output.value)
      if isHidden || output.existing.map(isSensitive) ?? false { names.insert(output.name) }
    }
    return names
  }

  private func isSensitive(_ expression: Expression) -> Bool {
    var result = false
    var pending = [expression]
    var seen: Set<String> = []
    while let next = pending.popLast(), !result {
      next.visit { node in
        guard !result, let path = node.attributePath, path.count >= 2 else { return }
        if path[0] == "local" {
          if seen.insert(path[1]).inserted, let local = locals[path[1]] { pending.append(local) }
        } else {
          result = isSensitive(path)
        }
      }
    }
    return result
  }

  /// Whether what a path of two or more names leads to is hidden.
  private func isSensitive(_ path: [String]) -> Bool {
    switch path[0] {
    case "var": return module.variable(path[1]).map(Self.isSecret) ?? false
    case "data":
      return path.count >= 4 && attributeIsSensitive(path[1], path[3], isData: true)
    default:
      guard path.count >= 3 else { return false }
      if attributeIsSensitive(path[0], path[2]) { return true }
      // What stands in for the resource may hide what the resource itself shows.
      return module.existing.contains { standIn in
        standIn.resourceType == path[0] && standIn.name == path[1]
          && attributeIsSensitive(standIn.type, path[2], isData: true)
      }
    }
  }

  /// Whether an input is marked, or carries the environment of an app.
  private static func isSecret(_ variable: VariableSpec) -> Bool {
    if variable.isSensitive { return true }
    var carriesEnvironment = false
    for expression in variable.from ?? [] {
      expression.visit { node in
        if node.isPath(["app", "env"]) { carriesEnvironment = true }
      }
      if expression.loopsOverMembers { carriesEnvironment = true }
    }
    return carriesEnvironment
  }

  private func attributeIsSensitive(
    _ type: String, _ attribute: String, isData: Bool = false
  ) -> Bool {
    catalog.schema(ofType: type, isData: isData)?.attributes[attribute]?.isSensitive ?? false
  }
}
