/// The one type that values of all these types can have; nil where there is none.
///
/// It goes by what Terraform does with the results of a conditional and the elements of a list:
/// texts of numbers count as numbers only where the value decides.
public func unify(_ types: [ValueType]) -> ValueType? { unify(types, isUnsafe: true) }

/// The one type for all; `isUnsafe` lets conversions in that a value may fail.
func unify(_ types: [ValueType], isUnsafe: Bool) -> ValueType? {
  guard let first = types.first else { return nil }
  let unifier = Unifier(isUnsafe: isUnsafe)
  if types.allSatisfy({ $0 == first }) { return first }
  return unifier.unify(types)
}

/// Finds common types.
private struct Unifier {
  var isUnsafe: Bool

  func unify(_ types: [ValueType]) -> ValueType? {
    guard !types.isEmpty else { return nil }
    let kinds = Set(types.map(Kind.init))
    let (known, hasDynamic) = (kinds.subtracting([.dynamic]), kinds.contains(.dynamic))
    switch known {
    case [.map]: return collections(types, hasDynamic) { .map($0) }
    case [.map, .object]:
      if let type = mixed(types, hasDynamic, of: .object, { .map($0) }) { return type }
    case [.list]: return collections(types, hasDynamic) { .list($0) }
    case [.list, .tuple]:
      if let type = mixed(types, hasDynamic, of: .tuple, { .list($0) }) { return type }
    case [.set]: return collections(types, hasDynamic) { .set($0) }
    case [.object]: return hasDynamic ? .dynamic : objects(types)
    case [.tuple]: return hasDynamic ? .dynamic : tuples(types)
    default: if known.isSuperset(of: [.object, .tuple]) { return nil }
    }
    return preferred(types)
  }

  private func collections(
    _ types: [ValueType], _ hasDynamic: Bool, _ make: (ValueType) -> ValueType
  ) -> ValueType? {
    if hasDynamic { return .dynamic }
    return unify(types.compactMap(\.element)).map(make)
  }

  /// Maps with objects, or lists with tuples: the structures become collections first.
  private func mixed(
    _ types: [ValueType], _ hasDynamic: Bool, of kind: Kind, _ make: (ValueType) -> ValueType
  ) -> ValueType? {
    if hasDynamic { return nil }
    let parts = types.filter { Kind($0) == kind }.flatMap(\.partTypes)
    let rest = types.filter { Kind($0) != kind }
    guard !parts.isEmpty else { return collections(rest, false, make) }
    let structures = types.filter { Kind($0) == kind }
    // They become the collection of their own parts, and that one the collection of all.
    return unify(parts).flatMap { all(structures, become: make($0)) }
      .flatMap { collections(rest + [$0], false, make) }
  }

  private func objects(_ types: [ValueType]) -> ValueType? {
    let all = types.compactMap(\.attributes)
    let names = Set(all[0].keys)
    guard all.allSatisfy({ Set($0.keys) == names }) else {
      return unify(types.flatMap(\.partTypes)).flatMap { self.all(types, become: .map($0)) }
    }
    var attributes: [String: ValueType] = [:]
    for name in names {
      guard let type = unify(all.compactMap { $0[name] }) else { return nil }
      attributes[name] = type
    }
    return .object(attributes)
  }

  private func tuples(_ types: [ValueType]) -> ValueType? {
    let all = types.map(\.partTypes)
    guard all.allSatisfy({ $0.count == all[0].count }) else {
      return unify(all.flatMap { $0 }).flatMap { self.all(types, become: .list($0)) }
    }
    var elements: [ValueType] = []
    for index in all[0].indices {
      guard let type = unify(all.map { $0[index] }) else { return nil }
      elements.append(type)
    }
    return .tuple(elements)
  }

  private func all(_ types: [ValueType], become type: ValueType) -> ValueType? {
    types.allSatisfy { isConvertible(from: $0, to: type, isUnsafe: isUnsafe) } ? type : nil
  }

  /// The first of them, in order of preference, that all others can become.
  private func preferred(_ types: [ValueType]) -> ValueType? {
    var seen: Set<ValueType> = []
    let types = types.filter { seen.insert($0).inserted }
    return types.enumerated()
      .sorted { left, right in
        let (a, b) = (rank(left.element), rank(right.element))
        return a == b ? left.offset < right.offset : a < b
      }
      .first { wanted in
        types.allSatisfy {
          $0 == wanted.element
            || isConvertible(from: $0, to: wanted.element, isUnsafe: isUnsafe)
        }
      }?.element
  }

  /// Texts before numbers, lists before sets and tuples, maps before objects, the unknown last.
  private func rank(_ type: ValueType) -> Int {
    switch type {
    case .string: 0
    case .number, .bool: 1
    case .list(let element): rank(element) + 10
    case .set(let element): rank(element) + 20
    case .tuple: 30
    case .map(let element): rank(element) + 10
    case .object: 30
    case .dynamic: 100
    }
  }
}

/// What types are compared by at first.
private enum Kind: Hashable {
  case dynamic, primitive, list, set, map, tuple, object

  init(_ type: ValueType) {
    self =
      switch type {
      case .dynamic: .dynamic
      case .string, .number, .bool: .primitive
      case .list: .list
      case .set: .set
      case .map: .map
      case .tuple: .tuple
      case .object: .object
      }
  }
}

extension ValueType {
  /// The types of a tuple's elements or of an object's attributes, these by name.
  var partTypes: [ValueType] {
    switch self {
    case .tuple(let elements): elements
    case .object(let attributes, _): attributes.sorted { $0.key < $1.key }.map(\.value)
    default: []
    }
  }
}
