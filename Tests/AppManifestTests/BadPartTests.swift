import Testing

@Suite struct BadPartTests {
  /// Keys of an app.
  @Test(
    arguments: [
      (#"▸"provider": "p""#, ["warning unknown-key"]),
      (#""environment": {}, ▸"env": {}"#, ["given-twice"]),
      (#""path": ▸"../web""#, ["path"]),
      (#""path": ▸"/web""#, ["path"]),
      (#""monitoring": ▸"yes""#, ["wrong-type"]),
      (#""build": ▸[]"#, ["wrong-type"]),
      (#""build": {"port": ▸0}"#, ["port"]),
      (#""build": {"port": ▸65536}"#, ["port"]),
      (#""build": {"port": ▸30.5}"#, ["port"]),
      (#""build": {"port": ▸"3000"}"#, ["wrong-type"]),
      (
        #""build": {▸"prot": 1, "health_check_path": ▸"up"}"#,
        ["warning unknown-key", "health-check-path"]
      ),
      // Domains.
      (#""domains": ▸7"#, ["wrong-type"]),
      (#""domains": [▸7]"#, ["wrong-type"]),
      (#""domains": [▸{"type": "primary"}]"#, ["missing-key"]),
      (#""domains": [▸"https://a.com"]"#, ["domain"]),
      (
        #""domains": [▸" a.com", ▸"a.com/x", ▸"a.com:80", ▸"*.a.com", ▸"a.com."]"#,
        Array(repeating: "domain", count: 5)
      ),
      (
        #""domains": [▸"localhost", ▸"bücher.de", ▸"-a.com", ▸"a..com", ▸"", ▸"a+b.com"]"#,
        Array(repeating: "domain", count: 6)
      ),
      (#""domains": [▸"A.com"]"#, ["warning domain-case"]),
      (#""domains": ["a.com", ▸"a.com"]"#, ["duplicate-domain"]),
      (#""domains": [{"name": "a.com", "type": ▸"main"}]"#, ["domain-type"]),
      (#""domains": {"primary": "a.com", ▸"aliass": []}"#, ["domain-type"]),
      (#""domains": {"primary": ["a.com", ▸"b.com"]}"#, ["domain-type"]),
      // Variables.
      (#""env": ▸"A=1""#, ["wrong-type"]),
      (#""env": {"production": ▸"x", "dev": {}}"#, ["wrong-type"]),
      (#""env": {"default": {}, ▸"prodution": {"A": "1"}}"#, ["unknown-environment"]),
      (#""env": {▸"qa": {"port": "1"}}"#, ["unknown-environment"]),
      (#""env": {▸"qa": [{"key": "A", "value": "1"}]}"#, ["unknown-environment"]),
      (#""env": {"default": {"A": "1"}, ▸"B": "2"}"#, ["unknown-environment"]),
      (#""env": {"dev": {}, ▸"development": {}}"#, ["duplicate-environment"]),
      (
        #""env": {"default": {▸"A-B": "1", ▸"1A": "1", ▸"": "1"}}"#,
        Array(repeating: "variable-name", count: 3)
      ),
      (
        #""env": [{"key": "A", "value": "1"}, {"key": ▸"A", "value": "2"}]"#, ["duplicate-variable"]
      ),
      (
        #""env": [▸{"value": "1"}, ▸"A=1", {"key": ▸1, "value": ""}]"#,
        ["missing-key", "wrong-type", "wrong-type"]
      ),
      (
        #""env": {"A": ▸null, "B": ▸[1], "C": {"value": ▸null}, "D": {"value": ▸{}}}"#,
        Array(repeating: "variable-value", count: 4)
      ),
      (#""env": {"A": {"source": ▸"sop"}}"#, ["variable-source"]),
      (#""env": {▸"A": {"from": "x"}}"#, ["variable-source"]),
      (#""env": {"A": ▸{"source": "value"}}"#, ["missing-key"]),
      (#""env": {"A": ▸{"source": "resource"}}"#, ["missing-key"]),
      (#""env": {"A": {"source": "resource", "value": ▸"db"}}"#, ["bad-reference"]),
      (#""env": {"A": {"source": "resource", "value": ▸"db.a.b"}}"#, ["bad-reference"]),
      (#""env": {"A": {"source": "secret", "value": ▸1}}"#, ["wrong-type"]),
      (#""env": {"A": {"value": "1", "scope": ▸"rum"}}"#, ["scope"]),
      (#""env": {"A": {"value": "1", ▸"encrpt": true}}"#, ["warning unknown-key"]),
      (#""env": {"A": ▸"resource:db:host"}"#, ["warning literal-reference"]),
      // References.
      (#""env": {"A": {"source": "resource", "value": ▸"bd.host"}}"#, ["unknown-resource"]),
      (#""env": {"dev": {"A": {"source": "resource", "value": ▸"x.host"}}}"#, ["unknown-resource"]),
      (#""env": {"A": {"source": "resource", "value": ▸"web.url"}}"#, ["reference-to-app"]),
    ] as [(String, [String])])
  func apps(_ keys: String, _ findings: [String]) {
    expectFindings(appManifest(keys), findings)
  }

  @Test(
    arguments: [
      (#"▸"engin": "terraform""#, ["warning unknown-key"]),
      (#""engine": ▸"terrafrom""#, ["engine"]),
      (#""directory": ▸"../infra""#, ["path"]),
      (#""directory": ▸".""#, ["path"]),
      (#""directory": ▸"App.json""#, ["path"]),
      (#""directory": ▸".github/infra""#, ["path"]), (#""directory": ▸".gitlab""#, ["path"]),
      (#""directory": ▸"a\\b""#, ["path"]),
      (#""directory": ▸"C:/x""#, ["path"]),
      (#""environments": ▸"production""#, ["wrong-type"]),
      (#""environments": ▸[]"#, ["empty"]),
      (#""environments": ["production", ▸"prod"]"#, ["duplicate-environment"]),
      (
        #""environments": [▸"a/b", ▸"..", ▸"dev", ▸"default", ▸"nul", ▸"QA"]"#,
        Array(repeating: "environment-name", count: 6)
      ),
      (#""backend": ▸{"bucket": "b"}"#, ["missing-key"]),
      (#""backend": ▸[]"#, ["wrong-type"]),
      (#""name": ▸"{projekt}-{name}""#, ["name-pattern"]),
      (#""name": ▸"{project}""#, ["name-pattern"]),
      (#""name": ▸"{name""#, ["name-pattern"]),
      (#""tags": {"a": ▸[]}"#, ["wrong-type"]),
      (#""tags": ["a", ▸"a"]"#, ["duplicate-tag"]),
      (#""providers": {"p": ▸"x"}"#, ["wrong-type"]),
    ] as [(String, [String])])
  func settings(_ keys: String, _ findings: [String]) {
    expectFindings(#"{"project": {"name": "site"}, "infra": {\#(keys)}}"#, findings)
  }

  @Test func joinsOfSeveralItems() {
    expectFindings(
      """
      {"project": {"name": "site"}, "infra": {"environments": ["production", "staging"]},
       "resources": [
        {"name": "db", "type": "t", "provider": "p", "environments": ["production"]},
        {"name": "old", "type": "t", "provider": "p", "terraformManaged": false}],
       "apps": [
        {"name": ▸"db", "infra": {"provider": "p", "type": "vm"}, "domains": ["a.com"]},
        {"name": "web", "infra": {"provider": "p", "type": "vm"}, "domains": [▸"a.com"],
         "env": {"A": {"source": "resource", "value": ▸"db.host"},
                 "B": {"source": "resource", "value": ▸"old.host"}}}]}
      """,
      ["duplicate-name", "duplicate-domain", "unreachable-resource", "unmanaged-resource"])
  }

  @Test func reachesWhatIsDeployedTogether() {
    expectFindings(
      """
      {"project": {"name": "site"}, "infra": {"environments": ["production", "staging"]},
       "resources": [
        {"name": "db", "type": "t", "provider": "p", "environments": ["production"]}],
       "apps": [
        {"name": "a", "infra": {"provider": "p", "type": "vm"}, "environments": ["production"],
         "domains": ["a.com"], "env": {"A": {"source": "resource", "value": "db.host"}}},
        {"name": "b", "infra": {"provider": "p", "type": "vm"}, "environments": ["staging"],
         "domains": ["a.com"]},
        {"name": "c", "infra": {"provider": "p", "type": "vm"},
         "env": {"default": {"A": {"source": "resource", "value": "db.host"}},
                 "staging": {"A": "none"}}}]}
      """, [])
  }

  @Test func reportsAllAtOnce() {
    expectFindings(
      """
      {"project": {"name": ▸"Site"}, ▸"appz": [],
       "apps": [{"name": "web", "infra": {"provider": "p", "type": "vm"},
         "build": {"port": ▸-1}, "domains": [▸"x"], "env": {"A": ▸null}}]}
      """, ["invalid-name", "warning unknown-key", "port", "domain", "variable-value"])
  }
}
