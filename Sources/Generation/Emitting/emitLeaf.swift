import HCL
import ProviderModel
import Terraform

/// The files of a leaf, from its spec.
struct LeafEmitter: Sendable {
  let leaf: Leaf
  let catalog: Catalog
  /// What stands in for its resources; nil where everything is made.
  var existing: ExistingLeaf?
  /// Whether no plan may destroy what holds data.
  var protectsData = false
  /// Whether anything in the tree may read an output.
  var isRead: @Sendable (OutputSpec) -> Bool = { _ in true }

  private var folder: String { leaf.module.folder }

  /// Adds what callers see of the leaf, and its files, which nothing but a finished tree needs.
  func emit(into tree: inout ProjectTree) {
    tree.addLeaf(folder, interface)
    let names =
      ["main.tf", "variables.tf"] + (outputs.isEmpty ? [] : ["outputs.tf"]) + ["versions.tf"]
    let templates = leaf.templates.map { "templates/\($0.name)" }
    tree.add((names + templates).map { "\(folder)/\($0)" }) { addFiles(to: &$0) }
  }

  private func addFiles(to tree: inout ProjectTree) {
    var rewriter = existing.map { LeafRewriter($0, leaf.provider) }
    var main = tree.file()
    main.add((rewriter?.body() ?? leaf.module.body).map { protected(unranged($0)) })
    tree.add("\(folder)/main.tf", main)
    var variables = tree.file()
    let places = placesOfRules(leaf.module)
    variables.add(
      (controls + leaf.module.variables.map { variable($0, validations($0, places)) }).map(\.block))
    tree.add("\(folder)/variables.tf", variables)
    var file = tree.file()
    file.add(
      outputs.map { output in
        TerraformOutput(
          output.name, rewriter?.value(of: output) ?? output.value, description: output.description,
          isSensitive: leaf.analysis.sensitiveOutputs.contains(output.name)
        ).block
      })
    if !outputs.isEmpty { tree.add("\(folder)/outputs.tf", file) }
    var versions = tree.file()
    versions.add(requiredProviders)
    tree.add("\(folder)/versions.tf", versions)
    for template in leaf.templates {
      tree.add("\(folder)/templates/\(template.name)", text: template.text)
    }
  }

  private var outputs: [OutputSpec] { leaf.module.outputs.filter(isRead) }

  // MARK: - What callers see

  private var interface: LeafInterface {
    let variables = controls + leaf.module.variables.map { variable($0, []) }
    let outputs = outputs.map { output in
      TerraformOutput(
        output.name, .null, description: "",
        isSensitive: leaf.analysis.sensitiveOutputs.contains(output.name)
      ).block
    }
    var resources = leaf.module.body.compactMap(\.header)
    if let existing {
      var rewriter = LeafRewriter(existing, leaf.provider)
      resources = rewriter.blocks(resources).compactMap(\.header)
    }
    let blocks = [requiredProviders] + variables.map(\.block) + outputs + resources
    return LeafInterface(body: Body(blocks.map(BodyItem.block))) { name in
      guard let spec = leaf.module.variable(name) else { return [] }
      let rules = validations(spec, placesOfRules(leaf.module))
      return variable(spec, rules).block.body.blocks
    }
  }

  /// A resource that holds data, with `prevent_destroy` where the manifest asks for it.
  private func protected(_ block: Block) -> Block {
    guard protectsData, block.type == "resource", let type = block.labels.first?.text,
      catalog.provider(ofType: type)?.types[type]?.isStateful ?? false
    else { return block }
    var block = block
    let attribute = Attribute("prevent_destroy", .bool(true))
    for index in block.body.items.indices {
      guard case .block(var lifecycle) = block.body.items[index], lifecycle.type == "lifecycle"
      else { continue }
      lifecycle.isOneLine = false
      lifecycle.body.items.insert(.attribute(attribute), at: 0)
      block.body.items[index] = .block(lifecycle)
      return block
    }
    var lifecycle = Block.make("lifecycle") { $0.set("prevent_destroy", .bool(true)) }
    lifecycle.trivia.blankLines = 1
    block.isOneLine = false
    block.body.items.append(.block(lifecycle))
    return block
  }

  private func unranged(_ block: Block) -> Block {
    var block = block
    block.trivia.blankLines = 1
    return block
  }

  /// The providers of the leaf's resources and data sources; their versions stand in the root.
  private var requiredProviders: Block {
    .make("terraform") { body in
      body.add(
        .make("required_providers") { inner in
          for provider in leaf.providers {
            inner.set(provider.localName, .object([("source", .string(provider.source))]))
          }
        })
    }
  }

  // MARK: - Variables

  /// The variables that say whether there is one already.
  private var controls: [TerraformVariable] {
    guard let existing else { return [] }
    var control = TerraformVariable(
      ExistingLeaf.control, type: .reference("bool"), default: .bool(false),
      description: "Use what exists already, instead of making it")
    control.isNullable = false
    let id = TerraformVariable(
      ExistingLeaf.id, type: .reference("string"), default: .null,
      description: "Id of what exists already, which is looked up by its name unless given")
    return [control] + (existing.takesID ? [id] : [])
  }

  private func variable(
    _ spec: VariableSpec, _ validations: [TerraformVariable.Validation]
  ) -> TerraformVariable {
    var variable = TerraformVariable(
      spec.name, type: spec.typeExpression,
      default: isOptional(spec) ? .null : spec.defaultExpression, description: spec.description)
    if let value = spec.defaultValue, !value.isNull { variable.isNullable = false }
    variable.isSensitive = spec.isSensitive
    variable.validations = validations
    return variable
  }

  /// Whether an input needn't be given, since the thing may exist already.
  private func isOptional(_ spec: VariableSpec) -> Bool { existing?.isOptional(spec) ?? false }

  /// A condition that what exists already needn't meet.
  private static func unlessExisting(_ condition: Expression) -> Expression {
    Expression.reference("var", ExistingLeaf.control).choose(.bool(true), condition)
  }

  private func validations(
    _ spec: VariableSpec, _ places: [String?]
  ) -> [TerraformVariable.Validation] {
    var result: [TerraformVariable.Validation] = []
    if isOptional(spec) {
      let isGiven = Expression.binary(
        BinaryOperation(.reference("var", spec.name), .notEqual, .null))
      result.append(
        TerraformVariable.Validation(
          Self.unlessExisting(isGiven),
          message: .string("\(spec.name) is needed where nothing exists yet.")))
    }
    let paths = leaf.analysis.facts.keys
      .filter { $0 == spec.name || $0.hasPrefix(spec.name + ".") }.sorted()
    for path in paths {
      guard let facts = leaf.analysis.facts[path] else { continue }
      let steps = path.split(separator: ".").dropFirst().map(String.init)
      for check in facts.checks {
        guard let condition = condition(check, spec, steps) else { continue }
        let name = steps.isEmpty ? spec.name : path
        result.append(
          TerraformVariable.Validation(
            condition, message: .string("\(name) \(check.message).")))
      }
    }
    for (rule, place) in zip(leaf.module.rules, places) where place == spec.name {
      let message = rule.message.hasSuffix(".") ? rule.message : rule.message + "."
      let condition = existing == nil ? rule.condition : Self.unlessExisting(rule.condition)
      result.append(TerraformVariable.Validation(condition, message: .string(message)))
    }
    return result
  }

  /// A check of a value somewhere in a variable: of each element of lists, and of nothing where
  /// it is null.
  private func condition(
    _ check: ArgumentFacts.Check, _ spec: VariableSpec, _ steps: [String]
  ) -> Expression? {
    var isOptional = spec.defaultValue?.isNull ?? existing?.isOptional(spec) ?? false
    return condition(
      check, .reference("var", spec.name), spec.type, steps[...], isOptional: &isOptional, depth: 0)
  }

  private func condition(
    _ check: ArgumentFacts.Check, _ value: Expression, _ type: TypeConstraint,
    _ steps: ArraySlice<String>, isOptional: inout Bool, depth: Int
  ) -> Expression? {
    switch type {
    case .list(let element), .set(let element), .map(let element):
      let name = depth == 0 ? "v" : "v\(depth)"
      var inner = false
      guard
        let each = condition(
          check, .reference(name), element, steps, isOptional: &inner, depth: depth + 1)
      else { return nil }
      let all = Expression.apply(
        "alltrue", .forExpression(ForExpression(valueName: name, in: value, value: each)))
      return isOptional ? orNull(value, all) : all
    case .object(let attributes):
      guard let step = steps.first, let attribute = attributes.first(where: { $0.name == step })
      else { return nil }
      var inner = attribute.isOptional && attribute.defaultValue.isNull
      guard
        let nested = condition(
          check, value.dot(step), attribute.type, steps.dropFirst(), isOptional: &inner,
          depth: depth)
      else { return nil }
      return isOptional ? orNull(value, nested) : nested
    case .any, .bool, .number, .string, .tuple:
      guard steps.isEmpty else { return nil }
      guard let result = check.condition(value) else { return nil }
      return isOptional ? orNull(value, result) : result
    }
  }

  private func orNull(_ value: Expression, _ condition: Expression) -> Expression {
    value.equals(.null).choose(.bool(true), condition)
  }
}

extension Block {
  /// What others see of a resource or a data source; nil for blocks of which they see nothing.
  fileprivate var header: Block? {
    guard ["resource", "data"].contains(type) else { return nil }
    let seen: Set = ["count", "for_each", "provider"]
    let items = body.items.filter { item in
      if case .attribute(let attribute) = item { seen.contains(attribute.name) } else { false }
    }
    return Block(type, labels, body: Body(items))
  }
}
