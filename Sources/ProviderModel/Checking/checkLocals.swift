import HCL

/// No local leads to itself, directly or through others: Terraform refuses that.
func checkLocals(of module: ModuleSpec, _ check: inout SpecCheck) {
  let mentioned = module.locals.mapValues { value in
    Set(value.allPaths.filter { $0[0] == "local" }.map { $0[1] })
  }
  for block in module.body where block.type == "locals" {
    for local in block.body.attributes where leads(from: local.name, in: mentioned) {
      check.report(
        "circle-of-locals", "the local `\(local.name)` leads to itself", at: local.nameOrigin,
        help: "Let it, or one of those that it mentions, do without the other.")
    }
  }
}

/// Whether a local is among those that can be reached from it.
private func leads(from name: String, in mentioned: [String: Set<String>]) -> Bool {
  var seen: Set<String> = []
  var pending = Array(mentioned[name] ?? [])
  while let next = pending.popLast() {
    if next == name { return true }
    if seen.insert(next).inserted { pending += mentioned[next] ?? [] }
  }
  return false
}
