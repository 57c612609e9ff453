import Evaluation
import HCL
import ProviderModel

/// A leaf in use: its spec, what follows from it, and how each input comes about.
final class Leaf: Sendable {
  let module: ModuleSpec
  let provider: ProviderSpec
  let analysis: LeafAnalysis
  let inputs: [Input]
  /// The inputs, then the settings: all that an item's config may decide.
  let bound: [Input]
  /// Canonical keys by what a manifest may write.
  let keys: [String: String]
  /// Inputs and settings by name.
  let specs: [String: VariableSpec]
  /// Where each input and setting stands in `bound`.
  let inputIndex: [String: Int]
  /// What follows where the thing exists already; nil where nothing can stand in for it.
  let existing: ExistingLeaf?
  /// The providers of its resources and data sources, by local name in order.
  let providers: [ProviderSpec]
  /// The files that it reads, by name in order.
  let templates: [(name: String, text: String)]
  /// The same for who renders them, by name.
  let templateTexts: [String: TemplateText]
  /// What has to hold of its resources.
  let preconditions: [Precondition]

  /// An input and where its value comes from.
  ///
  /// A class, since inputs are handed around much and specs are large.
  final class Input: Sendable {
    let spec: VariableSpec
    let sources: [Source]
    /// Whether it holds the item's name in the cloud.
    let isCloudName: Bool
    /// The expression that the router holds instead of data, if there is one.
    let wired: Expression?
    /// The root names that this expression mentions.
    let wiredRoots: Set<String>

    init(spec: VariableSpec, sources: [Source], isCloudName: Bool) {
      self.spec = spec
      self.sources = sources
      self.isCloudName = isCloudName
      wired = sources.lazy.compactMap(\.inRouter).first
      wiredRoots = Set(wired?.rootNames ?? [])
    }
  }

  /// One alternative of an input's `from`.
  enum Source: Sendable {
    /// `config.<key>`
    case key(String)
    /// Evaluated here, written as data.
    case data(Expression)
    /// Made of the fields, for each item on the machine.
    case members
    /// Depends on project and environment alone: stands in the router.
    case constant(Expression)
    /// Known only at run time: stands in the router.
    case wired(Expression)

    /// The expression, where it stands in the router.
    fileprivate var inRouter: Expression? {
      switch self {
      case .constant(let expression), .wired(let expression): expression
      case .key, .data, .members: nil
      }
    }
  }

  init(_ module: ModuleSpec, _ provider: ProviderSpec, _ catalog: Catalog) {
    self.module = module
    self.provider = provider
    analysis = LeafAnalysis(module, catalog)
    existing = ExistingLeaf(module, catalog)
    providers = Self.providers(of: module, catalog)
    templates = catalog.templates(of: module)
    templateTexts = Dictionary(
      templates.map { name, text in
        (name, TemplateText(name: "\(ModuleScope.folder)/templates/\(name)", text: text))
      }, uniquingKeysWith: { first, _ in first })
    preconditions = Self.preconditions(of: module)
    inputs = module.variables.map(Self.input)
    bound = inputs + module.settings.map(Self.input)
    keys = Self.keys(of: module)
    var specs: [String: VariableSpec] = [:]
    var index: [String: Int] = [:]
    specs.reserveCapacity(bound.count)
    index.reserveCapacity(bound.count)
    for (position, input) in bound.enumerated() {
      specs[input.spec.name] = input.spec
      index[input.spec.name] = position
    }
    self.specs = specs
    inputIndex = index
  }

  /// What manifests may write, aliases too; a name goes before an alias.
  private static func keys(of module: ModuleSpec) -> [String: String] {
    let specs = (module.settings + module.variables).filter(\.isManifestKey)
    var keys: [String: String] = [:]
    keys.reserveCapacity(specs.count)
    for spec in specs {
      for alias in spec.aliases { keys[alias] = spec.name }
    }
    for spec in specs { keys[spec.name] = spec.name }
    return keys
  }

  private static func providers(of module: ModuleSpec, _ catalog: Catalog) -> [ProviderSpec] {
    var found: [String: ProviderSpec] = [:]
    for block in module.body where block.type == "resource" || block.type == "data" {
      if let type = block.labels.first?.text,
        let provider = catalog.provider(ofType: type, isData: block.type == "data")
      {
        found[provider.name] = provider
      }
    }
    return found.values.sorted { ($0.localName, $0.name) < ($1.localName, $1.name) }
  }

  private static func input(_ spec: VariableSpec) -> Input {
    guard let from = spec.from else {
      return Input(spec: spec, sources: [.key(spec.name)], isCloudName: false)
    }
    if from.count == 1, from[0].isPath(["item", "cloud_name"]) {
      return Input(spec: spec, sources: [], isCloudName: true)
    }
    return Input(spec: spec, sources: from.map(source), isCloudName: false)
  }

  private static func source(_ expression: Expression) -> Source {
    if let path = expression.attributePath, path.count == 2, path[0] == "config" {
      return .key(path[1])
    }
    if expression.isPath(["members"]) { return .members }
    let roots = expression.rootNames
    var isWired = expression.loopsOverMembers
    // Routers aren't told all of the project.
    var asksBeyondRouters = false
    expression.visit { node in
      guard case .attribute(let access) = node else { return }
      if access.name == "outputs" { isWired = true }
      guard let path = node.attributePath else { return }
      // What only Terraform can know, whatever stands behind it.
      if path == ["app", "env"] || path == ["output", "value"] { isWired = true }
      if path[0] == "project", !ProjectTree.projectKeys.contains(path[1]) {
        asksBeyondRouters = true
      }
    }
    if isWired || roots.contains(where: { ["tags", "secret", "run", "peers"].contains($0) }) {
      return .wired(expression)
    }
    let isConstant = roots.allSatisfy { $0 == "project" || $0 == "environment" }
    if !roots.isEmpty, isConstant, !asksBeyondRouters { return .constant(expression) }
    return .data(expression)
  }

  /// Whether what stands there is a setting, which the leaf itself doesn't take.
  func isSetting(_ position: Int) -> Bool { position >= inputs.count }

  /// What the items that this one belongs to refer to, as far as the router has to know it.
  var wiredReferences: Set<String> {
    var names: Set<String> = []
    for input in inputs { names.formUnion(input.wired?.referencesWithOutputs ?? []) }
    return names
  }

  /// Whether its router asks about a root of our expressions, item by item.
  func wires(_ root: String) -> Bool {
    inputs.contains { $0.wiredRoots.contains(root) }
  }

  /// Whether it serves resources or apps, and nothing that joins or watches these.
  var isOwn: Bool { [.resource, .app].contains(module.role) }

  /// Whether it holds data.
  var isStateful: Bool {
    module.resources.contains { block in
      provider.types[block.labels.first?.text ?? ""]?.isStateful ?? false
    }
  }
}

extension Expression {
  /// The names of all variables in it, each once: a list, since there are few.
  fileprivate var rootNames: [String] {
    var names: [String] = []
    visit { node in
      if case .variable(let variable) = node, !names.contains(variable.name) {
        names.append(variable.name)
      }
    }
    return names
  }
}
