import JSON
import ProviderModel

/// What depends on the provider and the type.
extension ItemSchema {
  /// The settings of a leaf.
  static func config(_ module: ModuleSpec, _ keys: ConfigSchema.Keys) -> JSONNode {
    SchemaNode.make(
      [
        ("type", SchemaNode.strings(["object", "null"])),
        ("properties", .object(keys.properties)), ("additionalProperties", .bool(false)),
      ], "\(module.title): \(module.description).")
  }

  /// What holds for items that are deployed somewhere; nothing else is looked at.
  ///
  /// `wrap` puts a schema of provider, type and config where an item has them, and says whether they
  /// have to be there.
  static func rules(
    _ role: ModuleSpec.Role, _ catalog: Catalog, wrap: (JSONNode, Bool) -> JSONNode
  ) -> JSONNode {
    let providers = catalog.providers.filter { provider in
      !provider.isUtility && catalog.modules(of: provider.name).contains { $0.role == role }
    }
    let names = SchemaNode.words(
      providers.map(\.name), silent: providers.flatMap(\.aliases), "Provider that it is made at.")
    var rules = [wrap(SchemaNode.with([("provider", names)]), false)]
    for provider in providers {
      let isProvider = SchemaNode.reference("word_\(provider.name)")
      let modules = catalog.modules(of: provider.name).filter { $0.role == role }
      let types = SchemaNode.words(
        modules.flatMap { [$0.type] + $0.aliases }, "What is made of it there.")
      rules.append(
        SchemaNode.when(
          wrap(SchemaNode.with([("provider", isProvider)], isRequired: true), true),
          then: wrap(SchemaNode.with([("type", types)]), false)))
      for module in modules {
        // One word may stand for two types; the catalog says which.
        let words = ([module.type] + module.aliases).filter { word in
          catalog.module(provider: provider.name, type: word, roles: [role])?.type == module.type
        }
        let isModule = SchemaNode.with(
          [("provider", isProvider), ("type", SchemaNode.words(words))], isRequired: true)
        rules.append(
          SchemaNode.when(wrap(isModule, true), then: settings(of: module, catalog, wrap)))
      }
    }
    return .object([("if", isNowhere), ("else", .object([("allOf", .array(rules))]))])
  }

  private static func settings(
    of module: ModuleSpec, _ catalog: Catalog, _ wrap: (JSONNode, Bool) -> JSONNode
  ) -> JSONNode {
    let config = SchemaNode.with([("config", SchemaNode.reference(module.callName))])
    let overrides = SchemaNode.with([
      ("environments", .object([("additionalProperties", config)]))
    ])
    var rules = [wrap(config, false), overrides]
    let required = module.variables.filter {
      $0.isManifestKey && $0.from == nil && $0.defaultValue == nil
    }
    if !required.isEmpty {
      // An environment may give what the item itself doesn't.
      let hasOverrides = SchemaNode.with(
        [("environments", .object([("type", .string("object"))]))], isRequired: true)
      let keys = required.map { SchemaNode.anyKey([$0.name] + $0.aliases) }
      // What exists already needs nothing that only its making asks for.
      let isManaged = SchemaNode.with(
        [("manage", .object([("not", .object([("type", .string("null"))]))]))], isRequired: true)
      let isThere = SchemaNode.with([("config", .object([("allOf", .array(keys))]))])
      let isExempt = JSONNode.object([("anyOf", .array([hasOverrides, isManaged]))])
      rules.append(.object([("if", isExempt), ("else", wrap(isThere, false))]))
    }
    return .object([("allOf", .array(rules))])
  }

  /// Whether Terraform doesn't manage an item, or no environment has it.
  private static let isNowhere: JSONNode = {
    let notFalse = JSONNode.object([("not", .object([("const", .bool(false))]))])
    let unmanaged = JSONNode.object([
      (
        "not",
        .object([
          (
            "patternProperties",
            .object([("^\(SchemaNode.spellings("terraformManaged"))$", notFalse)])
          )
        ])
      )
    ])
    let nowhere = SchemaNode.with(
      [
        (
          "environments",
          .object([
            ("type", .string("object")), ("minProperties", .number(1)),
            ("additionalProperties", .object([("const", .bool(false))])),
          ])
        )
      ], isRequired: true)
    return .object([("anyOf", .array([unmanaged, nowhere]))])
  }()
}
