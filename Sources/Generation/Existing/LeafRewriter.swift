import HCL
import ProviderModel
import Terraform

/// Rewrites a leaf's Terraform so that data sources can stand in for what exists already.
///
/// Everything that the leaf makes gets a count, and what reads it goes through locals.
struct LeafRewriter {
  let leaf: ExistingLeaf
  let provider: ProviderSpec
  /// Attributes that are read through locals: address, then attribute.
  private var read: Set<[String]> = []

  init(_ leaf: ExistingLeaf, _ provider: ProviderSpec) {
    self.leaf = leaf
    self.provider = provider
  }

  private static let control = Expression.reference("var", ExistingLeaf.control)

  /// Where an expression is evaluated.
  private enum Place {
    /// Only where the leaf makes the thing.
    case managed
    /// The same, where a local may not stand.
    case lifecycle
    /// Only where it exists already.
    case existing
    /// Always.
    case both
  }

  // MARK: - main.tf

  /// The blocks of `main.tf`.
  mutating func body() -> [Block] {
    var blocks: [Block] = []
    for block in leaf.module.body {
      switch block.type {
      case "resource":
        if let standIn = leaf.standIns[block.address] { blocks.append(source(standIn, block)) }
        blocks.append(resource(block))
      case "data": blocks.append(data(block))
      case "locals": blocks.append(locals(block))
      case "check": blocks.append(check(block))
      default: blocks.append(block)
      }
    }
    // The outputs read through locals too.
    for output in leaf.module.outputs { _ = value(of: output) }
    return choices.map { [$0] + blocks } ?? blocks
  }

  /// The locals between what is made and what exists; nil where nothing reads any.
  private var choices: Block? {
    guard !read.isEmpty else { return nil }
    let order = leaf.module.resources.map(\.address)
    let sorted = read.sorted { one, other in
      let (first, second) = (order.firstIndex(of: one[0]) ?? 0, order.firstIndex(of: other[0]) ?? 0)
      return (first, one[1], one.count) < (second, other[1], other.count)
    }
    return .make("locals") { body in
      for (index, entry) in sorted.enumerated() {
        guard let standIn = leaf.standIns[entry[0]], let block = leaf.resources[entry[0]] else {
          continue
        }
        let isList = entry.count > 2
        // There may be none of what has a count of its own.
        var isOnce = false
        if case .once = block.repetition { isOnce = true }
        func read(_ target: Expression) -> Expression {
          isOnce && !isList
            ? target.at(.number(0)).dot(entry[1])
            : .splat(Splat(target, steps: [.attribute(entry[1])]))
        }
        let choice = Self.control.choose(read(Self.source(standIn)), read(Self.target(block)))
        body.set(
          name(entry[0], entry[1]) + (isList ? "s" : ""),
          isOnce || isList ? choice : .apply("one", choice),
          comment: index == 0 ? "Of what exists already, or of what is made here." : nil)
      }
    }
  }

  /// The name of the local for an attribute: `vpc_id`.
  private func name(_ address: String, _ attribute: String) -> String {
    let parts = address.split(separator: ".").map(String.init)
    var words = parts[0]
    if words.hasPrefix(provider.localName + "_") {
      words = String(words.dropFirst(provider.localName.count + 1))
    }
    if parts[1] != "this" { words += "_" + parts[1] }
    var name = "\(words)_\(attribute)"
    while leaf.locals[name] != nil { name = "any_" + name }
    return name
  }

  private static func target(_ block: Block) -> Expression {
    .reference(block.labels[0].text, block.labels[1].text)
  }

  private static func source(_ standIn: ModuleSpec.StandIn) -> Expression {
    .reference("data", standIn.type, standIn.name)
  }

  // MARK: - Blocks

  private mutating func resource(_ block: Block) -> Block {
    var result = block
    result.body = rewritten(block.body, .managed)
    setRepetition(of: &result, block.repetition, isStandIn: false)
    return result
  }

  private mutating func data(_ block: Block) -> Block {
    var result = block
    let isNeeded = leaf.neededSources.contains("data." + block.address)
    result.body = rewritten(block.body, isNeeded ? .both : .managed)
    if !isNeeded { setRepetition(of: &result, block.repetition, isStandIn: false) }
    return result
  }

  private mutating func source(_ standIn: ModuleSpec.StandIn, _ resource: Block) -> Block {
    var result = standIn.block
    result.type = "data"
    result.trivia.leading = []
    result.trivia.blankLines = 1
    result.isOneLine = false
    result.body = rewritten(standIn.block.body, .existing)
    setRepetition(of: &result, resource.repetition, isStandIn: true)
    let isFound = Expression.apply("try", .reference("self", standIn.knownBy), .null)
    let condition = Expression.binary(BinaryOperation(isFound, .notEqual, .null))
    var lifecycle = Block.make("lifecycle") { body in
      body.add(
        .make("postcondition") { inner in
          inner.set("condition", condition)
          inner.set("error_message", message(standIn))
        })
    }
    lifecycle.trivia.blankLines = 1
    result.body.items.append(.block(lifecycle))
    return result
  }

  /// What is said where nothing is found.
  private func message(_ standIn: ModuleSpec.StandIn) -> Expression {
    let module = leaf.module
    let name = module.variables.first { $0.from?.first?.attributePath == ["item", "cloud_name"] }
    var parts: [TemplatePart] = [.literal("There is no \(module.title)")]
    if let name {
      parts += [
        .literal(" called "), .interpolation(Interpolation(.reference("var", name.name))),
      ]
    }
    let isMain = standIn.resource == leaf.mainResource
    if !isMain {
      let words = standIn.type.split(separator: "_").dropFirst().joined(separator: " ")
      parts.append(.literal(" with the \(words) that its config asks for"))
    }
    let ways =
      isMain
      ? "Give its name as cloud_name\(leaf.takesID ? ", or its id as id," : "") in app.json"
      : "Correct its config in app.json"
    parts.append(.literal(". \(ways), or let it be made by removing manage."))
    return .interpolated(parts)
  }

  private mutating func setRepetition(
    of block: inout Block, _ repetition: Block.Repetition, isStandIn: Bool
  ) {
    func choice(_ own: Expression) -> Expression {
      isStandIn
        ? Self.control.choose(own, .number(0)) : Self.control.choose(.number(0), own)
    }
    let attribute: Attribute
    switch repetition {
    case .once: attribute = Attribute("count", choice(.number(1)))
    case .counted(let count):
      let own = rewritten(count, .both)
      attribute = Attribute("count", choice(.parentheses(Parentheses(own))))
    case .each(let collection):
      let control =
        isStandIn ? Self.control : .unary(UnaryOperation(.not, Self.control))
      attribute = Attribute(
        "for_each",
        .forExpression(
          ForExpression(
            keyName: "key", valueName: "value", in: rewritten(collection, .both),
            key: .reference("key"), value: .reference("value"), condition: control)))
    }
    let position = block.body.items.firstIndex { item in
      if case .attribute(let old) = item { return old.name == attribute.name }
      return false
    }
    if let position, case .attribute(let old) = block.body.items[position] {
      var attribute = attribute
      attribute.trivia = old.trivia
      block.body.items[position] = .attribute(attribute)
    } else {
      block.isOneLine = false
      block.body.items.insert(.attribute(attribute), at: 0)
    }
  }

  private mutating func locals(_ block: Block) -> Block {
    var result = block
    for index in result.body.items.indices {
      guard case .attribute(var attribute) = result.body.items[index] else { continue }
      let isNeeded = leaf.neededLocals.contains(attribute.name)
      let fails = leaf.isUnavailable(attribute.value) || (!isNeeded && reads(attribute.value))
      attribute.value = rewritten(attribute.value, fails ? .managed : .both)
      if fails { attribute.value = Self.control.choose(.null, attribute.value) }
      result.body.items[index] = .attribute(attribute)
    }
    return result
  }

  /// Whether an expression reads a data source that isn't asked, or an input that may lack.
  private func reads(_ expression: Expression) -> Bool {
    var result = false
    expression.visit { node in
      if let found = leaf.reference(node), leaf.sources[found.address] != nil,
        !leaf.neededSources.contains(found.address)
      {
        result = true
      }
      if let path = node.attributePath, path.count > 1, path[0] == "var",
        let variable = leaf.module.variable(path[1]), leaf.isOptional(variable)
      {
        result = true
      }
    }
    return result
  }

  private mutating func check(_ block: Block) -> Block {
    var result = block
    for index in result.body.items.indices {
      guard case .block(var inner) = result.body.items[index] else { continue }
      let isAssertion = inner.type == "assert"
      inner.body = rewritten(inner.body, isAssertion ? .managed : .both)
      if isAssertion,
        let position = inner.body.items.firstIndex(where: { item in
          if case .attribute(let attribute) = item { return attribute.name == "condition" }
          return false
        }), case .attribute(var condition) = inner.body.items[position]
      {
        condition.value = Self.control.choose(.bool(true), condition.value)
        inner.body.items[position] = .attribute(condition)
      }
      result.body.items[index] = .block(inner)
    }
    return result
  }

  // MARK: - outputs.tf

  /// The value of an output.
  mutating func value(of output: OutputSpec) -> Expression {
    if let existing = output.existing {
      return Self.control.choose(rewritten(existing, .existing), rewritten(output.value, .managed))
    }
    if leaf.isUnavailable(output.value) {
      return Self.control.choose(.null, rewritten(output.value, .managed))
    }
    return rewritten(output.value, .both)
  }

  // MARK: - Expressions

  private mutating func rewritten(_ body: Body, _ place: Place) -> Body {
    var result = body
    for index in result.items.indices {
      switch result.items[index] {
      case .attribute(var attribute):
        if attribute.name == "depends_on" { continue }
        attribute.value = rewritten(attribute.value, place)
        result.items[index] = .attribute(attribute)
      case .block(var block):
        let isOfLifecycle = block.type == "lifecycle" && place == .managed
        block.body = rewritten(block.body, isOfLifecycle ? .lifecycle : place)
        result.items[index] = .block(block)
      }
    }
    return result
  }

  private mutating func rewritten(_ expression: Expression, _ place: Place) -> Expression {
    var found: Set<[String]> = []
    let result = expression.rewritten { node in
      guard let reference = leaf.reference(node) else { return nil }
      return leaf.sources[reference.address] != nil
        ? ofSource(reference, node) : ofResource(reference, node, place, &found)
    }
    read.formUnion(found)
    return result
  }

  /// A data source that is asked only where the thing is made has one element, or none.
  private func ofSource(_ reference: LeafReference, _ node: Expression) -> Expression {
    guard !leaf.neededSources.contains(reference.address),
      case .once? = leaf.sources[reference.address]?.repetition
    else { return node }
    return first(reference, node)
  }

  /// `T.n.a` as `T.n[0].a`.
  private func first(_ reference: LeafReference, _ node: Expression) -> Expression {
    switch reference.shape {
    case .attribute: reference.target.at(.number(0)).dot(reference.attribute ?? "")
    case .whole: reference.target.at(.number(0))
    case .element, .splat: node
    }
  }

  private func ofResource(
    _ reference: LeafReference, _ node: Expression, _ place: Place, _ found: inout Set<[String]>
  ) -> Expression {
    guard let block = leaf.resources[reference.address] else { return node }
    if case .each = block.repetition { return node }
    var isOnce = false
    if case .once = block.repetition { isOnce = true }
    let standIn = leaf.stands(for: reference) ? leaf.standIns[reference.address] : nil
    let attribute = reference.attribute ?? ""
    switch (reference.shape, place) {
    case (.attribute, .existing), (.element, .existing):
      guard let standIn else { return isOnce ? first(reference, node) : node }
      return Self.source(standIn).at(.number(0)).dot(attribute)
    case (.attribute, .managed), (.attribute, .both), (.element, .managed), (.element, .both):
      if standIn != nil {
        found.insert([reference.address, attribute])
        return .reference("local", name(reference.address, attribute))
      }
      return isOnce ? first(reference, node) : node
    case (.splat, .existing), (.splat, .both):
      guard let standIn, case .splat(var splat) = node else { return node }
      splat.base = Self.source(standIn)
      if place == .existing { return .splat(splat) }
      if splat.steps.count == 1 {
        found.insert([reference.address, attribute, "*"])
        return .reference("local", name(reference.address, attribute) + "s")
      }
      return .parentheses(Parentheses(Self.control.choose(.splat(splat), node)))
    case (.whole, _), (_, .lifecycle): return isOnce ? first(reference, node) : node
    case (.splat, .managed): return node
    }
  }
}

extension ExistingLeaf {
  /// Whether an input has to be given only where the thing is made.
  func isOptional(_ variable: VariableSpec) -> Bool {
    guard variable.defaultExpression == nil, !neededInputs.contains(variable.name) else {
      return false
    }
    // What the router gives is always there.
    return variable.isManifestKey
  }
}
