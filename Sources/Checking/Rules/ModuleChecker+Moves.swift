import Diagnostics
import Evaluation
import HCL

/// The address of something in a state: modules, then perhaps a resource.
struct StateAddress {
  enum Kind { case module, resource, data, ephemeral }

  var kind: Kind
  /// The modules' names.
  var modules: [String] = []
  var type = ""
  var name = ""
  /// Whether a key stands anywhere in it.
  var hasKey = false
  /// The key of the resource itself.
  var key: StaticTraversal.Step?
  var text: String

  static let reserved: Set = [
    "each", "count", "self", "var", "local", "path", "terraform", "module", "template", "lazy",
    "arg",
  ]

  /// Reads a traversal; nil for what is no address.
  init?(_ traversal: StaticTraversal) {
    text = traversal.text
    var words: [String?] = [traversal.root]
    words += traversal.steps.map(\.name)
    hasKey = words.contains(nil)
    var place = 0
    func isKey(_ place: Int) -> Bool { place < words.count && words[place] == nil }
    while place < words.count, words[place] == "module" {
      guard place + 1 < words.count, let name = words[place + 1] else { return nil }
      modules.append(name)
      place += 2
      if isKey(place) { place += 1 }
    }
    kind = .module
    if place == words.count { return }
    kind = .resource
    if words[place] == "data" || words[place] == "ephemeral" || words[place] == "resource" {
      kind = words[place] == "data" ? .data : words[place] == "ephemeral" ? .ephemeral : .resource
      place += 1
    }
    guard place + 1 < words.count, let type = words[place], let name = words[place + 1] else {
      return nil
    }
    (self.type, self.name) = (type, name)
    place += 2
    if isKey(place) {
      key = traversal.steps[place - 1]
      place += 1
    }
    guard place == words.count else { return nil }
  }

  var resourceAddress: String { (kind == .data ? "data." : "") + type + "." + name }
}

extension ModuleChecker {
  func checkMoves() {
    let inspector = BodyInspector(findings: findings)
    for moved in module.moved {
      inspector.inspect(moved, .moved, owner: "A `moved` block")
      let from = address("from", of: moved)
      let to = address("to", of: moved)
      for address in [from, to].compactMap(\.self)
      where StateAddress.reserved.contains(address.type) {
        findings.error(
          "bad-address", "`\(address.text)` is no address of a resource", at: moved.place,
          "`\(address.type)` is a reserved word.")
      }
      guard let from, let to else { continue }
      if (from.kind == .module) != (to.kind == .module) {
        findings.error(
          "bad-move", "`\(from.text)` and `\(to.text)` aren't of one kind", at: moved.place,
          "Both are modules, or both are resources.")
      }
    }
    for removed in module.removed { check(removed: removed, inspector) }
  }

  private func address(_ name: String, of source: Declaration) -> StateAddress? {
    guard let attribute = source.attribute(name) else { return nil }
    if let traversal = attribute.value.staticTraversal, let address = StateAddress(traversal) {
      return address
    }
    findings.error(
      "bad-address", "`\(name)` is the address of a resource or a module",
      at: source.location(attribute.value.origin),
      help: "Write, for example, `module.network.random_id.this`.")
    return nil
  }

  private func check(removed: Declaration, _ inspector: BodyInspector) {
    inspector.inspect(removed, .removed, owner: "A `removed` block")
    for second in removed.blocks("lifecycle").dropFirst() {
      findings.warning(
        "duplicate-block", "A `removed` block has more than one `lifecycle` block",
        at: second.place, "Terraform goes by the last.", help: "Make one block of them.")
    }
    for lifecycle in removed.blocks("lifecycle") {
      inspector.inspect(lifecycle, .removedLifecycle, owner: "The `lifecycle` of a `removed` block")
      _ = ModuleReader(findings: findings, module: module)
        .flag(lifecycle.attribute("destroy"), in: lifecycle.file)
    }
    for provisioner in removed.blocks("provisioner") {
      let when = provisioner.attribute("when")?.value
      if (when?.traversal?.root ?? when?.stringValue) != "destroy" {
        findings.error(
          "bad-provisioner", "A provisioner of a `removed` block runs at destruction",
          at: provisioner.place, help: "Add `when = destroy`.")
      }
    }
    guard let from = address("from", of: removed) else { return }
    let place = removed.location(removed.attribute("from")?.value.origin ?? Origin())
    if from.hasKey {
      findings.error(
        "bad-address", "A `removed` block names whole resources and modules, not instances",
        at: place, help: "Remove the key.")
      return
    }
    if from.kind == .data {
      findings.error("bad-address", "A data source has nothing to be removed", at: place)
      return
    }
    guard let owner = owner(of: from) else { return }
    let declared =
      from.kind == .module
      ? owner.calls[from.modules.last ?? ""]?.source : owner.resources[from.resourceAddress]?.source
    guard let declared else { return }
    findings.foundAtPlan {
      findings.error(
        "removed-still-declared", "`\(from.text)` is still declared", at: place,
        help: "Remove its block, or this one.", notes: [.init("Its block", at: declared.place)])
    }
  }

  /// The module in which what an address names is declared.
  func owner(of address: StateAddress) -> Module? {
    var owner: Module? = module
    let path = address.kind == .module ? address.modules.dropLast() : address.modules[...]
    for name in path {
      owner = owner?.calls[name]?.folder.flatMap { tree.modules[$0] }
    }
    return owner
  }
}
