import Diagnostics
import Evaluation
import HCL

extension ModuleChecker {
  func checkResources() {
    for resource in module.resources.items { check(resource) }
  }

  private func check(_ resource: Resource) {
    let source = resource.source
    let node = GraphNode.resource(resource.address)
    let repetition = checkRepetition(of: source, node: node)
    var context = ExpressionContext(
      file: source.file, node: node, repetition: repetition, check: resource.check)
    checkDependsOn(source, node: node, check: resource.check)
    let type = type(of: resource)
    var ignored: Set = [
      "count", "for_each", "depends_on", "provider", "lifecycle", "locals",
    ]
    if resource.mode == .managed { ignored.formUnion(["connection", "provisioner"]) }
    if let type {
      var schema = SchemaChecker(checker: self, owner: "`\(resource.type)`")
      schema.allowsEphemeral = resource.mode == .ephemeral
      let bodies = escaped(source.block.body)
      schema.check(bodies, type, in: context, at: source.place, ignoring: ignored)
    } else {
      checkExpressions(of: source.block.body, in: context, ignoring: ignored)
    }
    checkLifecycle(resource, type, context)
    guard resource.mode == .managed else { return }
    context.selfResource = resource
    let provisioners = source.blocks("provisioner")
    for connection in source.blocks("connection") {
      checkConnection(connection, isUsed: !provisioners.isEmpty, context)
      if provisioners.contains(where: \.runsAtDestruction) {
        checkDestroyReferences(of: connection.block.body, context)
      }
    }
    for provisioner in source.blocks("provisioner") { check(provisioner: provisioner, context) }
  }

  /// A body with what stands in `_` blocks, which is how a provider's own `count` is written.
  private func escaped(_ body: Body) -> Body {
    guard body.blocks.contains(where: { $0.type == "_" }) else { return body }
    var result = body
    result.items = body.items.flatMap { item in
      if case .block(let block) = item, block.type == "_" { return block.body.items }
      return [item]
    }
    return result
  }

  /// Evaluates everything in a body of which no schema is known.
  func checkExpressions(
    of body: Body, in context: ExpressionContext, ignoring ignored: Set<String> = []
  ) {
    for item in body.items {
      switch item {
      case .attribute(let attribute):
        if !ignored.contains(attribute.name) { _ = value(of: attribute.value, in: context) }
      case .block(let block):
        if ignored.contains(block.type) { continue }
        var inner = context
        if block.type == "dynamic", block.labels.count == 1 {
          let name = iterator(of: block, in: context) ?? block.labels[0].text
          if let each = block.body.attribute("for_each") {
            _ = dynamicElements(each.value, in: context)
          }
          inner = context.binding(name, .object(["key": .dynamic, "value": .dynamic]))
          checkExpressions(of: block.body, in: inner, ignoring: ["for_each", "iterator"])
          continue
        }
        checkExpressions(of: block.body, in: inner)
      }
    }
  }

  /// The schema of a resource; what keeps it from being known is reported.
  private func type(of resource: Resource) -> BlockType? {
    let name = resource.provider.name
    let place = resource.source.location(resource.source.label(0)?.origin ?? Origin())
    guard let provider = provider(name, at: resource.source.place) else { return nil }
    if let block = library.block(provider, resource.mode, resource.type) { return block }
    guard library.knows(provider) else { return nil }
    let types = library.types(of: provider, resource.mode)
    let near = nearestMatch(resource.type, in: types)
    let help = near.map { "Did you mean `\($0)`?" }
    let summary = "Provider `\(provider.shortText)` has no \(resource.mode.noun) `\(resource.type)`"
    guard library.isWhole(provider) else {
      findings.note(
        "type-not-known",
        "`\(resource.type)` isn't in the schema at hand: its arguments aren't checked",
        at: place, help: help ?? "Give the provider's whole schema with `--schema`.")
      return nil
    }
    let others = ResourceMode.allModes.filter { $0 != resource.mode }
    let other = others.first { library.block(provider, $0, resource.type) != nil }
    findings.error(
      "unknown-type", summary, at: place,
      other.map { "There is \($0 == .managed ? "a resource" : "one as \($0.noun)") of that name." },
      help: other.map { "Did you mean a `\($0.rawValue)` block?" } ?? help,
      fixIts: near.map { [.init("Write `\($0)`", at: place, replacement: "\"\($0)\"")] } ?? [])
    return nil
  }

  /// Checks what a block waits for.
  func checkDependsOn(_ source: Declaration, node: GraphNode?, check: String? = nil) {
    guard let attribute = source.attribute("depends_on") else { return }
    guard case .tuple(let tuple) = attribute.value.uncommented else {
      findings.error(
        "bad-depends-on", "`depends_on` is a list of references",
        at: source.location(attribute.value.origin))
      return
    }
    let context = ExpressionContext(file: source.file, node: node, check: check)
    for element in tuple.elements { checkDependency(element.value, context, source) }
  }

  private func checkDependency(
    _ expression: Expression, _ context: ExpressionContext, _ source: Declaration
  ) {
    let place = source.location(expression.origin)
    guard let traversal = expression.dependencyTraversal else {
      findings.error(
        "bad-depends-on", "`depends_on` holds references alone", at: place,
        help: "Write, for example, `depends_on = [module.network]`.")
      return
    }
    switch Reference.read(traversal) {
    case .failure(let problem): report(problem, in: context)
    case .success(let reference):
      var rest = reference.remaining
      // An output of a module is whole enough.
      if case .call = reference.target, rest.first?.name != nil { rest.removeFirst() }
      if !rest.isEmpty {
        findings.error(
          "bad-depends-on", "`depends_on` names whole objects, not their attributes", at: place,
          help: "Remove what stands behind the name.")
        return
      }
      _ = self.check(reference, in: context)
    }
  }
}

extension ResourceMode {
  static let allModes: [ResourceMode] = [.managed, .data, .ephemeral]
}

extension Expression {
  /// A reference, also one in quotes as it once was written.
  var dependencyTraversal: StaticTraversal? {
    if let text = stringValue {
      var ignored = Diagnostics()
      let inner = parseExpression(SourceFile(name: "", text: text), into: &ignored)
      guard !ignored.hasErrors, var traversal = inner.staticTraversal else { return nil }
      traversal.range = origin.range ?? traversal.range
      for index in traversal.steps.indices { traversal.steps[index].range = traversal.range }
      return traversal
    }
    return staticTraversal
  }
}
