import HCL

/// Follows the values of a leaf's arguments back to its inputs.
struct ArgumentAnalysis {
  // What is found is described where it is handed on, in `LeafAnalysis`.
  private(set) var facts: [String: ArgumentFacts] = [:]
  private(set) var replacing: Set<String> = []
  private(set) var losing: Set<String> = []
  private(set) var losingByAbsence: Set<String> = []
  private(set) var switching: Set<String> = []
  private(set) var frozen: Set<String> = []

  private let catalog: Catalog
  private let locals: [String: Expression]

  init(_ catalog: Catalog, _ locals: [String: Expression]) {
    self.catalog = catalog
    self.locals = locals
  }

  // MARK: - What the spec says itself

  /// Adds the facts that a spec writes down of an input and of its fields.
  mutating func addWritten(_ variable: VariableSpec, path: String) {
    add(variable.facts, at: path)
    for field in variable.fields { addWritten(field, path: path + "." + field.name) }
  }

  private mutating func add(_ new: ArgumentFacts, at path: String) {
    guard new != ArgumentFacts() else { return }
    facts[path] = facts[path]?.filled(from: new) ?? new
  }

  // MARK: - From arguments to inputs

  /// What is the same all over a resource.
  private struct Resource {
    var arguments: [String: ArgumentFacts]
    var ignored: Set<String>
    var isStateful: Bool
  }

  /// A block within a resource.
  private struct Place {
    var schema: BlockSchema?
    /// What stands before the names of its arguments in paths: `pool.`.
    var prefix = ""
    /// The outermost block around it; nil in the resource itself.
    var outermost: String?
    /// The input and the path into it that each iterator walks over: `pools`.
    var iterators: [String: String] = [:]
    /// What decides whether it is there, and what does so by being given or not.
    var presence: [Expression] = []
    var switches: [Expression] = []

    /// The block of a name inside of it.
    func block(_ name: String) -> Place {
      var inner = self
      inner.schema = schema?.blocks[name]
      inner.prefix = prefix + name + "."
      inner.outermost = outermost ?? name
      return inner
    }
  }

  /// Adds what follows from a resource.
  mutating func addResource(_ block: Block) {
    guard let type = block.labels.first?.text,
      let (facts, schema) = catalog.facts(ofType: type)
    else { return }
    var place = Place(schema: schema)
    if let loop = block.body.attribute("for_each") {
      place.iterators["each"] = flow(loop.value, [:])
    }
    walk(
      block.body, place,
      Resource(
        arguments: facts?.arguments ?? [:], ignored: ignoredArguments(block),
        isStateful: facts?.isStateful ?? false))
  }

  private mutating func walk(_ body: Body, _ place: Place, _ resource: Resource) {
    // Of most blocks nothing is known.
    if place.schema?.facts.isEmpty == false || !resource.arguments.isEmpty {
      for case .attribute(let attribute) in body.items { add(attribute, place, resource) }
    }
    for case .block(let block) in body.items {
      switch block.type {
      case "lifecycle", "provisioner", "timeouts": break
      case "dynamic":
        if let label = block.labels.first?.text { walk(block, repeating: label, place, resource) }
      default: walk(block.body, place.block(block.type), resource)
      }
    }
  }

  private mutating func walk(
    _ block: Block, repeating label: String, _ place: Place, _ resource: Resource
  ) {
    var inner = place.block(label)
    if let loop = block.body.attribute("for_each") {
      inner.iterators[label] = flow(loop.value, place.iterators)
      if case .splat(let splat) = loop.value, splat.steps.isEmpty {
        inner.switches.append(splat.base)
      } else {
        inner.presence.append(loop.value)
      }
    }
    for case .block(let content) in block.body.items where content.type == "content" {
      walk(content.body, inner, resource)
    }
  }

  private mutating func add(_ attribute: Attribute, _ place: Place, _ resource: Resource) {
    let name = attribute.name
    guard name != "count", name != "for_each" else { return }
    let written = resource.arguments.isEmpty ? nil : resource.arguments[place.prefix + name]
    let ofSchema = place.schema?.facts[name]
    // Most arguments are like all others.
    guard let known = ofSchema.map({ written?.filled(from: $0) ?? $0 }) ?? written else { return }
    if let flow = flow(attribute.value, place.iterators) {
      var passed = known
      passed.replaces = false
      passed.isFrozen = false
      add(passed, at: flow)
    }
    let replaces = known.replaces && !resource.ignored.contains(place.outermost ?? name)
    guard known.isFrozen || replaces else { return }
    var inputs = inputs(in: attribute.value)
    if known.isFrozen { frozen.formUnion(inputs) }
    guard replaces else { return }
    // Whether the block is there at all counts like a value in it.
    inputs += place.presence.flatMap { self.inputs(in: $0) }
    let switches = place.switches.flatMap { self.inputs(in: $0) }
    replacing.formUnion(inputs + switches)
    guard resource.isStateful else { return }
    losing.formUnion(inputs)
    switching.formUnion(switches)
    // What the provider fills in may be what is said of it later.
    guard !(place.schema?.attributes[name]?.isComputed ?? false),
      let path = attribute.value.attributePath, path.count == 2, path[0] == "var"
    else { return }
    losingByAbsence.insert(path[1])
  }

  private func ignoredArguments(_ block: Block) -> Set<String> {
    var names: Set<String> = []
    for case .block(let lifecycle) in block.body.items where lifecycle.type == "lifecycle" {
      guard case .tuple(let list)? = lifecycle.body.attribute("ignore_changes")?.value else {
        continue
      }
      for element in list.elements {
        if case .variable(let variable) = element.value { names.insert(variable.name) }
      }
    }
    return names
  }

  /// The input, with a path into it, that an expression hands on unchanged, whole or element by
  /// element; `behind` are the locals by which it was reached, since one may lead to itself.
  private func flow(
    _ expression: Expression, _ iterators: [String: String], behind: [String] = []
  ) -> String? {
    switch expression {
    case .attribute(let access):
      if case .variable(let root) = access.base {
        switch root.name {
        case "var": return access.name
        case "local":
          guard !behind.contains(access.name), let local = locals[access.name] else { return nil }
          return flow(local, [:], behind: behind + [access.name])
        default: return access.name == "value" ? iterators[root.name] : nil
        }
      }
      return flow(access.base, iterators, behind: behind).map { $0 + "." + access.name }
    case .index(let access): return flow(access.base, iterators, behind: behind)
    case .splat(let splat):
      guard var result = flow(splat.base, iterators, behind: behind) else { return nil }
      for case .attribute(let name) in splat.steps { result += "." + name }
      return result
    case .parentheses(let parentheses):
      return flow(parentheses.expression, iterators, behind: behind)
    case .tuple(let tuple):
      return tuple.elements.count == 1
        ? flow(tuple.elements[0].value, iterators, behind: behind) : nil
    case .call(let call):
      // Whatever joins a map, its elements stay what they are.
      guard ["toset", "tolist", "one", "sort", "distinct", "merge"].contains(call.name),
        let argument = call.arguments.first
      else { return nil }
      return flow(argument.value, iterators, behind: behind)
    case .conditional(let conditional):
      if conditional.then.isNull { return flow(conditional.otherwise, iterators, behind: behind) }
      if conditional.otherwise.isNull { return flow(conditional.then, iterators, behind: behind) }
      return nil
    case .literal, .template, .heredoc, .variable, .legacyIndex, .object, .forExpression, .unary,
      .binary, .commented, .invalid:
      return nil
    }
  }

  /// The inputs that an expression mentions, directly or through locals, each once.
  private func inputs(in expression: Expression) -> [String] {
    switch expression {
    case .literal: return []
    case .template(let template) where template.literalText != nil: return []
    default: break
    }
    // Lists, since there are few of each.
    var found: [String] = []
    var pending = [expression]
    var seen: [String] = []
    while let next = pending.popLast() {
      next.visit { node in
        guard case .attribute(let access) = node, case .variable(let root) = access.base else {
          return
        }
        if root.name == "var", !found.contains(access.name) { found.append(access.name) }
        if root.name == "local", !seen.contains(access.name) {
          seen.append(access.name)
          if let local = locals[access.name] { pending.append(local) }
        }
      }
    }
    return found
  }
}
