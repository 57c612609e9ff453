/// Whether values of a type can have another.
///
/// `isUnsafe` lets conversions in that depend on the value, such as from a text to a number.
func isConvertible(from: ValueType, to target: ValueType, isUnsafe: Bool) -> Bool {
  func inner(_ from: ValueType, _ target: ValueType) -> Bool {
    from == target || isConvertible(from: from, to: target, isUnsafe: isUnsafe)
  }
  switch (from, target) {
  case (_, .dynamic): return true
  case (.dynamic, _): return isUnsafe
  case (.number, .string), (.bool, .string): return true
  case (.string, .number), (.string, .bool): return isUnsafe
  case (.string, .string), (.number, .number), (.bool, .bool): return true
  case (.list(let a), .list(let b)), (.set(let a), .list(let b)), (.set(let a), .set(let b)),
    (.map(let a), .map(let b)):
    return inner(a, b)
  case (.list(let a), .set(let b)): return isUnsafe && inner(a, b)
  case (.tuple(let elements), .list(let element)), (.tuple(let elements), .set(let element)):
    // Elements of which only some are known give no list of anything, though maps do.
    if element == .dynamic, unify(elements, isUnsafe: isUnsafe) == .dynamic {
      return elements.allSatisfy { $0 == .dynamic }
    }
    return arePartsConvertible(elements, to: element, isUnsafe: isUnsafe)
  case (.tuple(let a), .tuple(let b)):
    return a.count == b.count && zip(a, b).allSatisfy(inner)
  case (.object, .map(let element)):
    return arePartsConvertible(from.partTypes, to: element, isUnsafe: isUnsafe)
  case (.map(let element), .object(let attributes, _)):
    return isUnsafe && attributes.values.allSatisfy { inner(element, $0) }
  case (.object(let a, _), .object(let b, let optional)):
    return b.allSatisfy { name, type in
      a[name].map { inner($0, type) } ?? optional.contains(name)
    }
  default: return false
  }
}

private func arePartsConvertible(
  _ parts: [ValueType], to element: ValueType, isUnsafe: Bool
) -> Bool {
  if parts.isEmpty { return true }
  var element = element
  if element == .dynamic {
    guard let common = unify(parts, isUnsafe: isUnsafe) else { return false }
    element = common
  }
  return parts.allSatisfy {
    $0 == element || isConvertible(from: $0, to: element, isUnsafe: isUnsafe)
  }
}

/// The target with `dynamic` replaced by what stands in its place in the type of the value.
func filled(_ target: ValueType, from type: ValueType) -> ValueType {
  if type == .dynamic { return target.withoutOptionalAttributes }
  switch target {
  case .dynamic: return type
  case .string, .number, .bool: return target
  case .list(let element): return .list(filledElement(element, from: type))
  case .set(let element): return .set(filledElement(element, from: type))
  case .map(let element): return .map(filledElement(element, from: type))
  case .tuple(let elements):
    guard case .tuple(let given) = type, given.count == elements.count else {
      return target.withoutOptionalAttributes
    }
    return .tuple(zip(elements, given).map { filled($0, from: $1) })
  case .object(let attributes, _):
    return .object(
      Dictionary(
        uniqueKeysWithValues: attributes.map { name, attribute in
          let given = type.attributes?[name] ?? (type.attributes == nil ? type.element : nil)
          return (name, filled(attribute, from: given ?? .dynamic))
        }))
  }
}

private func filledElement(_ element: ValueType, from type: ValueType) -> ValueType {
  if let given = type.element { return filled(element, from: given) }
  return filled(element, from: unify(type.partTypes) ?? .dynamic)
}
