import JSON

/// Reads what `show -json` says of a plan; values are left out, whatever they are.
///
/// - Parameters:
///   - node: The document (format 1).
///   - statefulTypes: The types of resources that hold data.
/// - Returns: The plan.
func readPlan(_ node: JSONNode, statefulTypes: Set<String>) -> Plan {
  var plan = Plan()
  plan.isComplete = node.member("errored")?.flag != true
  for change in node.member("resource_changes")?.elements ?? [] {
    guard let read = PlannedChange(change, statefulTypes) else { continue }
    plan.changes.append(read)
  }
  plan.changes.sort { ($0.rank, $0.address) < ($1.rank, $1.address) }
  plan.outputs = (node.member("output_changes")?.members ?? [])
    .filter { $0.value.actions != ["no-op"] }.map(\.key).sorted()
  plan.drifted = (node.member("resource_drift")?.elements ?? [])
    .filter { $0.member("change")?.actions != ["no-op"] }
    .compactMap { $0.member("address")?.text }.sorted()
  return plan
}

extension JSONNode {
  fileprivate var actions: [String] {
    member("actions")?.elements?.compactMap(\.text) ?? []
  }
}

extension PlannedChange {
  fileprivate init?(_ node: JSONNode, _ statefulTypes: Set<String>) {
    guard let address = node.member("address")?.text, let type = node.member("type")?.text,
      let change = node.member("change")
    else { return nil }
    let former = node.member("previous_address")?.text
    guard let action = Action(change, hasMoved: former != nil) else { return nil }
    self.init(action: action, address: address, type: type)
    item = Self.item(of: node.member("module_address")?.text ?? "")
    formerAddress = former
    reason = node.member("action_reason")?.text
    isImported = change.member("importing") != nil
    isStateful = node.member("mode")?.text == "managed" && statefulTypes.contains(type)
    if action == .replace {
      let paths = change.member("replace_paths")?.elements ?? []
      arguments = paths.compactMap { path in path.elements.map(Self.text) }
    } else if action == .update {
      arguments = Self.differing(change)
    }
  }

  /// The order in which a person wants to see them.
  fileprivate var rank: Int {
    let place = Action.allCases.firstIndex(of: action) ?? 0
    return losesData ? place - Action.allCases.count : place
  }

  /// The item of the manifest: the key of the innermost module that has one.
  private static func item(of address: String) -> String? {
    guard let start = address.range(ofLast: "[\""), address.hasSuffix("\"]") else { return nil }
    return String(address[start...].dropLast(2))
  }

  /// A path of an argument: `spec[0].name`.
  private static func text(_ steps: [JSONNode]) -> String {
    var text = ""
    for step in steps {
      switch step.content {
      case .string(let name): text += text.isEmpty ? name : "." + name
      case .number(let number): text += "[\(number)]"
      default: break
      }
    }
    return text
  }

  /// The arguments whose values differ, or aren't known yet.
  private static func differing(_ change: JSONNode) -> [String] {
    let (before, after) = (change.member("before"), change.member("after"))
    let unknown = change.member("after_unknown")
    let names = Set([before, after, unknown].flatMap { $0?.members?.map(\.key) ?? [] })
    return names.filter { name in
      if let unknown = unknown?.member(name), unknown.holdsTrue { return true }
      return before?.member(name) ?? JSONNode(.null) != after?.member(name) ?? JSONNode(.null)
    }.sorted()
  }
}

extension PlannedChange.Action {
  /// What a change does; nil where it does nothing.
  fileprivate init?(_ change: JSONNode, hasMoved: Bool) {
    switch change.actions {
    case ["no-op"]:
      guard change.member("importing") == nil else {
        self = .adopt
        return
      }
      guard hasMoved else { return nil }
      self = .move
    case ["create"]: self = .create
    case ["read"]: self = .read
    case ["update"]: self = .update
    case ["delete"]: self = .delete
    case ["forget"]: self = .forget
    case ["delete", "create"], ["create", "delete"]: self = .replace
    default: return nil
    }
  }
}

extension JSONNode {
  /// Whether it is true, or holds something that is.
  fileprivate var holdsTrue: Bool {
    switch content {
    case .bool(let truth): truth
    case .array(let elements): elements.contains { $0.holdsTrue }
    case .object(let members): members.contains { $0.value.holdsTrue }
    default: false
    }
  }
}

extension String {
  /// The place behind the last occurrence of a text.
  fileprivate func range(ofLast text: String) -> Index? {
    var place = endIndex
    while place > startIndex {
      place = index(before: place)
      if self[place...].hasPrefix(text) { return index(place, offsetBy: text.count) }
    }
    return nil
  }
}
