import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

extension DeploymentResolver {
  /// Checks rules, and the values of all inputs against what is known of them.
  func checkRules() {
    for index in entries.indices {
      let entry = entries[index]
      let evaluator = Evaluator(EntryScope(self, index))
      for (position, input) in entry.leaf.inputs.enumerated() {
        checkInput(input, position, of: index, evaluator)
      }
      checkName(of: index)
      for rule in entry.leaf.module.rules
      where evaluator.value(of: rule.condition) == .bool(false) {
        diagnostics.append(
          Diagnostic(
            rule.isWarning ? .warning : .error, "config.rule", message(rule.message),
            at: rulePlace(rule, index), detail: "This concerns `\(entry.name)`\(inEnvironment)."))
      }
    }
  }

  private func message(_ text: String) -> String {
    text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// Names the environment where there are several.
  var inEnvironment: String {
    manifest.environments.count > 1 ? " in \(environment)" : ""
  }

  private func rulePlace(_ rule: ModuleSpec.Rule, _ index: Int) -> SourceLocation? {
    var names: [String] = []
    rule.condition.visit { node in
      if let path = node.attributePath, path.count >= 2,
        ["var", "inputs", "refs"].contains(path[0])
      {
        names.append(path[1])
      }
    }
    let given = names.first { entries[index].places[$0] != nil }
    return place(given ?? "", index)
  }

  private func checkInput(
    _ input: Leaf.Input, _ position: Int, of index: Int, _ evaluator: Evaluator
  ) {
    let result = self.input(position, of: index)
    let spec = input.spec
    let key = result.key ?? spec.name
    let isNothing = result.value.isNull && result.reference == nil
    if isNothing, spec.defaultValue == nil, input.wired == nil, !input.isCloudName {
      diagnostics.append(
        .missingSetting(spec.name, spec.description, at: place("", index)))
      return
    }
    guard result.reference == nil, !isNothing, !input.isCloudName else { return }
    check(
      result.value, Subject(index: index, key: key, path: [spec.name], steps: [], spec: spec),
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

    var label: String { ([key] + steps.map(\.text)).joined() }
  }

  private func check(_ value: Value, _ subject: Subject, _ evaluator: Evaluator) {
    switch value {
    case .list(let elements):
      for (position, element) in elements.enumerated() {
        var inner = subject
        inner.steps.append(.element(position))
        check(element, inner, evaluator)
      }
    case .object(let attributes):
      for (name, element) in attributes.sorted(by: { $0.key < $1.key }) {
        var inner = subject
        inner.steps.append(.attribute(name))
        if subject.spec.type.objectAttributes != nil { inner.path.append(name) }
        inner.spec = subject.spec.fields.first { $0.name == name } ?? bare(subject.spec)
        check(element, inner, evaluator)
      }
    case .bool, .number, .string: checkScalar(value, subject, evaluator)
    case .null, .unknown, .handle: break
    }
  }

  /// The spec without what is true of the whole alone.
  private func bare(_ spec: VariableSpec) -> VariableSpec {
    var result = spec
    result.known = nil
    result.retired = [:]
    result.fields = []
    return result
  }

  private func checkScalar(_ value: Value, _ subject: Subject, _ evaluator: Evaluator) {
    let location = place(subject.key, subject.index, path: subject.steps)
    if let facts = entries[subject.index].leaf.analysis.facts[subject.path.joined(separator: ".")] {
      let patterns = entries[subject.index].leaf.patterns
      if let problem = facts.problem(with: value, patterns) {
        diagnostics.append(.wrongValue(subject.label, value, problem, at: location))
        return
      }
    }
    guard let text = value.scalarText else { return }
    if let better = subject.spec.retired[text] {
      diagnostics.append(.retired(subject.label, text, better, at: location))
    } else if let known = subject.spec.known {
      let list = evaluator.value(of: known)
      let texts =
        list.attributes.map { Array($0.keys) } ?? list.elements?.compactMap(\.scalarText) ?? []
      if !texts.isEmpty, !texts.contains(text) {
        diagnostics.append(
          .notKnown(subject.label, text, near: nearestMatch(text, in: texts.sorted()), at: location)
        )
      }
    }
  }

  private func checkName(of index: Int) {
    let entry = entries[index]
    guard let name = entry.cloudName,
      let input = entry.leaf.inputs.first(where: \.isCloudName),
      let facts = entry.leaf.analysis.facts[input.spec.name],
      let problem = facts.problem(with: .string(name), entry.leaf.patterns)
    else { return }
    let given = entry.source?.cloudName(in: environment)
    diagnostics.append(
      .badCloudName(
        name, title: entry.leaf.module.title, problem, inEnvironment,
        at: given.map { manifest.location($0.range) } ?? place("", index)))
  }
}

extension ArgumentFacts {
  /// What is wrong with a scalar, in words; nil where nothing is.
  func problem(with value: Value, _ patterns: [String: Pattern]) -> ValueProblem? {
    if let allowed = oneOf, !allowed.isEmpty {
      let text = value.scalarText ?? ""
      let texts = allowed.compactMap(\.scalarText)
      let fits =
        ignoresCase
        ? texts.contains { $0.lowercased() == text.lowercased() }
        : texts.contains(text)
      if !fits {
        return ValueProblem(
          "allowed are \(texts.joined(separator: ", "))", near: nearestMatch(text, in: texts))
      }
    }
    if let range, case .number(let number) = value, !range.contains(number.double) {
      return ValueProblem(Self.words(range, unit: ""))
    }
    guard case .string(let text) = value else { return nil }
    if let length, !length.contains(text.count) {
      return ValueProblem(
        Self.words(Double(length.lowerBound)...Double(length.upperBound), unit: " characters")
          + ", not \(text.count)")
    }
    if let pattern, let compiled = patterns[pattern], !compiled.matches(text) {
      return ValueProblem("it has to match \(pattern)")
    }
    return nil
  }

  private static func words(_ range: ClosedRange<Double>, unit: String) -> String {
    let low = Number(range.lowerBound).text
    let high = Number(range.upperBound).text
    if range.upperBound > 1e15 { return "at least \(low)\(unit) are allowed" }
    return "\(low) to \(high)\(unit) are allowed"
  }
}

/// What is wrong with a value.
struct ValueProblem {
  var text: String
  var near: String?

  init(_ text: String, near: String? = nil) {
    self.text = text
    self.near = near
  }
}

extension Diagnostic {
  fileprivate static func missingSetting(
    _ name: String, _ description: String, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "config.missing", "`config.\(name)` is required", at: location,
      detail: description.isEmpty ? nil : description + ".", help: "add `\"\(name)\": ...`")
  }

  fileprivate static func wrongValue(
    _ label: String, _ value: Value, _ problem: ValueProblem, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "config.value", "`\(label)` can't be `\(value.scalarText ?? "")`: \(problem.text)",
      at: location, help: problem.near.map { "did you mean `\($0)`?" })
  }

  fileprivate static func retired(
    _ label: String, _ text: String, _ better: String, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "config.retired", "`\(text)` can't be ordered any more", at: location,
      help: "use `\(better)` for `\(label)`")
  }

  fileprivate static func notKnown(
    _ label: String, _ text: String, near: String?, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .warning, "config.not-known", "`\(text)` is not among the values known for `\(label)`",
      at: location, detail: "Vendors add some every month, so it is passed on.",
      help: near.map { "did you mean `\($0)`?" })
  }

  fileprivate static func badCloudName(
    _ name: String, title: String, _ problem: ValueProblem, _ environment: String,
    at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "name.cloud",
      "`\(name)` can't be the name of a \(title)\(environment): \(problem.text)",
      at: location, help: "set `\"cloud_name\"` on the item, or shorten its name")
  }
}
