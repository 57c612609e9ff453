import Diagnostics
import Files
import HCL
import ProviderModel
import Terraform
import Testing

@testable import Generation
@testable import Operations

/// `infra validate` doesn't look into leaves' modules: what could be found there is looked for here,
/// in each form that a leaf of webkit's own specs can have.
@Suite struct LeafProofTests {
  /// What the text of a leaf depends on beside its spec.
  struct Form: CustomTestStringConvertible {
    /// Whether something of it may exist already.
    var standsIn: Bool
    /// Whether no plan may destroy what holds data.
    var protects: Bool
    /// Whether a link's outputs are read.
    ///
    /// One that nobody reads isn't written, and the fewer there are, the less of the module is used:
    /// so all and none stand for all choices between them.
    var isRead: Bool

    /// Whether each part of the form changes the text of a leaf; else another form says the same.
    func changes(_ leaf: Leaf) -> Bool {
      (!standsIn || leaf.existing != nil) && (!protects || leaf.holdsData)
        && (isRead || leaf.module.role == .link)
    }

    var testDescription: String {
      "stand-ins \(standsIn), protection \(protects), outputs \(isRead)"
    }

    /// All that some leaf can have.
    static let all = [false, true].flatMap { standsIn in
      [false, true].flatMap { protects in
        [false, true].map { Form(standsIn: standsIn, protects: protects, isRead: $0) }
      }
    }.filter { form in LeafProofTests.leaves.contains(where: form.changes) }
  }

  @Test(arguments: Form.all)
  func `nothing is found in any leaf`(_ form: Form) {
    let leaves = Self.leaves.filter(form.changes)
    #expect(!leaves.isEmpty)
    let found = checkGenerated(
      Self.tree(leaves, form).printed(), schemas: embeddedSchemas(areWhole: true))
    #expect(TextRenderer(color: false).render(found) == "")
  }

  @Test func `a mistake in a leaf would be found`() throws {
    let leaf = try #require(Self.leaves.first { $0.module.callName == "digitalocean_vpc" })
    let form = Form(standsIn: false, protects: false, isRead: true)
    var tree = Self.tree([leaf], form).printed()
    let path = "infra/providers/digitalocean/vpc/main.tf"
    let text = String(decoding: try #require(tree[path]), as: UTF8.self)
    tree.add(path, text.replacing("var.region", with: "var.regoin"))
    let found = checkGenerated(tree, schemas: embeddedSchemas(areWhole: true))
    #expect(found.items.contains { $0.id == "terraform.undeclared-variable" })
  }

  // MARK: - Trees

  fileprivate static let leaves = embeddedCatalog.providers.flatMap { provider in
    embeddedCatalog.modules(of: provider.name).map { Leaf($0, provider, embeddedCatalog) }
  }

  /// A root module that calls leaves with values of which nothing but the type is known, and that
  /// reads all outputs.
  private static func tree(_ leaves: [Leaf], _ form: Form) -> TreeDraft {
    var tree = ProjectTree(directory: "infra")
    var root = tree.file()
    root.add(
      .make("terraform") { $0.set("required_version", .string(">= \(RootEmitter.lowestVersion)")) })
    for leaf in leaves {
      var files = ProjectTree(directory: "")
      let emitter = LeafEmitter(
        leaf: leaf, catalog: embeddedCatalog, existing: form.standsIn ? leaf.existing : nil,
        protectsData: form.protects, isRead: { _ in form.isRead })
      emitter.emit(into: &files)
      emitter.emit(into: &tree)
      call(leaf, files.draft.leaves, from: &root)
    }
    tree.add("main.tf", root)
    return tree.draft
  }

  private static func call(
    _ leaf: Leaf, _ interfaces: [String: LeafInterface], from root: inout TerraformFile
  ) {
    let name = leaf.module.callName
    let blocks = interfaces.values.flatMap(\.body.blocks)
    var arguments: [(name: String, value: Expression)] = []
    for block in blocks where block.type == "variable" {
      guard let label = block.labels.first?.text, let type = block.body.attribute("type")?.value
      else { continue }
      let variable = "\(name)_\(label)"
      root.add(.make("variable", [variable]) { $0.set("type", type) })
      arguments.append((label, .reference("var", variable)))
    }
    root.add(
      ModuleCall(name, source: "./\(leaf.module.folder)", arguments: arguments).block)
    for block in blocks where block.type == "output" {
      guard let label = block.labels.first?.text else { continue }
      root.add(
        TerraformOutput(
          "\(name)_\(label)", .reference("module", name, label), description: "", isSensitive: true
        ).block)
    }
  }
}

extension Leaf {
  /// Whether a resource of it, of whatever provider, may be protected.
  fileprivate var holdsData: Bool {
    module.resources.contains { block in
      let type = block.labels.first?.text ?? ""
      return embeddedCatalog.provider(ofType: type)?.types[type]?.isStateful ?? false
    }
  }
}
