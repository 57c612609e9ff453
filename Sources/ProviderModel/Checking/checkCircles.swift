import Diagnostics
import HCL

/// What leaves read of each other closes no circle among types.
///
/// Terraform sees whole modules: items of a type that read outputs of another type wait for all
/// of its items. Apps may read every resource and links every app, so nothing reads the other way.
func checkCircles(_ catalog: Catalog, into diagnostics: inout Diagnostics) {
  var graph = TypeGraph()
  for module in catalog.allModules {
    guard let provider = catalog.provider(module.provider) else { continue }
    var check = SpecCheck(catalog: catalog, provider: provider, file: module.file)
    for edge in check.edges(of: module) {
      if edge.target.role.rank > module.role.rank {
        check.report(
          "circle",
          "a \(module.role.rawValue) can't wait for the \(edge.target.role.rawValue) "
            + "`\(edge.target.callName)`, which may wait for it",
          at: edge.origin, help: "Let a link join the two.")
      } else {
        graph.add(
          module.callName, edge.target.callName, at: SourceLocation(edge.origin, in: module))
      }
    }
    diagnostics.append(contentsOf: check.diagnostics)
  }
  for circle in graph.circles() {
    let names = circle.map { "`\($0.from)`" } + ["`\(circle[0].from)`"]
    diagnostics.append(
      Diagnostic(
        .error, "spec.circle",
        circle.count == 1
          ? "`\(circle[0].from)` refers to its own type, whose items would wait for themselves"
          : "types wait for each other: " + names.joined(separator: " → "),
        at: circle[0].location,
        help: "Let one of them read `config` only, or let a link join them.",
        notes: circle.dropFirst().map {
          Diagnostic.Note("`\($0.from)` waits for `\($0.to)` here", at: $0.location)
        }))
  }
}

extension ModuleSpec.Role {
  /// The order of the routers: each may read those before it.
  fileprivate var rank: Int {
    switch self {
    case .resource: 0
    case .app: 1
    case .link: 2
    case .monitor, .notification: 3
    }
  }
}

extension SpecCheck {
  /// The leaves whose outputs a leaf reads, and where.
  fileprivate func edges(of module: ModuleSpec) -> [(target: ModuleSpec, origin: Origin)] {
    var result: [(ModuleSpec, Origin)] = []
    func add(_ word: String, _ origin: Origin) {
      guard let target = target(word, roles: [.resource, .app]) else { return }
      if !result.contains(where: { $0.0.callName == target.callName }) {
        result.append((target, origin))
      }
    }
    for variable in module.variables {
      for word in variable.withFields.flatMap({ [$0.referredType, $0.implies] }).compactMap(\.self)
      {
        add(word, variable.typeExpression.origin)
      }
    }
    for expression in module.ownExpressions {
      for (path, origin) in expression.paths() where path.count > 2 {
        if path[0] == "refs", path[2] == "outputs",
          let word = module.inputsAndSettings.first(where: { $0.name == path[1] })?.referredType
        {
          add(word, origin)
        }
        if path[0] == "peers", let peer = peer(path) { result.append((peer, origin)) }
      }
    }
    for word in module.each?.types ?? [] { add(word, places.origin(ofArgument: "of", of: each)) }
    return result
  }

  /// The block that says what a link has instances for.
  private var each: [(type: String, label: String)] {
    ModuleSpec.Each.Selection.allCases.map { ("each", $0.rawValue) }
      .filter { places.hasArgument("of", of: [$0]) }
  }

  private func peer(_ path: [String]) -> ModuleSpec? {
    catalog.module(provider: path[1], type: path[2], roles: [.link, .monitor, .notification])
  }
}

extension SourceLocation {
  fileprivate init(_ origin: Origin, in module: ModuleSpec) {
    self.init(module.file, origin.range ?? SourceRange(0, 0))
  }
}
