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

  private func parts(_ services: [String], _ more: String = "") -> [UInt8] {
    let services = services.map { #""part-\#($0)": {}"# }.joined(separator: ", ")
    let config = #"{"services": {\#(services)}\#(more)}"#
    return manifest(
      "",
      apps:
        #"{"name": "web", "infra": {"provider": "digitalocean", "type": "container", "config": \#(config)}}"#
    )
  }

  private func places(_ memory: GenerationMemory?) -> [String]? {
    memory?.items["production"]?["app/web"]?.places["service_places"]?
      .map { String($0.trimmingPrefix("part-")) }
  }

  @Test func `newcomers come behind those that have a place`() throws {
    let before = try memory(parts(["b", "d"]))
    #expect(places(before) == ["app", "b", "d"])
    let after = generated(parts(["a", "b", "c", "d"]), memory: before)
    #expect(places(after.memory) == ["app", "b", "d", "a", "c"])
    #expect(after.diagnostics.items.isEmpty)
    #expect(places(try memory(parts(["a", "b", "c", "d"]))) == ["app", "a", "b", "c", "d"])
  }

  @Test func `who needs no place any more keeps it all the same`() throws {
    func built(_ part: String) -> [UInt8] {
      let text = String(decoding: parts(["a", "b", "c"]), as: UTF8.self)
      let source = #""part-\#(part)": {"git": {"github": "acme/shop"}}"#
      return Array(text.replacing(#""part-\#(part)": {}"#, with: source).utf8)
    }
    let before = try memory(parts(["a", "b", "c"]))
    let after = generated(built("b"), memory: before)
    #expect(after.diagnostics.items.isEmpty)
    #expect(places(after.memory) == ["app", "a", "b", "c"])
    // Without a place it comes behind.
    #expect(places(try memory(built("b"))) == ["app", "a", "c"])
  }

  @Test func `a newcomer takes the place that another one leaves`() throws {
    let before = try memory(parts(["b", "d"]))
    let after = generated(parts(["d", "e", "f"]), memory: before)
    #expect(places(after.memory) == ["app", "e", "d", "f"])
    #expect(after.diagnostics.items.map(\.id).contains("generation.place-taken"))
    #expect(after.text.contains("`part-e` begins with that of `part-b`"))
  }

  @Test func `places that move are refused until it is allowed`() throws {
    let before = try memory(parts(["b", "c", "d"]))
    #expect(ids(parts(["b", "c"]), before) == [])
    #expect(ids(parts([]), before) == [])
    let moved = parts(["c", "d"])
    #expect(ids(moved, before) == ["replace.places"])
    #expect(
      generated(moved, memory: before).text.contains(
        "would run `part-c` with that of `part-b`, `part-d` with that of `part-c`"))
    let allowed = generated(moved, memory: before, replaceable: ["web"])
    #expect(places(allowed.memory) == ["app", "c", "d"])
    #expect(ids(moved, try #require(allowed.memory)) == [])
    #expect(ids(parts(["b"], #", "service": false"#), before) == ["replace.places"])
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
