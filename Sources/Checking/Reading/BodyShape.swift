import Diagnostics
import Evaluation
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

  /// What a later version of Terraform brought.
  struct Later {
    var since: LanguageVersion
    /// What kind of block it is; nil for an argument.
    var block: BlockRule?
  }

  var required: [String] = []
  var optional: [String] = []
  var blocks: [String: BlockRule] = [:]
  var later: [String: Later] = [:]
  /// Whether other items belong to somebody else, for example to a provider.
  var isOpen = false

  /// The names of arguments and blocks.
  var names: [String] { required + optional + blocks.keys }

  /// The shape with what a version has.
  func allowed(in version: LanguageVersion) -> BodyShape {
    if later.isEmpty { return self }
    var shape = self
    for (name, item) in later.sorted(by: { $0.key < $1.key }) where item.since <= version {
      if let block = item.block { shape.blocks[name] = block } else { shape.optional.append(name) }
    }
    return shape
  }
}

/// Compares a body with what may stand in it.
struct BodyInspector {
  let findings: Findings
  /// The lowest version of Terraform that may read the body.
  var version = LanguageVersion(1)

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
    let shape = shape.allowed(in: version)
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
    if let later = shape.later[name], later.block == nil {
      return reportLater(name, later, at: location)
    }
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
    if let later = shape.later[block.type], later.block != nil, later.since > version {
      return reportLater(block.type, later, at: location)
    }
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

  private func reportLater(
    _ name: String, _ later: BodyShape.Later, at place: SourceLocation?
  ) {
    findings.error(
      "too-new", "`\(name)` needs Terraform \(later.since.text)", at: place,
      "Older versions, which may run this, refuse it.",
      help: "Demand it with `required_version = \">= \(later.since.text)\"`, "
        + "or name the version that runs this with `--terraform-version`.")
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
