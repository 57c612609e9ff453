import Diagnostics
import Files
import Generation
import Platform
import TestSupport
import Testing

@testable import Operations

struct ProjectTests {
  @Test func `is a folder with a manifest`() throws {
    let project = try TemporaryProject()
    #expect(try project.project.manifest().name == "app.json")
    try project.write("infra/x.tf", "")
    let error = #expect(throws: OperationError.self) {
      try Project(directory: project.path + "/infra")
    }
    #expect(error?.help == "There is one further up: add `--directory ..`.")
    #expect(throws: OperationError.self) { try Project(directory: "/no/such/folder") }
  }

  @Test func `begins with a small manifest that stays`() throws {
    let project = try TemporaryProject(manifest: nil)
    #expect(try initialise(project.path, name: "acme").name == "acme")
    let text = project.read("app.json")
    #expect(
      text == """
        {
          "$schema": "./.webkit/app.schema.json",
          "project": {
            "name": "acme",
            "title": "Acme"
          },
          "apps": [],
          "resources": []
        }

        """)
    #expect(throws: OperationError.self) { try initialise(project.path, name: "other") }
    #expect(project.read("app.json") == text)
  }

  @Test(arguments: [
    ("acme", "acme"), ("My Shop", "my-shop"), ("2024_site.v2", "site-v2"), ("Übung", "bung"),
    ("--", "project"), ("", "project"), ("a--b-", "a-b"), ("null", "null-project"),
    (String(repeating: "a", count: 70), String(repeating: "a", count: 63)),
  ])
  func `makes a name of a folder's`(folder: String, name: String) {
    #expect(projectName(from: folder) == name)
    let text = initialManifest(named: name)
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "app.json", bytes: Array(text.utf8))
    _ = Generator.embedded(version: "1").read(file, &diagnostics)
    #expect(diagnostics.items.isEmpty)
  }

  @Test(arguments: [
    ("My Shop", "my-shop"), ("shop-", "shop"), ("null", "null-project"), ("", "project"),
    (String(repeating: "a", count: 64), String(repeating: "a", count: 63)),
  ])
  func `refuses a name that the manifest doesn't take`(name: String, proposal: String) throws {
    let project = try TemporaryProject(manifest: nil)
    let error = #expect(throws: OperationError.self) { try initialise(project.path, name: name) }
    #expect(error?.kind == .wrongUsage && error?.help.contains("`\(proposal)`") == true)
    #expect(project.files.isEmpty)
  }

  @Test(arguments: [
    ("json.unclosed", InfrastructureReport.Topic.schema), ("manifest.missing-key", .schema),
    ("manifest.wrong-type", .schema), ("manifest.unknown-key", .schema),
    ("manifest.bad-reference", .references), ("manifest.reference-to-app", .references),
    ("manifest.unknown-resource", .references), ("manifest.unmanaged-resource", .references),
    ("manifest.unreachable-resource", .references), ("reference.unknown-item", .references),
    ("reference.unknown-output", .references), ("provider.unknown", .support),
    ("provider.unsupported-type", .support), ("name.cloud", .configuration),
    ("config.missing", .configuration),
  ])
  func `puts every error under its question`(id: String, topic: InfrastructureReport.Topic) {
    #expect(Diagnostic(.error, id, "").topic == topic)
  }

  @Test func `checks manifest and tree`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\nerror\n")
    let report = try validateInfrastructure(project.project, with: lineGenerator)
    #expect(report.environments == ["production"] && report.fileCount == 1)
    #expect(report.checks.map(\.errors.count) == [1, 0, 0, 0, 0])
    #expect(try validate(project.project, with: lineGenerator).diagnostics.hasErrors)
    #expect(project.files.isEmpty)
  }
}
