import HCL
import ProviderModel
import TestSupport
import Testing

/// A default that was released stays where another one would replace what exists, or upgrade it:
/// a later webkit must not do that to those who never chose.
@Suite struct FrozenDefaultTests {
  @Test func `every default that replaces is the recorded one`() throws {
    var text = ""
    for module in catalog.allModules {
      let analysis = LeafAnalysis(module, catalog)
      for variable in module.variables where variable.defaultExpression != nil {
        let isBound =
          analysis.replacing.contains(variable.name) || analysis.frozen.contains(variable.name)
        guard isBound || variable.isVersion else { continue }
        text += "\(module.provider)/\(module.type) \(variable.name) = \(variable.shownDefault)\n"
      }
    }
    report([try Golden.problem(of: text, in: "frozen-defaults.txt")].compactMap(\.self))
  }
}

extension VariableSpec {
  /// Whether it chooses a version of what is run, which a provider may change in place.
  fileprivate var isVersion: Bool { name.hasSuffix("version") || name == "image" }

  /// The default, with those of the attributes that it leaves out.
  fileprivate var shownDefault: String {
    let own = defaultExpression.map { Printer.print($0) } ?? "null"
    guard type.objectAttributes != nil, own != "null" else { return own }
    return own + " of " + Printer.print(typeExpression).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }
}
