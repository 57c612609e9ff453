/// The root of a reference, or a name bound by `for`.
public struct Variable: Hashable, Sendable {
  /// The name.
  public var name: String
  /// Where it stood.
  public var origin: Origin

  /// Makes a variable.
  public init(_ name: String, origin: Origin = Origin()) {
    self.name = name
    self.origin = origin
  }
}

/// `x.name`.
public struct AttributeAccess: Hashable, Sendable {
  /// What is accessed.
  public var base: Expression
  /// The attribute.
  public var name: String
  /// Where the whole stood.
  public var origin: Origin

  /// Makes an access.
  public init(_ base: Expression, _ name: String, origin: Origin = Origin()) {
    self.base = base
    self.name = name
    self.origin = origin
  }
}

/// `x[key]`.
public struct IndexAccess: Hashable, Sendable {
  /// What is accessed.
  public var base: Expression
  /// The key.
  public var key: Expression
  /// Where the whole stood.
  public var origin: Origin

  /// Makes an access.
  public init(_ base: Expression, _ key: Expression, origin: Origin = Origin()) {
    self.base = base
    self.key = key
    self.origin = origin
  }
}

/// `x.0`.
public struct LegacyIndexAccess: Hashable, Sendable {
  /// What is accessed.
  public var base: Expression
  /// The index, as it is written.
  public var index: String
  /// Where the whole stood.
  public var origin: Origin

  /// Makes an access.
  public init(_ base: Expression, _ index: String, origin: Origin = Origin()) {
    self.base = base
    self.index = index
    self.origin = origin
  }
}

/// `x.*.a` or `x[*].a`: what follows is applied to each element.
public struct Splat: Hashable, Sendable {
  /// A step that is applied to each element.
  public enum Step: Hashable, Sendable {
    /// `.name`
    case attribute(String)
    /// `[key]`
    case index(Expression)
    /// `.0`
    case legacyIndex(String)
    /// `[*]` (full) or `.*` inside of a full splat: what follows goes for its elements' elements.
    case splat(isFull: Bool)
  }

  /// What is walked.
  public var base: Expression
  /// Whether it is `[*]` (full) or `.*` (attributes only).
  public var isFull: Bool
  /// What is applied to each element.
  public var steps: [Step]
  /// Where the whole stood.
  public var origin: Origin

  /// Makes a splat.
  public init(
    _ base: Expression, isFull: Bool = true, steps: [Step] = [], origin: Origin = Origin()
  ) {
    self.base = base
    self.isFull = isFull
    self.steps = steps
    self.origin = origin
  }
}
