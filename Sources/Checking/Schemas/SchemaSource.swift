public import Diagnostics
import JSON
import Synchronization

/// A file of providers' schemas, in the shape of `terraform providers schema -json`.
///
/// It is looked through once; types are read when a check first needs them.
public struct SchemaSource: Sendable {
  /// The file.
  public let file: SourceFile
  /// Whether it has all types of its providers; a type that an excerpt lacks may still exist.
  public let isWhole: Bool
  /// What the providers demand beyond their schema, as `constraints.json` of a spec has it.
  let constraints: LazyConstraints?
  /// The providers in it, by address; nil where it is no such file.
  let providers: [String: ProviderOutline]?

  /// Makes a source; the file of constraints is asked for when a type is first read.
  public init(
    _ file: SourceFile, isWhole: Bool, constraints: (@Sendable () -> SourceFile)? = nil
  ) {
    self.file = file
    self.isWhole = isWhole
    self.constraints = constraints.map(LazyConstraints.init)
    let outline = JSONOutline(bytes: file.bytes)
    var providers: [String: ProviderOutline]?
    _ = outline.walk(from: 0) { key, value in
      guard key == "provider_schemas", providers == nil else { return nil }
      var found: [String: ProviderOutline] = [:]
      let end = outline.walk(from: value) { address, value in
        let (provider, end) = ProviderOutline.read(outline, from: value, isWhole: isWhole)
        if found[address] == nil { found[address] = provider }
        return end
      }
      providers = found
      return end
    }
    self.providers = providers
  }
}

/// Where the parts of a provider's schema stand in a file.
struct ProviderOutline: Sendable {
  let outline: JSONOutline
  let isWhole: Bool
  private(set) var provider: Range<Int>?
  private(set) var types: [ResourceMode: [String: Range<Int>]] = [:]
  private(set) var functions: Set<String> = []

  /// Looks through the schema that begins at a place; also gives what is behind it.
  fileprivate static func read(
    _ outline: JSONOutline, from start: Int, isWhole: Bool
  ) -> (ProviderOutline, end: Int) {
    var result = ProviderOutline(outline: outline, isWhole: isWhole)
    let end = outline.walk(from: start) { key, value in
      if let mode = ResourceMode(schema: key) {
        let (types, end) = outline.members(from: value)
        result.types[mode] = types
        return end
      }
      if key == "functions" {
        let (functions, end) = outline.members(from: value)
        result.functions = Set(functions.keys)
        return end
      }
      guard key == "provider" else { return nil }
      let end = outline.end(ofValueAt: value)
      result.provider = value..<end
      return end
    }
    return (result, end)
  }
}

extension ResourceMode {
  /// The mode of the types that stand under a key of a provider's schema.
  fileprivate init?(schema key: String) {
    switch key {
    case "resource_schemas": self = .managed
    case "data_source_schemas": self = .data
    case "ephemeral_resource_schemas": self = .ephemeral
    default: return nil
    }
  }
}

/// The demands of a provider, looked through when they are first needed.
final class LazyConstraints: Sendable {
  private let file: @Sendable () -> SourceFile
  private let known = Mutex<ConstraintOutline?>(nil)

  fileprivate init(_ file: @escaping @Sendable () -> SourceFile) { self.file = file }

  var outline: ConstraintOutline {
    known.withLock { known in
      if let known { return known }
      let outline = ConstraintOutline(JSONOutline(bytes: file().bytes))
      known = outline
      return outline
    }
  }
}

/// Where the demands of a provider stand in a file.
struct ConstraintOutline: Sendable {
  let outline: JSONOutline
  /// Resources and data sources by name.
  private(set) var types: [ResourceMode: [String: Range<Int>]] = [:]

  fileprivate init(_ outline: JSONOutline) {
    self.outline = outline
    var found: [ResourceMode: [String: Range<Int>]] = [:]
    _ = outline.walk(from: 0) { key, value in
      guard key == "resources" || key == "data_sources" else { return nil }
      let (types, end) = outline.members(from: value)
      found[key == "resources" ? .managed : .data] = types
      return end
    }
    types = found
  }
}
