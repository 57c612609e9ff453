import AppManifest
import Diagnostics
import JSON
import Testing

@Suite struct SpellingTests {
  static let domains: [(String, [String])] = [
    (
      #"[{"name": "a.com", "type": "PRIMARY", "zone": "a.com", "wildcard": true}]"#,
      ["a.com primary a.com *"]
    ),
    (#"["a.com", {"name": "b.com", "type": "alias"}]"#, ["a.com", "b.com alias"]),
    (
      #"{"primary": "a.com", "aliases": ["b.com", "c.com"], "unmanaged": {"name": "d.com"}}"#,
      ["a.com primary", "b.com alias", "c.com alias", "d.com unmanaged"]
    ),
    (#""a.com""#, ["a.com"]),
    (#"null"#, []),
  ]

  @Test(arguments: domains)
  func readsDomains(_ text: String, _ expected: [String]) throws {
    let (manifest, findings, _) = read(appManifest("\"domains\": \(text)"))
    #expect(findings == [])
    let shown = try #require(manifest).apps[0].domains.map { domain in
      [domain.name.value, domain.type?.rawValue, domain.zone?.value, domain.wildcard ? "*" : nil]
        .compactMap { $0 }.joined(separator: " ")
    }
    #expect(shown == expected)
  }

  @Test func findsThePrimaryDomain() throws {
    func primary(_ text: String) throws -> String? {
      try #require(read(appManifest("\"domains\": \(text)")).manifest).apps[0].primaryDomain?
        .name.value
    }
    #expect(try primary(#"["a.com", {"name": "b.com", "type": "primary"}]"#) == "b.com")
    #expect(try primary(#"[{"name": "a.com", "type": "unmanaged"}, "b.com"]"#) == "b.com")
    #expect(try primary("[]") == nil)
  }

  @Test(arguments: [
    #"{"owner": "acme", "name": "my.site"}"#, #""acme/my.site""#,
    #""https://github.com/acme/my.site""#,
    #""git@github.com:acme/my.site.git""#, #""github.com/acme/my.site/""#,
    #""www.github.com/acme/my.site""#, #""https://code.example.org:8443/acme/my.site.git""#,
    #""ssh://git@code.example.org:22/acme/my.site.git""#, #""git@code.example.org:acme/my.site""#,
  ])
  func readsRepositories(_ repo: String) throws {
    for key in ["repo", "repository"] {
      let (manifest, findings, _) = read(#"{"project": {"name": "site", "\#(key)": \#(repo)}}"#)
      #expect(findings == [])
      #expect(try #require(manifest?.project.repo).slug == "acme/my.site")
    }
  }

  @Test func readsPlacement() throws {
    let text = """
      {"project": {"name": "site"}, "infra": {"environments": ["production", "staging", "qa"]},
       "resources": [
        {"name": "a", "type": "s3", "provider": "p", "environments": ["prod"], "manage": "adopt"},
        {"name": "b", "type": "s3", "provider": "p", "id": 17, "cloud_name": "x", "environments": {
          "staging": {"config": {"size": 1}, "id": "9", "cloud_name": "y", "manage": "existing"},
          "qa": false}},
        {"name": "c", "type": "s3", "provider": "p", "manage": {"qa": "adopt"}, "was": "d"}]}
      """
    let (manifest, findings, _) = read(text)
    #expect(findings == [])
    let items = try #require(manifest).resources
    #expect(items.map { $0.isDeployed(in: "production") } == [true, true, true])
    #expect(items.map { $0.isDeployed(in: "qa") } == [false, false, true])
    #expect(items[0].management(in: "production") == .adopt)
    #expect(items[1].management(in: "staging") == .existing)
    #expect(items[1].management(in: "production") == .create)
    #expect(items[1].override(in: "staging")?.config == .object([("size", .number(1))]))
    #expect(
      items[1].id(in: "staging")?.value == "9" && items[1].id(in: "production")?.value == "17")
    #expect(items[1].cloudName(in: "staging")?.value == "y")
    #expect(items[1].cloudName(in: "production")?.value == "x")
    #expect(items[2].management(in: "qa") == .adopt && items[2].was.map(\.value) == ["d"])
  }

  @Test(arguments: ["./deploy/infra", "deploy/infra/", "deploy//infra", "deploy/./infra"])
  func readsFolders(text: String) {
    let (manifest, findings, _) = read(
      #"{"project": {"name": "site"}, "infra": {"directory": "\#(text)"}}"#)
    #expect(findings == [] && manifest?.settings.directory == "deploy/infra")
  }

  @Test func readsSettings() throws {
    let text = """
      {"project": {"name": "site"}, "infra": {
        "engine": "tofu", "directory": "deploy/infra", "environments": ["prod", "stage"],
        "backend": {"type": "s3", "bucket": "b"}, "name": "{name}.{project}",
        "tags": {"team": "web", "cost": 7}, "providers": {"hetzner": {"x": 1}}}}
      """
    let (manifest, findings, _) = read(text)
    #expect(findings == [])
    let settings = try #require(manifest).settings
    #expect(settings.engine?.value == .opentofu)
    #expect(settings.directory == "deploy/infra")
    #expect(settings.environments.map(\.value) == ["production", "staging"])
    #expect(settings.backendType?.value == "s3")
    #expect(settings.backend?.member("bucket")?.text == "b")
    #expect(settings.namePattern?.value == "{name}.{project}")
    #expect(settings.tags.map { "\($0.key.value)=\($0.value.value)" } == ["team=web", "cost=7"])
    #expect(settings.providers.map(\.provider.value) == ["hetzner"])
  }

  @Test func readsTheRestOfAnApp() throws {
    let keys = """
      "title": "Web", "description": "d", "type": "golang", "path": "apps/web", "monitoring": false,
      "terraform_managed": false, "usesNPM": null, "commands": {"test": false}, "tools": {},
      "language": "go", "build": {"port": 8080, "dockerfile": "D", "context": ".",
      "healthCheckPath": "/up", "release": false}
      """
    let (manifest, findings, _) = read(appManifest(keys))
    #expect(findings == [])
    let app = try #require(manifest).apps[0]
    #expect(app.title == "Web" && app.description == "d" && app.appType?.value == "golang")
    #expect(app.path == "apps/web" && !app.monitoring && !app.managed)
    #expect(app.build.port?.value == 8080 && app.build.dockerfile?.value == "D")
    #expect(app.build.context?.value == "." && app.build.healthCheckPath?.value == "/up")
    #expect(!app.build.release)
  }

  @Test func readsOtherSpellings() throws {
    let text = """
      {"$schema": "s", "webkitVersion": "1", "_comment": "x", "Project": {"name": "site",
        "brand": {"primaryColor": "#fff"}},
       "apps": [{"name": "web", "infrastructure": {"provider": "p", "type": "vm"},
         "monitoring": {"http": true}, "build": {"dockerfile": true}}],
       "utilities": [], "notifications": {"slack": true}}
      """
    let (manifest, findings, _) = read(text)
    #expect(findings == [])
    let read = try #require(manifest)
    #expect(read.schema == "s" && read.webkitVersion?.value == "1")
    #expect(read.project.brand.primaryColour?.value == "#fff")
    #expect(read.apps[0].type.value == "vm" && read.apps[0].monitoring)
    #expect(read.notifications.services.first?.value.flag == true)
  }
}
