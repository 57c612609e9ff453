import Diagnostics
import JSON

/// What has become of a state since a copy of it was kept.
public enum StateCondition: Hashable, Sendable {
  /// It continues the copy's history, or is the copy.
  case sound
  /// There is none, or it was never written.
  case absent
  /// It is no state: cut off, or something else entirely.
  case unreadable
  /// It was written less often than the copy; holds how often.
  case older(serial: Int)
  /// It comes from another history.
  case unrelated

  /// Whether the copy knows something that the state doesn't.
  public var isLoss: Bool { self != .sound }
}

/// What a state says of itself.
struct StateSummary: Sendable {
  /// What tells states of one history from those of another.
  var lineage: String
  /// How often it was written.
  var serial: Int
  /// The addresses of its resources without the keys of instances, data sources left out.
  var resources: Set<String>
  /// What it holds, by address with the key of the instance: what is known of it.
  var instances: [String: JSONNode]

  /// Reads a state; nil for what is none.
  init?(_ bytes: [UInt8]) {
    var problems = Diagnostics()
    guard let node = parseJSON(SourceFile(name: "state", bytes: bytes), into: &problems),
      !problems.hasErrors, let lineage = node.member("lineage")?.text,
      let serial = node.member("serial")?.integer
    else { return nil }
    (self.lineage, self.serial) = (lineage, serial)
    (resources, instances) = ([], [:])
    for resource in node.member("resources")?.elements ?? []
    where resource.member("mode")?.text == "managed" {
      guard let type = resource.member("type")?.text, let name = resource.member("name")?.text
      else { continue }
      let module = resource.member("module")?.text.map { "\($0)." } ?? ""
      let address = "\(module)\(type).\(name)"
      resources.insert(address)
      for instance in resource.member("instances")?.elements ?? []
      where instance.member("deposed") == nil {
        instances[address + Self.key(instance.member("index_key"))] =
          instance.member("attributes") ?? .null
      }
    }
  }

  /// The key as it stands in an address: `["web"]`, `[0]`, or nothing.
  static func key(_ node: JSONNode?) -> String {
    switch node?.content {
    case .number, .string: node.map { "[\(JSONPrinter.printCompact($0))]" } ?? ""
    default: ""
    }
  }

  /// Whether it was never written: a store without a state answers with what the engine would begin
  /// with.
  var isBlank: Bool { serial == 0 && resources.isEmpty }
}

/// Compares a state with a copy that was kept of it.
///
/// The copy has to be older than whatever may have written the state by intent: a copy that was put
/// back is older than what it replaced.
///
/// - Parameters:
///   - bytes: What is stored now; no bytes where there is nothing.
///   - lineage: The history that the copy belongs to.
///   - serial: How often the copy had been written.
/// - Returns: What has become of it.
func compareState(_ bytes: [UInt8], lineage: String, serial: Int) -> StateCondition {
  guard bytes.contains(where: { !" \t\r\n".utf8.contains($0) }) else { return .absent }
  guard let state = StateSummary(bytes) else { return .unreadable }
  if state.isBlank { return .absent }
  if state.lineage != lineage { return .unrelated }
  return state.serial < serial ? .older(serial: state.serial) : .sound
}
