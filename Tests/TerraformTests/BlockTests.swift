import HCL
import Terraform
import Testing

@Suite struct `Terraform blocks` {
  private func text(_ block: Block) -> String { Printer.print(Body([.block(block)])) }

  @Test func `print a variable with all it can have`() {
    var variable = TerraformVariable(
      "size", type: .reference("string"), default: .string("small"), description: "Size")
    variable.isNullable = false
    variable.isSensitive = true
    variable.isEphemeral = true
    variable.comments = ["Once."]
    variable.validations = [.init(.bool(true), message: .string("Never."))]
    #expect(
      text(variable.block) == """
        # Once.
        variable "size" {
          description = "Size"
          type        = string
          default     = "small"
          nullable    = false
          sensitive   = true
          ephemeral   = true

          validation {
            condition     = true
            error_message = "Never."
          }
        }

        """)
  }

  @Test func `print outputs`() {
    let hidden = TerraformOutput("a", .string("${x}"), description: "A", isSensitive: true)
    #expect(
      text(hidden.block) == """
        output "a" {
          description = "A"
          value       = "$${x}"
          sensitive   = true
        }

        """)
    #expect(!text(TerraformOutput("a", .null, description: "A").block).contains("sensitive"))
  }

  @Test func `print calls of modules`() {
    let call = ModuleCall(
      "db", source: "./db", forEach: .reference("var", "dbs"),
      arguments: [("name", .reference("each", "key"))])
    #expect(
      text(call.block) == """
        module "db" {
          source   = "./db"
          for_each = var.dbs

          name = each.key
        }

        """)
    #expect(
      text(ModuleCall("db", source: "./db", arguments: []).block)
        == "module \"db\" {\n  source = \"./db\"\n}\n")
  }

  @Test func `print operators`() {
    let a = Expression.reference("a")
    let printed = Printer.print(
      a.equals(.null).and(.apply("can", a)).choose(.string("b"), a))
    #expect(printed == "a == null && can(a) ? \"b\" : a")
  }

  @Test func `print files with a header`() {
    var file = TerraformFile(header: "Made by hand.")
    #expect(file.isEmpty)
    #expect(Printer.print(file.body) == "# Made by hand.\n")
    file.add(.make("a") { _ in })
    file.add([.make("b", ["c"]) { $0.set("d", .bool(true), comment: "Why") }])
    #expect(!file.isEmpty)
    #expect(
      Printer.print(file.body) == """
        # Made by hand.

        a {}

        b "c" {
          # Why
          d = true
        }

        """)
  }

  @Test func `keep gaps only between items`() {
    var body = BodyBuilder()
    body.space()
    body.set("a", .null)
    body.space()
    body.space()
    body.add(.make("b") { _ in })
    body.space()
    #expect(Printer.print(body.body) == "a = null\n\nb {}\n")
  }
}
