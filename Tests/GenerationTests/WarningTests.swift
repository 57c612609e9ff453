import Files
import Generation
import Testing

/// What a manifest says in vain, or doubly, is said; what is right is passed over.
@Suite struct WarningTests {
  private func findings(_ resources: String, apps: String = "", infra: String = "") -> String {
    let project = #"{"name": "shop", "repo": "acme/shop"}"#
    let infra = #"{"environments": ["production", "staging"]\#(infra)}"#
    return generated(
      Array(
        #"{"project": \#(project), "infra": \#(infra), "resources": [\#(resources)], "apps": [\#(apps)]}"#
          .utf8)
    ).text
  }

  private func postgres(_ more: String, _ name: String = "db") -> String {
    #"{"name": "\#(name)", "type": "postgres", "provider": "digitalocean"\#(more)}"#
  }

  private func container(_ config: String, uses databases: [String]) -> String {
    let variables = databases.map {
      #"{"key": "URL_\#($0.uppercased())", "type": "from_resource", "from": "resource:\#($0):connection_url"}"#
    }
    return
      #"{"name": "web", "infra": {"provider": "digitalocean", "type": "container", "config": \#(config)}, "env": [\#(variables.joined(separator: ", "))]}"#
  }

  // MARK: - What two would do

  @Test func `names for workflows that are the same for two outputs are refused`() {
    let items = "\(postgres("")), \(postgres("", "db-private"))"
    for scope in ["repository", "environment"] {
      let text = findings(
        items,
        infra:
          #", "providers": {"github": {"scope": "\#(scope)", "outputs": ["db.private_host", "db-private.host"]}}"#
      )
      #expect(text.contains("`db-private.host` in staging and `db.private_host` in staging would"))
      #expect(text.contains("`db-private.host` in production and `db.private_host` in production"))
    }
    let text = findings(
      items, infra: #", "providers": {"github": {"scope": "environment", "outputs": ["db.host"]}}"#)
    #expect(!text.contains("generation.made-twice"))
  }

  private func monitors(_ providers: String) throws -> [String] {
    let domains = #""domains": ["shop.example.com"]"#
    let app =
      #"{"name": "web", "infra": {"provider": "digitalocean", "type": "container"}, \#(domains)}"#
    let checks = #"{"name": "api", "type": "http", "config": {"url": "https://api.example.com"}}"#
    let ping = #"{"name": "host", "type": "ping", "config": {"host": "203.0.113.7"}}"#
    let manifest =
      #"{"project": {"name": "shop", "repo": "acme/shop"}, "infra": {"providers": {\#(providers)}}, "monitoring": {"custom": [\#(checks), \#(ping)]}, "apps": [\#(app)]}"#
    let tree = try generated(Array(manifest.utf8)).wholeTree()
    return tree.files.map { "\($0.0)" }.filter {
      $0.hasSuffix("/uptime/main.tf") || $0.hasSuffix("/check/main.tf")
    }.sorted()
  }

  @Test func `one provider watches a domain unless the manifest wants two`() throws {
    func paths(_ words: String...) -> [String] { words.map { "infra/providers/\($0)/main.tf" } }
    #expect(try monitors("") == paths("digitalocean/check", "digitalocean/uptime"))
    let peekaping = #""peekaping": {"endpoint": "https://status.example.com"}"#
    // Nobody else can ping.
    #expect(
      try monitors(peekaping)
        == paths("digitalocean/check", "peekaping/check", "peekaping/uptime"))
    #expect(
      try monitors(peekaping + #", "digitalocean": {"uptime": true}"#)
        == paths(
          "digitalocean/check", "digitalocean/uptime", "peekaping/check", "peekaping/uptime"))
    #expect(try monitors(#""digitalocean": {"uptime": false}"#) == [])
  }

  // MARK: - Overrides

  private func override(_ config: String) -> String {
    findings(
      postgres(
        #", "config": {"settings": {"timezone": "UTC"}, "pools": {"main": {"size": 2}}}, "environments": {"staging": {"config": \#(config)}}"#
      ))
  }

  @Test func `an empty override of a map is said to change nothing`() {
    let text = override(#"{"settings": {}, "pools": {"main": {}}}"#)
    #expect(text.contains("The empty `settings` changes nothing in staging"))
    #expect(text.contains("Write `null` to have the default there instead"))
    #expect(text.contains("The empty `pools.main` changes nothing in staging"))
    #expect(override("{}").contains("The empty `config` changes nothing in staging"))
  }

  @Test func `an override that changes something is passed over`() {
    for config in [
      #"{"settings": null}"#, #"{"settings": {"timezone": null}}"#, #"{"replicas": {}}"#,
    ] {
      #expect(!override(config).contains("config.empty-override"), "\(config)")
    }
  }

  // MARK: - What exists already

  @Test func `a database elsewhere doesn't hide the network of another one`() {
    let network =
      #"{"name": "net", "type": "vpc", "provider": "digitalocean", "config": {"region": "fra1"}}"#
    let old = postgres(#", "manage": "existing", "cloud_name": "old-db""#)
    let new = postgres(#", "config": {"vpc": "net"}"#, "new")
    let app = container(#"{"region": "fra"}"#, uses: ["db", "new"])
    #expect(!findings("\(network), \(old), \(new)", apps: app).contains("datacenter"))
    let elsewhere = container(#"{"region": "nyc"}"#, uses: ["db", "new"])
    #expect(
      findings("\(network), \(old), \(new)", apps: elsewhere).contains("in another datacenter"))
  }

  @Test func `config that nothing reads of what exists is said`() {
    let text = findings(
      postgres(
        #", "manage": "existing", "cloud_name": "old", "config": {"size": "db-s-1vcpu-1gb", "region": "fra1", "user": "app"}"#
      ))
    #expect(text.contains("Nothing reads `size`: `db` exists already"))
    #expect(text.contains("Only `database`, `pool`, `region`, `user` and `vpc` can matter"))
    #expect(!text.contains("Nothing reads `user`") && !text.contains("Nothing reads `region`"))
  }

  @Test func `config is read where one environment makes the item`() {
    let production = #", "manage": {"production": "existing"}, "cloud_name": {"production": "old"}"#
    let config = #", "config": {"size": "db-s-1vcpu-1gb"}"#
    #expect(!findings(postgres(production + config)).contains("manage.unread"))
    let override = #", "environments": {"production": {"config": {"node_count": 2}}}"#
    let text = findings(postgres(production + config + override))
    #expect(text.contains("Nothing reads `node_count`") && !text.contains("`size`"))
  }
}
