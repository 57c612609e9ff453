import Diagnostics
import HCL
import ProviderModel
import Testing

@Suite struct `Module reading` {
  private func read(_ text: String) -> (ModuleSpec?, Diagnostics) {
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "vm.hcl", text: text)
    return (readModule(file, provider: "acme", into: &diagnostics), diagnostics)
  }

  private func leaf(_ text: String) -> String {
    "module \"vm\" {\nserves = \"resource\"\ntitle = \"T\"\ndescription = \"D\"\n\(text)\n}"
  }

  /// What stands in a leaf, and the findings.
  @Test(
    arguments: [
      ("each \"app\" {}\naliases = []", ["spec.order: aliases"]),
      ("aliass = []", ["spec.unknown-argument: aliass"]),
      ("aliases = \"x\"", ["spec.wrong-kind: \"x\""]),
      ("aliases = [\"x\", []]", ["spec.wrong-kind: [\"x\", []]"]),
      ("environments = [var.x]", ["spec.not-literal: [var.x]"]),
      ("varable \"a\" {}", ["spec.unknown-block: varable \"a\""]),
      ("variable \"a\" {}", ["spec.missing-argument: variable \"a\""]),
      ("variable {\n type = string\n}", ["spec.labels: variable"]),
      ("variable \"a\" \"b\" {\n type = string\n}", ["spec.labels: variable \"a\" \"b\""]),
      ("variable \"a\" {\n type = list(text)\n}", ["spec.bad-type: list(text)"]),
      ("variable \"a\" {\n type = string\n defalt = 1\n}", ["spec.unknown-argument: defalt"]),
      ("variable \"a\" {\n type = string\n default = var.x\n}", ["spec.not-literal: var.x"]),
      ("variable \"a\" {\n type = string\n sensitive = \"yes\"\n}", ["spec.wrong-kind: \"yes\""]),
      ("variable \"a\" {\n type = string\n description = []\n}", ["spec.wrong-kind: []"]),
      ("variable \"a\" {\n type = string\n one_of = \"a\"\n}", ["spec.wrong-kind: \"a\""]),
      ("variable \"a\" {\n type = number\n range = [2, 1]\n}", ["spec.wrong-kind: [2, 1]"]),
      ("variable \"a\" {\n type = number\n range = [1, 2, 3]\n}", ["spec.wrong-kind: [1, 2, 3]"]),
      ("variable \"a\" {\n type = number\n length = [1]\n}", ["spec.wrong-kind: [1]"]),
      ("variable \"a\" {\n type = string\n retired = [1]\n}", ["spec.wrong-kind: [1]"]),
      ("variable \"a\" {\n type = string\n also = { a = [] }\n}", ["spec.wrong-kind: { a = [] }"]),
      ("variable \"a\" {\n type = any\n feld \"b\" {}\n}", ["spec.unknown-block: feld \"b\""]),
      (
        "variable \"a\" {\n type = any\n field \"b\" { lenght = [1, 2] }\n}",
        ["spec.unknown-argument: lenght"]
      ),
      ("setting \"a\" {}", ["spec.missing-argument: setting \"a\""]),
      ("secret \"a\" {}", ["spec.missing-argument: secret \"a\""]),
      ("output \"a\" { description = \"A\" }", ["spec.missing-argument: output \"a\""]),
      ("output \"a\" { value = 1 }", ["spec.missing-argument: output \"a\""]),
      ("rule { message = \"M.\" }", ["spec.missing-argument: rule"]),
      ("rule { condition = true }", ["spec.missing-argument: rule"]),
      (
        "rule {\n condition = true\n message = \"M.\"\n severity = \"bad\"\n}",
        ["spec.unknown-severity: \"bad\""]
      ),
      ("each {}", ["spec.labels: each"]),
      ("each \"app\" { off = [] }", ["spec.unknown-argument: off"]),
      ("price \"a\" {}", ["spec.missing-argument: price \"a\""]),
      ("price \"a\" {\n amount = 1\n one = true\n}", ["spec.unknown-argument: one"]),
      ("resource \"x\" \"y\" { anything = var.z }", []),
    ] as [(String, [String])])
  func reports(_ text: String, _ expected: [String]) {
    #expect(findings(read(leaf(text)).1) == expected)
  }

  @Test(
    arguments: [
      ("", "spec.not-a-module: "), ("a = 1", "spec.not-a-module: "),
      ("module {}", "spec.not-a-module: "),
      ("module \"a\" {}\nmodule \"b\" {}", "spec.not-a-module: "),
      ("module \"a\" {}\nx = 1", "spec.not-a-module: "),
      ("provider \"a\" {}", "spec.not-a-module: "),
    ])
  func refuses(_ text: String, _ finding: String) {
    let (module, diagnostics) = read(text)
    #expect(module == nil)
    #expect(findings(diagnostics) == [finding])
  }

  @Test func `asks for what a leaf needs`() {
    #expect(
      findings(read("module \"a\" { serves = \"nobody\" }").1)
        == [
          "spec.missing-argument: module \"a\"", "spec.missing-argument: module \"a\"",
          "spec.unknown-role: module \"a\"",
        ])
  }

  @Test func `names the nearest argument`() {
    let found = read(leaf("variable \"a\" {\n type = string\n descripton = \"\"\n}")).1.items
    #expect(found.map(\.help) == ["Did you mean `description`?"])
  }

  @Test func `reads everything`() throws {
    let (found, diagnostics) = read(leaf(everything))
    let module = try #require(found)
    #expect(findings(diagnostics) == [])
    #expect(module.callName == "acme_vm")
    #expect(module.folder == "providers/acme/vm")
    #expect(module.aliases == ["server"])
    #expect(module.environments == ["production"])
    let size = try #require(module.variable("size"))
    #expect(size.type == .string)
    #expect(size.defaultValue == .string("s"))
    #expect(size.from?.count == 2)
    #expect(size.isManifestKey)
    #expect(size.isSensitive)
    #expect(size.aliases == ["plan"])
    #expect(size.refersTo == "a" && size.implies == "b" && size.literal == "^x$")
    #expect(size.facts.oneOf == [.string("s")])
    #expect(size.facts.range == 1...2)
    #expect(size.facts.length == 1...3)
    #expect(size.facts.pattern == "^s$" && size.facts.format == "cidr")
    #expect(size.facts.unique == "global" && size.facts.ignoresCase && size.facts.isFrozen)
    #expect(size.known != nil && size.match != nil)
    #expect(size.retired == ["old": "s"] && size.also == ["S": "s"])
    #expect(size.deprecated == "no" && size.example == .string("s"))
    #expect(size.fields.map(\.name) == ["f"])
    #expect(module.variable("name")?.isManifestKey == false)
    #expect(module.settings.map(\.name) == ["legacy"])
    #expect(module.secrets.first?.environment == ["TOKEN"])
    #expect(module.output("id")?.insteadOf == "other")
    #expect(module.output("id")?.isSensitive == true)
    #expect(module.rules.map(\.isWarning) == [true, false])
    #expect(module.each?.types == ["db"] && module.each?.takesOver == "x.y")
    #expect(module.existing.count == 1 && module.prices.count == 1)
    #expect(module.body.map(\.type) == ["resource", "data", "locals", "check", "moved"])
  }
}

private let everything = """
  aliases = ["server"]
  environments = ["production"]
  variable "size" {
    type = string
    default = "s"
    description = "Size"
    sensitive = true
    from = [config.size, "x"]
    aliases = ["plan"]
    refers_to = "a"
    match = config.name
    implies = "b"
    literal = "^x$"
    one_of = ["s"]
    range = [1, 2]
    length = [1, 3]
    pattern = "^s$"
    format = "cidr"
    unique = "global"
    ignore_case = true
    frozen = true
    known = values.sizes
    retired = { old = "s" }
    also = { S = "s" }
    deprecated = "no"
    example = "s"
    field "f" { description = "F" }
  }
  variable "name" {
    type = string
    from = item.cloud_name
  }
  setting "legacy" { type = string }
  secret "token" {
    environment = ["TOKEN"]
    description = "Token"
  }
  output "id" {
    value = x.y.id
    description = "Id"
    sensitive = true
    existing = null
    instead_of = "other"
    when = true
  }
  rule {
    condition = true
    message = "M."
    severity = "warning"
  }
  rule {
    condition = true
    message = "M."
  }
  each "resource" {
    of = ["db"]
    where = true
    takes_over = "x.y"
  }
  existing "x" "y" {}
  price "a" {
    amount = 1
    once = true
    usage = "gb"
  }
  resource "x" "y" {}
  data "x" "y" {}
  locals {}
  check "a" {}
  moved {}
  """
