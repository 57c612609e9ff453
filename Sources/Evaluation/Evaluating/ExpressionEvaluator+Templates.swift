import HCL

extension ExpressionEvaluator {
  /// The value of a template, which has lines where it isn't quoted.
  mutating func text(
    _ parts: [TemplatePart], at origin: Origin, hasLines: Bool = false
  ) -> TypedValue {
    // A template of one interpolation is its value, whatever type that has.
    if parts.count == 1, case .interpolation(let interpolation) = parts[0] {
      return value(of: interpolation.expression)
    }
    return joined(Stripper(hasLines: hasLines).stripped(parts), at: origin)
  }

  private mutating func joined(_ parts: [TemplatePart], at origin: Origin) -> TypedValue {
    var text: String? = ""
    var marks: Marks = []
    for part in parts {
      let (value, place) = value(of: part, at: origin)
      marks.formUnion(value.marks)
      if let piece = self.text(of: value, at: place) { text?.append(piece) } else { text = nil }
    }
    let value: TypedValue = text.map { .string($0) } ?? .unknown(.string, isNeverNull: true)
    return value.marked(marks)
  }

  private mutating func value(
    of part: TemplatePart, at origin: Origin
  ) -> (TypedValue, Origin) {
    switch part {
    case .literal(let text): (.string(text), origin)
    case .interpolation(let interpolation):
      (value(of: interpolation.expression), interpolation.expression.origin)
    case .ifDirective(let directive):
      (choice(directive, at: origin), directive.condition.origin)
    case .forDirective(let directive):
      (repetition(directive, at: origin), directive.collection.origin)
    }
  }

  /// A value as a piece of text; nil where it isn't known, or can't be text, which is reported.
  private mutating func text(of value: TypedValue, at origin: Origin) -> String? {
    if value.isNull {
      _ = fail(
        "null-in-template", "Null can't stand in a text", at: origin,
        help: "Give what is to stand there instead, for example with coalesce(..., \"none\").")
      return nil
    }
    guard value.isKnown else { return nil }
    switch convert(value, to: .string) {
    case .value(let text): return text.stringValue
    case .problem(let problem):
      _ = fail(
        "invalid-in-template", "This can't stand in a text: \(problem.text)", at: origin,
        help: value.type.isPrimitive ? nil : "Write jsonencode(...) or join(\", \", ...) around it."
      )
      return nil
    }
  }

  private mutating func choice(_ directive: TemplateIf, at origin: Origin) -> TypedValue {
    choice(
      condition: directive.condition, at: origin,
      then: { $0.joined(directive.then, at: origin) },
      otherwise: { $0.joined(directive.otherwise ?? [], at: origin) })
  }

  private mutating func repetition(_ directive: TemplateFor, at origin: Origin) -> TypedValue {
    let body = Expression.template(Template([.literal("")] + directive.body, origin: origin))
    let loop = ForExpression(
      keyName: directive.key, valueName: directive.value, in: directive.collection, value: body,
      origin: origin)
    let rounds = collection(loop)
    let texts = rounds.elements?.map(\.stringValue) ?? [nil]
    let known = texts.compactMap { $0 }
    // A text that isn't known yet loses the marks of what was walked.
    guard known.count == texts.count else { return .unknown(.string, isNeverNull: true) }
    return .string(known.joined()).marked(rounds.allMarks)
  }
}
