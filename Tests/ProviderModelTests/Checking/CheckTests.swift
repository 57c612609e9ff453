import Diagnostics
import ProviderModel
import Testing

@Suite struct `Spec checks` {
  private let schema = #"""
    {
      "acme_vm": {"block": {
        "attributes": {
          "name": {"required": true}, "size": {"optional": true}, "id": {"computed": true},
          "old": {"optional": true, "deprecated": true},
          "password": {"computed": true, "sensitive": true}
        },
        "block_types": {
          "disk": {"min_items": 1, "block": {"attributes": {"gb": {"required": true}}}},
          "extra": {"block": {"attributes": {"a": {"optional": true}}}}
        }
      }}
    }
    """#
  private let good = """
    variable "name" {
      type        = string
      from        = item.cloud_name
      description = "Name"
    }
    resource "acme_vm" "this" {
      name = var.name
      disk { gb = 1 }
    }
    output "id" {
      value       = acme_vm.this.id
      description = "Id"
    }

    """

  /// What is added to a good leaf, and the findings.
  @Test(
    arguments: [
      ("", []),
      ("variable \"a\" { type = string }", ["no-description"]),
      ("variable \"a\" {\ntype = string\ndescription = \"A.\"\n}", ["description"]),
      ("setting \"name\" {\ntype = string\ndescription = \"A\"\n}", []),
      (
        "variable \"a\" {\ntype = string\ndescription = \"A\"\naliases = [\"b\"]\n}\nsetting \"b\" {\ntype = string\ndescription = \"B\"\n}",
        ["name-twice"]
      ),
      (
        "variable \"a\" {\ntype = string\ndescription = \"A\"\nfrom = environment\naliases = [\"b\"]\n}",
        ["alias"]
      ),
      (
        "variable \"a\" {\ntype = object({ b = string })\ndescription = \"A\"\nfield \"c\" { description = \"C\" }\n}",
        ["unknown-field"]
      ),
      (
        "variable \"a\" {\ntype = string\ndescription = \"A\"\nfrom = config.b\n}", ["unknown-path"]
      ),
      (
        "variable \"a\" {\ntype = string\ndescription = \"A\"\nfrom = settings.b\n}",
        ["unknown-path"]
      ),
      (
        "variable \"a\" {\ntype = string\ndescription = \"A\"\nfrom = refs.a.config.b\n}",
        ["unknown-path"]
      ),
      (
        "variable \"a\" {\ntype = string\ndescription = \"A\"\nrefers_to = \"b\"\n}",
        ["unknown-reference"]
      ),
      ("variable \"a\" {\ntype = string\ndescription = \"A\"\nrefers_to = \"vm\"\n}", []),
      (
        "variable \"a\" {\ntype = object({ id = string, ip = string })\ndescription = \"A\"\nrefers_to = \"vm\"\n}",
        ["unknown-output"]
      ),
      ("variable \"a\" {\ntype = string\ndescription = \"A\"\nimplies = \"vm\"\n}", ["reference"]),
      ("variable \"a\" {\ntype = string\ndescription = \"A\"\npattern = \"(\"\n}", ["bad-pattern"]),
      (
        "variable \"a\" {\ntype = string\ndescription = \"A\"\nknown = keys(prices.x)\n}",
        ["known", "unknown-path"]
      ),
      (
        "variable \"a\" {\ntype = string\ndescription = \"A\"\ndefault = \"x\"\nknown = [\"y\"]\n}",
        ["known"]
      ),
      ("variable \"a\" {\ntype = number\ndescription = \"A\"\ndefault = \"x\"\n}", ["default"]),
      (
        "variable \"a\" {\ntype = number\ndescription = \"A\"\ndefault = 3\nrange = [4, 5]\n}",
        ["default"]
      ),
      (
        "variable \"a\" {\ntype = object({ b = optional(string, \"x\") })\ndescription = \"A\"\nfield \"b\" {\ndescription = \"B\"\none_of = [\"y\"]\n}\n}",
        ["default"]
      ),
      (
        "variable \"a\" {\ntype = any\ndescription = \"A\"\nfrom = [tags, config.a]\n}", []
      ),
      (
        "variable \"a\" {\ntype = any\ndescription = \"A\"\nfrom = { t = tags, c = config.a }\n}",
        ["wired"]
      ),
      ("rule {\ncondition = environment == \"x\"\nmessage = \"M.\"\n}", ["rule", "rule"]),
      ("rule {\ncondition = var.name != \"x\"\nmessage = \"M\"\n}", ["rule"]),
      ("rule {\ncondition = var.nam != \"x\"\nmessage = \"M.\"\n}", ["unknown-path"]),
      ("resource \"acme_db\" \"a\" {}", ["unknown-type"]),
      ("resource \"terraform_data\" \"a\" { input = 1 }", []),
      ("resource \"acme_vm\" \"a\" {}", ["missing-argument", "missing-argument"]),
      (
        "resource \"acme_vm\" \"a\" {\nname = \"\"\nsiz = 1\ndisk { gb = 1 }\n}",
        ["unknown-argument"]
      ),
      ("resource \"acme_vm\" \"a\" {\nname = \"\"\nid = 1\ndisk { gb = 1 }\n}", ["computed"]),
      ("resource \"acme_vm\" \"a\" {\nname = \"\"\nold = 1\ndisk { gb = 1 }\n}", ["deprecated"]),
      ("resource \"acme_vm\" \"a\" {\nname = \"\"\ndisk {}\n}", ["missing-argument"]),
      (
        "resource \"acme_vm\" \"a\" {\nname = \"\"\ndynamic \"disk\" {\nfor_each = []\ncontent {}\n}\n}",
        ["missing-argument"]
      ),
      ("resource \"acme_vm\" \"a\" {\nname = \"\"\ndisk { gb = 1 }\nextr {}\n}", ["unknown-block"]),
      ("existing \"acme_vm\" \"that\" { name = \"\" }", ["existing", "unknown-type"]),
      ("output \"p\" {\nvalue = acme_vm.this.password\ndescription = \"P\"\n}", ["sensitive"]),
      ("output \"p\" {\nvalue = 1\ndescription = \"P\"\nsensitive = true\n}", ["sensitive"]),
      ("output \"urn\" {\nvalue = [1]\ndescription = \"U\"\n}", ["shape"]),
      ("output \"dns_records\" {\nvalue = [{ name = \"a\" }]\ndescription = \"U\"\n}", ["shape"]),
      (
        "output \"a\" {\nvalue = 1\ndescription = \"A\"\ninstead_of = \"b\"\n}",
        ["instead-of", "unknown-output"]
      ),
    ] as [(String, [String])])
  func find(_ text: String, _ expected: [String]) {
    var diagnostics = Diagnostics()
    let catalog = makeCatalog(schema: schema, ["vm": good + text], into: &diagnostics)
    #expect(findings(diagnostics) == [])
    checkSpecs(catalog, into: &diagnostics)
    #expect(ids(diagnostics).sorted() == expected.map { "spec." + $0 })
    #expect(diagnostics.items.allSatisfy { $0.location?.file.name == "ProviderSpecs/acme/vm.hcl" })
  }

  @Test func `find outputs of links`() {
    var diagnostics = Diagnostics()
    let link = """
      each "resource" {
        of = ["vm"]
      }
      variable "a" {
        type        = string
        description = "A"
        from        = resource.outputs.id
      }
      output "b" {
        value       = var.a
        description = "B"
      }
      """
    let catalog = makeCatalog(
      schema: schema, ["vm": good], links: ["link": link], into: &diagnostics)
    checkSpecs(catalog, into: &diagnostics)
    #expect(ids(diagnostics) == ["spec.unused-output"])
  }

  /// What a link may say of what it selects.
  @Test(
    arguments: [
      ("of = [\"vm\"]", "resource.outputs.id", []),
      ("of = [\"db\"]", "resource.outputs.id", ["unknown-reference"]),
      ("of = [\"vm\"]", "resource.outputs.ip", ["unknown-path"]),
      ("of = [\"vm\"]", "resource.config.ip", ["unknown-path"]),
      ("of = [\"vm\"]\ntakes_over = \"acme_vm.this\"", "resource.outputs.id", []),
      (
        "of = [\"vm\"]\ntakes_over = \"acme_vm.that\"", "resource.outputs.id", ["unknown-reference"]
      ),
    ] as [(String, String, [String])])
  func `follow links`(_ each: String, _ from: String, _ expected: [String]) {
    var diagnostics = Diagnostics()
    let link =
      "each \"resource\" {\n\(each)\n}\nvariable \"a\" {\ntype = string\ndescription = \"A\"\nfrom = \(from)\n}"
    let catalog = makeCatalog(schema: schema, ["vm": good, "link": link], into: &diagnostics)
    checkSpecs(catalog, into: &diagnostics)
    #expect(ids(diagnostics).sorted() == expected.map { "spec." + $0 })
  }

  @Test(
    arguments: [
      ("type \"acme_db\" {}", ["unknown-type"]),
      ("type \"acme_vm\" { credentials = [\"x\"] }", ["unknown-credential"]),
      ("type \"acme_vm\" {\nargument \"disk.gb\" { range = [1, 2] }\n}", []),
      ("type \"acme_vm\" {\nargument \"disk.tb\" { range = [1, 2] }\n}", ["unknown-argument"]),
      ("type \"acme_vm\" {\nargument \"name\" { pattern = \"(\" }\n}", ["bad-pattern"]),
      ("tags {\nvalue = tags\nkey = \"[\"\n}", ["bad-pattern"]),
      ("setting \"a\" {\ntype = number\ndefault = \"x\"\ndescription = \"A\"\n}", ["default"]),
    ] as [(String, [String])])
  func `look at providers`(_ text: String, _ expected: [String]) {
    var diagnostics = Diagnostics()
    let catalog = makeCatalog(
      provider: text + "\n", schema: schema, ["vm": good], into: &diagnostics)
    #expect(findings(diagnostics) == [])
    checkSpecs(catalog, into: &diagnostics)
    #expect(ids(diagnostics) == expected.map { "spec." + $0 })
  }

  /// The ids but those that small samples can't help; golden/specs has cases for these.
  private func ids(_ diagnostics: Diagnostics) -> [String] {
    diagnostics.items.map(\.id)
      .filter { !["spec.unused", "spec.unused-setting", "spec.circle"].contains($0) }
  }
}
