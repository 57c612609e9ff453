import Diagnostics
import HCL
import ProviderModel

extension ExpressionEvaluator {
  mutating func each(_ splat: Splat) -> TypedValue {
    let (base, found) = separately(splat.base)
    diagnostics.append(contentsOf: found)
    return each(found.hasErrors ? .dynamic : base, splat.steps[...], at: splat.origin)
  }

  /// What the steps lead to from each element of a value.
  private mutating func each(
    _ base: TypedValue, _ steps: ArraySlice<Splat.Step>, at origin: Origin
  ) -> TypedValue {
    if base.isNull {
      guard base.type.isSequence else { return .tuple([]).marked(base.marks) }
      return fail("null-splat", "A list that is null has no elements to walk", at: origin)
    }
    rounds -= base.elements?.count ?? 1
    if base.type == .dynamic || rounds < 0 { return .dynamic.marked(base.marks) }
    switch base.type {
    case .list(let type), .set(let type):
      var results = (base.elements ?? []).map { follow($0, steps, at: origin) }
      if results.isEmpty { results = [follow(.unknown(type), steps, at: origin)] }
      let element = results[0].type
      guard base.elements != nil else {
        return .unknown(.list(element), isNeverNull: true).marked(base.marks)
      }
      if base.elements == [] { return .list([], of: element).marked(base.marks) }
      guard results.allSatisfy({ $0.type == element }) else { return .dynamic.marked(base.marks) }
      return .list(results, of: element).marked(base.marks)
    case .tuple(let types):
      let elements = base.elements ?? types.map { .unknown($0) }
      let results = TypedValue.tuple(elements.map { follow($0, steps, at: origin) })
      guard base.isKnown else { return .unknown(results.type).marked(base.marks) }
      return results.marked(base.marks)
    default:
      // One value is a list of one; whether it is null has to be known to tell.
      let result = follow(base, steps, at: origin)
      guard base.isKnown || base.isNeverNull else { return .dynamic.marked(base.marks) }
      return .tuple([result])
    }
  }

  private mutating func follow(
    _ base: TypedValue, _ steps: ArraySlice<Splat.Step>, at origin: Origin
  ) -> TypedValue {
    guard let step = steps.first else { return base }
    let rest = steps.dropFirst()
    switch step {
    case .attribute(let name):
      return follow(attribute(name, of: base, at: origin), rest, at: origin)
    case .index(let key):
      let key = value(of: key)
      return follow(element(key, of: base, at: origin), rest, at: origin)
    case .legacyIndex(let index):
      let key = Number(index).map(TypedValue.number) ?? .dynamic
      return follow(element(key, of: base, at: origin), rest, at: origin)
    case .splat: return each(base, rest, at: origin)
    }
  }
}
