import Diagnostics
import Evaluation
import HCL

extension ModuleChecker {
  /// The schema of a resource, where it is known.
  func block(of resource: Resource) -> BlockType? {
    let name = resource.provider.name
    return module.provider(name).flatMap { library.block($0, resource.mode, resource.type) }
  }

  func check(
    resource target: (mode: ResourceMode, type: String, name: String), _ reference: Reference,
    _ context: ExpressionContext
  ) -> Bool {
    let address = target.mode.prefix + target.type + "." + target.name
    depend(context, .resource(address), name: address)
    let place = context.location(reference.range)
    guard let resource = module.resources[address] else {
      return module.isPartial || reportUndeclared(target, address, at: place)
    }
    if context.owner == address {
      findings.error(
        "self-reference", "A condition of `\(address)` can't name it", at: place,
        help: "Write `self` in a postcondition.")
      return false
    }
    if context.node == .resource(address), context.selfResource == nil {
      findings.foundAtPlan {
        findings.error(
          "self-reference", "`\(address)` refers to itself", at: place,
          "Its arguments are worked out before it exists.")
      }
    }
    if let check = resource.check, check != context.check {
      findings.error(
        "scoped-data", "`\(address)` belongs to the check `\(check)`", at: place,
        "It can be read inside of that `check` block alone.")
      return false
    }
    guard checkKey(resource, reference, context) else { return false }
    guard let block = block(of: resource) else { return true }
    return checkPath(reference.remaining, in: block, of: address, context)
  }

  private func reportUndeclared(
    _ target: (mode: ResourceMode, type: String, name: String), _ address: String,
    at place: SourceLocation
  ) -> Bool {
    let others = module.resources.items.map(\.address)
    let near = findings.near(address, in: others)
    let isData = target.mode == .managed && others.contains("data." + address)
    findings.error(
      "undeclared-resource", "There is no \(target.mode.noun) `\(address)`", at: place,
      target.mode == .managed && module.resources.items.allSatisfy { $0.type != target.type }
        && !target.type.contains("_")
        ? "A name that isn't a variable, a local or a module is taken for a resource's type; a text stands in quotes."
        : nil,
      help: isData
        ? "Did you mean `data.\(address)`?" : near.map { "Did you mean `\($0)`?" },
      fixIts: near.map { [.init("Write `\($0)`", at: place, replacement: $0)] } ?? [])
    return false
  }

  private func checkKey(
    _ resource: Resource, _ reference: Reference, _ context: ExpressionContext
  ) -> Bool {
    let isRepeated = resource.hasCount || resource.hasForEach
    if let key = reference.key {
      if case .wrong = key.kind {
        findings.error(
          "wrong-key", "The key of an instance is a text or a number",
          at: context.location(key.range))
        return false
      }
      if isRepeated { return true }
      findings.error(
        "unexpected-instance-key", "`\(resource.address)` is one instance and takes no key",
        at: context.location(key.range), "It has neither `count` nor `for_each`.",
        help: "Remove `\(key.text)`.",
        fixIts: [.init("Remove the key", at: context.location(key.range), replacement: "")])
      return false
    }
    guard isRepeated, let step = reference.remaining.first else { return true }
    let word = resource.hasCount ? "count" : "for_each"
    findings.error(
      "missing-instance-key", "`\(resource.address)` has instances: one has to be named",
      at: context.location(reference.range),
      "It has `\(word)`, so an attribute is read from one of them.",
      help: resource.hasCount
        ? "Write `\(resource.address)[0]\(step.text)`, or `\(resource.address)[*]\(step.text)` for all."
        : "Write `\(resource.address)[each.key]\(step.text)`, or a `for` for all.")
    return false
  }

  /// Whether the steps behind a resource exist in its schema.
  func checkPath(
    _ steps: [StaticTraversal.Step], in block: BlockType, of address: String,
    _ context: ExpressionContext
  ) -> Bool {
    guard let step = steps.first else { return true }
    let rest = Array(steps.dropFirst())
    guard let name = step.name else {
      findings.error(
        "unexpected-instance-key", "`\(address)` takes no key", at: context.location(step.range),
        help: "Write the name of an attribute behind a point.")
      return false
    }
    let path = address + "." + name
    if let attribute = block.attributes[name] {
      return checkPath(rest, in: attribute.type.withoutOptionalAttributes, of: path, context)
    }
    guard let nested = block.blocks[name] else {
      let near = nearestMatch(name, in: block.names.sorted())
      let place = context.location(step.range)
      findings.error(
        "unknown-attribute", "`\(address)` has no attribute `\(name)`", at: place,
        help: near.map { "Did you mean `\($0)`?" },
        fixIts: near.map { [.init("Write `\($0)`", at: place, replacement: "." + $0)] } ?? [])
      return false
    }
    guard let key = rest.first else { return true }
    switch nested.nesting {
    case .single, .group: return checkPath(rest, in: nested.block, of: path, context)
    case .map: return checkPath(Array(rest.dropFirst()), in: nested.block, of: path, context)
    case .list:
      if key.isIndex {
        return checkPath(Array(rest.dropFirst()), in: nested.block, of: path, context)
      }
      findings.error(
        "missing-index", "`\(path)` is a list: an element has to be named",
        at: context.location(key.range), help: "Write `\(path)[0]\(key.text)`.")
    case .set:
      findings.error(
        "set-index", "`\(path)` is a set: its elements can't be named",
        at: context.location(key.range), help: "Write `tolist(\(path))[0]`, or a `for` over it.")
    }
    return false
  }

  /// Whether the steps behind an attribute fit its type.
  private func checkPath(
    _ steps: [StaticTraversal.Step], in type: ValueType, of path: String,
    _ context: ExpressionContext
  ) -> Bool {
    guard let step = steps.first else { return true }
    let rest = Array(steps.dropFirst())
    let place = context.location(step.range)
    switch (type, step.kind) {
    case (.dynamic, _): return true
    case (.object(let attributes, _), .attribute(let name)),
      (.object(let attributes, _), .key(let name)):
      if let inner = attributes[name] {
        return checkPath(rest, in: inner, of: path + step.text, context)
      }
      findings.error(
        "unknown-attribute", "`\(path)` has no attribute `\(name)`", at: place,
        help: didYouMean(name, attributes.keys))
    case (.map(let element), _): return checkPath(rest, in: element, of: path + step.text, context)
    case (.list(let element), .position):
      return checkPath(rest, in: element, of: path + step.text, context)
    case (.list, .key(let key)):
      if Double(key) != nil { return true }
      findings.error("wrong-key", "`\(path)` is a list: its keys are numbers", at: place)
    case (.list, .attribute(let name)):
      findings.error(
        "missing-index", "`\(path)` is a list: an element has to be named", at: place,
        help: "Write `\(path)[0].\(name)`, or `\(path)[*].\(name)` for all.")
    case (.set, _):
      findings.error(
        "set-index", "`\(path)` is a set: its elements can't be named", at: place,
        help: "Write `tolist(\(path))[0]`, or a `for` over it.")
    case (.tuple(let elements), .position(let text)):
      if let index = Int(text), elements.indices.contains(index) {
        return checkPath(rest, in: elements[index], of: path + step.text, context)
      }
      findings.error("wrong-key", "`\(path)` has no element \(text)", at: place)
    default:
      findings.error(
        "unknown-attribute", "`\(path)` is a \(type.friendlyName) and has no parts", at: place)
    }
    return false
  }
}
