import Diagnostics
import Files
import Generation
import Testing

/// What runs remember keeps the next one from replacing what holds data.
@Suite struct ReplacementTests {
  private func manifest(_ resources: String, apps: String = "") -> [UInt8] {
    Array(
      #"{"project": {"name": "shop", "repo": "acme/shop"}, "resources": [\#(resources)], "apps": [\#(apps)]}"#
        .utf8)
  }

  private func postgres(_ name: String, _ more: String = "") -> String {
    #"{"name": "\#(name)", "type": "postgres", "provider": "digitalocean"\#(more)}"#
  }

  private func memory(_ manifest: [UInt8]) throws -> GenerationMemory {
    try #require(generated(manifest).memory)
  }

  private func ids(
    _ bytes: [UInt8], _ memory: GenerationMemory, replaceable: [String] = []
  ) -> [String] {
    generated(bytes, memory: memory, replaceable: replaceable).diagnostics.items.map(\.id)
      .filter { $0 != "backend.local" }
  }

  @Test func `a run that changes nothing finds nothing`() throws {
    let bytes = manifest(postgres("db"))
    #expect(try ids(bytes, memory(bytes)) == [])
  }

  @Test func `a rename with its name in the cloud passes, with was and without`() throws {
    let before = try memory(manifest(postgres("db")))
    let renamed = manifest(postgres("orders", #", "was": "db", "cloud_name": "shop-db""#))
    #expect(ids(renamed, before) == [])
    let afterwards = manifest(postgres("orders", #", "cloud_name": "shop-db""#))
    #expect(try ids(afterwards, memory(renamed)) == [])
    let one = try generated(renamed).wholeTree()
    let other = try generated(afterwards).wholeTree()
    #expect(one["infra/project.auto.tfvars.json"] == other["infra/project.auto.tfvars.json"])
    #expect(one["infra/moved.tf"] != nil && other["infra/moved.tf"] == nil)
  }

  @Test func `a rename without it is refused until it is allowed`() throws {
    let before = try memory(manifest(postgres("db")))
    let renamed = manifest(postgres("orders", #", "was": "db""#))
    #expect(ids(renamed, before) == ["rename.cloud-name"])
    #expect(ids(renamed, GenerationMemory()) == ["rename.cloud-name"])
    #expect(ids(renamed, before, replaceable: ["orders"]) == [])
    #expect(ids(renamed, before, replaceable: ["db"]).contains("rename.cloud-name"))
  }

  @Test func `an item that looks renamed is refused until it is said`() throws {
    let before = try memory(manifest(postgres("db")))
    let other = manifest(postgres("orders"))
    #expect(ids(other, before) == ["replace.without-was"])
    #expect(ids(other, before, replaceable: ["db"]) == [])
    #expect(ids(manifest(""), before) == ["generation.item-left"])
  }

  @Test func `settings that replace are compared by what they come to`() throws {
    func machine(_ config: String) -> [UInt8] {
      let infra =
        #"{"provider": "digitalocean", "type": "vm", "config": {"ssh_keys": ["k"]\#(config)}}"#
      return manifest("", apps: #"{"name": "worker", "infra": \#(infra)}"#)
    }
    let before = try memory(machine(""))
    #expect(ids(machine(#", "region": "lon1""#), before) == [])
    #expect(ids(machine(#", "region": "fra1""#), before).contains("replace.value"))
    #expect(
      !ids(machine(#", "region": "fra1""#), before, replaceable: ["worker"]).contains(
        "replace.value"))
    #expect(ids(machine(#", "size": "s-4vcpu-8gb""#), before) == [])
  }

  @Test func `what may be replaced has to be there`() {
    let result = generated(manifest(postgres("db")), replaceable: ["bd"])
    #expect(result.diagnostics.items.map(\.id).contains("replace.unknown"))
    #expect(result.text.contains("Did you mean `db`?"))
  }

  @Test func `adopting and then making changes nothing`() throws {
    let adopted = manifest(
      postgres("db", #", "manage": "adopt", "id": "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30""#))
    let made = manifest(postgres("db"))
    #expect(try ids(made, memory(adopted)) == [])
    #expect(try ids(adopted, memory(made)) == [])
  }

  @Test func `what was made isn't let go of in silence`() throws {
    let made = try memory(manifest(postgres("db")))
    let existing = manifest(postgres("db", #", "manage": "existing", "cloud_name": "shop-db""#))
    #expect(ids(existing, made) == ["manage.made-here"])
    #expect(ids(existing, made, replaceable: ["db"]) == [])
    let used = try memory(existing)
    #expect(ids(manifest(postgres("db")), used) == ["manage.made-anew"])
  }

  @Test func `several former names give one chain`() throws {
    let bytes = manifest(
      postgres("orders", #", "was": ["db", "data"], "cloud_name": "shop-db""#))
    let tree = try generated(bytes).wholeTree()
    let text = String(decoding: try #require(tree["infra/moved.tf"]), as: UTF8.self)
    let moves = [("db", "data"), ("data", "orders")]
    for (from, to) in moves {
      #expect(
        text.contains(
          """
            from = module.resources.module.digitalocean_postgres["\(from)"]
            to   = module.resources.module.digitalocean_postgres["\(to)"]
          """))
    }
  }
}
