import HCL
import ProviderModel

/// A reference of a leaf's Terraform to a resource or a data source of its own.
struct LeafReference {
  /// How much of it is meant.
  enum Shape {
    /// `T.n.a`
    case attribute
    /// `T.n[key].a`, or `T.n[key]`
    case element(Expression)
    /// `T.n[*].a`
    case splat
    /// `T.n`
    case whole
  }

  /// `<type>.<label>`, with `data.` in front of it for a data source.
  var address: String
  /// The attribute that is read; nil where it isn't one.
  var attribute: String?
  var shape: Shape
  /// What is referred to: `T.n`.
  var target: Expression

  /// Reads a reference; nil where the whole expression isn't one.
  init?(_ expression: Expression, in addresses: Set<String>) {
    if let found = Self.target(expression, addresses) {
      self.init(address: found, attribute: nil, shape: .whole, target: expression)
      return
    }
    switch expression {
    case .attribute(let access):
      if let found = Self.target(access.base, addresses) {
        self.init(address: found, attribute: access.name, shape: .attribute, target: access.base)
      } else if case .index(let index) = access.base,
        let found = Self.target(index.base, addresses)
      {
        self.init(
          address: found, attribute: access.name, shape: .element(index.key), target: index.base)
      } else {
        return nil
      }
    case .index(let index):
      guard let found = Self.target(index.base, addresses) else { return nil }
      self.init(address: found, attribute: nil, shape: .element(index.key), target: index.base)
    case .splat(let splat):
      guard let found = Self.target(splat.base, addresses) else { return nil }
      var name: String?
      if case .attribute(let first)? = splat.steps.first { name = first }
      self.init(address: found, attribute: name, shape: .splat, target: splat.base)
    default: return nil
    }
  }

  private init(address: String, attribute: String?, shape: Shape, target: Expression) {
    self.address = address
    self.attribute = attribute
    self.shape = shape
    self.target = target
  }

  private static func target(_ expression: Expression, _ addresses: Set<String>) -> String? {
    guard case .attribute(let access) = expression else { return nil }
    switch access.base {
    case .variable(let root):
      // Most of what is asked for is an input or a local.
      guard root.name != "var", root.name != "local" else { return nil }
      let address = root.name + "." + access.name
      return addresses.contains(address) ? address : nil
    case .attribute(let inner):
      guard case .variable(let root) = inner.base, root.name == "data" else { return nil }
      let address = "data." + inner.name + "." + access.name
      return addresses.contains(address) ? address : nil
    default: return nil
    }
  }
}

extension Block {
  /// How often a resource or data source is made.
  enum Repetition {
    case once
    case counted(Expression)
    case each(Expression)
  }

  /// How often the resource or data source is made.
  var repetition: Repetition {
    if let count = body.attribute("count")?.value { return .counted(count) }
    if let collection = body.attribute("for_each")?.value { return .each(collection) }
    return .once
  }
}
