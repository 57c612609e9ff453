import Files
import Foundation
import TestSupport
import Testing

/// Several apps on one machine.
@Suite struct MemberTests {
  private func tree(_ apps: String) throws -> FileTree {
    let text = """
      {"project": {"name": "shop", "repo": {"owner": "Acme", "name": "Shop"}},
       "infra": {"environments": ["production", "staging"]}, "apps": [\(apps)]}
      """
    return try generated(Array(text.utf8)).wholeTree()
  }

  private func data(_ tree: FileTree) throws -> [String: [String: Any]] {
    let bytes = try #require(tree["infra/project.auto.tfvars.json"])
    let root = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    var result: [String: [String: Any]] = [:]
    for app in try #require(root["apps"] as? [[String: Any]]) {
      result[try #require(app["name"] as? String)] = app
    }
    return result
  }

  private static let web = #"{"name": "web", "infra": {"provider": "hetzner", "type": "vm"}}"#

  @Test func `a machine says of each app what it runs`() throws {
    let admin = """
      {"name": "admin", "domains": ["admin.example.com"], "build": {"port": 9000},
       "infra": {"provider": "hetzner", "type": "vm", "config": {"host": "web"}}}
      """
    let apps = try data(tree(Self.web + "," + admin))
    let config = try #require(apps["web"]?["config"] as? [String: Any])
    let members = try #require(config["apps"] as? [String: [String: Any]])
    #expect(Set(members.keys) == ["admin", "web"])
    #expect(members["admin"]?["port"] as? Int == 9000)
    #expect(members["admin"]?["domains"] as? [String] == ["admin.example.com"])
    #expect(members["web"]?["image"] as? String == "ghcr.io/acme/shop-web:latest")
    #expect(apps["web"]?["members"] as? [String] == ["admin"])
    #expect(apps["admin"]?["host"] as? String == "web")
    #expect((apps["admin"]?["config"] as? [String: Any])?.isEmpty == true)
  }

  @Test func `an app may move onto a machine in one environment alone`() throws {
    let admin = """
      {"name": "admin", "infra": {"provider": "hetzner", "type": "vm", "config": {"port": 9000}},
       "environments": {"staging": {"config": {"host": "web"}}}}
      """
    let tree = try tree(Self.web + "," + admin)
    let apps = try data(tree)
    #expect(apps["admin"]?["host"] == nil)
    let staging = String(
      decoding: try #require(tree["infra/environments/staging.tfvars.json"]), as: UTF8.self)
    #expect(staging.contains(#""host": "web""#))
    let router = String(
      decoding: try #require(tree["infra/modules/apps/main.tf"]), as: UTF8.self)
    #expect(router.contains("try(a.host, null) == null"))
  }

  @Test func `a router without such apps asks for none`() throws {
    let tree = try tree(Self.web)
    let router = String(
      decoding: try #require(tree["infra/modules/apps/main.tf"]), as: UTF8.self)
    #expect(!router.contains("a.host"))
  }

  @Test func `the files that a machine reads stand beside its module`() throws {
    let paths = try tree(Self.web).paths.filter { $0.contains("/templates/") }
    #expect(
      paths.map { String($0.split(separator: "/").last ?? "") } == [
        "app-check.service", "app-check.sh", "app-check.timer", "app-names.sh",
        "app-restart.service", "cloud-init.yaml.tftpl",
      ])
  }
}
