import Diagnostics

/// Reports what waits for itself, as Terraform finds it: over all modules, by value.
func checkCycles(_ tree: ModuleTree, _ findings: Findings) {
  var graph = Graph(tree: tree)
  graph.addModules()
  visitModules(tree) { graph.addProviders($0) }
  let cycles = graph.cycles().map { cycle in
    (names: cycle.map { graph.title($0) }.sorted(), place: graph.firstPlace(cycle))
  }
  for (names, place) in cycles.sorted(by: { $0.names[0] < $1.names[0] }) {
    let listed = names.count > 8 ? names.prefix(8) + ["\(names.count - 8) more"] : names[...]
    findings.error(
      "cycle",
      names.count == 1 ? "\(names[0]) waits for itself" : "Each of these waits for another",
      at: place, names.count == 1 ? nil : "They are \(Array(listed).listed).",
      help: "Break the circle: one of them has to do without the other.")
  }
}

/// What waits for what, over all instances of all modules.
private struct Graph {
  /// A node of an instance of a module.
  private struct Key: Hashable {
    let instance: Int
    let node: GraphNode
  }

  let tree: ModuleTree
  private var keys: [Key] = []
  private var places: [SourceLocation?] = []
  private var index: [Key: Int] = [:]
  private var targets: [[Int]] = []
  /// The instances of modules by what stands before the addresses of their parts.
  private var instances: [String: Int] = [:]
  private var paths: [String] = []
  /// Whether instances are looked into: what waits for what in others is taken for the most that it
  /// can be, each output for all that the caller gives.
  private var isOpen: [Bool] = []

  init(tree: ModuleTree) { self.tree = tree }

  func title(_ node: Int) -> String { paths[keys[node].instance] + keys[node].node.title }

  func firstPlace(_ nodes: [Int]) -> SourceLocation? {
    nodes.compactMap { places[$0] }.min { left, right in
      (left.file.name, left.range.start) < (right.file.name, right.range.start)
    }
  }

  private mutating func instance(_ path: String, of module: Module) -> Int {
    if let known = instances[path] { return known }
    instances[path] = paths.count
    paths.append(path)
    isOpen.append(!module.isProven)
    return paths.count - 1
  }

  private mutating func node(
    _ instance: Int, _ node: GraphNode, _ place: SourceLocation? = nil
  ) -> Int {
    let key = Key(instance: instance, node: isOpen[instance] ? node : node.side)
    if let known = index[key] {
      if let place { places[known] = place }
      return known
    }
    index[key] = keys.count
    keys.append(key)
    targets.append([])
    places.append(place)
    return keys.count - 1
  }

  /// An instance of a module.
  private struct Place {
    let module: Module
    /// What stands before the addresses of its parts.
    let path: String
    let instance: Int
    /// The instances of what it calls, by the calls' names.
    var inner: [String: Place] = [:]
  }

  /// Adds the root module and all that is called.
  mutating func addModules() {
    add(place(of: tree.root, path: "", depth: 0), caller: nil)
  }

  private mutating func place(of module: Module, path: String, depth: Int) -> Place {
    var place = Place(module: module, path: path, instance: instance(path, of: module))
    guard depth < 31 else { return place }
    for call in module.calls.items {
      guard let folder = call.folder, let child = tree.modules[folder] else { continue }
      let inner = path + "module." + call.name + "."
      place.inner[call.name] = self.place(of: child, path: inner, depth: depth + 1)
    }
    return place
  }

  /// Adds a module and what it calls; all of it waits for the repetition of its call.
  private mutating func add(_ place: Place, caller: Int?) {
    let own = place.instance
    if place.module.isProven {
      let given = node(own, .variable(""))
      targets[node(own, .output(""))].append(given)
      if let caller { targets[given].append(caller) }
      return
    }
    for (source, found) in place.module.edges {
      let from = self.from(source, place)
      for target in found { connect(from, target, place) }
    }
    for node in place.module.nodes {
      let from = self.node(own, node.0, node.1)
      if let caller { targets[from].append(caller) }
    }
    for call in place.module.calls.items {
      guard let inner = place.inner[call.name] else { continue }
      let expansion = node(own, .call(call.name), call.source.place)
      if let caller { targets[expansion].append(caller) }
      // The variables of a proven module are one node.
      for variable in inner.module.variables.items where !inner.module.isProven {
        targets[node(inner.instance, .variable(variable.name))].append(expansion)
      }
      add(inner, caller: expansion)
    }
  }

  /// Resources wait for the configurations of their providers.
  mutating func addProviders(_ steps: [ModuleStep]) {
    guard let last = steps.last else { return }
    let own = instance(last.path, of: last.module)
    ProviderResolution(steps: steps).visitResources { resource, found in
      guard let (step, address) = found, let configuration = step.module.providers[address]
      else { return }
      let target = node(
        instance(step.path, of: step.module), .provider(address), configuration.source.place)
      let from = node(own, .resource(resource.address))
      // The resources of a proven module are one node.
      if targets[from].last != target { targets[from].append(target) }
    }
  }

  private mutating func from(_ source: GraphNode, _ place: Place) -> Int {
    if case .argument(let call, let name) = source, let inner = place.inner[call] {
      return node(inner.instance, .variable(name))
    }
    return node(place.instance, source)
  }

  /// Lets a node wait for what a reference in a module names.
  private mutating func connect(_ from: Int, _ target: GraphNode, _ place: Place) {
    var to = -1
    switch target {
    case .callOutput(let call, let name):
      to =
        place.inner[call].map { node($0.instance, .output(name)) }
        ?? node(place.instance, .call(call))
    case .wholeCall(let call):
      if let inner = place.inner[call] { return connectAll(from, inner) }
      to = node(place.instance, .call(call))
    default: to = node(place.instance, target)
    }
    if to != from { targets[from].append(to) }
  }

  /// Lets a node wait for everything in a module.
  private mutating func connectAll(_ from: Int, _ place: Place) {
    for (inner, location) in place.module.nodes {
      let to = node(place.instance, inner, location)
      if to != from { targets[from].append(to) }
    }
    for call in place.module.calls.items {
      guard let inner = place.inner[call.name] else { continue }
      targets[from].append(node(place.instance, .call(call.name)))
      connectAll(from, inner)
    }
  }

  // MARK: - Circles

  /// The sets of nodes that wait for each other, by Tarjan's way without recursion.
  func cycles() -> [[Int]] {
    var numbers = [Int](repeating: -1, count: targets.count)
    var lowest = numbers
    var isOpen = [Bool](repeating: false, count: targets.count)
    var open: [Int] = []
    var next = 0
    var result: [[Int]] = []
    for start in targets.indices where numbers[start] < 0 {
      var calls: [(node: Int, edge: Int)] = [(start, 0)]
      while let (node, edge) = calls.last {
        if edge == 0 {
          numbers[node] = next
          lowest[node] = next
          next += 1
          open.append(node)
          isOpen[node] = true
        }
        if edge < targets[node].count {
          calls[calls.count - 1].edge += 1
          let target = targets[node][edge]
          if numbers[target] < 0 {
            calls.append((target, 0))
          } else if isOpen[target] {
            lowest[node] = min(lowest[node], numbers[target])
          }
          continue
        }
        calls.removeLast()
        if let parent = calls.last?.node { lowest[parent] = min(lowest[parent], lowest[node]) }
        guard lowest[node] == numbers[node] else { continue }
        var members: [Int] = []
        while let member = open.popLast() {
          isOpen[member] = false
          members.append(member)
          if member == node { break }
        }
        if members.count > 1 { result.append(members) }
      }
    }
    return result
  }
}

extension Module {
  /// Everything in it that Terraform works on by itself.
  fileprivate var nodes: [(GraphNode, SourceLocation)] {
    variables.items.map { (.variable($0.name), $0.source.place) }
      + locals.items.map { (.local($0.name), $0.place) }
      + outputs.items.map { (.output($0.name), $0.source.place) }
      + resources.items.map { (.resource($0.address), $0.source.place) }
  }
}

extension GraphNode {
  /// The side of a module on which it is, seen from a caller.
  fileprivate var side: GraphNode { if case .output = self { .output("") } else { .variable("") } }

  /// How messages name it.
  var title: String {
    switch self {
    case .variable(let name): "var.\(name)"
    case .local(let name): "local.\(name)"
    case .output(let name): "output.\(name)"
    case .resource(let address): address
    case .provider(let address): "provider.\(address)"
    case .check(let name): "check.\(name)"
    case .call(let name): "module.\(name)"
    case .argument(let call, let name): "module.\(call).var.\(name)"
    case .callOutput(let call, let name): "module.\(call).output.\(name)"
    case .wholeCall(let name): "module.\(name).*"
    }
  }
}
