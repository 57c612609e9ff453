public import Diagnostics
public import HCL

/// The type of a variable, with what stands in for attributes that are left out.
public struct TypeConstraint: Hashable, Sendable {
  /// The type.
  public var type: ValueType
  /// The defaults of optional attributes, wherever they stand in the type.
  public var defaults: TypeDefaults?
}

/// The defaults of a type's optional attributes.
public indirect enum TypeDefaults: Hashable, Sendable {
  /// Of an object: its own attributes' defaults, and those inside of attributes.
  case object([String: TypedValue], inner: [String: TypeDefaults])
  /// Of the elements of a list, a set or a map.
  case elements(TypeDefaults)
  /// Of the elements of a tuple, by position.
  case tuple([Int: TypeDefaults])
}

/// Reads the type of a variable; nil where it is none, which is reported.
public func readTypeConstraint(
  _ expression: Expression, file: SourceFile, into diagnostics: inout Diagnostics
) -> TypeConstraint? {
  TypeConstraint(type: .dynamic)
}
