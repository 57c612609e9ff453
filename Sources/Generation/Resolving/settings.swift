import AppManifest
import Diagnostics
import JSON
import ProviderModel

extension [VariableSpec] {
  /// The setting that a key of the manifest means, by its name or another word for it.
  func meant(by key: String) -> VariableSpec? {
    first { $0.name == key || $0.aliases.contains(key) }
  }
}

/// A setting's value in its type; what doesn't fit is reported under an id.
func settingValue(
  _ member: JSONMember, _ spec: VariableSpec, fillsDefaults: Bool, id: String,
  _ manifest: Manifest, into diagnostics: inout Diagnostics
) -> Value {
  var conversion = TypeConversion(fillsDefaults: fillsDefaults)
  let value = conversion.convert(Value(member.value), to: spec.type)
  for problem in conversion.problems {
    diagnostics.append(
      Diagnostic(
        .error, id, problem.summary(of: member.key),
        at: manifest.location(member.value.range(of: problem)), detail: spec.description + "."))
  }
  return value
}

/// Checks a setting's value against what its spec allows, unless an input that takes it was refused.
func checkFacts(
  _ member: JSONMember, _ spec: VariableSpec, _ value: Value, _ manifest: Manifest,
  into diagnostics: inout Diagnostics
) {
  let nodes = member.value.elements ?? [member.value]
  for (index, element) in (value.elements ?? [value]).enumerated() where index < nodes.count {
    let location = manifest.location(nodes[index].range)
    guard let problem = spec.facts.problem(with: element, pattern: { Pattern($0) }),
      !diagnostics.items.contains(where: {
        $0.severity == .error && $0.location?.range == location.range
      })
    else { continue }
    let label = value.elements == nil ? member.key : "\(member.key)[\(index)]"
    diagnostics.append(
      .wrongValue(label, element, problem, spec, known: [], at: location))
  }
}
