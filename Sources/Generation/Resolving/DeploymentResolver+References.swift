import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

extension DeploymentResolver {
  /// Finds the item that an input names, makes it where it is implied, or takes an id as it is.
  func bind(
    _ result: inout InputResult, _ input: Leaf.Input, _ source: Leaf.Source?, of index: Int
  ) {
    let spec = input.spec
    let given = result.value
    let isList = spec.type.isSequence
    var names: [Value] = []
    var literals: [Value] = []
    for element in given.elements ?? [given] {
      guard let text = element.scalarText else {
        literals.append(element)
        continue
      }
      if let name = referenced(text, input, source, of: index) {
        names.append(.string(name))
      } else if !isImplied(source, of: index) {
        literals.append(literal(text, spec))
      }
    }
    if literals.isEmpty, names.isEmpty, !isList {
      result.value = .null
      result.filled = .null
    } else if literals.isEmpty {
      // Others compare references by what they name, however it was given.
      result.reference = isList ? .list(names) : names.first
      result.filled = result.reference ?? .null
    } else {
      let literal = isList ? .list(literals) : literals.first ?? .null
      var conversion = TypeConversion(fillsDefaults: false)
      result.value = conversion.convert(literal, to: spec.type)
      result.filled = result.value
      report(conversion.problems, of: result.key ?? spec.name, spec, index)
    }
  }

  /// Whether what exists already would have something made for it.
  private func isImplied(_ source: Leaf.Source?, of index: Int) -> Bool {
    if case .key? = source { return false }
    return entries[index].management == .existing
  }

  /// The items that the manifest itself names for an input.
  func explicitReferences(_ position: Int, of index: Int) -> [String] {
    let entry = entries[index]
    guard let target = target(of: entry.leaf.bound[position].spec, entry.leaf) else { return [] }
    for case .key(let key) in entry.leaf.bound[position].sources {
      guard let value = entry.config[key] else { continue }
      let names = (value.elements ?? [value]).compactMap(\.scalarText).filter { name in
        byName[name].map { entries[$0].leaf === target } ?? false
      }
      if !names.isEmpty { return names }
    }
    return []
  }

  /// The leaf whose items an input names.
  private func target(of spec: VariableSpec, _ leaf: Leaf) -> Leaf? {
    spec.referredType.flatMap {
      leaves.leaf(
        provider: leaf.provider.name, type: $0, roles: leaf.module.roles(referredBy: spec))
    }
  }

  private func literal(_ text: String, _ spec: VariableSpec) -> Value {
    guard let first = spec.type.objectAttributes?.first else { return .string(text) }
    return .object([first.name: .string(text)])
  }

  /// The item that a word names, or implies; nil for an id, and where it leads nowhere.
  func referenced(
    _ text: String, _ input: Leaf.Input, _ source: Leaf.Source?, of index: Int
  ) -> String? {
    let entry = entries[index]
    let spec = input.spec
    guard let target = target(of: spec, entry.leaf) else { return nil }
    if let found = byName[text], entries[found].leaf === target { return text }
    if let match = spec.match, let found = matching(text, match, target) { return found }
    if let pattern = spec.literal, self.pattern(pattern)?.matches(text) ?? false {
      return nil
    }
    let isGiven = if case .key? = source { true } else { false }
    // What exists already needs nothing made for it.
    if !isGiven, entry.management == .existing { return nil }
    if !isGiven, let implied = spec.implies {
      // Another item that was given explicitly the same value already made it.
      return imply(
        implied, provider: entry.leaf.provider.name, value: .string(text), implier: index)
    }
    entries[index].refused.insert(spec.name)
    let candidates = entries.filter { $0.leaf === target && $0.source != nil }.map(\.name)
    diagnostics.append(dangling(text, target, among: candidates, at: place(spec.name, index)))
    return nil
  }

  /// The item of a leaf that another word than its name means.
  private func matching(_ text: String, _ match: Expression, _ target: Leaf) -> String? {
    let found = entries.indices.first { index in
      entries[index].leaf === target
        && Evaluator(EntryScope(self, index)).value(of: match).scalarText == text
    }
    return found.map { entries[$0].name }
  }

  /// Why a name that an input gives leads nowhere.
  func dangling(
    _ name: String, _ target: Leaf, among candidates: [String], at location: SourceLocation?
  ) -> Diagnostic {
    let title = target.module.title
    let kind = target.module.role.rawValue
    let detail = candidates.isEmpty ? nil : "There is \(listed(candidates, "and"))."
    if let found = byName[name].map({ entries[$0] }) {
      return Diagnostic(
        .error, "reference.unknown-item",
        "`\(name)` is of the type \(found.leaf.module.title), not \(title)", at: location,
        detail: detail, help: "Name another \(kind), or remove the setting.")
    }
    let items = manifest.resources + manifest.apps
    if items.contains(where: { $0.name.value == name && $0.managed }) {
      return Diagnostic(
        .error, "reference.unknown-item", "`\(name)` isn't deployed in `\(environment)`",
        at: location, detail: "What refers to it is.",
        help: "Add the environment to the \(kind)'s `environments`, or override the setting there."
      )
    }
    return Diagnostic(
      .error, "reference.unknown-item", "There is no \(title) named `\(name)`", at: location,
      detail: detail,
      help: nearestMatch(name, in: candidates).map { "Did you mean `\($0)`?" }
        ?? "Add \(kind == "app" ? "an" : "a") \(kind) of that name, or remove the setting.")
  }
}
