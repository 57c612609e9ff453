public import HCL

/// What follows from a leaf's Terraform blocks and the provider's schema.
public struct LeafAnalysis: Sendable {
  /// Facts about values, by input and path (`size`, `pool.mode`): those of the arguments that the
  /// value reaches unchanged, and those that the spec writes down.
  public private(set) var facts: [String: ArgumentFacts] = [:]
  /// Inputs of which a change replaces a resource, whatever way they reach it.
  public private(set) var replacing: Set<String> = []
  /// Those of them of which a change replaces something that holds data.
  public private(set) var losing: Set<String> = []
  /// Those of them that lose it as well when they are given for the first time, or no longer.
  public private(set) var losingByAbsence: Set<String> = []
  /// Inputs that lose it only by being given or not, whatever they say.
  public private(set) var switching: Set<String> = []
  /// Inputs that reach an argument whose changes the provider accepts and ignores, whether or not
  /// the leaf does as well.
  public private(set) var frozen: Set<String> = []
  /// Outputs that have to be hidden.
  public private(set) var sensitiveOutputs: Set<String> = []

  private let module: ModuleSpec
  private let catalog: Catalog
  private var locals: [String: Expression] = [:]

  /// Analyses a leaf.
  public init(_ module: ModuleSpec, _ catalog: Catalog) {
    self.module = module
    self.catalog = catalog
    for block in module.body where block.type == "locals" {
      for attribute in block.body.attributes { locals[attribute.name] = attribute.value }
    }
    for variable in module.variables { addWritten(variable, path: variable.name) }
    for block in module.resources { addResource(block) }
    for output in module.outputs {
      let isHidden = output.isSensitive || isSensitive(output.value)
      if isHidden || output.existing.map(isSensitive) ?? false {
        sensitiveOutputs.insert(output.name)
      }
    }
  }

  private mutating func addWritten(_ variable: VariableSpec, path: String) {
    add(variable.facts, at: path)
    for field in variable.fields { addWritten(field, path: path + "." + field.name) }
  }

  private mutating func add(_ new: ArgumentFacts, at path: String) {
    guard new != ArgumentFacts() else { return }
    facts[path] = (facts[path] ?? ArgumentFacts()).filled(from: new)
  }

  // MARK: - From arguments to inputs

  /// Where a value came from: an input and a path into it.
  private struct Flow {
    var path: [String]

    func appending(_ name: String) -> Flow { Flow(path: path + [name]) }
  }

  private mutating func addResource(_ block: Block) {
    guard let type = block.labels.first?.text,
      let provider = catalog.provider(ofType: type), let schema = catalog.schema(ofType: type)
    else { return }
    var iterators: [String: Flow] = [:]
    if let loop = block.body.attribute("for_each") { iterators["each"] = flow(loop.value, [:]) }
    let ignored = ignoredArguments(block)
    walk(
      block.body, path: [], iterators,
      Context(
        schema: schema, arguments: provider.types[type]?.arguments ?? [:], ignored: ignored,
        isStateful: provider.types[type]?.isStateful ?? false))
  }

  private struct Context {
    var schema: BlockSchema
    var arguments: [String: ArgumentFacts]
    var ignored: Set<String>
    var isStateful: Bool
  }

  private mutating func walk(
    _ body: Body, path: [String], _ iterators: [String: Flow], _ context: Context,
    presence: Set<String> = [], switches: Set<String> = []
  ) {
    let schema = context.schema.block(path[...])
    for attribute in body.attributes where !["count", "for_each"].contains(attribute.name) {
      let written =
        context.arguments.isEmpty
        ? nil : context.arguments[(path + [attribute.name]).joined(separator: ".")]
      // Most arguments are like all others.
      if written == nil, schema?.facts[attribute.name] == nil { continue }
      let known = (written ?? ArgumentFacts())
        .filled(from: schema?.facts[attribute.name] ?? ArgumentFacts())
      if let flow = flow(attribute.value, iterators) {
        var passed = known
        passed.replaces = false
        passed.isFrozen = false
        add(passed, at: flow.path.joined(separator: "."))
      }
      if known.isFrozen { frozen.formUnion(variables(in: attribute.value)) }
      guard !context.ignored.contains((path + [attribute.name]).first ?? "") else { continue }
      // Whether the block is there at all counts like a value in it.
      guard known.replaces else { continue }
      let inputs = variables(in: attribute.value).union(presence)
      replacing.formUnion(inputs.union(switches))
      guard context.isStateful else { continue }
      losing.formUnion(inputs)
      switching.formUnion(switches)
      // What the provider fills in may be what is said of it later.
      guard !(schema?.attributes[attribute.name]?.isComputed ?? false),
        let path = attribute.value.attributePath, path.count == 2, path[0] == "var"
      else { continue }
      losingByAbsence.insert(path[1])
    }
    for block in body.blocks where !["lifecycle", "provisioner", "timeouts"].contains(block.type) {
      guard block.type == "dynamic", let label = block.labels.first?.text else {
        walk(
          block.body, path: path + [block.type], iterators, context, presence: presence,
          switches: switches)
        continue
      }
      var inner = iterators
      var presence = presence
      var switches = switches
      if let loop = block.body.attribute("for_each") {
        inner[label] = flow(loop.value, iterators)
        if case .splat(let splat) = loop.value, splat.steps.isEmpty {
          switches.formUnion(variables(in: splat.base))
        } else {
          presence.formUnion(variables(in: loop.value))
        }
      }
      for content in block.body.blocks where content.type == "content" {
        walk(
          content.body, path: path + [label], inner, context, presence: presence,
          switches: switches)
      }
    }
  }

  private func ignoredArguments(_ block: Block) -> Set<String> {
    var names: Set<String> = []
    for lifecycle in block.body.blocks where lifecycle.type == "lifecycle" {
      guard case .tuple(let list)? = lifecycle.body.attribute("ignore_changes")?.value else {
        continue
      }
      for element in list.elements {
        if case .variable(let variable) = element.value { names.insert(variable.name) }
      }
    }
    return names
  }

  /// The input that an expression hands on unchanged, whole or element by element.
  private func flow(_ expression: Expression, _ iterators: [String: Flow]) -> Flow? {
    switch expression {
    case .attribute(let access):
      if case .variable(let root) = access.base {
        switch root.name {
        case "var": return Flow(path: [access.name])
        case "local": return locals[access.name].flatMap { flow($0, [:]) }
        default: break
        }
        if access.name == "value" { return iterators[root.name] }
        return nil
      }
      return flow(access.base, iterators)?.appending(access.name)
    case .index(let access): return flow(access.base, iterators)
    case .splat(let splat):
      var result = flow(splat.base, iterators)
      for case .attribute(let name) in splat.steps { result = result?.appending(name) }
      return result
    case .parentheses(let parentheses): return flow(parentheses.expression, iterators)
    case .tuple(let tuple):
      return tuple.elements.count == 1 ? flow(tuple.elements[0].value, iterators) : nil
    case .call(let call):
      // Whatever joins a map, its elements stay what they are.
      guard ["toset", "tolist", "one", "sort", "distinct", "merge"].contains(call.name),
        let argument = call.arguments.first
      else { return nil }
      return flow(argument.value, iterators)
    case .conditional(let conditional):
      if conditional.then.isNull { return flow(conditional.otherwise, iterators) }
      if conditional.otherwise.isNull { return flow(conditional.then, iterators) }
      return nil
    case .literal, .template, .heredoc, .variable, .legacyIndex, .object, .forExpression, .unary,
      .binary, .commented, .invalid:
      return nil
    }
  }

  /// The inputs that an expression mentions, directly or through locals.
  private func variables(in expression: Expression) -> Set<String> {
    switch expression {
    case .literal: return []
    case .template(let template) where template.literalText != nil: return []
    default: break
    }
    var found: Set<String> = []
    var pending = [expression]
    var seen: Set<String> = []
    while let next = pending.popLast() {
      next.visit { node in
        guard case .attribute(let access) = node, case .variable(let root) = access.base else {
          return
        }
        if root.name == "var" { found.insert(access.name) }
        if root.name == "local", seen.insert(access.name).inserted,
          let local = locals[access.name]
        {
          pending.append(local)
        }
      }
    }
    return found
  }

  // MARK: - What has to be hidden

  private func isSensitive(_ expression: Expression) -> Bool {
    var result = false
    var pending = [expression]
    var seen: Set<String> = []
    while let next = pending.popLast(), !result {
      next.visit { node in
        guard let path = node.attributePath, path.count >= 2 else { return }
        switch path[0] {
        case "local":
          if seen.insert(path[1]).inserted, let local = locals[path[1]] { pending.append(local) }
        case "var":
          if let variable = module.variable(path[1]), Self.isSecret(variable) { result = true }
        case "data":
          if path.count >= 4 {
            result = result || attributeIsSensitive(path[1], path[3], isData: true)
          }
        default:
          guard path.count >= 3 else { return }
          result = result || attributeIsSensitive(path[0], path[2])
          // What stands in for the resource may hide what the resource itself shows.
          for standIn in module.existing where standIn.resource == "\(path[0]).\(path[1])" {
            result = result || attributeIsSensitive(standIn.type, path[2], isData: true)
          }
        }
      }
    }
    return result
  }

  /// Whether an input is marked, or carries the environment of an app.
  private static func isSecret(_ variable: VariableSpec) -> Bool {
    if variable.isSensitive { return true }
    var carriesEnvironment = false
    for expression in variable.from ?? [] {
      expression.visit { node in
        if node.isPath(["app", "env"]) { carriesEnvironment = true }
      }
      if expression.loopsOverMembers { carriesEnvironment = true }
    }
    return carriesEnvironment
  }

  private func attributeIsSensitive(
    _ type: String, _ attribute: String, isData: Bool = false
  ) -> Bool {
    catalog.schema(ofType: type, isData: isData)?.attributes[attribute]?.isSensitive ?? false
  }
}

extension Expression {
  /// Whether it is `null`.
  var isNull: Bool {
    if case .literal(let literal) = self { literal.kind == .null } else { false }
  }

  /// The names of a chain such as `a.b[0].c[*].d`, indexes left out; nil for anything else.
  public var attributePath: [String]? { path(before: 0) }

  /// The names of the chain, with room for those of what stands behind it.
  private func path(before count: Int) -> [String]? {
    switch self {
    case .variable(let variable):
      var path: [String] = []
      path.reserveCapacity(count + 1)
      path.append(variable.name)
      return path
    case .attribute(let access):
      guard var path = access.base.path(before: count + 1) else { return nil }
      path.append(access.name)
      return path
    case .index(let access): return access.base.path(before: count)
    case .legacyIndex(let access): return access.base.path(before: count)
    case .splat(let splat):
      guard var path = splat.base.path(before: count + splat.steps.count) else { return nil }
      for case .attribute(let name) in splat.steps { path.append(name) }
      return path
    case .literal, .template, .heredoc, .tuple, .object, .forExpression, .conditional, .unary,
      .binary, .call, .parentheses, .commented, .invalid:
      return nil
    }
  }

  /// Whether it is the chain of some names, indexes left out.
  public func isPath(_ names: [String]) -> Bool {
    var expression = self
    var count = names.count
    while count > 0 {
      switch expression {
      case .variable(let variable): return count == 1 && variable.name == names[0]
      case .attribute(let access):
        guard access.name == names[count - 1] else { return false }
        count -= 1
        expression = access.base
      case .index(let access): expression = access.base
      case .legacyIndex(let access): expression = access.base
      case .splat: return expression.attributePath.map { $0[...] == names[..<count] } ?? false
      case .literal, .template, .heredoc, .tuple, .object, .forExpression, .conditional, .unary,
        .binary, .call, .parentheses, .commented, .invalid:
        return false
      }
    }
    return false
  }
}

extension LeafAnalysis {
  /// Whether an input is remembered, since a change may lose data.
  public func isKept(_ input: String) -> Bool {
    losing.contains(input) || switching.contains(input)
  }

  /// Whether an input loses data as well by being given for the first time, or no longer.
  public func countsByAbsence(_ input: String) -> Bool {
    losingByAbsence.contains(input) || switching.contains(input)
  }

  /// Whether it counts only if an input is given.
  public func isSwitch(_ input: String) -> Bool {
    switching.contains(input) && !losing.contains(input)
  }
}
