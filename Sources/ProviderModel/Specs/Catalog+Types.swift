extension Catalog {
  /// The provider whose schema has a resource type or data source.
  ///
  /// As in Terraform, the names of a provider's types begin with its own.
  public func provider(ofType type: String, isData: Bool = false) -> ProviderSpec? {
    place(ofType: type, isData: isData).map { providers[$0.index] }
  }

  /// The schema of a resource type or data source.
  public func schema(ofType type: String, isData: Bool = false) -> BlockSchema? {
    place(ofType: type, isData: isData)?.schema
  }

  /// What is written down of a resource type, and its schema; nil where no provider has it.
  func facts(ofType type: String) -> (facts: ProviderSpec.ResourceFacts?, schema: BlockSchema)? {
    place(ofType: type, isData: false).map { (providers[$0.index].types[type], $0.schema) }
  }

  private func place(ofType type: String, isData: Bool) -> (index: Int, schema: BlockSchema)? {
    // By bytes: it is asked of every resource, and of what every output mentions.
    let end = type.utf8.firstIndex(of: UInt8(ascii: "_")) ?? type.endIndex
    guard let index = typeIndex[String(type[..<end])],
      let schema = providers[index].lazySchema?.value
    else { return nil }
    let block = isData ? schema.dataSources[type] : schema.resources[type]
    return block.map { (index, $0) }
  }
}
