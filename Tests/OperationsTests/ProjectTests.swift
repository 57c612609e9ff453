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
    ("--", "project"), ("", "project"), ("a--b-", "a-b"),
  ])
  func `makes a name of a folder's`(folder: String, name: String) {
    #expect(projectName(from: folder) == name)
    #expect(isProjectName(name))
  }

  @Test func `refuses a name that breaks the rules`() throws {
    let project = try TemporaryProject(manifest: nil)
    let error = #expect(throws: OperationError.self) {
      try initialise(project.path, name: "My Shop")
    }
    #expect(error?.kind == .wrongUsage && error?.help.contains("`my-shop`") == true)
    #expect(project.files.isEmpty)
  }

  @Test(arguments: [
    ("json.unclosed", InfrastructureReport.Topic.schema), ("manifest.missing-key", .schema),
    ("manifest.unknown-reference", .references), ("generation.reference", .references),
    ("manifest.unknown-provider", .support), ("generation.unsupported-type", .support),
    ("generation.unknown-type", .support), ("manifest.wrong-type", .schema),
    ("generation.long-name", .configuration),
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
