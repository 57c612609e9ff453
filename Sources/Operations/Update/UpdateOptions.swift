public import Files

/// What the caller of an update wants.
public struct UpdateOptions: Hashable, Sendable {
  /// Whether nothing is written.
  public var isCheck = false
  /// Whether the schema for editors is looked at as well, which takes longer than a small tree; a check of the tree alone does without it.
  public var includesEditorSchema = true
  /// Whether conflicts are decided for the new text.
  public var forces = false
  /// The files that stay as they are, whatever is generated for them.
  public var keptPaths: Set<RelativePath> = []
  /// Whether providers that left the manifest are forgotten.
  public var prunesProviders = false
  /// The items of which what is in the cloud may be replaced or given up.
  public var replaceable: [String] = []

  /// Makes options that ask for nothing special.
  public init() {}

  /// What the generator may do.
  var permissions: Generator.Permissions {
    var permissions = Generator.Permissions()
    permissions.prunesProviders = prunesProviders
    permissions.replaceable = replaceable
    return permissions
  }
}
