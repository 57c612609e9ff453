import Diagnostics
import ProviderModel
import Testing

@Suite struct `Provider reading` {
  private func read(_ text: String) -> (ProviderSpec?, Diagnostics) {
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "provider.hcl", text: text)
    return (readProvider(file, into: &diagnostics), diagnostics)
  }

  private func provider(_ text: String) -> String {
    "provider \"acme\" {\ntitle = \"A\"\nsource = \"a/b\"\nversion = \"1\"\n\(text)\n}"
  }

  @Test(
    arguments: [
      ("titel = 1", ["spec.unknown-argument: titel"]),
      ("utility = 1", ["spec.wrong-kind: 1"]),
      ("credentail \"a\" {}", ["spec.unknown-block: credentail \"a\""]),
      ("credential \"a\" {}", ["spec.missing-argument: credential \"a\""]),
      ("credential {\n description = \"A\"\n}", ["spec.labels: credential"]),
      ("argument \"a\" {}", ["spec.missing-argument: argument \"a\""]),
      ("setting \"a\" {}", ["spec.missing-argument: setting \"a\""]),
      ("tags { key = \"a\" }", ["spec.missing-argument: tags"]),
      ("values \"a\" {}", ["spec.missing-argument: values \"a\""]),
      ("values \"a\" { entries = var.x }", ["spec.not-literal: var.x"]),
      (
        "prices \"a\" {\n currency = \"EUR\"\n as_of = \"2026-01-01\"\n amounts = { a = \"1\" }\n}",
        ["spec.wrong-kind: { a = \"1\" }"]
      ),
      ("prices \"a\" { currency = \"EUR\" }", ["spec.missing-argument: prices \"a\""]),
      ("type {}", ["spec.labels: type"]),
      ("type \"a\" { statefull = true }", ["spec.unknown-argument: statefull"]),
      ("type \"a\" {\n arg \"b\" {}\n}", ["spec.unknown-block: arg \"b\""]),
      ("type \"a\" {\n argument \"b\" { patern = \"\" }\n}", ["spec.unknown-argument: patern"]),
      ("type \"a\" {\n argument \"b\" { range = [0] }\n}", ["spec.wrong-kind: [0]"]),
    ] as [(String, [String])])
  func reports(_ text: String, _ expected: [String]) {
    #expect(findings(read(provider(text)).1) == expected)
  }

  @Test(arguments: ["", "provider {}", "module \"a\" {}", "provider \"a\" {}\nb = 1"])
  func refuses(_ text: String) {
    let (provider, diagnostics) = read(text)
    #expect(provider == nil)
    #expect(diagnostics.items.map(\.id) == ["spec.not-a-provider"])
  }

  @Test func `reads everything`() throws {
    let (found, diagnostics) = read(
      provider(
        """
        documentation = "https://a.b"
        local_name = "ac"
        aliases = ["acm"]
        utility = true
        credential "token" {
          description = "Token"
          environment = ["TOKEN"]
          read = false
        }
        argument "owner" { from = project.owner }
        setting "region" { type = string }
        tags {
          value = tags
          key = "^a$"
          text = "^b$"
          limit = 5
        }
        values "regions" { entries = { a = "A" } }
        prices "flat" {
          currency = "EUR"
          as_of = "2026-01-01"
          source = "https://a.b"
          amounts = { gb = 0.05 }
        }
        type "ac_vm" {
          stateful = true
          import = id
          credentials = ["token"]
          argument "a.b" { frozen = true }
        }
        """))
    let spec = try #require(found)
    #expect(findings(diagnostics) == [])
    #expect(spec.localName == "ac" && spec.isUtility && spec.aliases == ["acm"])
    #expect(spec.credentials.map(\.isReadByProvider) == [false])
    #expect(spec.arguments.map(\.name) == ["owner"] && spec.settings.map(\.name) == ["region"])
    #expect(spec.tags?.keyPattern == "^a$" && spec.tags?.textPattern == "^b$")
    #expect(spec.values["regions"] == .object(["a": .string("A")]))
    #expect(spec.prices["flat"]?.amounts == ["gb": Number(0.05)])
    #expect(spec.prices["flat"]?.confidence == "C")
    let facts = try #require(spec.types["ac_vm"])
    #expect(facts.isStateful && facts.importID != nil && facts.credentials == ["token"])
    #expect(facts.arguments["a.b"]?.isFrozen == true)
  }
}
