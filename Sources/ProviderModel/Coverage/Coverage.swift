import HCL

/// Which arguments of a leaf's resources a manifest reaches, and which it can't.
public struct LeafCoverage: Sendable {
  /// An argument, or a block that stands for all that is in it, which nothing reaches.
  public struct Unreached: Hashable, Sendable {
    /// The resource type.
    public var type: String
    /// The path, for example `spec.name`.
    public var path: String
    /// Why the leaf leaves it out; nil where nobody said.
    public var reason: String?

    /// As reasons name it in a leaf: `<resource type>.<path>`.
    public var name: String { "\(type).\(path)" }
  }

  /// The manifest's word for the provider.
  public var provider: String
  /// The type of the leaf.
  public var type: String
  /// How many arguments something reaches.
  public var reachedCount: Int
  /// What nothing reaches, by type and path in order.
  public var unreached: [Unreached]

  /// What is left out for a reason.
  public var leftOut: [Unreached] { unreached.filter { $0.reason != nil } }
  /// What nobody gave a reason for.
  public var missing: [Unreached] { unreached.filter { $0.reason == nil } }
}

/// Looks which arguments of its resources a leaf leaves out.
///
/// Arguments that are deprecated or made by the provider, `id` and `timeouts` don't count.
public func coverage(of module: ModuleSpec, _ catalog: Catalog) -> LeafCoverage {
  let reached = ReachedArguments(module).paths
  var result = LeafCoverage(
    provider: module.provider, type: module.type, reachedCount: 0, unreached: [])
  for type in Set(module.resources.compactMap { $0.labels.first?.text }).sorted() {
    guard let provider = catalog.provider(ofType: type),
      let schema = provider.schema.resources[type]
    else { continue }
    let count = schema.visitArguments([], isReached: reached[type] ?? []) { path in
      let name = "\(type).\(path)"
      let reason =
        reason(for: name, in: module.leftOut)
        ?? reason(for: path, in: provider.types[type]?.leftOut ?? [:])
      result.unreached.append(.init(type: type, path: path, reason: reason))
    }
    result.reachedCount += count
  }
  return result
}

/// The reason of the nearest path that covers another.
private func reason(for path: String, in reasons: [String: String]) -> String? {
  let covering = reasons.filter { isCovered(path, by: $0.key) }
  return covering.max { $0.key.utf8.count < $1.key.utf8.count }?.value
}

/// Whether a path is another one or lies below it.
func isCovered(_ path: String, by prefix: String) -> Bool {
  path == prefix || path.hasPrefix(prefix + ".")
}

extension BlockSchema {
  /// Whether it may be given: it isn't out of date, and not all in it is made by the provider.
  fileprivate var isChoice: Bool {
    !isDeprecated
      && (attributes.isEmpty && blocks.isEmpty || attributes.values.contains(where: \.isChoice)
        || blocks.values.contains(where: \.isChoice))
  }

  /// Visits what nothing reaches, a block of which nothing is as a whole, and counts the rest.
  func visitArguments(
    _ path: [String], isReached reached: Set<String>, _ visit: (String) -> Void
  ) -> Int {
    var count = 0
    var found: [(name: String, block: BlockSchema?)] = []
    for (name, attribute) in attributes where attribute.isChoice {
      // Providers of the older kind take an `id` that nobody may give.
      if path.isEmpty, name == "id", attribute.isComputed { continue }
      found.append((name, nil))
    }
    for (name, block) in blocks where block.isChoice && !(path.isEmpty && name == "timeouts") {
      found.append((name, block))
    }
    for (name, block) in found.sorted(by: { $0.name < $1.name }) {
      let inner = path + [name]
      let text = inner.joined(separator: ".")
      let isTouched = reached.contains { isCovered($0, by: text) }
      if let block, isTouched {
        if reached.contains(text) { count += 1 }
        count += block.visitArguments(inner, isReached: reached, visit)
      } else if isTouched {
        count += 1
      } else {
        visit(text)
      }
    }
    return count
  }
}

extension AttributeSchema {
  /// Whether it may be given and isn't out of date.
  fileprivate var isChoice: Bool { (isRequired || isOptional) && !isDeprecated }
}

extension ModuleSpec {
  /// The resource types that the leaf makes, each once, in order.
  public var resourceTypes: [String] {
    var seen: Set<String> = []
    return resources.compactMap { $0.labels.first?.text }.filter { seen.insert($0).inserted }
  }
}
