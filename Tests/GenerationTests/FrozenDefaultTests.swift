import HCL
import ProviderModel
import TestSupport
import Testing

/// A default that was released stays where another one would replace what exists, remove it or
/// upgrade it: a later webkit must not do that to those who never chose.
@Suite struct FrozenDefaultTests {
  @Test func `every default that replaces is the recorded one`() throws {
    var text = ""
    for module in catalog.allModules {
      let analysis = LeafAnalysis(module, catalog)
      let bound = analysis.replacing.union(analysis.frozen).union(module.deciding)
      for variable in module.variables
      where variable.defaultExpression != nil
        && (bound.contains(variable.name) || variable.isVersionOrPlace)
      {
        text += "\(module.provider)/\(module.type) \(variable.name) = \(variable.shownDefault)\n"
      }
    }
    report([try Golden.problem(of: text, in: "frozen-defaults.txt")].compactMap(\.self))
  }
}

extension ModuleSpec {
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
