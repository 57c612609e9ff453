import Diagnostics
import Evaluation
import HCL

extension SchemaChecker {
  func checkMissing(
    _ body: Body, _ type: BlockType, _ given: [String: GivenBlocks], at place: SourceLocation
  ) {
    for name in type.required where body.attribute(name) == nil && given[name] == nil {
      guard let attribute = type.attributes[name] else { continue }
      findings.error(
        "missing-argument", "\(owner) needs `\(name)`", at: place,
        help: "Add `\(name) = ...`: it is \(attribute.type.article).")
    }
  }

  func checkCounts(
    _ type: BlockType, _ given: [String: GivenBlocks], in context: ExpressionContext,
    at place: SourceLocation
  ) {
    for name in type.counted {
      guard let nested = type.blocks[name] else { continue }
      let blocks = given[name] ?? GivenBlocks()
      if blocks.isOpen { continue }
      // Blocks inside of one that may stand any number of times aren't counted.
      if context.isInUnknownBlock, blocks.count > 0 { continue }
      if blocks.count < nested.least {
        findings.error(
          "missing-block",
          nested.least == 1
            ? "\(owner) needs a `\(name)` block"
            : "\(owner) needs at least \(nested.least) `\(name)` blocks", at: place,
          help: "Add `\(name) { ... }`.")
      }
      let most = nested.isSingle ? 1 : nested.most
      if most > 0, blocks.count > most {
        findings.error(
          "too-many-blocks",
          most == 1
            ? "\(owner) has one `\(name)` block at most"
            : "\(owner) has at most \(most) `\(name)` blocks",
          at: blocks.places.last ?? place)
      }
    }
  }
}

extension ValueType {
  /// The type with its article, for sentences.
  var article: String {
    switch self {
    case .dynamic: "any value"
    case .string: "a text"
    case .number: "a number"
    case .bool: "a truth value"
    case .list: "a \(friendlyName)"
    case .set: "a \(friendlyName)"
    case .map: "a \(friendlyName)"
    case .tuple: "a tuple"
    case .object(let attributes, let optional):
      attributes.isEmpty
        ? "an object"
        : "an object with "
          + attributes.keys.sorted().map { "`\($0)`" + (optional.contains($0) ? "?" : "") }
          .joined(separator: ", ")
    }
  }
}
