import AppManifest
import Testing

/// A variable in a form that is easy to compare.
private func shown(_ variable: Variable) -> String {
  let source =
    switch variable.source {
    case .value(let text): "value(\(text))"
    case .resource(let reference): "resource(\(reference.resource).\(reference.output))"
    case .secret(let secret):
      secret.isEncrypted
        ? "sops(\(secret.path(in: "production")), \(secret.key ?? "-"))" : "secret"
    }
  let scope = variable.scope == .run ? "" : " \(variable.scope.rawValue)"
  return "\(variable.name.value)=\(source)\(scope)\(variable.encrypt ? " encrypt" : "")"
}

@Suite struct VariableTests {
  /// An `env`, and what an app then has in production.
  static let spellings: [(String, [String])] = [
    // A list with `key` and `type`.
    (#"{"production": [{"key": "A", "type": "value", "value": "x"}]}"#, ["A=value(x)"]),
    (
      #"{"production": [{"key": "A", "type": "from_resource", "from": "resource:db:host"}]}"#,
      ["A=resource(db.host)"]
    ),
    (
      #"{"production": [{"key": "A", "type": "resource", "from": "db.host"}]}"#,
      ["A=resource(db.host)"]
    ),
    (
      #"{"production": [{"key": "A", "type": "resource", "resource": "db", "output": "host"}]}"#,
      ["A=resource(db.host)"]
    ),
    (
      #"{"production": [{"key": "A", "type": "secret", "from": "sops:secrets/cms.yaml:/KEY"}]}"#,
      ["A=sops(secrets/cms.yaml, /KEY)"]
    ),
    (
      #"{"production": [{"key": "A", "type": "sops", "path": "s.yaml"}]}"#, ["A=sops(s.yaml, -)"]
    ),
    (
      #"{"production": [{"key": "A", "type": "sops", "path": "s.yaml", "value": "K"}]}"#,
      ["A=sops(s.yaml, K)"]
    ),
    (#"{"production": [{"key": "A", "type": "github_secret", "value": "K"}]}"#, ["A=secret"]),
    (#"{"production": [{"key": "A", "type": "FromSecret", "value": "K"}]}"#, ["A=secret"]),
    // A nested source.
    (
      #"{"prod": [{"key": "A", "source": {"type":"resource","resource": "db", "output": "id"}}]}"#,
      ["A=resource(db.id)"]
    ),
    (
      #"{"production": {"A": {"source": {"type": "value", "value": "x"}, "scope": "both"}}}"#,
      ["A=value(x) both"]
    ),
    // A map.
    (#"{"production": {"A": {"source": "value", "value": "x"}}}"#, ["A=value(x)"]),
    (
      #"{"production": {"A": {"source": "resource", "value": "db.host"}}}"#, ["A=resource(db.host)"]
    ),
    (
      #"{"production": {"A": {"source": "sops"}}}"#,
      ["A=sops(resources/secrets/production.yaml, -)"]
    ),
    (
      #"{"default": {"A": {"source": "sops", "value": "K"}, "B": {"source": "sops", "from": "/a/b"}}}"#,
      [
        "A=sops(resources/secrets/production.yaml, K)",
        "B=sops(resources/secrets/production.yaml, /a/b)",
      ]
    ),
    (
      #"{"default": {"A": {"source": "sops", "path": "{environment}/s.env"}, "B": {"from": "sops:c"}}}"#,
      ["A=sops(production/s.env, -)", "B=sops(resources/secrets/production.yaml, c)"]
    ),
    (
      #"{"default": {"A": {"source": "secret", "path": "a/b.json:/c:d"}, "B": {"secret": "sops:k.pem:"}}}"#,
      ["A=sops(a/b.json, /c:d)", "B=sops(k.pem, -)"]
    ),
    (
      #"{"production": {"A": "x", "B": 1.50, "C": true, "D": ""}}"#,
      ["A=value(x)", "B=value(1.50)", "C=value(true)", "D=value()"]
    ),
    (
      #"{"prod": {"A": {"value": " x "}, "B": {"secret": "K"}, "C": {"from": "resource:db:id"}}}"#,
      ["A=value( x )", "B=secret", "C=resource(db.id)"]
    ),
    // Other words for the environments.
    (#"{"prod": {"A": "x"}}"#, ["A=value(x)"]),
    (#"{"Production": {"A": "x"}, "development": {"A": "y"}, "stag": {"A": "z"}}"#, ["A=value(x)"]),
    // Without environments.
    (#"[{"key": "A", "value": "x"}]"#, ["A=value(x)"]),
    (
      #"{"A": "x", "B": {"source": "sops"}}"#,
      ["A=value(x)", "B=sops(resources/secrets/production.yaml, -)"]
    ),
    (#"{}"#, []),
    // Order, defaults and details.
    (
      #"{"default": {"B": "1", "A": "1"}, "production": {"B": "2"}}"#, ["A=value(1)", "B=value(2)"]
    ),
    (
      #"{"default": {"A": {"value": "x", "scope": "RUN_TIME", "encrypt": true}}}"#,
      ["A=value(x) encrypt"]
    ),
    (#"{"default": {"A": {"value": "x", "scope": "build"}}}"#, ["A=value(x) build"]),
  ]

  @Test(arguments: spellings)
  func readsEverySpelling(_ env: String, _ expected: [String]) throws {
    for key in ["env", "environment"] {
      let (manifest, findings, _) = read(appManifest("\"\(key)\": \(env)"))
      #expect(findings == [])
      let read = try #require(manifest)
      #expect(read.variables(of: read.apps[0], in: "production").map(shown) == expected)
    }
  }

  @Test(arguments: ["/etc/passwd:K", "../s.yaml", "a/../../s.yaml", "a//s.yaml"])
  func refusesFilesOfOthers(_ path: String) {
    let (_, findings, _) = read(
      appManifest(#""env": {"default": {"A": {"source": "sops", "path": "\#(path)"}}}"#))
    #expect(findings.contains { $0.contains("manifest.secret-file") }, "\(findings)")
  }

  @Test func mergesSharedAndOwn() throws {
    let text = """
      {"project": {"name": "site"},
       "shared": {"env": {"default": {"A": "1", "B": "1", "C": "1", "D": "1"},
         "staging": {"B": "2", "C": "2", "D": "2"}}},
       "apps": [{"name": "web", "infra": {"provider": "hetzner", "type": "vm"},
         "env": {"default": {"C": "3", "D": "3"}, "staging": {"D": "4"}}}]}
      """
    let (manifest, findings, _) = read(text)
    #expect(findings == [])
    let read = try #require(manifest)
    #expect(read.environments == ["production", "staging"])
    let web = read.apps[0]
    #expect(
      read.variables(of: web, in: "staging").map(shown)
        == ["A=value(1)", "B=value(2)", "C=value(3)", "D=value(4)"])
    #expect(
      read.variables(of: web, in: "production").map(shown)
        == ["A=value(1)", "B=value(1)", "C=value(3)", "D=value(3)"])
  }

  @Test func keepsTextByteForByte() throws {
    let value = "  e\u{301} ${x} %{y} \u{A0}\u{1F600} "
    let (manifest, _, _) = read(appManifest("\"env\": {\"A\": \"\(value)\\r\\n\\t\\u0000\"}"))
    let read = try #require(manifest)
    guard case .value(let text) = read.variables(of: read.apps[0], in: "production")[0].source
    else { return #expect(Bool(false)) }
    #expect(Array(text.utf8) == Array((value + "\r\n\t\0").utf8))
  }

  @Test func knowsTheProjectsOwnEnvironments() throws {
    let text = """
      {"project": {"name": "site"}, "infra": {"environments": ["production", "qa"]},
       "apps": [{"name": "web", "infra": {"provider": "hetzner", "type": "vm"},
         "env": {"qa": {"A": "1"}, "staging": {"A": "2"}}}]}
      """
    let (manifest, findings, _) = read(text)
    #expect(findings == [])
    let read = try #require(manifest)
    #expect(read.environments == ["production", "qa"])
    #expect(read.variables(of: read.apps[0], in: "qa").map(shown) == ["A=value(1)"])
    #expect(read.variables(of: read.apps[0], in: "production").isEmpty)
  }
}
