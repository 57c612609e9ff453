import Diagnostics
import JSON

extension ManifestReader {
  /// Reads `env`: variables by environment, or at once the variables of every environment.
  mutating func readBlocks(_ node: JSONNode) -> VariableBlocks {
    switch node.content {
    case .array: return VariableBlocks([readDefaultBlock(node)])
    case .object(let members):
      guard members.contains(where: isBlock) else {
        return VariableBlocks(members.isEmpty ? [] : [readDefaultBlock(node)])
      }
      return readBlocks(byEnvironment: members)
    default:
      wrongType(node, "`env`", "an object")
      return VariableBlocks()
    }
  }

  private mutating func readDefaultBlock(_ node: JSONNode) -> VariableBlocks.Block {
    .init(environment: Located("default", at: opening(node)), variables: readVariables(node))
  }

  /// Whether a member holds the variables of an environment rather than being a variable.
  private func isBlock(_ member: JSONMember) -> Bool {
    let isKnown = blockNames.contains(canonicalEnvironment(member.key))
    switch member.value.content {
    case .array(let elements):
      return isKnown || (!elements.isEmpty && elements.allSatisfy { $0.members != nil })
    case .object(let inner):
      // Variables are written in capitals, environments aren't.
      if isKnown || inner.isEmpty || member.key.contains(where: { $0.isUppercase || $0 == "_" }) {
        return isKnown
      }
      let entryKeys = Set((KeyTable.variable.known + KeyTable.variable.silent).map(plainKey))
      return !inner.contains { entryKeys.contains(plainKey($0.key)) }
    case .null: return isKnown
    default: return false
    }
  }

  /// The environments that may have variables.
  private var blockNames: [String] {
    let usual = ["default", "dev", "staging", "production"]
    return usual + settings.environments.map(\.value).filter { !usual.contains($0) }
  }

  private mutating func readBlocks(byEnvironment members: [JSONMember]) -> VariableBlocks {
    var blocks: [VariableBlocks.Block] = []
    for member in members {
      let name = Located(canonicalEnvironment(member.key), at: member.keyRange)
      guard blockNames.contains(name.value) else {
        reportUnknownBlock(member)
        continue
      }
      if let first = blocks.first(where: { $0.environment.value == name.value }) {
        reportTwice(name, first.environment)
      } else if member.value.elements != nil || member.value.members != nil {
        blocks.append(.init(environment: name, variables: readVariables(member.value)))
      } else if !member.value.isNull {
        wrongType(member.value, "`\(member.key)`", "an object of variables")
      }
    }
    return VariableBlocks(blocks)
  }

  private mutating func reportUnknownBlock(_ member: JSONMember) {
    let nearest = nearestMatch(member.key, in: blockNames)
    let isVariable =
      scalarText(member.value) != nil
      || ["source", "type", "value", "from"].contains { member.value.member($0) != nil }
    error(
      "manifest.unknown-environment", "There is no environment `\(member.key)`",
      at: member.keyRange,
      detail: "Variables stand under \(listed(blockNames)).",
      help: nearest.map { "Did you mean `\($0)`?" }
        ?? (isVariable
          ? "Move a variable of all environments into `default`."
          : "Add it to `infra.environments`."))
  }

  /// Reads the variables of one environment: a list, or an object by name.
  private mutating func readVariables(_ node: JSONNode) -> [Variable] {
    var variables: [Variable] = []
    var first: [String: SourceRange] = [:]
    for entry in variableEntries(node) {
      checkVariableName(entry.name)
      if let earlier = first[entry.name.value] {
        error(
          "manifest.duplicate-variable", "The variable `\(entry.name.value)` is given twice",
          at: entry.name.range, help: "Remove one of them.",
          notes: [note("first given here", earlier)])
        continue
      }
      first[entry.name.value] = entry.name.range
      if let variable = readVariable(entry.name, entry.node) { variables.append(variable) }
    }
    return variables
  }

  private mutating func variableEntries(
    _ node: JSONNode
  ) -> [(name: Located<String>, node: JSONNode)] {
    if let members = node.members {
      return members.map { (Located($0.key, at: $0.keyRange), $0.value) }
    }
    var entries: [(name: Located<String>, node: JSONNode)] = []
    for element in node.elements ?? [] {
      guard element.members != nil else {
        wrongType(element, "A variable in a list", "an object with a `key`")
        continue
      }
      if let name = string(element, "key", "name") {
        entries.append((name, element))
      } else if entry(element, "key", "name") == nil {
        missing(
          "key", in: "The variable", at: opening(element), help: "Write `\"key\": \"LOG_LEVEL\"`.")
      }
    }
    return entries
  }

  private mutating func checkVariableName(_ name: Located<String>) {
    let first = name.value.utf8.first ?? 0x30
    let isDigit = first >= 0x30 && first <= 0x39
    if !isDigit, name.value.utf8.allSatisfy({ isNameByte($0, plus: "_", upper: true) }) { return }
    error(
      "manifest.variable-name",
      name.value.isEmpty
        ? "A variable's name can't be empty"
        : "`\(name.value)` can't be the name of a variable",
      at: name.range,
      detail: "A letter or `_` stands first; letters, digits and `_` follow.")
  }
}
