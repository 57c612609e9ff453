import Diagnostics
import HCL
import JSON
import ProviderModel
import ProviderSpecs
import SpecTools
import TestSupport
import Testing

@Suite struct `Drafted specs` {
  @Test(arguments: ["b2", "digitalocean", "hcloud", "peekaping", "slack", "time", "turso"])
  func `pass the checks as they are`(_ provider: String) throws {
    for type in try resourceTypes(try schemaFile(provider + ".json")) {
      var found = Diagnostics()
      let (_, catalog) = try draft(provider, type, into: &found)
      checkSpecs(catalog, into: &found)
      checkReasons(catalog, into: &found)
      #expect(lines(found) == [], "\(type)")
      let leaf = try #require(catalog.allModules.first)
      #expect(coverage(of: leaf, catalog).missing == [], "\(type)")
    }
  }

  @Test func `are as recorded`() throws {
    for (provider, type) in [
      ("digitalocean", "digitalocean_kubernetes_cluster"), ("hcloud", "hcloud_server"),
      ("peekaping", "peekaping_notification"),
    ] {
      var found = Diagnostics()
      let (draft, _) = try draft(provider, type, into: &found)
      for file in draft.files where file.path.hasSuffix(".hcl") {
        let problem = try Golden.problem(of: file.text, in: "drafts/\(file.path)")
        if let problem { Issue.record(Comment(rawValue: problem)) }
      }
    }
  }

  @Test func `are formatted`() throws {
    for type in ["digitalocean_app", "digitalocean_loadbalancer"] {
      var found = Diagnostics()
      let (draft, _) = try draft("digitalocean", type, into: &found)
      for file in draft.files where file.path.hasSuffix(".hcl") {
        let bytes = Array(file.text.utf8)
        #expect(Formatter.format(bytes) == bytes, "\(file.path)")
      }
    }
  }

  @Test func `ask which numbers are whole where nobody wrote it down`() throws {
    var found = Diagnostics()
    var request = DraftRequest(
      schema: try schemaFile("peekaping.json"), type: "peekaping_monitor",
      catalog: Catalog(files: []))
    let open = try #require(draftSpec(request, into: &found)).files[0].text
    request.constraints = try schemaFile("constraints/peekaping.json")
    let known = try #require(draftSpec(request, into: &found)).files[0].text
    #expect(open.contains("# Choose: `whole = true`"))
    #expect(!known.contains("# Choose: `whole = true`"))
  }

  @Test func `hide what the schema hides`() throws {
    var found = Diagnostics()
    let (draft, catalog) = try draft("digitalocean", "digitalocean_app", into: &found)
    let leaf = try #require(catalog.allModules.first)
    #expect(leaf.variables.contains { $0.isSensitive && $0.name == "spec_service_env_value" })
    #expect(leaf.secrets.contains { $0.name == "digitalocean_app_spec_service_env_value" })
    #expect(draft.choiceCount > leaf.secrets.count)
  }

  /// Excerpts are those of all specs together.
  @Test(arguments: ["backblaze", "turso"])
  func `excerpt schemas`(_ provider: String) throws {
    let files = EmbeddedSpecs.files.map { (path: $0.path, text: $0.text) }
    let catalog = Catalog(files: files)
    let leaf = try #require(catalog.modules(of: provider).first)
    let type = try #require(leaf.resourceTypes.first)
    let name = try #require(type.split(separator: "_").first)
    var request = DraftRequest(
      schema: try schemaFile("\(name).json"), type: type, catalog: catalog)
    request.constraints = try schemaFile("constraints/\(name).json")
    request.word = "again"
    var found = Diagnostics()
    let draft = try #require(draftSpec(request, into: &found))
    #expect(!draft.files.contains { $0.path.hasSuffix("provider.hcl") })
    for file in ["schema.json", "constraints.json"] {
      let path = "\(provider)/\(file)"
      let drafted = try #require(draft.files.first { $0.path == path })
      let embedded = try #require(files.first { $0.path == path })
      #expect(drafted.replaces)
      #expect(drafted.text == embedded.text)
    }
  }

  @Test func `need a type that there is`() throws {
    var found = Diagnostics()
    let request = DraftRequest(
      schema: try schemaFile("turso.json"), type: "turso_databse", catalog: Catalog(files: []))
    #expect(draftSpec(request, into: &found) == nil)
    #expect(found.items.map(\.id) == ["new.unknown-type"])
    #expect(found.items.first?.help == "Did you mean `turso_database`?")
    var empty = Diagnostics()
    let nothing = DraftRequest(
      schema: SourceFile(name: "x.json", text: "{}"), type: "a_b", catalog: Catalog(files: []))
    #expect(draftSpec(nothing, into: &empty) == nil)
    #expect(empty.items.map(\.id) == ["new.unknown-type"])
    let broken = DraftRequest(
      schema: SourceFile(name: "x.json", text: "{"), type: "a_b", catalog: Catalog(files: []))
    var syntax = Diagnostics()
    #expect(draftSpec(broken, into: &syntax) == nil)
    #expect(syntax.hasErrors)
  }
}
