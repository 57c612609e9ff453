import Diagnostics
import Evaluation
import HCL
import ProviderModel

/// What is found about an argument of a resource, or about one of its blocks and all inside.
///
/// Providers look at none of it where any part isn't known.
final class RuleProblems {
  var isWhollyKnown = true
  var problems: [Diagnostic] = []
  /// Nulls in blocks, which providers look at where they know how many of the kind there are.
  var nulls: [Diagnostic] = []
}

extension SchemaChecker {
  /// An argument or a kind of block as the rules see it.
  struct RuledValue {
    var isSet: Bool
    var isKnown: Bool
    var place: SourceLocation?
  }

  /// Reports what the provider refuses although types fit.
  func checkRules(
    _ type: BlockType, _ values: [String: (value: TypedValue, place: SourceLocation?)],
    _ given: [String: GivenBlocks], at place: SourceLocation
  ) {
    guard !type.rules.isEmpty else { return }
    var seen: [String: RuledValue] = [:]
    for (name, item) in values {
      let isKnown = item.value.isWhollyKnown
      seen[name] = RuledValue(
        isSet: isKnown && !item.value.isEmptyToProviders, isKnown: isKnown, place: item.place)
      collect(item.value, isKnown: isKnown, of: name)
      if isKnown, let rules = type.rules[name] {
        check(item.value, rules, of: name, at: item.place)
      }
    }
    for (name, blocks) in given {
      seen[name] = RuledValue(
        isSet: !blocks.isOpen && blocks.count > 0, isKnown: !blocks.isOpen,
        place: blocks.places.first)
    }
    for name in type.combined {
      guard let rules = type.rules[name] else { continue }
      checkCombinations(name, rules, seen, at: seen[name]?.place ?? place)
    }
  }

  /// Reports null where the provider demands something.
  func reportNull(_ name: String, at place: SourceLocation?) {
    let problem = Diagnostic(
      .error, "terraform.null-argument", "`\(name)` of \(owner) can't be null", at: place,
      detail: "The provider requires it and refuses null.")
    if let outer, refusesNull, !findings.isLenient {
      outer.nulls.append(problem)
    } else {
      findings.leniently(refusesNull ? nil : "Terraform leaves that to the provider.") {
        findings.append(problem)
      }
    }
  }

  private func collect(_ value: TypedValue, isKnown: Bool, of name: String) {
    if !isKnown { problems(of: name).isWhollyKnown = false }
  }

  /// Where what is found about a part is kept.
  func problems(of name: String) -> RuleProblems {
    if let outer { return outer }
    if let known = parts.byName[name] { return known }
    let made = RuleProblems()
    parts.byName[name] = made
    return made
  }

  private func check(
    _ value: TypedValue, _ rules: ArgumentRules, of name: String, at place: SourceLocation?
  ) {
    if let elements = value.elements {
      guard let rules = rules.element else { return }
      for element in elements { check(element, rules, of: name, at: place) }
      return
    }
    guard let text = value.ruleText else { return }
    let problem: String?
    if !rules.oneOf.isEmpty, !rules.allows(text, of: name) {
      problem = "is one of \(rules.oneOf.prefix(20).map { $0 }.listed), not `\(text)`"
    } else if let range = rules.range, let number = value.numberValue,
      let given = Double(number.text),
      !range.contains(given)
    {
      problem =
        "lies between \(range.lowerBound.short) and \(range.upperBound.short), not at \(text)"
    } else if let length = rules.length, value.stringValue != nil, !length.contains(text.utf8.count)
    {
      problem =
        "has \(length.lowerBound) to \(length.upperBound) characters, not \(text.utf8.count)"
    } else {
      problem = nil
    }
    guard let problem else { return }
    add(
      Diagnostic(
        .error, "terraform.refused-value", "`\(name)` of \(owner) \(problem)", at: place,
        help: didYouMean(text, rules.oneOf)), to: name)
  }

  private func add(_ diagnostic: Diagnostic, to name: String) {
    problems(of: name).problems.append(diagnostic)
  }

  private func checkCombinations(
    _ name: String, _ rules: ArgumentRules, _ seen: [String: RuledValue], at place: SourceLocation
  ) {
    func last(_ path: String) -> String {
      path.split(separator: ".").last.map(String.init) ?? path
    }
    let isSet = seen[name]?.isSet ?? false
    for other in rules.conflicts where isSet && seen[last(other)]?.isSet == true {
      report("`\(name)` and `\(last(other))` of \(owner) exclude each other", name, at: place)
    }
    for other in rules.requiredWith where isSet && seen[last(other)]?.isSet != true {
      report("`\(name)` of \(owner) needs `\(last(other))` beside it", name, at: place)
    }
    let group = rules.exactlyOneOf.map(last)
    let given = group.filter { seen[$0]?.isSet == true }
    if given.count > 1, given.first == name {
      report("\(owner) takes one of \(group.listed), not \(given.listed)", name, at: place)
    } else if !group.isEmpty, given.isEmpty, group.first == name,
      group.allSatisfy({ seen[$0]?.isKnown ?? true })
    {
      report("\(owner) needs one of \(group.listed)", name, at: place)
    }
  }

  /// At the top combinations are judged whatever else is known.
  private func report(_ text: String, _ name: String, at place: SourceLocation) {
    let diagnostic = Diagnostic(.error, "terraform.refused-combination", text, at: place)
    if outer == nil { findings.append(diagnostic) } else { add(diagnostic, to: name) }
  }
}

/// What is found about the parts of a resource.
final class RuledParts {
  var byName: [String: RuleProblems] = [:]
}

extension ArgumentRules {
  /// Whether a value is one of the allowed ones.
  func allows(_ text: String, of name: String) -> Bool {
    // Days are compared in any case, which constraint files don't tell.
    guard ignoresCase || name == "day" else { return oneOf.contains(text) }
    return oneOf.contains { $0.lowercased() == text.lowercased() }
  }
}

extension TypedValue {
  /// Whether providers take it for left out.
  var isEmptyToProviders: Bool {
    switch content {
    case .null: true
    case .elements(let elements): elements.isEmpty
    case .attributes(let attributes): attributes.isEmpty
    default: false
    }
  }

  fileprivate var ruleText: String? { stringValue ?? numberValue?.text }
}

extension Double {
  fileprivate var short: String {
    self == rounded() && magnitude < 1e15
      ? String(Int(self)) : self > 1e300 ? "any number" : String(self)
  }
}
