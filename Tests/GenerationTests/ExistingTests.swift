import Diagnostics
import Files
import Generation
import Testing

/// What exists already is used or taken over, and nothing else of it is managed.
@Suite struct ExistingTests {
  private func text(_ path: String, of project: String) throws -> String {
    let tree = try GoldenProject(name: project).tree()
    return String(decoding: try #require(tree["infra/" + path]), as: UTF8.self)
  }

  @Test func `machinery is emitted only where it is used`() throws {
    let used = try text("providers/digitalocean/vpc/main.tf", of: "existing")
    #expect(used.contains("count = var.use_existing ? 1 : 0"))
    #expect(used.contains("condition     = try(self.id, null) != null"))
    for project in ["mission", "adopted-in-one-environment", "staging-smaller"] {
      for (path, bytes) in try GoldenProject(name: project).tree().files {
        #expect(!String(decoding: bytes, as: UTF8.self).contains("use_existing"), "\(path)")
      }
    }
    let other = try text("providers/digitalocean/container/main.tf", of: "existing")
    #expect(!other.contains("use_existing"))
  }

  @Test func `every resource of a leaf that may exist has a count`() throws {
    for leaf in ["digitalocean/postgres", "digitalocean/s3", "digitalocean/vm", "backblaze/s3"] {
      let main = try text("providers/\(leaf)/main.tf", of: "existing")
      let resources = main.split(separator: "\nresource ").dropFirst()
      #expect(!resources.isEmpty)
      for resource in resources {
        let isCounted =
          resource.contains("= var.use_existing ? 0 : ")
          || resource.contains("if !var.use_existing")
        #expect(isCounted, "\(leaf): \(resource.prefix(80))")
      }
    }
  }

  @Test func `the firewall of what exists is left alone`() throws {
    let data = try text("project.auto.tfvars.json", of: "existing")
    let behind = try #require(data.split(separator: "\"database_firewall\"").dropFirst().first)
    let firewall = try #require(behind.split(separator: "\"type\"").first)
    #expect(firewall.contains("\"staging\"") && !firewall.contains("\"production\""))
  }

  @Test func `imports reach one environment`() throws {
    let project = "adopted-in-one-environment"
    #expect(try text("environments/production.tfvars.json", of: project).contains("\"imports\""))
    #expect(try !text("environments/staging.tfvars.json", of: project).contains("\"imports\""))
    let ids = try text("environments/production.tfvars.json", of: project)
    #expect(ids.contains("9cc10173-e9ea-4176-9dbc-a4cee4c4ff30,pool"))
    #expect(ids.contains("\"files\": \"fra1,orders-files\""))
  }

  @Test func `required settings are those that a lookup reads`() throws {
    let text = """
      {
        "project": {"name": "site"},
        "resources": [
          {"name": "db", "type": "postgres", "provider": "digitalocean", "manage": "existing",
           "config": {"node_count": 3, "size": "db-s-1vcpu-1gb"}}
        ]
      }
      """
    let result = generated(Array(text.utf8))
    #expect(!result.diagnostics.hasErrors, "\(result.text)")
    let tree = try result.wholeTree()
    // No network is made for a database that has one.
    #expect(tree["infra/providers/digitalocean/vpc/main.tf"] == nil)
  }

  @Test func `what nothing reads of it is handed to nobody`() throws {
    // Two services on one port, which a rule would refuse and the leaf's locals can't hold.
    let text = """
      {
        "project": {"name": "site"},
        "resources": [
          {"name": "entry", "type": "loadbalancer", "provider": "hetzner", "manage": "existing",
           "config": {"services": [{}, {"destination_port": 34}]}}
        ]
      }
      """
    let tree = try generated(Array(text.utf8)).wholeTree()
    let data = String(
      decoding: try #require(tree["infra/project.auto.tfvars.json"]), as: UTF8.self)
    #expect(data.contains("\"name\": \"entry\"") && !data.contains("services"))
  }

  @Test func `existing machinery goes as it came`() throws {
    func tree(_ manage: String) throws -> FileTree {
      let text = """
        {"project": {"name": "site"}, "resources": [
          {"name": "net", "type": "vpc", "provider": "digitalocean", "manage": "\(manage)"}]}
        """
      return try generated(Array(text.utf8)).wholeTree()
    }
    #expect(try tree("create") != tree("existing"))
    let plain = """
      {"project": {"name": "site"}, "resources": [
        {"name": "net", "type": "vpc", "provider": "digitalocean"}]}
      """
    #expect(try tree("create") == generated(Array(plain.utf8)).wholeTree())
  }
}
