import Diagnostics
import Evaluation
import HCL
import ProviderModel

extension ModuleChecker {
  /// Checks `count` and `for_each` of a block, and says what its other arguments may name.
  func checkRepetition(
    of declaration: Declaration, node: GraphNode?
  ) -> ExpressionContext.Repetition {
    let context = ExpressionContext(file: declaration.file, node: node)
    if let count = declaration.attribute("count") { checkCount(count.value, in: context) }
    if let each = declaration.attribute("for_each") { checkForEach(each.value, in: context) }
    if declaration.attribute("for_each") != nil { return .forEach }
    return declaration.attribute("count") != nil ? .count : .none
  }

  private func checkCount(_ expression: Expression, in context: ExpressionContext) {
    let value = value(of: expression, in: context)
    let place = context.location(expression.origin)
    if checkEphemeral(value, "count", at: place) { return }
    if value.isNull {
      findings.error("bad-count", "`count` can't be null", at: place)
      return
    }
    switch convert(value, to: .number) {
    case .problem(let problem):
      findings.error("bad-count", "`count` has to be a number: \(problem.text)", at: place)
    case .value(let number):
      guard let number = number.numberValue else { return }
      if number.text.hasPrefix("-") || number.text.contains(where: { $0 == "." }) {
        findings.error(
          "bad-count", "`count` has to be a whole number of zero or more, not \(number.text)",
          at: place)
      }
    }
  }

  /// Reports an ephemeral value; whether it is one.
  private func checkEphemeral(
    _ value: TypedValue, _ name: String, at place: SourceLocation?
  ) -> Bool {
    guard value.marks.contains(.ephemeral) else { return false }
    findings.error(
      "ephemeral-value", "`\(name)` can't depend on an ephemeral value", at: place,
      "The number and the names of instances are kept in the state.")
    return true
  }

  /// Reports sensitive and ephemeral values; whether there was one.
  private func checkMarks(
    _ value: TypedValue, _ name: String, at place: SourceLocation?
  ) -> Bool {
    if checkEphemeral(value, name, at: place) { return true }
    guard value.marks.contains(.sensitive) else { return false }
    findings.error(
      "sensitive-repetition", "`\(name)` can't depend on a sensitive value", at: place,
      "The number and the names of instances are shown.",
      help: "Take what isn't secret out of it with `nonsensitive(...)`.")
    return true
  }

  private func checkForEach(_ expression: Expression, in context: ExpressionContext) {
    checkForEach(
      value(of: expression, in: context), at: context.location(expression.origin))
  }

  private func checkForEach(_ value: TypedValue, at place: SourceLocation?) {
    if checkMarks(value, "for_each", at: place) { return }
    if value.isNull {
      findings.error("bad-for-each", "`for_each` can't be null", at: place)
      return
    }
    switch value.type {
    case .dynamic, .map, .object: return
    case .set(let element):
      if element != .string, element != .dynamic, !isEmpty(value) {
        findings.foundAtPlan(!value.isKnown) {
          findings.error(
            "bad-for-each", "`for_each` takes a set of texts, not a \(value.type.friendlyName)",
            at: place)
        }
      } else if value.elements?.contains(where: \.isNull) == true {
        findings.error("bad-for-each", "The set of a `for_each` can't hold null", at: place)
      }
    case .list, .tuple:
      findings.error(
        "bad-for-each",
        "`for_each` takes a map or a set of texts, not a \(value.type.friendlyName)",
        at: place, help: "Write `toset(...)` around a list of texts.")
    case .string, .number, .bool:
      findings.error(
        "bad-for-each",
        "`for_each` takes a map or a set of texts, not a \(value.type.friendlyName)",
        at: place)
    }
  }

  /// The `for_each` of an `import` block, of which the plan decides more.
  func checkForEach(
    ofImport expression: Expression, in context: ExpressionContext
  ) -> TypedValue {
    let value = value(of: expression, in: context)
    if value.type.isSequence, !value.marks.contains(.ephemeral) { return value }
    let isLenient = value.isNull || value.marks.contains(.sensitive)
    findings.foundAtPlan(isLenient) { checkForEach(value, at: context.location(expression.origin)) }
    return value
  }

  private func isEmpty(_ value: TypedValue) -> Bool { value.elements?.isEmpty ?? false }

  /// Checks the `for_each` of a `dynamic` block; keys and values of its elements, where they are
  /// known.
  func dynamicElements(
    _ expression: Expression, in context: ExpressionContext
  ) -> [(key: TypedValue, value: TypedValue)]? {
    let value = value(of: expression, in: context)
    let place = context.location(expression.origin)
    if value.isNull {
      findings.error("bad-for-each", "The `for_each` of a `dynamic` block can't be null", at: place)
      return nil
    }
    if value.type.isPrimitive {
      findings.error(
        "bad-for-each",
        "A `dynamic` block iterates a collection, not a \(value.type.friendlyName)", at: place)
      return nil
    }
    if value.marks.contains(.sensitive) {
      findings.foundAtPlan {
        findings.error(
          "sensitive-repetition", "A `dynamic` block can't iterate a sensitive value", at: place,
          help: "Take what isn't secret out of it with `nonsensitive(...)`.")
      }
    }
    return value.pairs
  }

  /// The name that a `dynamic` block binds, where it gives one.
  func iterator(of block: Block, in context: ExpressionContext) -> String? {
    guard let attribute = block.body.attribute("iterator") else { return nil }
    if let (root, steps) = attribute.value.traversal, steps.isEmpty { return root }
    findings.error(
      "bad-keyword", "`iterator` is a bare name", at: context.location(attribute.value.origin))
    return nil
  }
}

extension TypedValue {
  /// The elements of a collection with their keys, as `for_each` walks them; nil where they aren't
  /// known.
  var pairs: [(key: TypedValue, value: TypedValue)]? {
    if let attributes {
      return attributes.sorted { $0.key < $1.key }.map { (.string($0.key), $0.value) }
    }
    guard let elements else { return nil }
    if case .set = type { return elements.map { ($0, $0) } }
    return elements.enumerated().map { (.number($0.offset), $0.element) }
  }
}
