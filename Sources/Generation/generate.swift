public import AppManifest
public import Diagnostics
public import Evaluation
public import Files
import HCL
import JSON
import Parallelism
public import ProviderModel

/// What generation starts from.
public struct GenerationInput: Sendable {
  /// The manifest.
  public var manifest: Manifest
  /// The providers and leaves that it may name.
  public var catalog: Catalog
  /// What earlier runs left to remember.
  public var memory: GenerationMemory
  /// The version of webkit.
  public var version: String
  /// The functions of Terraform, where somebody has them already; else the catalog's are read.
  public var functions: (@Sendable () -> FunctionTable)?
  /// What else somebody needs soon: it is done while files are made, by a core that is free then.
  public var meanwhile: (@Sendable () -> Void)?
  /// Whether providers that left the manifest are forgotten.
  public var prunesProviders: Bool
  /// The items of which what is in the cloud may be replaced or given up.
  public var replaceable: [String]

  /// Makes an input.
  public init(
    manifest: Manifest, catalog: Catalog, memory: GenerationMemory = GenerationMemory(),
    version: String, prunesProviders: Bool = false, replaceable: [String] = []
  ) {
    self.manifest = manifest
    self.catalog = catalog
    self.memory = memory
    self.version = version
    self.prunesProviders = prunesProviders
    self.replaceable = replaceable
  }
}

/// What one run has to tell the next one, beside the manifest.
public struct GenerationMemory: Hashable, Sendable {
  /// Providers whose resources a state may still hold, by name in order.
  public var providers: [String]
  /// The names in the cloud: environment, then `<kind>/<name>` of the item.
  public var cloudNames: [String: [String: String]]
  /// What was made: environment, then `<kind>/<name>` of the item.
  public var items: [String: [String: MadeItem]]
  /// Links that do the work of a leaf's resource in any environment, or once did:
  /// `<provider>_<type>/<item>`, in order.
  public var links: [String]
  /// Where the states are, in a word that changes with it; nil where no run has told yet.
  public var backend: String?

  /// Makes a memory.
  public init(
    providers: [String] = [], cloudNames: [String: [String: String]] = [:],
    items: [String: [String: MadeItem]] = [:], links: [String] = [], backend: String? = nil
  ) {
    self.providers = providers
    self.cloudNames = cloudNames
    self.items = items
    self.links = links
    self.backend = backend
  }
}

/// What one run made of an item.
public struct MadeItem: Hashable, Sendable {
  /// The leaf: `<provider>_<type>`.
  public var leaf: String
  /// Who brought it into being, a word of the manifest.
  public var management: String
  /// Inputs of which another value would replace what holds data, with those that it had.
  public var kept: [String: String]
  /// Inputs that are lists in which everybody keeps the place that they got, as they were.
  public var places: [String: [String]]

  /// Makes a record.
  public init(
    leaf: String, management: String, kept: [String: String] = [:],
    places: [String: [String]] = [:]
  ) {
    self.leaf = leaf
    self.management = management
    self.kept = kept
    self.places = places
  }
}

/// What generation gives.
public struct GenerationResult: Sendable {
  /// The files, relative to the project's folder: `infra/main.tf`.
  public var tree: FileTree
  /// What the next run has to know.
  public var memory: GenerationMemory
  /// What running the tree needs.
  public var needs: RunNeeds
  /// What each environment holds.
  public var environments: ResolvedEnvironments
}

/// What generation gives before the files are written out as text.
///
/// What isn't a file is worked out when it is asked for: who only checks the files asks for nothing.
public struct GenerationDraft: Sendable {
  /// The files, relative to the project's folder: `infra/main.tf`.
  public let tree: TreeDraft
  private let stack: Stack
  private let backend: ResolvedBackend
  private let moves: MoveEmitter
  /// What the next run has to know.
  public var memory: GenerationMemory {
    stack.memory(links: moves.links, backend: backend.place(stack.manifest))
  }
  /// What running the tree needs.
  public var needs: RunNeeds { stack.needs(backend) }
  /// What each environment holds.
  public var environments: ResolvedEnvironments { ResolvedEnvironments(stack: stack) }

  fileprivate init(
    tree: TreeDraft, stack: Stack, backend: ResolvedBackend, moves: MoveEmitter
  ) {
    self.tree = tree
    self.stack = stack
    self.backend = backend
    self.moves = moves
  }
}

/// Turns a manifest into the tree of files, or gives nil and says what is wrong.
///
/// Equal input gives equal bytes. Nothing is read or written.
public func generate(
  _ input: GenerationInput, into diagnostics: inout Diagnostics
) -> GenerationResult? {
  draft(input, into: &diagnostics).map { draft in
    GenerationResult(
      tree: draft.tree.printed(), memory: draft.memory, needs: draft.needs,
      environments: draft.environments)
  }
}

/// Decides what the tree of files is, without its texts; gives nil and says what is wrong.
///
/// All that there is to say is said here: to write the texts out finds nothing more.
public func draft(
  _ input: GenerationInput, into diagnostics: inout Diagnostics
) -> GenerationDraft? {
  var found = Diagnostics()
  let (stack, checks) = resolveStackAlone(input, after: diagnostics, into: &found)
  let backend = ResolvedBackend(
    input.manifest, input.catalog, stack.environments, into: &found)
  let moves = MoveEmitter(stack: stack, formerLinks: input.memory.links)
  var tree: TreeDraft?
  // Preconditions are hardly ever broken, so files are made before that is known.
  if let backend, !found.hasErrors, !diagnostics.hasErrors {
    let made = emitTree(
      stack, backend, moves, version: input.version, checks: checks, meanwhile: input.meanwhile)
    tree = made.tree
    for item in made.findings { found.append(item) }
  } else {
    for item in checks.concurrentMap({ $0.findings() }).joined() { found.append(item) }
  }
  for item in found.notFollowing(from: diagnostics) { diagnostics.append(item) }
  guard !diagnostics.hasErrors, let backend, let tree else { return nil }
  if backend.spec.isLocal, input.manifest.settings.backendType == nil, stack.isStateful {
    diagnostics.append(.localState)
  }
  let place = backend.place(input.manifest)
  if let former = input.memory.backend, former != place {
    diagnostics.append(.stateElsewhere(former, place, input.manifest))
  }
  return GenerationDraft(tree: tree, stack: stack, backend: backend, moves: moves)
}

extension Stack {
  /// Whether anything holds data.
  var isStateful: Bool {
    leaves.contains(where: \.isStateful)
  }

  /// What the next run has to know.
  fileprivate func memory(links: [String], backend: String) -> GenerationMemory {
    var names: [String: [String: String]] = [:]
    var items: [String: [String: MadeItem]] = [:]
    for deployment in deployments {
      for item in deployment.items {
        if item.isOwn, item.host == nil {
          items[deployment.environment, default: [:]][item.memoryKey(item.name)] = MadeItem(
            leaf: item.leaf.module.callName, management: item.management.rawValue,
            kept: item.kept, places: item.places)
        }
        guard let name = item.cloudName, item.isOwn, item.management != .existing else { continue }
        names[deployment.environment, default: [:]][item.memoryKey(item.name)] = name
      }
    }
    return GenerationMemory(
      providers: (providers + retiredProviders).map(\.name).sorted(), cloudNames: names,
      items: items, links: links, backend: backend)
  }
}

extension Diagnostic {
  fileprivate static func stateElsewhere(
    _ former: String, _ place: String, _ manifest: Manifest
  ) -> Diagnostic {
    Diagnostic(
      .warning, "backend.moved", "The state of what was applied isn't where it is looked for now",
      at: (manifest.settings.backend?.range).map { manifest.location($0) },
      detail:
        "It was `\(former)`, and is `\(place)`. With an empty state, Terraform makes everything a second time.",
      help:
        "Before anything else take it along, environment by environment, where it was applied: `webkit infra state migrate`, or `terraform init -migrate-state` with the commands of the tree's README."
    )
  }

  fileprivate static var localState: Diagnostic {
    Diagnostic(
      .warning, "backend.local",
      "The state is a file on the machine that applies; losing it loses track of what exists",
      help:
        "Choose a backend, for example `\"infra\": { \"backend\": { \"type\": \"s3\", \"bucket\": ..., \"region\": ... } }`."
    )
  }
}
