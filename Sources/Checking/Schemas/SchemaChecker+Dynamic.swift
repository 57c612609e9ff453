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
      findings.leniently(elements?.isEmpty == true ? never : nil) {
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
  /// The contexts in which the content of a `dynamic` block is read.
  private func iterations(
    of elements: [(key: TypedValue, value: TypedValue)]?, _ iterator: String, _ context: ExpressionContext
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
