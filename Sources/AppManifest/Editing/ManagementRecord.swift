import Diagnostics
public import JSON

/// What a manifest is to say of an item that exists already.
public struct ManagementRecord: Hashable, Sendable {
  /// The item's name.
  public var item: String
  /// The environment that it is about.
  public var environment: String
  /// Who brings the item into being there.
  public var management: Item.Management
  /// What the provider calls it; nil where nothing needs to know.
  public var id: String?

  /// Why a manifest isn't made to say it.
  public enum Refusal: Hashable, Sendable {
    /// It has no such item.
    case unknownItem
    /// Its owner has decided already.
    case decided(Item.Management)
    /// Its owner has given another id.
    case otherID(String)
  }

  /// Makes a record.
  public init(
    _ item: String, _ environment: String, _ management: Item.Management, id: String? = nil
  ) {
    self.item = item
    self.environment = environment
    self.management = management
    self.id = id
  }
}

extension Manifest {
  /// What has to be put into the file so that it says some things; what its owner wrote stays.
  ///
  /// - Parameter records: The things, one an item and environment.
  /// - Returns: What is put in, and what isn't, with the reason.
  public func recording(
    _ records: [ManagementRecord]
  ) -> (insertions: [JSONInsertion], refused: [(ManagementRecord, ManagementRecord.Refusal)]) {
    var insertions: [JSONInsertion] = []
    var refused: [(ManagementRecord, ManagementRecord.Refusal)] = []
    for record in records {
      guard let item = (resources + apps).first(where: { $0.name.value == record.item }) else {
        refused.append((record, .unknownItem))
        continue
      }
      if let refusal = refusal(of: record, item) {
        refused.append((record, refusal))
      } else {
        insertions += self.insertions(for: record, into: item)
      }
    }
    return (insertions, refused)
  }

  private func refusal(
    of record: ManagementRecord, _ item: Item
  ) -> ManagementRecord.Refusal? {
    if let decided = item.writtenManagement(in: record.environment) {
      return .decided(decided.value)
    }
    if let wanted = record.id, let given = item.id(in: record.environment), given.value != wanted {
      return .otherID(given.value)
    }
    return nil
  }

  private func insertions(for record: ManagementRecord, into item: Item) -> [JSONInsertion] {
    var wanted = [("manage", record.management.rawValue)]
    if let id = record.id, item.id(in: record.environment) == nil { wanted.append(("id", id)) }
    var new: [(key: String, value: JSONNode)] = []
    var result: [JSONInsertion] = []
    for (key, text) in wanted {
      let value = JSONNode.string(text)
      let entry = [(record.environment, value)]
      if let map = item.node.member(key), map.members != nil {
        result.append(JSONInsertion(entry, into: map, of: file.bytes))
      } else {
        new.append((key, environments.count > 1 ? .object(entry) : value))
      }
    }
    guard !new.isEmpty else { return result }
    let places = ["name", "title", "type", "provider", "infra", "infrastructure", "manage", "id"]
    return result + [JSONInsertion(new, into: item.node, behind: places, of: file.bytes)]
  }

  /// The manifest as if an item were taken over, whatever it says.
  public func adopting(_ name: String, id: String, in environment: String) -> Manifest {
    var result = self
    result.resources = resources.map { adopted($0, name, id, environment) }
    result.apps = apps.map { adopted($0, name, id, environment) }
    return result
  }

  private func adopted(
    _ item: Item, _ name: String, _ id: String, _ environment: String
  ) -> Item {
    guard item.name.value == name else { return item }
    var item = item
    let place = item.name.range
    let environment = Located(environment, at: place)
    item.manageByEnvironment.insert(
      Item.ManagementEntry(environment: environment, management: Located(.adopt, at: place)), at: 0)
    item.id.entries.insert((environment, Located(id, at: place)), at: 0)
    if case .overrides(var overrides) = item.placement {
      for index in overrides.indices where overrides[index].environment.value == environment.value {
        overrides[index].manage = nil
        overrides[index].id = nil
      }
      item.placement = .overrides(overrides)
    }
    return item
  }
}
