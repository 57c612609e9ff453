import Diagnostics
import HCL

/// What may stand in a body of Terraform's own language.
struct BodyShape {
  /// A kind of block.
  struct BlockRule {
    /// What its labels are called.
    var labels: [String] = []
    /// Whether there may be one alone.
    var isUnique = false
  }

  var required: [String] = []
  var optional: [String] = []
  var blocks: [String: BlockRule] = [:]
  /// Whether other items belong to somebody else, for example to a provider.
  var isOpen = false

  /// The names of arguments and blocks.
  var names: [String] { required + optional + blocks.keys }
}

/// Compares a body with what may stand in it.
struct BodyInspector {
  let findings: Findings

  /// Reports what is wrong with the body of a block.
  ///
  /// `owner` is what messages call it, for example "A `variable` block".
  func inspect(_ declaration: Declaration, _ shape: BodyShape, owner: String) {
    inspect(
      declaration.block.body, shape, in: declaration.file, owner: owner, at: declaration.place)
  }

  func inspect(
    _ body: Body, _ shape: BodyShape, in file: SourceFile, owner: String, at place: SourceLocation
  ) {
    var seen: [String: Origin] = [:]
    for item in body.items {
      switch item {
      case .attribute(let attribute): inspect(attribute, shape, in: file, owner)
      case .block(let block):
        inspect(block, shape, in: file, owner)
        guard shape.blocks[block.type]?.isUnique == true else { continue }
        if let first = seen[block.type] { reportSecond(block, first, in: file, owner) }
        seen[block.type] = block.headerOrigin
      }
    }
    for name in shape.required where body.attribute(name) == nil {
      findings.error(
        "missing-argument", "\(owner) needs `\(name)`", at: place,
        help: "Add `\(name) = ...`.")
    }
  }

  private func inspect(
    _ attribute: Attribute, _ shape: BodyShape, in file: SourceFile, _ owner: String
  ) {
    let name = attribute.name
    if shape.isOpen || shape.required.contains(name) || shape.optional.contains(name) { return }
    let location = attribute.nameOrigin.range.map { SourceLocation(file, $0) }
    if shape.blocks[name] != nil {
      findings.error(
        "attribute-for-block", "`\(name)` is a block, not an argument", at: location,
        help: "Write `\(name) { ... }` without `=`.")
      return
    }
    findings.error(
      "unknown-argument", "\(owner) has no argument `\(name)`", at: location,
      shape.names.isEmpty ? nil : "It takes \(shape.names.sorted().listed).",
      help: didYouMean(name, shape.names))
  }

  private func inspect(
    _ block: Block, _ shape: BodyShape, in file: SourceFile, _ owner: String
  ) {
    let location = block.headerOrigin.range.map { SourceLocation(file, $0) }
    if let rule = shape.blocks[block.type] {
      inspectLabels(of: block, rule.labels, at: location)
    } else if shape.required.contains(block.type) || shape.optional.contains(block.type) {
      if shape.isOpen { return }
      findings.error(
        "block-for-attribute", "`\(block.type)` is an argument, not a block", at: location,
        help: "Write `\(block.type) = ...`.")
    } else if !shape.isOpen {
      findings.error(
        "unknown-block", "\(owner) has no block `\(block.type)`", at: location,
        shape.names.isEmpty ? nil : "It takes \(shape.names.sorted().listed).",
        help: didYouMean(block.type, shape.names))
    }
  }

  private func inspectLabels(of block: Block, _ names: [String], at place: SourceLocation?) {
    guard block.labels.count != names.count else { return }
    let form = ([block.type] + names.map { "\"\($0)\"" }).joined(separator: " ")
    findings.error(
      "wrong-labels",
      names.isEmpty
        ? "A `\(block.type)` block has no labels"
        : "A `\(block.type)` block has \(names.count == 1 ? "one label" : "\(names.count) labels"): "
          + names.listed,
      at: place, help: "Write `\(form) { ... }`.")
  }

  private func reportSecond(
    _ block: Block, _ first: Origin, in file: SourceFile, _ owner: String
  ) {
    let place = block.headerOrigin.range.map { SourceLocation(file, $0) }
    findings.error(
      "duplicate-block", "\(owner) has more than one `\(block.type)` block", at: place,
      help: "Make one block of them.",
      notes: [.init("The first one", at: first.range.map { SourceLocation(file, $0) })])
  }
}
