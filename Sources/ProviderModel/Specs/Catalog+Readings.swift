extension Catalog {
  /// A file that can be read before it is needed.
  public struct Reading: Sendable {
    /// How much there is to read, in bytes.
    public var size: Int
    /// Reads it.
    public var read: @Sendable () -> Void

    /// Makes a reading.
    public init(size: Int, _ read: @escaping @Sendable () -> Void) {
      self.size = size
      self.read = read
    }
  }

  /// The reading of a leaf; of nothing where there is none.
  public func reading(
    provider: String, type word: String, _ roles: Set<ModuleSpec.Role>
  ) -> Reading {
    guard let leaf = leaf(provider, word, roles) else { return Reading(size: 0) {} }
    return Reading(size: leaf.size) { _ = leaf.spec.value }
  }

  /// The reading of all backends.
  public var readingOfBackends: Reading {
    Reading(size: 10_000) { [lazyBackends] in _ = lazyBackends.value }
  }

  /// The readings of some providers' schemas.
  public func readings(of names: Set<String>) -> [Reading] {
    providers.filter { names.contains($0.name) }.compactMap { provider in
      provider.lazySchema.map { schema in
        Reading(size: schemaSizes[provider.name] ?? 0) { _ = schema.value }
      }
    }
  }
}
