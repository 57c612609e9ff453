import HCL
import ProviderModel
import Terraform

extension LeafRewriter {
  // MARK: - outputs.tf

  /// The value of an output.
  mutating func value(of output: OutputSpec) -> Expression {
    if let existing = output.existing {
      return Self.control.choose(rewritten(existing, .existing), rewritten(output.value, .managed))
    }
    if leaf.isUnavailable(output.value) {
      return Self.control.choose(.null, rewritten(output.value, .managed))
    }
    return rewritten(output.value, .both)
  }

  // MARK: - Expressions

  mutating func rewritten(_ body: Body, _ place: Place) -> Body {
    var result = body
    for index in result.items.indices {
      switch result.items[index] {
      case .attribute(var attribute):
        if attribute.name == "depends_on" { continue }
        attribute.value = rewritten(attribute.value, place)
        result.items[index] = .attribute(attribute)
      case .block(var block):
        let isOfLifecycle = block.type == "lifecycle" && place == .managed
        block.body = rewritten(block.body, isOfLifecycle ? .lifecycle : place)
        result.items[index] = .block(block)
      }
    }
    return result
  }

  mutating func rewritten(_ expression: Expression, _ place: Place) -> Expression {
    var found: Set<[String]> = []
    let result = expression.rewritten { node in
      guard let reference = leaf.reference(node) else { return nil }
      return leaf.sources[reference.address] != nil
        ? ofSource(reference, node) : ofResource(reference, node, place, &found)
    }
    read.formUnion(found)
    return result
  }

  /// A data source that is asked only where the thing is made has one element, or none.
  func ofSource(_ reference: LeafReference, _ node: Expression) -> Expression {
    guard !leaf.neededSources.contains(reference.address),
      case .once? = leaf.sources[reference.address]?.repetition
    else { return node }
    return first(reference, node)
  }

  /// `T.n.a` as `T.n[0].a`.
  func first(_ reference: LeafReference, _ node: Expression) -> Expression {
    switch reference.shape {
    case .attribute: reference.target.at(.number(0)).dot(reference.attribute ?? "")
    case .whole: reference.target.at(.number(0))
    case .element, .splat: node
    }
  }

  func ofResource(
    _ reference: LeafReference, _ node: Expression, _ place: Place, _ found: inout Set<[String]>
  ) -> Expression {
    guard let block = leaf.resources[reference.address] else { return node }
    if case .each = block.repetition { return node }
    var isOnce = false
    if case .once = block.repetition { isOnce = true }
    let standIn = leaf.stands(for: reference) ? leaf.standIns[reference.address] : nil
    let attribute = reference.attribute ?? ""
    switch (reference.shape, place) {
    case (.attribute, .existing), (.element, .existing):
      guard let standIn else { return isOnce ? first(reference, node) : node }
      return Self.source(standIn).at(.number(0)).dot(attribute)
    case (.attribute, .managed), (.attribute, .both), (.element, .managed), (.element, .both):
      if standIn != nil {
        found.insert([reference.address, attribute])
        return .reference("local", name(reference.address, attribute))
      }
      return isOnce ? first(reference, node) : node
    case (.splat, .existing), (.splat, .both):
      guard let standIn, case .splat(var splat) = node else { return node }
      splat.base = Self.source(standIn)
      if place == .existing { return .splat(splat) }
      if splat.steps.count == 1 {
        found.insert([reference.address, attribute, "*"])
        return .reference("local", name(reference.address, attribute) + "s")
      }
      return .parentheses(Parentheses(Self.control.choose(.splat(splat), node)))
    case (.whole, _), (_, .lifecycle): return isOnce ? first(reference, node) : node
    case (.splat, .managed): return node
    }
  }
}
