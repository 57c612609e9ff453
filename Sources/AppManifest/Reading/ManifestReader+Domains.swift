import Diagnostics
import JSON

extension ManifestReader {
  /// Reads `domains`: a list of objects or strings, an object by role, or one string.
  mutating func readDomains(_ member: JSONMember) -> [Domain] {
    switch member.value.content {
    case .string: return [readDomain(member.value)].compactMap { $0 }
    case .array(let elements): return elements.compactMap { readDomain($0) }
    case .object(let members): return members.flatMap { readDomains(byRole: $0) }
    default: return wrongType(member, "a list") ?? []
    }
  }

  private mutating func readDomains(byRole member: JSONMember) -> [Domain] {
    let role: Domain.Role
    switch plainKey(member.key) {
    case "primary": role = .primary
    case "alias", "aliases": role = .alias
    case "unmanaged": role = .unmanaged
    default:
      let nearest = nearestMatch(member.key, in: ["primary", "aliases", "unmanaged"])
      error(
        "manifest.domain-type", "`\(member.key)` is no type of domain", at: member.keyRange,
        detail: "An object of domains has the keys `primary`, `aliases` and `unmanaged`.",
        help: nearest.map { "Did you mean `\($0)`?" } ?? "Write a list of domains.")
      return []
    }
    if member.value.isNull { return [] }
    return (member.value.elements ?? [member.value]).compactMap { readDomain($0, role: role) }
  }

  private mutating func readDomain(_ node: JSONNode, role: Domain.Role? = nil) -> Domain? {
    if let text = node.text {
      return Domain(
        name: readDomainName(Located(text, at: node.range)), type: role, range: node.range)
    }
    guard node.members != nil else {
      wrongType(node, "A domain", "an object")
      return nil
    }
    checkKeys(of: node, .domain)
    guard let member = entry(node, "name", "domain") else {
      missing(
        "name", in: "The domain", at: opening(node), help: "Write `\"name\": \"www.example.com\"`.")
      return nil
    }
    guard let text = member.value.text else { return wrongType(member, "a string") }
    var domain = Domain(
      name: readDomainName(Located(text, at: member.value.range)), type: role, range: node.range)
    if let type = string(node, "type") { domain.type = readDomainType(type) }
    if let zone = string(node, "zone") { domain.zone = readDomainName(zone) }
    domain.wildcard = flag(node, "wildcard") ?? false
    return domain
  }

  private mutating func readDomainType(_ type: Located<String>) -> Domain.Role? {
    let roles = Domain.Role.allCases.map(\.rawValue)
    if let role = Domain.Role(rawValue: type.value.lowercased()) { return role }
    error(
      "manifest.domain-type", "`\(type.value)` is no type of domain", at: type.range,
      detail: "The types are \(listed(roles, "and")).",
      help: nearestMatch(type.value, in: roles).map { "Did you mean `\($0)`?" })
    return nil
  }

  /// Checks a name of the DNS and returns it in lower case.
  private mutating func readDomainName(_ name: Located<String>) -> Located<String> {
    if let fault = domainFault(name.value) {
      error(
        "manifest.domain", "`\(name.value)` \(fault.text)", at: name.range,
        detail: "A domain is written as `www.example.com`.", help: fault.help)
      return name
    }
    let lowered = name.value.lowercased()
    if lowered != name.value {
      warning(
        "manifest.domain-case", "The domain `\(name.value)` has upper-case letters",
        at: name.range, detail: "It is read as `\(lowered)`.", help: "Write `\(lowered)`.")
    }
    return Located(lowered, at: name.range)
  }
}

/// What is wrong with a domain name; nil if nothing is.
private func domainFault(_ name: String) -> (text: String, help: String?)? {
  if name.isEmpty { return ("is empty", nil) }
  if name.contains("://") { return ("is a URL", "Write the host alone.") }
  if name.contains(where: \.isWhitespace) { return ("has white space in it", nil) }
  if name.contains("/") { return ("has a path in it", "Write the host alone.") }
  if name.contains(":") { return ("has a port in it", "Write the host alone.") }
  if name.hasPrefix("*.") {
    return ("has a wildcard in it", "Write `\(name.dropFirst(2))` with `\"wildcard\": true`.")
  }
  if !name.utf8.allSatisfy({ $0 < 0x80 }) {
    return ("isn't ASCII", "Write it in the form that begins with `xn--`.")
  }
  if name.hasSuffix(".") { return ("ends with a dot", "Write `\(name.dropLast())`.") }
  let labels = name.split(separator: ".", omittingEmptySubsequences: false)
  if labels.count < 2 { return ("has no dot in it", nil) }
  if name.utf8.count > 253 { return ("is longer than 253 characters", nil) }
  for label in labels {
    if label.isEmpty { return ("has an empty part", nil) }
    if label.utf8.count > 63 { return ("has a part longer than 63 characters", nil) }
    if label.hasPrefix("-") || label.hasSuffix("-") {
      return ("has a part that begins or ends with a hyphen", nil)
    }
    if !label.utf8.allSatisfy({ isNameByte($0, plus: "-_", upper: true) }) {
      return ("has a character that domains don't have", nil)
    }
  }
  return nil
}
