import Diagnostics

extension ModuleTree {
  /// Reports what can't be the address of a module that stands elsewhere, and that others aren't
  /// looked at.
  func checkRemote(_ source: String, _ call: ModuleCall, at place: SourceLocation) {
    if source.isEmpty || source.contains(" ") {
      findings.error("bad-module-source", "`\(source)` is no module's address", at: place)
    } else if source.hasPrefix("/") {
      findings.note("module-outside", "`\(source)` lies outside of what is checked", at: place)
    } else if !source.contains("/"), !source.contains(":") {
      findings.error(
        "bad-module-source", "`\(source)` is no module's address", at: place,
        help: "A folder beside this one is written `./\(source)`.")
    } else {
      findings.note(
        "remote-module", "`\(source)` isn't fetched: whatever stands in `\(call.name)` is accepted",
        at: place)
    }
  }
}
