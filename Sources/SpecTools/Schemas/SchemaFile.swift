import JSON

/// The schema of one provider in a file of `terraform providers schema -json`.
struct SchemaFile {
  /// The address in the registry: `namespace/name`.
  var source: String
  /// The object of the provider.
  var node: JSONNode
  /// The key of the provider, as the file has it.
  var key: String
  /// The version of the format.
  var format: JSONNode

  /// The providers of a file.
  static func all(in file: JSONNode) -> [SchemaFile] {
    SchemaBlock.sorted(file.member("provider_schemas")).map { member in
      SchemaFile(
        source: member.key.split(separator: "/").suffix(2).joined(separator: "/"),
        node: member.value, key: member.key,
        format: file.member("format_version") ?? .string("1.0"))
    }
  }

  /// The resource types, in order.
  var types: [String] { SchemaBlock.sorted(node.member("resource_schemas")).map(\.key) }

  /// The data sources.
  var dataSources: [String] {
    SchemaBlock.sorted(node.member("data_source_schemas")).map(\.key)
  }

  /// The block of a resource type.
  func resource(_ type: String) -> SchemaBlock? {
    node.member("resource_schemas")?.member(type).map { SchemaBlock($0.member("block")) }
  }

  /// The block of a data source.
  func dataSource(_ type: String) -> SchemaBlock? {
    node.member("data_source_schemas")?.member(type).map { SchemaBlock($0.member("block")) }
  }

  /// The block of the provider itself.
  var provider: SchemaBlock { SchemaBlock(node.member("provider")?.member("block")) }
}
