import Generation
import JSON
import ProviderModel
import TestSupport
import Testing

@testable import AppManifest

/// The schema of `app.json` for editors.
@Suite struct SchemaTests {
  static let schema = manifestSchema(catalog)

  @Test func `the schema is the recorded one`() throws {
    let text = JSONPrinter.print(Self.schema)
    let problem = try Golden.problem(of: text, in: "schema/app.schema.json")
    report([problem].compactMap(\.self))
  }

  @Test func `every reference leads somewhere`() {
    Self.visit(Self.schema) { node in
      guard let path = node.member("$ref")?.text else { return }
      var target: JSONNode? = Self.schema
      for step in path.split(separator: "/").dropFirst() {
        target = Int(step).map { target?.elements?[$0] } ?? target?.member(String(step))
      }
      #expect(target != nil, "\(path)")
    }
  }

  @Test func `nothing stands beside a reference`() {
    Self.visit(Self.schema) { node in
      if node.member("$ref")?.text != nil { #expect(node.members?.count == 1) }
    }
  }

  @Test func `every key that the reader knows has a description`() throws {
    let definitions = try #require(Self.schema.member("definitions"))
    let resource = try #require(definitions.member("resource"))
    let app = try #require(definitions.member("app"))
    let project = try #require(definitions.member("project"))
    let monitoring = Self.schema.member("properties")?.member("monitoring")
    let pairs: [(KeyTable, JSONNode?)] = [
      (.root, Self.schema), (.project, project), (.app, app), (.resource, resource),
      (.repo, project.member("properties")?.member("repo")),
      (.appInfra, app.member("properties")?.member("infra")),
      (.shared, Self.schema.member("properties")?.member("shared")),
      (.build, definitions.member("build")), (.domain, definitions.member("domain")),
      (.variable, definitions.member("fields")), (.infra, definitions.member("infra")),
      (.monitoring, monitoring), (.limits, monitoring?.member("properties")?.member("limits")),
      (.statusPage, monitoring?.member("properties")?.member("statusPage")),
      (
        .check, monitoring?.member("properties")?.member("custom")?.member("items")
      ),
    ]
    for (table, node) in pairs {
      let properties = try #require(node?.member("properties"), "\(table.place)")
      for key in table.known {
        let text = properties.member(key)?.member("description")?.text
        #expect(text?.hasSuffix(".") == true, "\(key) of \(table.place)")
      }
    }
  }

  @Test func `every leaf that a manifest can name has a definition`() throws {
    let definitions = try #require(Self.schema.member("definitions"))
    for module in catalog.allModules where module.role == .app || module.role == .resource {
      let properties = definitions.member(module.callName)?.member("properties")
      for variable in module.variables + module.settings where variable.isManifestKey {
        for key in [variable.name] + variable.aliases {
          let node = properties?.member(key)
          #expect(node?.member("description") != nil, "\(key) of \(module.callName)")
        }
      }
    }
  }

  private static func visit(_ node: JSONNode, _ body: (JSONNode) -> Void) {
    body(node)
    for member in node.members ?? [] { visit(member.value, body) }
    for element in node.elements ?? [] { visit(element, body) }
  }
}
