import Diagnostics
import ProviderModel
import ProviderSpecs
import SpecTools
import TestSupport
import Testing

@Suite struct DocumentationTests {
  private static let catalog = Catalog(
    files: EmbeddedSpecs.files.map { (path: $0.path, text: $0.text) })

  private static let names = catalog.providers.filter { !$0.isUtility }.map(\.name)

  @Test(arguments: names)
  func `stands beside the specs`(_ name: String) throws {
    let provider = try #require(Self.catalog.provider(name))
    let text = renderProvider(provider, Self.catalog)
    let problem = try Golden.problem(of: text, in: "../ProviderSpecs/\(name)/README.md")
    if let problem { Issue.record(Comment(rawValue: problem)) }
  }

  @Test func `of backends stands beside them and names all of them`() throws {
    let text = renderBackends(Self.catalog)
    let problem = try Golden.problem(of: text, in: "../ProviderSpecs/backends/README.md")
    if let problem { Issue.record(Comment(rawValue: problem)) }
    for backend in Self.catalog.backends {
      #expect(text.contains("\n## \(backend.name)\n"))
      for word in backend.aliases + backend.settings.map(\.name) + backend.ambientVariables {
        #expect(text.contains("`\(word)`"), "\(backend.name): \(word)")
      }
      for variable in backend.credentials.flatMap(\.values) + backend.settingVariables.values {
        #expect(text.contains("`\(variable)`"), "\(backend.name): \(variable)")
      }
    }
  }

  @Test(arguments: names)
  func `names all that a manifest can`(_ name: String) throws {
    let provider = try #require(Self.catalog.provider(name))
    let text = renderProvider(provider, Self.catalog)
    func expect(_ word: String, _ what: String) {
      #expect(text.contains("`\(word)`"), "\(what) \(word)")
    }
    for alias in provider.aliases { expect(alias, "alias") }
    for credential in provider.credentials {
      for variable in credential.environment { expect(variable, "variable") }
    }
    for setting in provider.settings { expect(setting.name, "setting") }
    for (table, prices) in provider.prices {
      expect(table, "prices")
      #expect(text.contains(prices.asOf))
    }
    for module in Self.catalog.modules(of: name) {
      #expect(text.contains("\n## \(module.type)\n"))
      for alias in module.aliases { expect(alias, "alias") }
      for output in module.outputs { expect(output.name, "output") }
      guard module.role == .resource || module.role == .app else { continue }
      for spec in module.variables + module.settings where spec.isManifestKey {
        expect(spec.name, "input")
        for alias in spec.aliases { expect(alias, "alias") }
      }
    }
  }

  @Test func `says what is allowed and what it is without`() throws {
    let leaf = """
      module "disk" {
        serves      = "resource"
        title       = "Disk"
        description = "Disk of a machine"

        variable "size" {
          type        = number
          default     = 10
          aliases     = ["gb"]
          range       = [1, 20]
          description = "Size in GB"
        }
        variable "kind" {
          type        = string
          from        = [config.kind, settings.kind]
          default     = "a|b"
          one_of      = ["a|b", "c"]
          description = "Kind"
        }
        variable "backup" {
          type        = object({ hour = number, day = optional(string, "monday") })
          default     = null
          description = "When it is copied"
          field "day" { description = "Day of the week" }
        }
        output "password" {
          value       = var.size
          description = "Password"
          sensitive   = true
        }
      }
      """
    let provider =
      "provider \"acme\" {\n  title = \"Acme\"\n  source = \"acme/acme\"\n  version = \"~> 1.0\"\n}\n"
    let catalog = Catalog(files: [("acme/provider.hcl", provider), ("acme/disk.hcl", leaf)])
    let text = renderProvider(try #require(catalog.provider("acme")), catalog)
    for line in [
      "| `size` | number | `10` | Size in GB. From 1 to 20. Also `gb`. |",
      #"| `kind` | text | `settings.kind`, else `"a\|b"` | Kind. One of `a\|b`, `c`. |"#,
      "| `backup` | object | | When it is copied. |",
      "| `backup.hour` | number | required | |",
      #"| `backup.day` | text | `"monday"` | Day of the week. |"#,
      "| `password` | Password. Hidden. |",
    ] {
      #expect(text.contains(line + "\n"), "\(line) in\n\(text)")
    }
  }
}
