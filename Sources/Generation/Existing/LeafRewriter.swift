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
  var read: Set<[String]> = []

  init(_ leaf: ExistingLeaf, _ provider: ProviderSpec) {
    self.leaf = leaf
    self.provider = provider
  }

  static let control = Expression.reference("var", ExistingLeaf.control)

  /// Where an expression is evaluated.
  enum Place {
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
    let blocks = blocks(leaf.module.body)
    // The outputs read through locals too.
    for output in leaf.module.outputs { _ = value(of: output) }
    return choices.map { [$0] + blocks } ?? blocks
  }

  /// Blocks of the leaf, rewritten.
  mutating func blocks(_ body: [Block]) -> [Block] {
    var blocks: [Block] = []
    for block in body {
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
    return blocks
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
  func name(_ address: String, _ attribute: String) -> String {
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

  static func target(_ block: Block) -> Expression {
    .reference(block.labels[0].text, block.labels[1].text)
  }

  static func source(_ standIn: ModuleSpec.StandIn) -> Expression {
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

  mutating func setRepetition(
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

  /// Whether an expression reads a data source that isn't asked, an input that may lack, or a local
  /// that does.
  private func reads(_ expression: Expression) -> Bool {
    var pending = [expression]
    var seen: Set<String> = []
    while let next = pending.popLast() {
      if readsItself(next) { return true }
      next.visit { node in
        guard let path = node.attributePath, path.count > 1, path[0] == "local",
          !leaf.neededLocals.contains(path[1]), seen.insert(path[1]).inserted
        else { return }
        pending += [leaf.locals[path[1]]].compactMap(\.self)
      }
    }
    return false
  }

  private func readsItself(_ expression: Expression) -> Bool {
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
