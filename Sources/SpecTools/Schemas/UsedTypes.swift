import HCL
import ProviderModel

/// The types that leaves name, which their providers' schemas have to hold.
struct UsedTypes {
  /// Resource types.
  var resources: Set<String> = []
  /// Data sources.
  var dataSources: Set<String> = []

  init() {}

  /// The types that some leaves name, whoever's they are.
  init(_ modules: [ModuleSpec]) {
    for module in modules {
      dataSources.formUnion(module.existing.map(\.type))
      dataSources.formUnion(module.existing.compactMap { $0.candidates?.type })
      for block in module.body {
        guard let type = block.labels.first?.text else { continue }
        if block.type == "resource" { resources.insert(type) }
        if block.type == "data" { dataSources.insert(type) }
      }
    }
  }

  /// Those of a provider: their names begin with its own.
  func of(_ provider: ProviderSpec) -> UsedTypes {
    let isOwn = { (type: String) in type.prefix { $0 != "_" } == provider.localName }
    var result = UsedTypes()
    result.resources = resources.filter(isOwn)
    result.dataSources = dataSources.filter(isOwn)
    return result
  }
}
