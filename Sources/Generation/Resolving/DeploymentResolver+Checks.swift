import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

extension DeploymentResolver {
  /// Checks rules, and the values of all inputs against what is known of them.
  func checkRules() {
    var said: Set<String> = []
    for index in entries.indices where entries[index].host == nil {
      let entry = entries[index]
      // What a machine is like doesn't count where the item has none of its own.
      if let key = entry.leaf.module.members, entry.refused.contains(key) { continue }
      let evaluator = Evaluator(EntryScope(self, index))
      for (position, input) in entry.leaf.bound.enumerated() {
        checkInput(input, position, of: index, evaluator)
      }
      // What exists already was let in by its provider.
      if entry.management == .existing { continue }
      checkName(of: index)
      checkRules(of: index, evaluator, &said)
      setPreconditionsAside(of: index)
    }
  }

  /// Names the environment where there are several.
  var inEnvironment: String {
    manifest.environments.count > 1 ? " in \(environment)" : ""
  }

  private func checkInput(
    _ input: Leaf.Input, _ position: Int, of index: Int, _ evaluator: Evaluator
  ) {
    let result = self.input(position, of: index)
    let spec = input.spec
    let key = result.key ?? spec.name
    let isNothing = result.value.isNull && result.reference == nil
    let isRequired =
      spec.defaultValue == nil && !entries[index].leaf.isSetting(position)
      && (entries[index].management != .existing || isNeeded(spec, entries[index]))
    if isNothing, isRequired, input.wired == nil, !input.isCloudName {
      entries[index].refused.insert(spec.name)
      diagnostics.append(.missingSetting(spec, at: place("", index)))
      return
    }
    guard result.reference == nil, !isNothing, !input.isCloudName else { return }
    check(
      result.value,
      Subject(
        index: index, key: key, path: [spec.name], steps: [], spec: spec, type: spec.type),
      evaluator)
  }

  /// A value that is checked: what it is called and where it stands.
  private struct Subject {
    var index: Int
    var key: String
    /// The path by which facts are found.
    var path: [String]
    /// The path in the manifest.
    var steps: [PathStep]
    var spec: VariableSpec
    var type: TypeConstraint

    var label: String { ([key] + steps.map(\.text)).joined() }
  }

  private func check(_ value: Value, _ subject: Subject, _ evaluator: Evaluator) {
    switch value {
    case .list(let elements):
      for (position, element) in elements.enumerated() {
        var inner = subject
        inner.steps.append(.element(position))
        inner.type = subject.type.element ?? .any
        check(element, inner, evaluator)
      }
    case .object(let attributes):
      for (name, element) in attributes.sorted(by: { $0.key < $1.key }) {
        var inner = subject
        inner.steps.append(.attribute(name))
        if case .map(let type) = subject.type {
          // Facts are found by attributes, whatever the key of the map.
          inner.type = type
        } else {
          let known = subject.type.objectAttributes
          if known != nil { inner.path.append(name) }
          inner.type = known?.first { $0.name == name }?.type ?? .any
          inner.spec = subject.spec.fields.first { $0.name == name } ?? subject.spec.ofPart
        }
        check(element, inner, evaluator)
      }
    case .bool, .number, .string: checkScalar(value, subject, evaluator)
    case .null, .unknown, .handle: break
    }
  }

  private func checkScalar(_ value: Value, _ subject: Subject, _ evaluator: Evaluator) {
    let path = subject.path.joined(separator: ".")
    let position = entries[subject.index].leaf.inputIndex[subject.path[0]] ?? 0
    // Only what says it of itself is known of settings.
    let facts =
      entries[subject.index].leaf.isSetting(position)
      ? subject.spec.facts : entries[subject.index].leaf.analysis.facts[path]
    if let facts {
      if let problem = facts.problem(with: value, pattern: pattern) {
        entries[subject.index].refused.insert(subject.path[0])
        let (label, location) = written(subject)
        diagnostics.append(
          .wrongValue(
            label, value, problem, subject.spec, known: known(subject.spec, evaluator),
            at: location))
        return
      }
    }
    guard let text = value.scalarText else { return }
    if let better = subject.spec.retired[text] {
      entries[subject.index].refused.insert(subject.path[0])
      let (label, location) = written(subject)
      diagnostics.append(.retired(label, text, better, at: location))
    } else {
      let texts = known(subject.spec, evaluator)
      if !texts.isEmpty, !texts.contains(text) {
        let (label, location) = written(subject)
        diagnostics.append(.notKnown(label, text, known: texts, at: location))
      }
    }
  }

  /// What a value is called in the manifest, and where it stands there.
  private func written(_ subject: Subject) -> (label: String, location: SourceLocation?) {
    let location = place(subject.key, subject.index, path: subject.steps)
    guard let inner = memberPlace(subject.key, subject.index, subject.steps) else {
      return (subject.label, location)
    }
    var subject = subject
    subject.key = inner.key
    subject.steps = inner.path
    return (subject.label, location)
  }

  /// The values that are known of an input, in order; empty where none are listed.
  private func known(_ spec: VariableSpec, _ evaluator: Evaluator) -> [String] {
    let list = spec.known.map { evaluator.value(of: $0) } ?? .null
    return list.attributes?.keys.sorted() ?? list.elements?.compactMap(\.scalarText) ?? []
  }

  private func checkName(of index: Int) {
    let entry = entries[index]
    guard checksNames, let name = entry.cloudName,
      let input = entry.leaf.inputs.first(where: \.isCloudName),
      let facts = entry.leaf.analysis.facts[input.spec.name],
      let problem = facts.problem(with: .string(name), pattern: pattern)
    else { return }
    // A name that is given for all environments is as wrong in one as in the other.
    let isForAll =
      entry.source?.cloudName.common != nil
      && entry.source?.override(in: environment)?.cloudName == nil
    diagnostics.append(
      .badCloudName(
        name, of: entry.name, entry.leaf, problem, isForAll ? "" : inEnvironment,
        isImplied: entry.implier != nil, at: place(input.spec.name, index)))
  }
}

extension Diagnostic {
  fileprivate static func missingSetting(
    _ spec: VariableSpec, at location: SourceLocation?
  ) -> Diagnostic {
    let example = spec.example.map { JSONPrinter.printCompact($0.json) } ?? "..."
    return Diagnostic(
      .error, "config.missing", "`config.\(spec.name)` is required", at: location,
      detail: spec.description.isEmpty ? nil : spec.description + ".",
      help: "Add `\"\(spec.name)\": \(example)` to `config`.")
  }

  static func wrongValue(
    _ label: String, _ value: Value, _ problem: ValueProblem, _ spec: VariableSpec,
    known: [String], at location: SourceLocation?
  ) -> Diagnostic {
    var summary = "`\(label)` can't be `\(value.scalarText ?? "")`"
    if !problem.text.isEmpty { summary += ": \(problem.text)" }
    var help = problem.near.map { "Did you mean `\($0)`?" }
    var detail: String?
    if let form = problem.detail {
      // A pattern says little to people, so all that is known stands beside it.
      let parts = [spec.description.isEmpty ? "" : spec.description + ".", form]
      detail = parts.filter { !$0.isEmpty }.joined(separator: " ")
      if let example = spec.example?.elements?.first ?? spec.example, let text = example.scalarText
      {
        help = "Write it as in `\(text)`."
      } else if !known.isEmpty, known.count <= 20 {
        help = "Known are \(listed(known))."
      }
    }
    return Diagnostic(.error, "config.value", summary, at: location, detail: detail, help: help)
  }

  fileprivate static func retired(
    _ label: String, _ text: String, _ better: String, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "config.retired", "`\(text)` can't be ordered any more", at: location,
      help: "Write `\(better)` for `\(label)`.")
  }

  fileprivate static func notKnown(
    _ label: String, _ text: String, known: [String], at location: SourceLocation?
  ) -> Diagnostic {
    let near = nearestMatch(text, in: known)
    return Diagnostic(
      .warning, "config.not-known", "`\(text)` is not among the values known for `\(label)`",
      at: location, detail: "Vendors add some every month, so it is passed on.",
      help: near.map { "Did you mean `\($0)`?" }
        ?? (known.count > 16 ? nil : "Known are \(listed(known, "and"))."))
  }

  fileprivate static func badCloudName(
    _ name: String, of item: String, _ leaf: Leaf, _ problem: ValueProblem, _ environment: String,
    isImplied: Bool, at location: SourceLocation?
  ) -> Diagnostic {
    let form = problem.text.isEmpty ? problem.detail : "There, \(problem.text)."
    return Diagnostic(
      .error, "name.cloud",
      "`\(item)` would be called `\(name)`\(environment), which \(leaf.module.title) doesn't take",
      at: location, detail: form,
      help: isImplied
        ? "Change the project's name or `infra.name`."
        : "Give it a `\"cloud_name\"`, or another name.")
  }
}
