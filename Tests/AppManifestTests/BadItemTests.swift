import AppManifest
import Diagnostics
import Testing

@Suite struct BadItemTests {
  @Test(arguments: [
    ("▸[]", ["wrong-type"]),
    ("▸{}", ["missing-key"]),
    (#"{"project": ▸"site"}"#, ["wrong-type"]),
    (#"{"project": ▸{}}"#, ["missing-key"]),
    (#"{"project": {"name": ▸1}}"#, ["wrong-type"]),
    (#"{"project": {"name": ▸"My Site"}}"#, ["invalid-name"]),
    (#"{"project": {"name": "site", "description": ▸7}}"#, ["wrong-type"]),
    (#"{"project": {"name": "site", "repo": ▸"acme"}}"#, ["repository"]),
    (#"{"project": {"name": "site", "repo": ▸"https://acme/site"}}"#, ["repository"]),
    (#"{"project": {"name": "site", "repo": ▸"acme/team/site"}}"#, ["repository"]),
    (#"{"project": {"name": "site", "repo": ▸{"owner": "a"}}}"#, ["missing-key"]),
    (#"{"project": {"name": "site", "repo": {"owner": ▸"a b", "name": "x"}}}"#, ["repository"]),
    (#"{"project": {"name": "site", ▸"desription": "x"}}"#, ["warning unknown-key"]),
    (#"{"project": {"name": "site"}, ▸"app": []}"#, ["warning unknown-key"]),
    (#"{"project": {"name": "site"}, ▸"env": {}}"#, ["warning unknown-key"]),
    (#"{"project": {"name": "site"}, ▸"apps": {}}"#, ["wrong-type"]),
    (#"{"project": {"name": "site"}, ▸"resources": "db"}"#, ["wrong-type"]),
    (#"{"project": {"name": "site"}, "apps": [▸"web"]}"#, ["wrong-type"]),
    (#"{"project": {"name": "site"}, "shared": ▸[]}"#, ["wrong-type"]),
    (#"{"project": {"name": "site"}, "monitoring": ▸"yes"}"#, ["wrong-type"]),
    (
      #"{"project": {"name": "site"}, "monitoring": {▸"costum": [], "environments": [▸"qa"]}}"#,
      ["warning unknown-key", "unknown-environment"]
    ),
    (
      #"{"project": {"name": "site"}, "monitoring": {"statusPage": {"theme": ▸"drak"}}}"#,
      ["status-page"]
    ),
    (
      #"{"project": {"name": "site"}, "monitoring": {"limits": {"cpu_percent": ▸101, "load": ▸0, "latency_ms": ▸"1"}}}"#,
      ["limit", "limit", "wrong-type"]
    ),
    (
      #"{"project": {"name": "site"}, "monitoring": {"custom": [▸7, ▸{"type": "push"}, ▸{"name": "a"}]}}"#,
      ["wrong-type", "missing-key", "missing-key"]
    ),
    (
      #"{"project": {"name": "site"}, "monitoring": {"custom": [{"name": "a", "type": ▸"htp"}, {"name": "b", "type": "http", "interval": ▸19, "config": ▸{▸"ulr": "x"}}]}}"#,
      ["check-type", "interval", "missing-key", "warning unknown-key"]
    ),
    (
      #"{"project": {"name": "site"}, "monitoring": {"custom": [{"name": "a", "type": "push"}, {"name": ▸"a", "type": "push"}]}}"#,
      ["duplicate-check"]
    ),
    (
      #"{"project": {"name": "site"}, "notifications": {"emails": [▸7], ▸"webhook_url": "https://x"}}"#,
      ["wrong-type", "warning webhook"]
    ),
    (
      #"{"project": {"name": "site"}, "infra": {}, ▸"infrastructure": {}}"#, ["given-twice"]
    ),
  ])
  func roots(_ text: String, _ findings: [String]) { expectFindings(text, findings) }

  /// Elements of `apps` and `resources`.
  @Test(arguments: [
    (#"[{"name": ▸"web"}]"#, ["missing-key"]),
    (#"[▸{"infra": {"provider": "p", "type": "vm"}}]"#, ["missing-key"]),
    (#"[{"name": "web", "infra": ▸▸{}}]"#, ["missing-key", "missing-key"]),
    (#"[{"name": "web", "infra": ▸"vm"}]"#, ["wrong-type"]),
    (#"[{"name": "web", "infra": {"provider": ▸"", "type": ▸7}}]"#, ["empty", "wrong-type"]),
    (#"[{"name": ▸"../x", "infra": {"provider": "p", "type": "vm"}}]"#, ["invalid-name"]),
    (#"[{"name": ▸"Web", "infra": {"provider": "p", "type": "vm"}}]"#, ["invalid-name"]),
    (#"[{"name": ▸"web-", "infra": {"provider": "p", "type": "vm"}}]"#, ["invalid-name"]),
    (#"[{"name": ▸"", "infra": {"provider": "p", "type": "vm"}}]"#, ["invalid-name"]),
    (#"[{"name": ▸"1web", "infra": {"provider": "p", "type": "vm"}}]"#, ["invalid-name"]),
    (#"[{"name": ▸"wéb", "infra": {"provider": "p", "type": "vm"}}]"#, ["invalid-name"]),
    (
      #"[{"name": "web", "infra": {"provider": "p", "type": "vm", ▸"size": 1, "config": ▸[]}}]"#,
      ["warning unknown-key", "wrong-type"]
    ),
  ])
  func apps(_ text: String, _ findings: [String]) {
    expectFindings(#"{"project": {"name": "site"}, "apps": \#(text)}"#, findings)
  }

  @Test(
    arguments: [
      (#"[{"name": ▸"db", "type": "postgres"}]"#, ["missing-key"]),
      (#"[{"name": ▸"a_b", "type": "s3", "provider": "p"}]"#, ["invalid-name"]),
      (#"[{"name": "a", "type": "s3", "provider": "p", ▸"region": "x"}]"#, ["warning unknown-key"]),
      (#"[{"name": "a", "type": "s3", "provider": "p", ▸"backup": {}}]"#, ["warning backup"]),
      (
        #"[{"name": "a", "type": "s3", "provider": "p", "terraformManaged": ▸"no"}]"#,
        ["wrong-type"]
      ),
      (#"[{"name": "a", "type": "s3", "provider": "p", "id": ▸[]}]"#, ["wrong-type"]),
      (#"[{"name": "a", "type": "s3", "provider": "p", "id": ▸""}]"#, ["empty"]),
      (#"[{"name": "a", "type": "s3", "provider": "p", "manage": ▸"adpot"}]"#, ["manage"]),
      (
        #"[{"name": "a", "type": "s3", "provider": "p", "manage": {▸"qa": "adopt"}}]"#,
        ["unknown-environment"]
      ),
      (#"[{"name": "a", "type": "s3", "provider": "p", "manage": ▸1}]"#, ["wrong-type"]),
      (#"[{"name": "a", "type": "s3", "provider": "p", "was": ▸"a"}]"#, ["was"]),
      (
        #"[{"name": "a", "type": "s3", "provider": "p", "environments": [▸"prodution"]}]"#,
        ["unknown-environment"]
      ),
      (
        #"[{"name": "a", "type": "s3", "provider": "p", "environments": [▸"dev"]}]"#,
        ["unknown-environment"]
      ),
      (
        #"[{"name": "a", "type": "s3", "provider": "p", "environments": ["prod", ▸"production"]}]"#,
        ["duplicate-environment"]
      ),
      (
        #"[{"name": "a", "type": "s3", "provider": "p", "environments": ▸[]}]"#, ["warning nowhere"]
      ),
      (#"[{"name": "a", "type": "s3", "provider": "p", "environments": ▸1}]"#, ["wrong-type"]),
      (
        #"[{"name": "a", "type": "s", "provider": "p", "environments": {"prod": {▸"env": {}}}}]"#,
        ["override-key"]
      ),
      (
        #"[{"name": "a", "type": "s3", "provider": "p", "environments": {"production": ▸[]}}]"#,
        ["wrong-type"]
      ),
      (
        #"[{"name": "a", "type": "t", "provider": "p"},"#
          + #" {"name": ▸"a", "type": "t", "provider": "p"}]"#,
        ["duplicate-name"]
      ),
      (
        #"[{"name": "a", "type": "t", "provider": "p"},"#
          + #" {"name": ▸▸"A", "type": "t", "provider": "p"}]"#,
        ["invalid-name", "duplicate-name"]
      ),
    ] as [(String, [String])])
  func resources(_ text: String, _ findings: [String]) {
    expectFindings(#"{"project": {"name": "site"}, "resources": \#(text)}"#, findings)
  }

  @Test func longNamesAndDescriptions() {
    func name(_ count: Int) -> String { String(repeating: "a", count: count) }
    expectFindings(#"{"project": {"name": "\#(name(63))"}}"#, [])
    expectFindings(#"{"project": {"name": ▸"\#(name(64))"}}"#, ["invalid-name"])
    expectFindings(
      #"{"project": {"name": "site", "description": ▸"\#(name(201))"}}"#,
      ["warning long-description"])
  }

  @Test func leavesOutWhatIsIncomplete() {
    let text = """
      {"project": {"name": "site"}, "apps": [{"name": "web"},
        {"name": "api", "infra": {"provider": "p", "type": "vm"}}],
       "resources": [{"name": "db", "type": "postgres"}]}
      """
    let manifest = read(text).manifest
    #expect(manifest?.apps.map(\.name.value) == ["api"])
    #expect(manifest?.resources.isEmpty == true)
  }

  @Test func proposesNames() {
    func help(_ name: String) -> String? {
      read(#"{"project": {"name": "\#(name)"}}"#).diagnostics.items.first?.help
    }
    #expect(help("My Site!") == "Write `my-site`.")
    #expect(help("../x") == "Write `x`.")
    #expect(help("9_lives-") == "Write `lives`.")
    #expect(help("é") == nil)
  }
}
