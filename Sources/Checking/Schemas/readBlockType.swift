import Evaluation
import JSON

/// How deep schemas are read; those of providers nest a few times.
private let nestingLimit = 64

extension BlockType {
  /// Reads the `block` of a schema that begins at a place, and says what is behind it.
  static func read(
    _ json: JSONOutline, from start: Int, depth: Int = 0
  ) -> (block: BlockType, end: Int) {
    var result = BlockType()
    guard depth < nestingLimit else { return (result, json.end(ofValueAt: start)) }
    let end = json.walk(from: start) { key, value in
      switch key {
      case "attributes":
        return json.walk(from: value) { name, value in
          let (attribute, end) = AttributeType.read(json, from: value, depth: depth + 1)
          result.add(name, attribute)
          return end
        }
      case "block_types":
        return json.walk(from: value) { name, value in
          let (nested, end) = NestedBlock.read(json, from: value, depth: depth + 1)
          if let nested { result.add(name, nested) }
          return end
        }
      case "deprecated": result.isDeprecated = json.isTrue(at: value)
      default: break
      }
      return nil
    }
    return (result, end)
  }
}

extension NestedBlock {
  /// Reads a kind of block; nil without its block or its nesting.
  fileprivate static func read(
    _ json: JSONOutline, from start: Int, depth: Int
  ) -> (NestedBlock?, end: Int) {
    var block: BlockType?
    var nesting: Nesting?
    var (least, most) = (0, 0)
    let end = json.walk(from: start) { key, value in
      switch key {
      case "block":
        let (read, end) = BlockType.read(json, from: value, depth: depth)
        block = read
        return end
      case "nesting_mode": nesting = json.text(at: value).flatMap(Nesting.init)
      case "min_items": least = json.integer(at: value) ?? 0
      case "max_items": most = json.integer(at: value) ?? 0
      default: break
      }
      return nil
    }
    guard let block, let nesting else { return (nil, end) }
    return (NestedBlock(nesting: nesting, block: block, least: least, most: most), end)
  }
}

extension AttributeType {
  fileprivate static func read(
    _ json: JSONOutline, from start: Int, depth: Int
  ) -> (AttributeType, end: Int) {
    var result = AttributeType(type: .dynamic)
    var nested: NestedObject?
    let end = json.walk(from: start) { key, value in
      switch key {
      case "type":
        let (type, end) = ValueType.read(json, from: value, depth: depth)
        result.type = type
        return end
      case "nested_type":
        let (read, end) = NestedObject.read(json, from: value, depth: depth)
        nested = read
        return end
      case "required": result.isRequired = json.isTrue(at: value)
      case "optional": result.isOptional = json.isTrue(at: value)
      case "computed": result.isComputed = json.isTrue(at: value)
      case "sensitive": result.isSensitive = json.isTrue(at: value)
      case "deprecated": result.isDeprecated = json.isTrue(at: value)
      case "write_only": result.isWriteOnly = json.isTrue(at: value)
      default: break
      }
      return nil
    }
    if let nested {
      result.nested = nested
      result.type = nested.type
    }
    return (result, end)
  }
}

extension NestedObject {
  fileprivate static func read(
    _ json: JSONOutline, from start: Int, depth: Int
  ) -> (NestedObject?, end: Int) {
    guard depth < nestingLimit else { return (nil, json.end(ofValueAt: start)) }
    var nesting: Nesting?
    var attributes: [String: AttributeType] = [:]
    let end = json.walk(from: start) { key, value in
      if key == "nesting_mode" { nesting = json.text(at: value).flatMap(Nesting.init) }
      guard key == "attributes" else { return nil }
      return json.walk(from: value) { name, value in
        let (attribute, end) = AttributeType.read(json, from: value, depth: depth + 1)
        attributes[name] = attribute
        return end
      }
    }
    return (nesting.map { NestedObject(nesting: $0, attributes: attributes) }, end)
  }

  /// The type of the whole, of which all may be left out that isn't required.
  fileprivate var type: ValueType {
    let object = ValueType.object(
      attributes.mapValues(\.type),
      optional: Set(attributes.filter { !$0.value.isRequired }.keys))
    return switch nesting {
    case .single, .group: object
    case .list: .list(object)
    case .set: .set(object)
    case .map: .map(object)
    }
  }
}

extension ValueType {
  /// Reads the form in which schemas write types: `["list", "string"]`.
  fileprivate static func read(
    _ json: JSONOutline, from start: Int, depth: Int
  ) -> (ValueType, end: Int) {
    if let text = json.text(at: start) {
      let type: ValueType =
        switch text {
        case "string": .string
        case "number": .number
        case "bool": .bool
        default: .dynamic
        }
      return (type, json.end(ofValueAt: start))
    }
    guard depth < nestingLimit else { return (.dynamic, json.end(ofValueAt: start)) }
    var places: [Int] = []
    let end = json.walkElements(from: start) {
      places.append($0)
      return nil
    }
    guard places.count > 1 else { return (.dynamic, end) }
    let inner = { ValueType.read(json, from: places[1], depth: depth + 1).0 }
    switch json.text(at: places[0]) {
    case "list": return (.list(inner()), end)
    case "set": return (.set(inner()), end)
    case "map": return (.map(inner()), end)
    case "tuple":
      var elements: [ValueType] = []
      _ = json.walkElements(from: places[1]) { place in
        let (element, end) = ValueType.read(json, from: place, depth: depth + 1)
        elements.append(element)
        return end
      }
      return (.tuple(elements), end)
    case "object":
      var attributes: [String: ValueType] = [:]
      _ = json.walk(from: places[1]) { name, place in
        let (attribute, end) = ValueType.read(json, from: place, depth: depth + 1)
        attributes[name] = attribute
        return end
      }
      let optional = places.count > 2 ? json.texts(at: places[2]) : []
      return (.object(attributes, optional: Set(optional)), end)
    default: return (.dynamic, end)
    }
  }
}
