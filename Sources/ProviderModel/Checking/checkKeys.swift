import HCL

/// How many there are of something doesn't hang on what is known only after an apply.
func checkKeys(of module: ModuleSpec, _ check: inout SpecCheck) {
  let references = LeafReferences(module)
  let names = Set(module.variables.map(\.name))
  for block in module.body where ["resource", "data"].contains(block.type) {
    for name in ["count", "for_each"] {
      guard let attribute = block.body.attribute(name) else { continue }
      for path in Set(references.paths(in: attribute.value)).sorted(by: {
        $0.lexicographicallyPrecedes($1)
      })
      where path[0] == "var" && names.contains(path[1]) {
        guard let output = check.unknownOutput(path, of: module) else { continue }
        check.report(
          "unknown-key",
          "`\(name)` needs `\(path.joined(separator: "."))`, which is known only after an apply",
          at: attribute.value.origin,
          help: """
            `\(output)` is made by the provider. Ask whether the reference is there at all \
            (`var.\(path[1]) == null`), or for an output that is made of arguments.
            """)
      }
    }
  }
}

extension SpecCheck {
  /// The output that a path into an input asks for, if a provider makes it.
  ///
  /// An object of outputs is there or not, which is known; a text isn't known at all.
  fileprivate func unknownOutput(_ path: [String], of module: ModuleSpec) -> String? {
    guard let variable = module.variable(path[1]) else { return nil }
    if let word = variable.referredType, let target = target(word, roles: [.resource, .app]) {
      let attributes = variable.type.objectAttributes
      if attributes == nil { return variable.referredOutput.flatMap { unknown($0, in: target) } }
      guard path.count > 2 else { return nil }
      return unknown(path[2], in: target)
    }
    for mentioned in (variable.from ?? []).flatMap(\.allPaths) where mentioned.count == 3 {
      guard mentioned[0] == "resource", mentioned[1] == "outputs" else { continue }
      let targets = (module.each?.types ?? []).compactMap { target($0, roles: [.resource, .app]) }
      for target in targets {
        if let output = unknown(mentioned[2], in: target) { return output }
      }
    }
    return nil
  }

  /// The output with its type, if something in it is made by the provider.
  private func unknown(_ name: String, in target: ModuleSpec) -> String? {
    guard let output = target.output(name) else { return nil }
    for path in LeafReferences(target).paths(in: output.value) where path.count > 2 {
      guard
        let resource = target.resources.first(where: {
          $0.labels.map(\.text) == Array(path.prefix(2))
        }),
        let type = resource.labels.first?.text,
        let schema = catalog.provider(ofType: type)?.schema.resources[type]
      else { continue }
      let isGiven = resource.body.attribute(path[2]) != nil
      if schema.attributes[path[2]]?.isComputed == true, !isGiven {
        return "\(target.type).\(name)"
      }
    }
    return nil
  }
}
