import Diagnostics
import Files
import Generation
import Testing

/// What a link takes over from a leaf moves in the state.
@Suite struct HandoverTests {
  /// A database in lon1 and an app that uses it, in another datacenter in some environments.
  private func result(
    far environments: [String], links: [String] = []
  ) throws -> (moves: String?, findings: [String]) {
    let overrides = environments.map { "\"\($0)\": { \"config\": { \"region\": \"fra\" } }" }
    let text = """
      {
        "project": { "name": "shop" },
        "infra": { "environments": ["production", "staging"] },
        "resources": [{ "name": "db", "type": "postgres", "provider": "digitalocean" }],
        "apps": [
          {
            "name": "web", "path": "web",
            "infra": {
              "provider": "digitalocean", "type": "container",
              "config": { "region": "lon", "image": "ghcr.io/acme/web:1" }
            },
            "environments": { \(overrides.joined(separator: ", ")) },
            "env": { "default": { "URL": { "source": "resource", "value": "db.connection_url" } } }
          }
        ]
      }
      """
    let result = generated(Array(text.utf8), memory: GenerationMemory(links: links))
    let tree = try #require(result.tree)
    let moves = tree["infra/moved.tf"].map { String(decoding: $0, as: UTF8.self) }
    return (moves, result.diagnostics.items.map(\.id))
  }

  @Test func `every environment has the link`() throws {
    let (moves, _) = try result(far: ["production", "staging"])
    #expect(moves?.contains("to   = module.links.module.digitalocean_database_firewall") == true)
  }

  @Test func `one environment needs the link, so all have it`() throws {
    let (moves, _) = try result(far: ["staging"])
    #expect(moves?.contains("to   = module.links.module.digitalocean_database_firewall") == true)
  }

  @Test func `no environment has the link any more`() throws {
    #expect(try result(far: []).moves == nil)
    let (moves, _) = try result(far: [], links: ["digitalocean_database_firewall/db"])
    #expect(moves?.contains("from = module.links.module.digitalocean_database_firewall") == true)
  }
}
