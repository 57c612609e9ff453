public import Diagnostics

/// A file of providers' schemas, in the shape of `terraform providers schema -json`.
public struct SchemaSource: Sendable {
  /// The file.
  public var file: SourceFile
  /// Whether it has all types of its providers; a type that an excerpt lacks may still exist.
  public var isWhole: Bool
  /// What the provider demands beyond its schema, as `constraints.json` of a spec has it.
  public var constraints: SourceFile?

  /// Makes a source.
  public init(_ file: SourceFile, isWhole: Bool, constraints: SourceFile? = nil) {
    self.file = file
    self.isWhole = isWhole
    self.constraints = constraints
  }
}
