import Diagnostics
import JSON
import ProviderModel
import Testing

@Suite struct `Catalogs` {
  private let catalog: Catalog = {
    var diagnostics = Diagnostics()
    return makeCatalog(
      provider: "aliases = [\"acme-cloud\", \"AC\"]\nlocal_name = \"ac\"\n",
      schema: #"{"ac_vm": {"block": {}}}"#,
      ["vm": "aliases = [\"server\", \"big_box\"]", "db": "aliases = [\"data-base\"]"],
      into: &diagnostics)
  }()

  @Test(
    arguments: [
      ("acme", true), ("ACME", true), ("acme_cloud", true), ("acmecloud", true), ("ac", true),
      ("a-c", true), ("acm", false), ("", false),
    ])
  func `finds providers`(_ word: String, _ isThere: Bool) {
    #expect((catalog.provider(word)?.name == "acme") == isThere)
  }

  @Test(
    arguments: [
      ("vm", "vm"), ("VM", "vm"), ("server", "vm"), ("bigbox", "vm"), ("Big-Box", "vm"),
      ("database", "db"),
      ("data_base", "db"), ("serve", nil), ("", nil),
    ] as [(String, String?)])
  func `finds leaves`(_ word: String, _ type: String?) {
    #expect(catalog.module(provider: "acme", type: word, roles: [.resource])?.type == type)
    #expect(catalog.module(provider: "acme", type: word, roles: [.app, .link]) == nil)
    #expect(catalog.module(provider: "other", type: word, roles: [.resource]) == nil)
  }

  @Test func `reads leaves when they are asked for`() {
    let vm =
      "module \"vm\" {\n  serves = \"resource\"\n  aliases = [\"box\"]\n\n  varable \"a\" {\n  }\n}\n"
    let lazy = Catalog(
      files: [
        (path: "a/provider.hcl", text: "provider \"a\" {}"), (path: "a/vm.hcl", text: vm),
        (path: "a/db.hcl", text: "module \"db\" {\n  serves = \"app\"\n"),
      ])
    let early = lazy.findings.items.map(\.id)
    #expect(!early.contains("spec.unknown-block"))
    #expect(early.contains { $0.hasPrefix("hcl.") })
    #expect(lazy.module(provider: "a", type: "BOX", roles: [.resource])?.type == "vm")
    #expect(lazy.findings.items.map(\.id).contains("spec.unknown-block"))
  }

  @Test func `lists leaves in order`() {
    #expect(catalog.allModules.map(\.type) == ["db", "vm"])
    #expect(catalog.modules(of: "nobody").isEmpty)
  }

  @Test func `finds the provider of a type`() {
    #expect(catalog.provider(ofType: "ac_vm")?.name == "acme")
    #expect(catalog.provider(ofType: "ac_vm", isData: true) == nil)
    #expect(catalog.provider(ofType: "ac_db") == nil)
    #expect(catalog.provider(ofType: "ac") == nil)
    #expect(catalog.provider(ofType: "") == nil)
  }
}

@Suite struct `Schema reading` {
  private func outline(_ text: String) -> JSONOutline { JSONOutline(bytes: Array(text.utf8)) }

  @Test func `reads blocks at any depth`() throws {
    let schema = readSchema(
      outline(
        #"""
        {"provider_schemas": {"x": {
          "provider": {"block": {"attributes": {"token": {"required": true}}}},
          "resource_schemas": {"x_a": {"block": {
            "attributes": {"a": {"optional": true, "computed": true, "deprecated": true},
              "b": {"computed": true, "sensitive": true}},
            "block_types": {"c": {"min_items": 1, "block": {"block_types": {"d": {"min_items": 0,
              "block": {"attributes": {"e": {"required": true}}}}}}}}}}},
          "data_source_schemas": {"x_d": {"block": {}}}
        }}}
        """#))
    #expect(schema.provider.attributes["token"]?.isRequired == true)
    let block = try #require(schema.resources["x_a"])
    #expect(
      block.attributes["a"]?.isOptional == true && block.attributes["a"]?.isDeprecated == true)
    #expect(block.attributes["b"]?.isSensitive == true && block.attributes["b"]?.isComputed == true)
    #expect(block.requiredBlocks == ["c"])
    #expect(block.block(["c", "d"])?.attributes["e"]?.isRequired == true)
    #expect(block.block(["c"])?.requiredBlocks == [])
    #expect(block.block(["d"]) == nil)
    #expect(schema.dataSources.keys.sorted() == ["x_d"])
  }

  @Test(arguments: [
    "{}", "[]", "1", #"{"provider_schemas": []}"#, #"{"provider_schemas": {"a": 1}}"#,
  ])
  func `takes anything`(_ text: String) throws {
    var schema = readSchema(outline(text))
    #expect(schema.resources.isEmpty && schema.dataSources.isEmpty)
    readConstraints(outline(text), into: &schema)
  }

  @Test(
    arguments: [
      (#""one_of": "[a b]""#, "a b", nil, nil), (#""range": "3 - 100""#, "", 3...100, nil),
      (#""range": "100 - 3""#, "", nil, nil), (#""range": "x - 3""#, "", nil, nil),
      (#""length": "1 - 64""#, "", nil, 1...64), (#""length": "1 - 99999999999""#, "", nil, nil),
      (#""elem": {"range": "-1 - 5"}"#, "", -1...5, nil),
      (#""at_least": "2""#, "", 2...Double.greatestFiniteMagnitude, nil),
      (#""at_least": 2"#, "", nil, nil),
    ] as [(String, String, ClosedRange<Double>?, ClosedRange<Int>?)])
  func `reads constraints`(
    _ text: String, _ oneOf: String, _ range: ClosedRange<Double>?, _ length: ClosedRange<Int>?
  ) throws {
    var schema = ProviderSchema()
    schema.resources["x_a"] = BlockSchema()
    let json = #"{"resources": {"x_a": {"attributes": {"a": {\#(text)}}}, "x_b": {}}}"#
    readConstraints(outline(json), into: &schema)
    let facts = schema.resources["x_a"]?.facts["a"] ?? ArgumentFacts()
    #expect((facts.oneOf ?? []).compactMap(\.scalarText).joined(separator: " ") == oneOf)
    #expect(facts.range == range)
    #expect(facts.length == length)
  }

  @Test(
    arguments: [
      (#""type": "TypeInt""#, true), (#""type": "TypeFloat""#, false),
      (#""type": "TypeString""#, false), (#""kind": "Int64Attribute""#, true),
      (#""kind": "Float64Attribute""#, false),
      (#""type": "TypeSet", "elem": {"type": "TypeInt"}"#, true),
      (#""kind": "ListAttribute", "element_type": "Int64Type""#, true),
      (#""kind": "ListAttribute", "element_type": "StringType""#, false),
    ])
  func `knows whole numbers`(_ text: String, _ isWhole: Bool) throws {
    var schema = ProviderSchema()
    schema.resources["x_a"] = BlockSchema()
    let json = #"{"resources": {"x_a": {"attributes": {"a": {\#(text), "one_of": "[1 2]"}}}}}"#
    readConstraints(outline(json), into: &schema)
    let facts = try #require(schema.resources["x_a"]?.facts["a"])
    #expect(facts.isWhole == isWhole)
    let isNumber = facts.oneOf?.first == .number(Number(1))
    #expect(isNumber == !text.contains("String"))
  }
}
