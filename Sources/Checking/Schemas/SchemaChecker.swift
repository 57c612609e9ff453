import Diagnostics
import Evaluation
import HCL

/// Compares the body of a block with a provider's schema.
struct SchemaChecker {
  let checker: ModuleChecker
  /// What messages call the block, for example "`random_id`".
  let owner: String
  /// Whether values that live in memory alone may be given to any argument.
  var allowsEphemeral = false
  /// Whether what is required can't be null either.
  var refusesNull = true
  /// What is found inside of a block of the resource; nil for the resource itself.
  var outer: RuleProblems?
  let parts = RuledParts()
  var findings: Findings { checker.findings }

  /// Reports what is wrong with a body; arguments and blocks of some names aren't looked at.
  func check(
    _ body: Body, _ type: BlockType, in context: ExpressionContext, at place: SourceLocation,
    ignoring ignored: Set<String> = []
  ) {
    var given: [String: GivenBlocks] = [:]
    var values: [String: (value: TypedValue, place: SourceLocation?)] = [:]
    for item in body.items {
      switch item {
      case .attribute(let attribute):
        if ignored.contains(attribute.name), !Self.blockNames.contains(attribute.name) { continue }
        let value = check(attribute, type, in: context)
        values[attribute.name] = (
          context.isInUnknownBlock ? .dynamic : value, context.location(attribute.value.origin)
        )
      case .block(let block):
        if ignored.contains(block.type) { continue }
        check(block, type, in: context, &given)
      }
    }
    checkMissing(body, type, given, at: place)
    checkCounts(type, given, in: context, at: place)
    checkRules(type, values, given, at: place)
    for (name, part) in parts.byName.sorted(by: { $0.key < $1.key }) {
      findings.foundAtPlan(given[name]?.isOpen == true) {
        for problem in part.nulls { findings.append(problem) }
      }
      guard part.isWhollyKnown else { continue }
      for problem in part.problems { findings.append(problem) }
    }
  }

  /// Names that Terraform takes for itself as blocks alone.
  private static let blockNames: Set = ["connection", "lifecycle", "locals", "provisioner"]

  /// The blocks of a kind that a body has.
  struct GivenBlocks {
    var count = 0
    /// Whether a `dynamic` block makes a number that isn't known.
    var isOpen = false
    var places: [SourceLocation] = []
  }

  // MARK: - Arguments

  private func check(
    _ attribute: Attribute, _ type: BlockType, in context: ExpressionContext
  ) -> TypedValue {
    let name = attribute.name
    let place = context.location(attribute.nameOrigin)
    guard let known = type.attributes[name] else {
      _ = checker.value(of: attribute.value, in: context)
      reportUnknown(attribute, type, at: place, context)
      return .dynamic
    }
    if known.isDeprecated {
      findings.warning("deprecated-argument", "`\(name)` of \(owner) is out of date", at: place)
    }
    guard known.isGiven else {
      _ = checker.value(of: attribute.value, in: context)
      findings.error(
        "computed-argument", "`\(name)` of \(owner) is made by the provider and can't be given",
        at: place, help: "Remove it.")
      return .dynamic
    }
    return check(attribute.value, as: known, name: name, in: context)
  }

  private func check(
    _ expression: Expression, as known: AttributeType, name: String,
    in context: ExpressionContext
  ) -> TypedValue {
    // In a block that may stand any number of times, Terraform evaluates nothing.
    findings.foundAtPlan(context.isInUnknownBlock) {
      check(checker.value(of: expression, in: context), of: expression, as: known, name, context)
    }
  }

  private func check(
    _ value: TypedValue, of expression: Expression, as known: AttributeType, _ name: String,
    _ context: ExpressionContext
  ) -> TypedValue {
    let place = context.location(expression.origin)
    switch convert(value, to: known.type) {
    case .value(let converted):
      checkNested(converted, known, name: name, at: place)
      if !allowsEphemeral { checkEphemeral(converted, known, name, at: place) }
      if converted.isNull, known.isRequired { reportNull(name, at: place) }
      return converted
    case .problem(let problem):
      findings.error(
        "wrong-type", "`\(name)` of \(owner) doesn't fit: \(problem.text)", at: place,
        help: "It is \(known.type.article).")
      return .dynamic
    }
  }

  private func checkEphemeral(
    _ value: TypedValue, _ known: AttributeType, _ name: String, at place: SourceLocation?
  ) {
    guard !known.isWriteOnly, value.allMarks.contains(.ephemeral) else { return }
    findings.error(
      "ephemeral-value", "`\(name)` of \(owner) can't take an ephemeral value", at: place,
      "It would be kept in the state; only write-only arguments and providers take it.")
  }

  /// Computed attributes inside of a nested type can't be given either.
  private func checkNested(
    _ value: TypedValue, _ known: AttributeType, name: String, at place: SourceLocation?
  ) {
    guard let nested = known.nested else { return }
    func look(_ value: TypedValue) {
      guard let attributes = value.attributes else { return }
      for (inner, type) in nested.attributes.sorted(by: { $0.key < $1.key }) {
        guard let part = attributes[inner] else { continue }
        if type.isRequired, part.isNull {
          findings.error(
            "missing-argument", "`\(name).\(inner)` of \(owner) is required", at: place)
        } else if !type.isGiven, part.isKnown, !part.isNull {
          findings.error(
            "computed-argument",
            "`\(name).\(inner)` of \(owner) is made by the provider and can't be given", at: place)
        }
        checkNested(part, type, name: name + "." + inner, at: place)
      }
    }
    switch nested.nesting {
    case .single, .group: look(value)
    case .list, .set:
      for element in value.elements ?? [] { look(element) }
    case .map:
      for (_, element) in (value.attributes ?? [:]).sorted(by: { $0.key < $1.key }) {
        look(element)
      }
    }
  }

  private func reportUnknown(
    _ attribute: Attribute, _ type: BlockType, at place: SourceLocation?,
    _ context: ExpressionContext
  ) {
    let name = attribute.name
    if type.blocks[name] != nil {
      findings.error(
        "attribute-for-block", "`\(name)` of \(owner) is a block, not an argument", at: place,
        help: "Write `\(name) { ... }` without `=`, or a `dynamic` block.")
      return
    }
    let near = nearestMatch(name, in: type.names.sorted())
    findings.error(
      "unknown-argument", "\(owner) has no argument `\(name)`", at: place,
      help: near.map { "Did you mean `\($0)`?" },
      fixIts: near.flatMap { name in
        place.map { [.init("Write `\(name)`", at: $0, replacement: name)] }
      } ?? [])
  }

  // MARK: - Blocks

  private func check(
    _ block: Block, _ type: BlockType, in context: ExpressionContext,
    _ given: inout [String: GivenBlocks]
  ) {
    let place = context.location(block.headerOrigin) ?? context.location(SourceRange(0, 0))
    if block.type == "dynamic", type.blocks["dynamic"] == nil {
      checkDynamic(block, type, in: context, &given, at: place)
      return
    }
    guard let nested = nestedBlock(block.type, type) else {
      // What stands in it is read all the same, so that nothing counts as unused.
      block.body.expressions { _ = checker.value(of: $0, in: context) }
      reportUnknown(block, type, at: place)
      return
    }
    let isUnread = given[block.type]?.isOpen == true
    given[block.type, default: GivenBlocks()].count += 1
    given[block.type]?.places.append(place)
    checkLabels(of: block, nested, at: place)
    if isUnread { checkReferences(of: block.body, in: context) }
    findings.leniently(isUnread ? Self.unread : nil) {
      check(block.body, nested, of: block.type, in: context, at: place)
    }
  }

  func check(
    _ body: Body, _ nested: NestedBlock, of name: String, in context: ExpressionContext,
    at place: SourceLocation
  ) {
    if nested.block.isDeprecated {
      findings.warning("deprecated-argument", "`\(name)` of \(owner) is out of date", at: place)
    }
    var inner = SchemaChecker(checker: checker, owner: "`\(name)`")
    inner.allowsEphemeral = allowsEphemeral
    inner.refusesNull = refusesNull
    inner.outer = problems(of: name)
    if context.isInUnknownBlock { inner.outer?.isWhollyKnown = false }
    inner.check(body, nested.block, in: context, at: place)
  }

  /// A kind of block, or an argument that may be written as blocks.
  func nestedBlock(_ name: String, _ type: BlockType) -> NestedBlock? {
    if let nested = type.blocks[name] { return nested }
    guard let attribute = type.attributes[name], attribute.isWritableAsBlocks, attribute.isGiven,
      let members = attribute.type.element?.attributes
    else { return nil }
    var block = BlockType()
    for (name, type) in members {
      var member = AttributeType(type: type)
      member.isOptional = true
      block.add(name, member)
    }
    return NestedBlock(nesting: .list, block: block)
  }

  private func checkLabels(of block: Block, _ nested: NestedBlock, at place: SourceLocation) {
    let expected = nested.nesting == .map ? 1 : 0
    guard block.labels.count != expected else { return }
    findings.error(
      "wrong-labels",
      expected == 0
        ? "A `\(block.type)` block has no labels"
        : "A `\(block.type)` block has one label, the key of the map",
      at: place)
  }

  func reportUnknown(_ block: Block, _ type: BlockType, at place: SourceLocation) {
    if let attribute = type.attributes[block.type] {
      findings.error(
        "block-for-attribute", "`\(block.type)` of \(owner) is an argument, not a block",
        at: place, help: "Write `\(block.type) = ...`: it is \(attribute.type.article).")
      return
    }
    findings.error(
      "unknown-block", "\(owner) has no block `\(block.type)`", at: place,
      type.blocks.isEmpty ? nil : "It has \(type.blocks.keys.sorted().listed).",
      help: didYouMean(block.type, type.names))
  }
}
