import AppManifest
import Diagnostics
import HCL
import ProviderModel

extension Diagnostic {
  static func canNotBeAdopted(
    _ name: String, _ leaf: Leaf, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "manage.not-importable", "`\(name)` can't be adopted", at: location,
      detail: "The provider takes no \(leaf.module.title) into a state that it didn't make.",
      help: leaf.existing == nil
        ? "Set `\"terraformManaged\": false` to leave it alone."
        : "Use it as it is with `\"manage\": \"existing\"`.")
  }

  static func idIsWanted(
    _ name: String, _ leaf: Leaf, _ form: Expression?, _ manifest: Manifest, _ environment: String,
    at location: SourceLocation?
  ) -> Diagnostic {
    let line =
      manifest.environments.count > 1
      ? "`\"id\": { \"\(environment)\": \"...\" }`" : "`\"id\": \"...\"`"
    return Diagnostic(
      .error, "manage.id-wanted",
      "`\(name)` is adopted\(manifest.environments.count > 1 ? " in \(environment)" : ""), and its `id` isn't given",
      at: location,
      detail: form.map { "\(leaf.module.title) is known to its provider as \(Printer.print($0))." }
        ?? "It is what the provider calls the \(leaf.module.title), as its console and API show it.",
      help: "Add \(line) to it.")
  }

  static func isMadeAnew(
    _ resource: String, of name: String, _ isImportable: Bool, setting: String?,
    _ environment: String, at location: SourceLocation?
  ) -> Diagnostic {
    let way =
      setting.map { "write its id as `\($0)` in `config`." }
      ?? "import it first: `terraform import`."
    return Diagnostic(
      .warning, "manage.made-beside",
      "`\(resource)` of `\(name)` isn't taken over\(environment): the next apply makes a new one",
      at: location,
      detail: isImportable
        ? "Its own id doesn't follow from that of the rest."
        : "The provider takes none into a state that it didn't make.",
      help: isImportable ? "If there is one that shall stay, \(way)" : nil)
  }

  static func idHasAnotherForm(
    _ id: String, _ leaf: Leaf, _ form: Expression, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "manage.id-form", "`\(id)` isn't the `id` of a \(leaf.module.title)", at: location,
      detail: "Its provider finds one by \(Printer.print(form)).",
      help: "Write it in that form, or leave it out where its parts are known.")
  }
}
