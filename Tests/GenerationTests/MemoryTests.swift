import Generation
import Testing

/// What earlier runs remember is compared with what the manifest says now.
struct MemoryTests {
  private static let manifest = """
    {
      "project": {"name": "shop", "repo": "acme/shop"},
      "resources": [
        {"name": "db", "type": "postgres", "provider": "digitalocean"},
        {"name": "media", "type": "s3", "provider": "digitalocean"},
        {"name": "net", "type": "vpc", "provider": "digitalocean"}
      ]
    }
    """

  private func text(_ names: [String: [String: String]]) -> String {
    generated(Array(Self.manifest.utf8), memory: GenerationMemory(cloudNames: names)).text
  }

  @Test func `says nothing of names that stay`() {
    let text = text([
      "production": ["resource/db": "shop-db", "resource/media": "shop-media"]
    ])
    #expect(!text.contains("generation."))
  }

  @Test func `refuses names that would cost data`() {
    let text = text([
      "production": [
        "resource/db": "old-db", "resource/media": "old-media", "resource/net": "old-net",
      ]
    ])
    #expect(text.contains("app.json:4:14: error: `db` is called `old-db`, and would now be"))
    #expect(text.contains("would delete Managed PostgreSQL of the old name, with its data"))
    #expect(text.contains("Keep the name with `\"cloud_name\": \"old-db\"`"))
    #expect(text.contains("app.json:5:14: warning: `media` is called `old-media`"))
    #expect(text.contains("Spaces bucket keeps the name that it was made with"))
    #expect(!text.contains("old-net"))
  }

  @Test func `warns of an environment that left`() {
    let text = text(["qa": ["resource/db": "shop-qa-db"], "production": [:]])
    #expect(text.contains("warning: `qa` is no environment any more"))
  }

  @Test func `warns of a state that is looked for elsewhere`() throws {
    func text(_ former: String) -> String {
      generated(Array(Self.manifest.utf8), memory: GenerationMemory(backend: former)).text
    }
    let moved = text("s3 states eu-central-1 projects/shop/{environment}/terraform.tfstate")
    #expect(moved.contains("warning: The state of what was applied isn't where it is looked for"))
    #expect(!text("local infra state/{environment}.tfstate").contains("backend.moved"))
  }
}
