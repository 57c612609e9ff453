public import AppManifest
public import Diagnostics
public import Files
public import Generation

/// A tree of files, and what the next run has to know.
public struct GeneratedTree: Sendable {
  /// The files, relative to the project's folder.
  public var files: FileTree
  /// What the next run has to know.
  public var memory: GenerationMemory
  /// What running it needs; nil for a tree that nobody runs.
  public var needs: RunNeeds?
  /// What each environment holds.
  public var environments: ResolvedEnvironments?

  /// Makes a tree.
  public init(
    files: FileTree, memory: GenerationMemory = GenerationMemory(), needs: RunNeeds? = nil,
    environments: ResolvedEnvironments? = nil
  ) {
    self.files = files
    self.memory = memory
    self.needs = needs
    self.environments = environments
  }
}

/// What there is to say of the tree that a manifest gives.
public struct ExaminedTree: Sendable {
  /// How many files it has.
  public var fileCount: Int
  /// What is wrong with it.
  public var findings: Diagnostics

  /// Makes a result.
  public init(fileCount: Int, findings: Diagnostics) {
    self.fileCount = fileCount
    self.findings = findings
  }
}

/// The pure functions that the operations need: from the manifest's text to the checked tree.
public struct Generator: Sendable {
  /// Reads a manifest; nil where there is nothing to go on with.
  public typealias Read = @Sendable (SourceFile, inout Diagnostics) -> Manifest?
  /// Makes the tree, from what earlier runs left and what the caller allows.
  public typealias Make =
    @Sendable (Manifest, GenerationMemory, Permissions, inout Diagnostics) ->
    GeneratedTree?
  /// Checks a finished tree.
  public typealias Check = @Sendable (FileTree, inout Diagnostics) -> Void

  /// Makes a tree and checks it, which needs less than both one after the other; nil where the
  /// manifest has errors.
  public typealias Examine =
    @Sendable (Manifest, GenerationMemory, inout Diagnostics) -> ExaminedTree?

  /// What editors are to know of a manifest, for a file beside what `make` makes.
  public typealias EditorSchema = @Sendable () -> [UInt8]

  /// Tells what there is to tell of a project without its tree; nil where it has errors.
  public typealias Describe = @Sendable (Manifest, inout Diagnostics) -> ProjectDescription?

  /// Works out how to find out what exists of an environment; nil where the manifest has errors.
  public typealias Detect =
    @Sendable (Manifest, _ environment: String, inout Diagnostics) -> Detection?

  /// What a run may do that can cost something.
  public struct Permissions: Sendable {
    /// Whether providers that left the manifest are forgotten.
    public var prunesProviders = false
    /// The items of which what is in the cloud may be replaced or given up.
    public var replaceable: [String] = []

    /// Allows nothing.
    public init() {}
  }

  let read: Read
  let make: Make
  let examine: Examine
  let editorSchema: EditorSchema?
  let describe: Describe?
  let detect: Detect?

  /// Makes a generator of its functions.
  public init(
    read: @escaping Read, make: @escaping Make, examine: @escaping Examine,
    editorSchema: EditorSchema? = nil, describe: Describe? = nil, detect: Detect? = nil
  ) {
    self.read = read
    self.make = make
    self.examine = examine
    self.editorSchema = editorSchema
    self.describe = describe
    self.detect = detect
  }

  /// Makes a generator that examines a tree by checking what it makes.
  public init(
    read: @escaping Read, make: @escaping Make, check: @escaping Check,
    editorSchema: EditorSchema? = nil, describe: Describe? = nil, detect: Detect? = nil
  ) {
    self.init(
      read: read, make: make,
      examine: { manifest, memory, diagnostics in
        make(manifest, memory, Permissions(), &diagnostics).map { made in
          var findings = Diagnostics()
          check(made.files, &findings)
          return ExaminedTree(fileCount: made.files.files.count, findings: findings)
        }
      }, editorSchema: editorSchema, describe: describe, detect: detect)
  }
}
