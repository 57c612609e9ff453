import Diagnostics
import ProviderModel

extension Diagnostic {
  /// What to do where nothing is to be kept.
  private static func permission(_ name: String) -> String {
    "If it was never applied, or may go with its data, run `webkit update --allow-replace \(name)`."
  }

  static func otherType(
    _ item: DeployedItem, _ old: Leaf, _ place: String, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "replace.type",
      "`\(item.name)` is a \(old.module.title)\(place), and would now be a \(item.leaf.module.title)",
      at: location, detail: "The next apply would delete the first one, with its data.",
      help: "Add the new one under another name. " + permission(item.name))
  }

  static func nameWouldReplace(
    _ item: DeployedItem, _ name: String, _ former: String, _ line: String, _ place: String,
    at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "replace.name",
      "`\(item.name)` is called `\(former)`\(place), and would now be `\(name)`", at: location,
      detail:
        "The next apply would delete \(item.leaf.module.title) of the old name, with its data, and make an empty one.",
      help: "Keep the name with \(line). " + permission(item.name))
  }

  static func nameIsKept(
    _ item: DeployedItem, _ name: String, _ former: String, _ line: String, _ place: String,
    at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .warning, "generation.name-changed",
      "`\(item.name)` is called `\(former)`\(place), and would now be `\(name)`", at: location,
      detail: "\(item.leaf.module.title) keeps the name that it was made with.",
      help: "If it was applied, keep the name with \(line).")
  }

  static func valueWouldReplace(
    _ item: DeployedItem, _ key: String, from former: String, to value: String, _ place: String,
    at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "replace.value",
      "`\(key)` of `\(item.name)` was `\(shown(former))`\(place), and would now be `\(shown(value))`",
      at: location,
      detail:
        "It can't be changed: the next apply would delete the \(item.leaf.module.title), with its data, and make an empty one.",
      help: "Put the old value back. " + permission(item.name))
  }

  static func valueIsGiven(
    _ item: DeployedItem, _ key: String, _ place: String, at location: SourceLocation?
  ) -> Diagnostic {
    let title = item.leaf.module.title
    return Diagnostic(
      .warning, "generation.value-given",
      "`\(key)` of `\(item.name)` is given for the first time\(place)", at: location,
      detail:
        "So far the provider chose. If it chose another one, the next apply deletes the \(title), with its data, and makes an empty one.",
      help: "Look at what the plan says of `\(item.name)` before you apply it.")
  }

  /// A remembered value as people write it.
  private static func shown(_ value: String) -> String {
    if value.hasPrefix("-> ") { return String(value.dropFirst(3)) }
    guard value.hasPrefix("\""), value.hasSuffix("\""), value.count > 1 else { return value }
    return String(value.dropFirst().dropLast())
  }

  static func looksRenamed(
    _ heir: DeployedItem, from name: String, _ cloudName: String?, _ place: String,
    at location: SourceLocation?
  ) -> Diagnostic {
    let title = heir.leaf.module.title
    return Diagnostic(
      .error, "replace.without-was",
      "`\(name)` left\(place), and `\(heir.name)` is a new \(title)", at: location,
      detail:
        "The next apply would delete the \(title)\(cloudName.map { " `\($0)`" } ?? ""), with its data.",
      help:
        "If `\(heir.name)` is the same with another name, add `\"was\": \"\(name)\"` to it. "
        + permission(name))
  }

  static func left(
    _ name: String, _ leaf: Leaf, _ cloudName: String?, _ place: String
  ) -> Diagnostic {
    Diagnostic(
      .warning, "generation.item-left",
      "`\(name)` isn't deployed any more\(place): the next apply deletes it, with its data",
      at: nil,
      detail: "It was a \(leaf.module.title)\(cloudName.map { " called `\($0)`" } ?? "").",
      help:
        "To keep it, put it back; to keep it without Terraform, run `terraform state rm` on it before the next apply."
    )
  }

  static func wouldBeGivenUp(
    _ item: DeployedItem, _ addresses: [String], _ place: String, _ environment: String,
    at location: SourceLocation?
  ) -> Diagnostic {
    let commands = addresses.map { "`terraform state rm '\($0)'`" }
    return Diagnostic(
      .error, "manage.made-here",
      "`\(item.name)` was made here\(place); as `existing` it would be deleted", at: location,
      detail: "Terraform destroys what a configuration no longer manages.",
      help:
        "Let go of it first, with the state of \(environment): \(commands.joined(separator: " and ")). Then run `webkit update --allow-replace \(item.name)`."
    )
  }

  static func wouldBeMadeAnew(
    _ item: DeployedItem, _ place: String, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .warning, "manage.made-anew",
      "`\(item.name)` was used as it existed\(place); now another one is made, and is empty",
      at: location,
      detail: "Nothing that it holds is taken along, and its name may be taken.",
      help: "To take over the one that exists, write `\"manage\": \"adopt\"`.")
  }

  static func isTakenOver(
    _ item: DeployedItem, _ place: String, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .warning, "manage.taken-over",
      "`\(item.name)` was used as it existed\(place); the next apply takes it into the state",
      at: location,
      detail: "From then on its settings follow app.json, and `destroy` deletes it.",
      help: "Look for what the plan would change, and correct `config` until that is nothing.")
  }
}
