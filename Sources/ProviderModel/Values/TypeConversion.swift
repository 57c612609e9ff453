/// A step into a value.
public enum PathStep: Hashable, Sendable {
  /// An attribute of an object or a key of a map.
  case attribute(String)
  /// An element of a list.
  case element(Int)
}

/// A place in a value that doesn't fit its type.
public struct ConversionProblem: Hashable, Sendable {
  /// What is the matter.
  public enum Kind: Hashable, Sendable {
    /// Another kind of value is wanted.
    case wrongType(wanted: String, found: String)
    /// A required attribute is missing.
    case missing(String)
    /// The type has no such attribute.
    case unknownAttribute(String, allowed: [String])
  }

  /// Where, from the value that was converted.
  public var path: [PathStep]
  /// What.
  public var kind: Kind
}

/// Converts values to types, as Terraform does, and with the shorthands of the manifest.
///
/// Beyond Terraform: `true` stands for an object of defaults, `false` for one with
/// `enabled = false` (or null where the type has no such attribute), and a scalar or an object for
/// a list of one, and a text for an object of one attribute. What is null in a map is left out of
/// it, and nothing in a list may be null.
public struct TypeConversion: Sendable {
  /// What didn't fit.
  public private(set) var problems: [ConversionProblem] = []
  /// Whether optional attributes that are missing are filled with their defaults.
  public var fillsDefaults: Bool

  /// Makes a conversion.
  public init(fillsDefaults: Bool) { self.fillsDefaults = fillsDefaults }

  /// The value in the shape of the type; where it doesn't fit, unknown.
  public mutating func convert(_ value: Value, to type: TypeConstraint) -> Value {
    var path: [PathStep] = []
    return convert(value, to: type, at: &path)
  }

  private mutating func convert(
    _ value: Value, to type: TypeConstraint, at path: inout [PathStep]
  ) -> Value {
    switch value {
    case .null, .unknown: return value
    case .bool, .number, .string, .list, .object, .handle: break
    }
    switch type {
    case .any: return value
    case .bool, .number, .string: return scalar(value, to: type, at: path)
    case .list(let element), .set(let element):
      return sequence(value, of: element, type: type, at: &path)
    case .tuple(let types):
      guard case .list(let elements) = value, elements.count == types.count else {
        return wrong(value, "a list of \(types.count)", at: path)
      }
      return .list(
        zip(elements, types).enumerated().map { index, pair in
          descend(pair.0, to: pair.1, step: .element(index), at: &path)
        })
    case .map(let element):
      guard case .object(let attributes) = value else { return wrong(value, "an object", at: path) }
      var result: [String: Value] = [:]
      for (key, item) in attributes.sorted(by: { $0.key < $1.key }) {
        // An environment leaves an entry out by null, or by false where nothing can be switched.
        let converted = descend(item, to: element, step: .attribute(key), at: &path)
        if converted != .null { result[key] = converted }
      }
      return .object(result)
    case .object(let attributes): return object(value, attributes, at: &path)
    }
  }

  private mutating func descend(
    _ value: Value, to type: TypeConstraint, step: PathStep, at path: inout [PathStep]
  ) -> Value {
    path.append(step)
    let result = convert(value, to: type, at: &path)
    path.removeLast()
    return result
  }

  private mutating func sequence(
    _ value: Value, of element: TypeConstraint, type: TypeConstraint, at path: inout [PathStep]
  ) -> Value {
    guard case .list(let elements) = value else {
      if element.isSequence { return wrong(value, "a list", at: path) }
      if case .object = value, element.objectAttributes == nil, element != .any {
        return wrong(value, "a list", at: path)
      }
      let only = convert(value, to: element, at: &path)
      return .list(only == .null ? [] : [only])
    }
    var result: [Value] = []
    var seen: Set<Value> = []
    for (index, item) in elements.enumerated() {
      var converted = descend(item, to: element, step: .element(index), at: &path)
      if converted == .null {
        converted = wrong(item, element.wanted, at: path + [.element(index)])
      }
      if case .set = type, !seen.insert(converted).inserted { continue }
      result.append(converted)
    }
    return .list(result)
  }

  private mutating func object(
    _ value: Value, _ attributes: [TypeConstraint.ObjectAttribute], at path: inout [PathStep]
  ) -> Value {
    let canSwitch = attributes.contains { $0.name == "enabled" }
    if case .bool(let truth) = value, canSwitch || attributes.allSatisfy(\.isOptional) {
      if !truth { return canSwitch ? filled(["enabled": .bool(false)], attributes) : .null }
      for attribute in attributes where !attribute.isOptional && attribute.name != "enabled" {
        problems.append(ConversionProblem(path: path, kind: .missing(attribute.name)))
      }
      let mustSay = attributes.contains { $0.name == "enabled" && !$0.isOptional }
      return filled(mustSay ? ["enabled": .bool(true)] : [:], attributes)
    }
    if let only = attributes.first, attributes.count == 1, value.stringValue != nil {
      return .object([only.name: convert(value, to: only.type, at: &path)])
    }
    guard case .object(let given) = value else { return wrong(value, "an object", at: path) }
    var result: [String: Value] = [:]
    for attribute in attributes {
      guard let item = given[attribute.name], item != .null else {
        if !attribute.isOptional {
          problems.append(ConversionProblem(path: path, kind: .missing(attribute.name)))
        }
        continue
      }
      result[attribute.name] = descend(
        item, to: attribute.type, step: .attribute(attribute.name), at: &path)
    }
    let names = attributes.map(\.name)
    for key in given.keys.sorted() where !names.contains(key) {
      problems.append(
        ConversionProblem(
          path: path + [.attribute(key)], kind: .unknownAttribute(key, allowed: names)))
    }
    return filled(result, attributes)
  }

  private func filled(
    _ given: [String: Value], _ attributes: [TypeConstraint.ObjectAttribute]
  ) -> Value {
    guard fillsDefaults else { return .object(given) }
    var result = given
    for attribute in attributes where result[attribute.name] == nil {
      var nested = TypeConversion(fillsDefaults: true)
      result[attribute.name] = nested.convert(attribute.defaultValue, to: attribute.type)
    }
    return .object(result)
  }

  private mutating func scalar(
    _ value: Value, to type: TypeConstraint, at path: [PathStep]
  ) -> Value {
    switch (type, value) {
    case (.string, .string), (.number, .number), (.bool, .bool): return value
    case (.string, .number), (.string, .bool): return .string(value.scalarText ?? "")
    case (.number, .string(let text)):
      return Number(text).map(Value.number) ?? wrong(value, "a number", at: path)
    case (.bool, .string("true")): return .bool(true)
    case (.bool, .string("false")): return .bool(false)
    case (.string, _): return wrong(value, "a string", at: path)
    case (.number, _): return wrong(value, "a number", at: path)
    default: return wrong(value, "true or false", at: path)
    }
  }

  private mutating func wrong(_ value: Value, _ wanted: String, at path: [PathStep]) -> Value {
    problems.append(
      ConversionProblem(path: path, kind: .wrongType(wanted: wanted, found: value.kindName)))
    return .unknown
  }
}

extension TypeConstraint {
  /// What is asked for where something else stands.
  fileprivate var wanted: String {
    switch self {
    case .any: "a value"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a string"
    case .list, .set, .tuple: "a list"
    case .map, .object: "an object"
    }
  }
}
