import Diagnostics
import Evaluation
import HCL

extension SchemaChecker {
  func checkDynamic(
    _ block: Block, _ type: BlockType, in context: ExpressionContext,
    _ given: inout [String: GivenBlocks], at place: SourceLocation
  ) {
    BodyInspector(findings: findings).inspect(
      Declaration(block: block, file: context.file), .dynamic, owner: "A `dynamic` block")
    guard block.labels.count == 1, let name = block.labels.first?.text else {
      findings.error("wrong-labels", "A `dynamic` block has one label: what it makes", at: place)
      return
    }
    let elements = block.body.attribute("for_each").flatMap {
      checker.dynamicElements($0.value, in: context)
    }
    let iterator = checker.iterator(of: block, in: context) ?? name
    let isUnread = given[name]?.isOpen == true
    if isUnread, elements?.isEmpty == false { checkReferences(of: block, in: context) }
    let nested = nestedBlock(name, type)
    if nested == nil {
      var made = block
      made.type = name
      made.labels = []
      reportUnknown(made, type, at: place)
    }
    given[name, default: GivenBlocks()].places.append(place)
    if let count = elements?.count {
      given[name]?.count += count
    } else {
      given[name]?.isOpen = true
    }
    let contents = block.body.blocks.filter { $0.type == "content" }
    let never = "Terraform reads nothing of a block that never stands."
    for inner in iterations(of: elements, iterator, context) {
      findings.leniently(elements?.isEmpty == true ? never : isUnread ? Self.unread : nil) {
        if let labels = block.body.attribute("labels") {
          if let nested, nested.nesting != .map {
            findings.error(
              "unknown-argument", "`\(name)` blocks have no labels",
              at: inner.location(labels.nameOrigin), help: "Remove `labels`.")
          }
          _ = checker.value(of: labels.value, in: inner)
        }
        for content in contents {
          let place = context.location(content.headerOrigin) ?? place
          if let nested {
            check(content.body, nested, of: name, in: inner, at: place)
          } else {
            content.body.expressions { _ = checker.value(of: $0, in: inner) }
          }
        }
      }
    }
    if contents.count != 1 {
      findings.error(
        contents.isEmpty ? "missing-block" : "duplicate-block",
        "A `dynamic` block has one `content` block", at: place)
    }
  }
}

extension SchemaChecker {
  /// Why errors in blocks don't count behind a dynamic one of their kind whose number isn't known.
  static let unread =
    "Behind a `dynamic` block of its kind whose number isn't known, Terraform reads it at the plan."

  /// Reports what is wrong with the references of a body, whatever else is in it.
  func checkReferences(of body: Body, in context: ExpressionContext) {
    for item in body.items {
      switch item {
      case .attribute(let attribute): _ = checker.references(in: attribute.value, context)
      case .block(let block) where block.type == "dynamic": checkReferences(of: block, in: context)
      case .block(let block): checkReferences(of: block.body, in: context)
      }
    }
  }

  /// The same of a `dynamic` block, which binds a name.
  private func checkReferences(of block: Block, in context: ExpressionContext) {
    if let each = block.body.attribute("for_each") {
      _ = checker.references(in: each.value, context)
    }
    let given = block.body.attribute("iterator")?.value.traversal?.root
    guard let name = given ?? block.labels.first?.text else { return }
    let inner = context.binding(name, .object(["key": .dynamic, "value": .dynamic]))
    for content in block.body.blocks where content.type == "content" {
      checkReferences(of: content.body, in: inner)
    }
  }

  /// The contexts in which the content of a `dynamic` block is read.
  private func iterations(
    of elements: [(key: TypedValue, value: TypedValue)]?, _ iterator: String,
    _ context: ExpressionContext
  ) -> [ExpressionContext] {
    func bound(_ key: TypedValue, _ value: TypedValue) -> ExpressionContext {
      context.binding(iterator, .object(["key": key, "value": value]))
    }
    if let elements, !elements.isEmpty {
      // What many elements find alike is reported once.
      return elements.prefix(20).map { bound($0.key, $0.value) }
    }
    // Nothing at all is read of a block that never stands; a reviewer wants to know all the same.
    var context = bound(.dynamic, .dynamic)
    context.isInUnknownBlock = true
    return [context]
  }
}

extension BodyShape {
  static let dynamic = BodyShape(
    required: ["for_each"], optional: ["iterator", "labels"], blocks: ["content": .init()])
}
