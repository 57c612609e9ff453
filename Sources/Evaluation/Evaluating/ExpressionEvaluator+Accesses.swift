import Diagnostics
import HCL
import ProviderModel

extension ExpressionEvaluator {
  mutating func attribute(_ access: AttributeAccess) -> TypedValue {
    if case .variable(let root) = access.base, binding(root.name) == nil {
      // What isn't there is a wrong reference, which whoever knows the scope reports.
      let base = scope.value(ofRoot: root.name) ?? .dynamic
      if let names = base.type.attributes, names[access.name] == nil { return .dynamic }
      return attribute(access.name, of: base, at: access.origin)
    }
    return attribute(access.name, of: value(of: access.base), at: access.origin)
  }

  mutating func element(_ access: IndexAccess) -> TypedValue {
    let base = value(of: access.base)
    let key = value(of: access.key)
    return element(key, of: base, at: access.origin)
  }

  mutating func element(_ access: LegacyIndexAccess) -> TypedValue {
    let key = Number(access.index).map(TypedValue.number) ?? .dynamic
    return element(key, of: value(of: access.base), at: access.origin)
  }

  /// The value of `base.name`.
  mutating func attribute(_ name: String, of base: TypedValue, at origin: Origin) -> TypedValue {
    if base.isNull {
      return fail("null-attribute", "Null has no attribute \"\(name)\"", at: origin)
    }
    switch base.type {
    case .dynamic: return .dynamic.marked(base.marks)
    case .object(let types, _):
      guard let type = types[name] else { return missingAttribute(name, types, origin) }
      return (base.attributes?[name] ?? .unknown(type)).marked(base.marks)
    case .map(let type):
      guard let elements = base.attributes else { return .unknown(type).marked(base.marks) }
      if let element = elements[name] { return element.marked(base.marks) }
      return missingKey(name, elements, origin)
    default: return noAttributes(name, of: base.type, origin)
    }
  }

  private mutating func missingAttribute(
    _ name: String, _ types: [String: ValueType], _ origin: Origin
  ) -> TypedValue {
    let names = types.keys.sorted()
    return fail(
      "unsupported-attribute", "This object has no attribute \"\(name)\"", at: origin,
      detail: names.isEmpty ? "It has none at all." : "It has \(quotedList(names)).",
      help: nearestMatch(name, in: names).map { "Did you mean \"\($0)\"?" })
  }

  private mutating func missingKey(
    _ name: String, _ elements: [String: TypedValue], _ origin: Origin
  ) -> TypedValue {
    let names = elements.keys.sorted()
    return fail(
      "missing-element", "This map has no element \"\(name)\"", at: origin,
      detail: names.isEmpty ? "It is empty." : "It has \(quotedList(names)).",
      help: nearestMatch(name, in: names).map { "Did you mean \"\($0)\"?" })
  }

  private mutating func noAttributes(
    _ name: String, of type: ValueType, _ origin: Origin
  ) -> TypedValue {
    let summary = "A value of type \(type.friendlyName) has no attribute \"\(name)\""
    var help: String?
    if case .list = type, type.element?.attributes?[name] != nil {
      help = "Write [0].\(name) for one element, or [*].\(name) for all of them."
    } else if case .set = type, type.element?.attributes?[name] != nil {
      help = "Write [*].\(name), or [for x in ... : x.\(name)], for all elements."
    } else if case .tuple = type {
      help = "Elements are taken by position, for example [0]."
    }
    return fail("unsupported-attribute", summary, at: origin, help: help)
  }

  /// The value of `base[key]`.
  mutating func element(_ key: TypedValue, of base: TypedValue, at origin: Origin) -> TypedValue {
    if base.isNull { return fail("null-index", "Null has no elements", at: origin) }
    if key.isNull { return fail("invalid-index", "Null is no index", at: origin) }
    // The marks of a key count where it chooses among the elements of a collection that is known.
    let marks = base.isKnown && key.isKnown ? base.marks.union(key.marks) : base.marks
    if base.type == .dynamic || key.type == .dynamic { return .dynamic.marked(base.marks) }
    switch base.type {
    case .list, .tuple:
      return position(key, of: base, at: origin).marked(marks)
    case .map(let type):
      guard let key = self.key(key, as: .string, at: origin) else { return .dynamic }
      guard let name = key.stringValue, let elements = base.attributes else {
        return .unknown(type).marked(marks)
      }
      return elements[name]?.marked(marks) ?? missingKey(name, elements, origin)
    case .object(let types, _):
      guard let key = self.key(key, as: .string, at: origin) else { return .dynamic }
      // What Terraform doesn't know yet it doesn't look into, though the type would tell.
      guard let name = key.stringValue, let attributes = base.attributes else {
        return .dynamic.marked(base.marks)
      }
      return attributes[name]?.marked(base.marks) ?? missingAttribute(name, types, origin)
    case .set:
      return fail(
        "invalid-index", "The elements of a set have no index", at: origin,
        help: "Walk all of them with for, or make a list of it with tolist() or sort().")
    case .string, .number, .bool, .dynamic:
      return fail(
        "invalid-index", "A value of type \(base.type.friendlyName) has no elements", at: origin)
    }
  }

  private mutating func key(
    _ key: TypedValue, as type: ValueType, at origin: Origin
  ) -> TypedValue? {
    switch convert(key, to: type) {
    case .value(let value): return value
    case .problem(let problem):
      _ = fail("invalid-index", "This is no index here: \(problem.text)", at: origin)
      return nil
    }
  }

  private mutating func position(
    _ key: TypedValue, of base: TypedValue, at origin: Origin
  ) -> TypedValue {
    guard let key = self.key(key, as: .number, at: origin) else { return .dynamic }
    var types: [ValueType]?
    if case .tuple(let elements) = base.type { types = elements }
    let unknown: TypedValue = base.type.element.map { .unknown($0) } ?? .dynamic
    guard let number = key.numberValue, let count = types?.count ?? base.elements?.count else {
      return unknown
    }
    if let index = number.int, (0..<count).contains(index) {
      return base.elements?[index] ?? types.map { .unknown($0[index]) } ?? unknown
    }
    let range = count == 0 ? "It is empty." : "It has \(count), from 0 to \(count - 1)."
    let help = number.double < 0 ? "Write element(..., \(number.text)) to count from the end." : nil
    return fail(
      "invalid-index", "There is no element [\(number.text)]", at: origin, detail: range,
      help: help)
  }

  private func quotedList(_ names: [String]) -> String {
    let shown = names.prefix(8).map { "\"\($0)\"" }.joined(separator: ", ")
    return names.count > 8 ? shown + " and \(names.count - 8) more" : shown
  }
}
