import Diagnostics
import JSON

extension ManifestReader {
  /// Reads `project`; what is missing becomes empty.
  mutating func readProject(_ root: JSONNode) -> Project {
    let nothing = Project(name: Located("", at: opening(root)))
    guard entry(root, "project") != nil else {
      missing(
        "project", in: "The manifest", at: opening(root),
        help: "Write `\"project\": {\"name\": \"my-website\"}`.")
      return nothing
    }
    guard let node = object(root, "project") else { return nothing }
    checkKeys(of: node, .project)
    var project = Project(name: Located("", at: opening(node)), node: node)
    if let name = string(node, "name") {
      project.name = name
      checkName(name, of: "A project")
    } else if entry(node, "name") == nil {
      missing(
        "name", in: "The project", at: opening(node),
        help: "Write `\"name\": \"my-website\"`; every name in the cloud begins with it.")
    }
    project.title = string(node, "title")?.value
    project.description = readDescription(node)
    project.repo = readRepository(node)
    if let brand = entry(node, "brand")?.value { project.brand = readBrand(brand) }
    return project
  }

  /// Reads a `description`, which other tools cut or refuse when it is long.
  mutating func readDescription(_ node: JSONNode) -> String? {
    guard let description = string(node, "description") else { return nil }
    if description.value.count > 200 {
      warning(
        "manifest.long-description", "The description is longer than 200 characters",
        at: description.range, detail: "It has \(description.value.count).")
    }
    return description.value
  }

  private mutating func readBrand(_ node: JSONNode) -> Brand {
    /// Other tools own this object, so that nothing in it is a mistake here.
    func text(_ keys: String...) -> Located<String>? {
      for member in node.members ?? [] where keys.contains(plainKey(member.key)) {
        if let text = member.value.text { return Located(text, at: member.value.range) }
      }
      return nil
    }
    var brand = Brand()
    brand.primaryColour = text("primarycolour", "primarycolor")
    brand.secondaryColour = text("secondarycolour", "secondarycolor")
    brand.logoURL = text("logourl")
    brand.iconURL = text("iconurl")
    return brand
  }

  private mutating func readRepository(_ node: JSONNode) -> Repository? {
    guard let member = entry(node, "repo", "repository") else { return nil }
    if let text = member.value.text { return readRepository(text, at: member.value.range) }
    guard member.value.members != nil else {
      return wrongType(member, "an object with `owner` and `name`")
    }
    checkKeys(of: member.value, .repo)
    for key in ["owner", "name"] where entry(member.value, key) == nil {
      missing(
        key, in: "`\(member.key)`", at: opening(member.value),
        help: "Write `\"\(member.key)\": {\"owner\": \"acme\", \"name\": \"site\"}`.")
    }
    guard let owner = string(member.value, "owner"), let name = string(member.value, "name") else {
      return nil
    }
    for part in [owner, name] where !isRepositoryName(part.value) {
      error(
        "manifest.repository", "`\(part.value)` is no name of an owner or a repository",
        at: part.range, detail: "Letters, digits, `-`, `_` and `.` are allowed.")
      return nil
    }
    return Repository(owner: owner.value, name: name.value, range: member.value.range)
  }

  /// Reads `owner/name`, also as the URL that git takes.
  private mutating func readRepository(_ text: String, at range: SourceRange) -> Repository? {
    var rest = withoutHost(text[...])
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    if rest.hasSuffix(".git") { rest = rest.dropLast(4) }
    let parts = rest.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts.allSatisfy(isRepositoryName) else {
      error(
        "manifest.repository", "`\(text)` names no repository", at: range,
        help: "Write `{\"owner\": \"acme\", \"name\": \"site\"}` or `\"acme/site\"`.")
      return nil
    }
    return Repository(owner: parts[0], name: parts[1], range: range)
  }

  /// What follows the host that a URL, an address of git's or a path from the host on names.
  private func withoutHost(_ text: Substring) -> Substring {
    if let scheme = text.firstRange(of: "://") {
      let rest = text[scheme.upperBound...]
      return rest.firstIndex(of: "/").map { rest[rest.index(after: $0)...] } ?? ""
    }
    if let user = text.firstIndex(of: "@"), let colon = text[user...].firstIndex(of: ":") {
      return text[text.index(after: colon)...]
    }
    // An owner has no dot in it where another two names follow.
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let isHost = parts.count > 2 && parts[1] != "" && parts[2] != "" && parts[0].contains(".")
    return isHost ? text.dropFirst(parts[0].count + 1) : text
  }

  private func isRepositoryName(_ text: String) -> Bool {
    !text.isEmpty && text != "." && text != ".."
      && text.utf8.allSatisfy { isNameByte($0, plus: "-_.", upper: true) }
  }
}
