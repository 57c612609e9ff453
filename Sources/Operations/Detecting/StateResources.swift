import Diagnostics
import Generation
import JSON
import Platform

/// The resources that a state holds; never a value but their ids, so never a secret.
struct StateResources {
  /// A resource and what it is called at its provider.
  struct Resource {
    var place: StatePlace
    var address: String
    var id: String?
  }

  private(set) var all: [Resource] = []

  /// Reads what `state pull` says; a state that was never written holds nothing.
  init(_ bytes: [UInt8]) throws(OperationError) {
    guard bytes.contains(where: { $0 > 0x20 }) else { return }
    var problems = Diagnostics()
    guard let node = parseJSON(SourceFile(name: "state", bytes: bytes), into: &problems),
      !problems.hasErrors
    else {
      throw OperationError(
        "the state can't be read", help: "Look at it with `webkit infra exec -- state list`.")
    }
    for resource in node.member("resources")?.elements ?? []
    where resource.member("mode")?.text == "managed" {
      add(resource)
    }
  }

  private mutating func add(_ node: JSONNode) {
    guard let type = node.member("type")?.text, let label = node.member("name")?.text else {
      return
    }
    let module = node.member("module")?.text ?? ""
    let place = StatePlace(module: module, type: type, label: label)
    for instance in node.member("instances")?.elements ?? [] {
      let id = instance.member("attributes")?.member("id")
      let key = StateSummary.key(instance.member("index_key"))
      let prefix = module.isEmpty ? "" : module + "."
      all.append(
        Resource(
          place: place, address: "\(prefix)\(type).\(label)\(key)",
          id: id?.text ?? id?.numberText))
    }
  }

  /// The address of a resource that stands in one of some places; nil where none does.
  func address(in places: [StatePlace]) -> String? {
    places.lazy.compactMap { place in all.first { $0.place == place }?.address }.first
  }

  /// The address of a resource of a type that has one of some ids; nil where none has.
  func address(ofType type: String, ids: [String]) -> String? {
    all.first { resource in
      resource.place.type == type && resource.id.map(ids.contains) ?? false
    }?.address
  }

  /// Whether a resource is held.
  func holds(_ address: String) -> Bool { all.contains { $0.address == address } }
}

extension PreparedRun {
  /// What the state holds; nothing is kept of it.
  func stateResources(in project: Project) throws(OperationError) -> StateResources {
    let present = try presentState(in: project)
    if case .broken(_, let words) = present { throw .brokenState(target.environment, words) }
    return try StateResources(present.bytes)
  }
}
