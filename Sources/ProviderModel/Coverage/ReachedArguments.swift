import HCL

/// The arguments of a leaf's resources that a value can reach which isn't written in the leaf.
///
/// A value is reached if anything in it comes from outside of the expression: an input, another
/// resource, what a block is repeated for. Literals alone reach nothing, and neither does what is
/// repeated for literals.
struct ReachedArguments {
  /// Paths such as `spec.name`, by resource type.
  private(set) var paths: [String: Set<String>] = [:]
  private let locals: [String: Expression]

  init(_ module: ModuleSpec) {
    locals = module.locals
    for block in module.resources {
      guard let type = block.labels.first?.text else { continue }
      let loop = block.body.attribute("for_each")?.value
      let count = block.body.attribute("count")?.value
      walk(
        block.body, type, [],
        [
          "each": loop.map { isOpen($0, [:]) } ?? false,
          "count": count.map { isOpen($0, [:]) } ?? false,
        ])
    }
  }

  private mutating func walk(
    _ body: Body, _ type: String, _ path: [String], _ iterators: [String: Bool]
  ) {
    for attribute in body.attributes where isOpen(attribute.value, iterators) {
      paths[type, default: []].insert((path + [attribute.name]).joined(separator: "."))
    }
    for block in body.blocks where !["lifecycle", "provisioner", "connection"].contains(block.type)
    {
      guard block.type == "dynamic", let label = block.labels.first?.text else {
        walk(block.body, type, path + [block.type], iterators)
        continue
      }
      var inner = iterators
      let name = block.body.attribute("iterator")?.value.attributePath?.first ?? label
      inner[name] = false
      if let loop = block.body.attribute("for_each"), isOpen(loop.value, iterators) {
        inner[name] = true
        // Whether the block is there is a choice, even where nothing can be said in it.
        paths[type, default: []].insert((path + [label]).joined(separator: "."))
      }
      for content in block.body.blocks where content.type == "content" {
        walk(content.body, type, path + [label], inner)
      }
    }
  }

  /// Whether a value depends on anything that isn't written down in it.
  private func isOpen(_ expression: Expression, _ iterators: [String: Bool]) -> Bool {
    var pending = [expression]
    var seen: Set<String> = []
    while let next = pending.popLast() {
      var found = false
      next.visit(scope: []) { node, bound in
        guard case .variable(let root) = node, !bound.contains(root.name) else {
          if case .attribute(let access) = node, case .variable(let root) = access.base,
            root.name == "local", seen.insert(access.name).inserted,
            let local = locals[access.name]
          {
            pending.append(local)
          }
          return
        }
        if let isOpen = iterators[root.name] {
          found = found || isOpen
          return
        }
        switch root.name {
        case "local", "path", "terraform", "self": break
        case "var", "data", "module": found = true
        // A resource, by its type.
        default: found = found || root.name.contains("_")
        }
      }
      if found { return true }
    }
    return false
  }
}
