import Diagnostics
import ProviderModel
import ProviderSpecs
import SpecTools
import Testing

@Suite struct `Excerpts of schemas` {
  private let files = EmbeddedSpecs.files.map { (path: $0.path, text: $0.text) }

  @Test func `are those beside the specs`() throws {
    let catalog = Catalog(files: files)
    try #require(catalog.providers.count > 5)
    for provider in catalog.providers {
      let name = try #require(provider.source.split(separator: "/").last).lowercased()
      var found = Diagnostics()
      let excerpt = try #require(
        excerptSchema(
          of: provider, in: catalog, schema: try schemaFile(name + ".json"),
          constraints: try? schemaFile("constraints/\(name).json"), into: &found))
      #expect(found.items.isEmpty)
      let texts = ["schema": excerpt.schema, "constraints": excerpt.constraints]
      for (file, text) in texts {
        let path = "\(provider.name)/\(file).json"
        #expect(files.first { $0.path == path }?.text == text, "\(path)")
      }
    }
  }

  @Test func `need all types, and the provider's own schema`() throws {
    let catalog = Catalog(files: files)
    let provider = try #require(catalog.provider("turso"))
    let whole = try schemaFile("turso.json")
    let text = whole.text(SourceRange(0, whole.bytes.count))
    func ids(_ text: String) -> [String] {
      var found = Diagnostics()
      let file = SourceFile(name: "turso.json", text: text)
      let excerpt = excerptSchema(
        of: provider, in: catalog, schema: file, constraints: nil, into: &found)
      #expect(excerpt == nil)
      return found.items.map(\.id)
    }
    #expect(ids(text.replacing("turso_database_token", with: "x")) == ["new.other-types"])
    #expect(
      ids(text.replacing("jpedroh/turso", with: "jpedroh/other")) == ["excerpt.other-provider"])
    #expect(ids("{}") == ["excerpt.other-provider"])
    #expect(!ids("{").isEmpty)
  }
}
