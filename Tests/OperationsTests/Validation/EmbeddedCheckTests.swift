import AppManifest
import Checking
import Diagnostics
import Files
import Generation
import HCL
import TestSupport
import Testing

@testable import Operations

/// `infra validate` looks at what calls leaves, and at the whole text only where that finds anything.
@Suite struct EmbeddedCheckTests {
  private static let schemas = embeddedSchemas(areWhole: true)

  private func draft(of project: String) throws -> TreeDraft {
    let bytes = try #require(Golden.bytes("\(project)/input/app.json"))
    var diagnostics = Diagnostics()
    let manifest = try #require(
      readManifest(SourceFile(name: "app.json", bytes: bytes), into: &diagnostics))
    let input = GenerationInput(manifest: manifest, catalog: embeddedCatalog, version: "0.1.0")
    return try #require(Generation.draft(input, into: &diagnostics)).tree
  }

  @Test(arguments: Golden.cases("projects"))
  func `no leaf of a recorded project has to be looked into`(_ name: String) throws {
    let draft = try draft(of: "projects/\(name)")
    let bodies = draft.configuration
    let found = checkGenerated(bodies: bodies, proven: draft.provenModules, schemas: Self.schemas)
    #expect(TextRenderer(color: false).render(found) == "")
  }

  @Test func `files are counted before they are written`() throws {
    let draft = try draft(of: "projects/kind-everything")
    #expect(draft.fileCount == draft.printed().files.count)
  }

  /// A change of what calls leaves, and what is found then.
  struct Mistake: CustomTestStringConvertible {
    var path: String
    var text: String
    var wrong: String
    var finding: String

    var testDescription: String { "\(path): \(wrong)" }

    static let all = [
      Mistake(
        path: "modules/resources/main.tf", text: "each.value.use_existing", wrong: "each.value.",
        finding: "hcl."),
      Mistake(
        path: "modules/resources/main.tf", text: "source   =", wrong: "sauce    =",
        finding: "terraform.missing-argument"),
      Mistake(
        path: "modules/resources/main.tf", text: "region", wrong: "regoin",
        finding: "terraform.unknown-argument"),
      Mistake(
        path: "modules/resources/outputs.tf", text: "module.backblaze_s3",
        wrong: "module.backblaze_s33",
        finding: "terraform.undeclared-module"),
      Mistake(
        path: "imports.tf", text: "].digitalocean_vpc.this", wrong: "].digitalocean_vpc.that",
        finding: "terraform.undeclared-resource"),
    ]
  }

  @Test(arguments: Mistake.all)
  func `a mistake in what calls leaves is found either way`(_ mistake: Mistake) throws {
    let draft = try draft(of: "projects/kind-everything")
    let path = "infra/" + mistake.path
    var whole = draft.printed()
    let text = String(decoding: try #require(whole[path]), as: UTF8.self)
    let changed = text.replacing(mistake.text, with: mistake.wrong, maxReplacements: 1)
    #expect(changed != text)

    var bodies = draft.configuration
    var ignored = Diagnostics()
    bodies[path] = parseBody(SourceFile(name: path, text: changed), into: &ignored)
    let quick = checkGenerated(
      bodies: bodies, proven: draft.provenModules, schemas: Self.schemas)
    #expect(!quick.isEmpty)

    whole.add(path, changed)
    let found = checkGenerated(whole, schemas: Self.schemas).sorted()
    #expect(found.contains { $0.id.hasPrefix(mistake.finding) }, "\(found.map(\.id))")
  }

  @Test func `a name that has no text is found before it is written`() throws {
    let draft = try draft(of: "projects/kind-content-site")
    for name in ["two words", "", "9", "a.b"] {
      var bodies = draft.configuration
      bodies["infra/locals.tf"] = Body([
        .block(
          Block("locals", body: Body([.attribute(Attribute("a", .variable(Variable(name))))])))
      ])
      let found = checkGenerated(
        bodies: bodies, proven: draft.provenModules, schemas: Self.schemas)
      #expect(found.items.contains { $0.id == "terraform.no-text" })
    }
  }
}
