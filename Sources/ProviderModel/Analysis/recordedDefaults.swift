import HCL

/// Every default that another one would replace, remove or upgrade what exists for, one a line.
///
/// A default that was released stays: a later webkit must not do that to those who never chose.
public func recordedDefaults(_ catalog: Catalog) -> String {
  catalog.allModules.flatMap { frozenDefaults(of: $0, catalog).map { $0.line + "\n" } }.joined()
}

/// The defaults of a leaf that stay, with their lines.
func frozenDefaults(
  of module: ModuleSpec, _ catalog: Catalog
) -> [(variable: VariableSpec, line: String)] {
  let analysis = LeafAnalysis(module, catalog)
  let bound = analysis.replacing.union(analysis.frozen).union(module.deciding)
  return module.variables.filter {
    $0.defaultExpression != nil && (bound.contains($0.name) || $0.isVersionOrPlace)
  }
  .map { ($0, module.defaultPrefix($0.name) + $0.shownDefault) }
}

extension ModuleSpec {
  /// What stands before a default of the leaf.
  func defaultPrefix(_ name: String) -> String { "\(provider)/\(type) \(name) = " }

  /// Inputs that decide how many of a resource there are, or replace one through another.
  fileprivate var deciding: Set<String> {
    var names: Set<String> = []
    for block in resources {
      for name in ["count", "for_each"] {
        block.body.attribute(name)?.value.visit { names.formUnion($0.input) }
      }
      for inner in block.body.blocks where inner.type == "lifecycle" {
        inner.body.attribute("replace_triggered_by")?.value.visit { node in
          guard let path = node.attributePath, path.count == 2 else { return }
          let trigger = resources.first { $0.labels.map(\.text) == path }
          for attribute in trigger?.body.attributes ?? [] {
            attribute.value.visit { names.formUnion($0.input) }
          }
        }
      }
    }
    return names
  }
}

extension Expression {
  /// The input that the expression begins with.
  fileprivate var input: Set<String> {
    guard let path = attributePath, path.count > 1, path[0] == "var" else { return [] }
    return [path[1]]
  }
}

extension VariableSpec {
  /// Whether it chooses what is run or where, which a provider may change in place at a price.
  fileprivate var isVersionOrPlace: Bool {
    name.hasSuffix("version") || name == "image" || name == "region"
  }

  /// The default, with those of the attributes that it leaves out.
  fileprivate var shownDefault: String {
    let own = defaultExpression.map { Printer.print($0) } ?? "null"
    guard type.objectAttributes != nil else { return own }
    let shape = Printer.print(typeExpression).split(whereSeparator: \.isWhitespace)
    return own + " of " + shape.joined(separator: " ")
  }
}
