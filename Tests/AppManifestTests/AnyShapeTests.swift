import AppManifest
import Diagnostics
import JSON
import Testing

@Suite struct AnyShapeTests {
  static let whole = """
    {"$schema": "s", "webkit_version": "1",
     "project": {"name": "site", "title": "t", "description": "d",
       "repo": {"owner": "a", "name": "b"}, "brand": {"logoUrl": "u"}},
     "infra": {"engine": "terraform", "directory": "infra", "environments": ["production", "qa"],
       "backend": {"type": "s3"}, "name": "{name}", "tags": {"a": "b"}, "providers": {"p": {}}},
     "shared": {"env": {"default": {"A": "1"}}},
     "resources": [{"name": "db", "type": "postgres", "provider": "p", "config": {"size": 1},
       "manage": {"qa": "adopt"}, "id": "1", "was": "x", "cloud_name": "y", "monitoring": true,
       "environments": {"qa": {"config": {}, "id": "2", "manage": "create"}}, "backup": {}}],
     "apps": [{"name": "web", "title": "t", "type": "payload", "path": "w",
       "infra": {"provider": "p", "type": "vm", "config": {}}, "environments": ["production"],
       "build": {"port": 80, "dockerfile": "D", "context": "c", "health_check_path": "/",
         "release": true}, "terraformManaged": true, "manage": "create",
       "domains": [{"name": "a.com", "type": "primary", "zone": "a.com", "wildcard": false}],
       "env": {"production": [{"key": "A", "type": "from_resource", "from": "resource:db:host"},
         {"key": "B", "source": {"type": "sops", "value": "K"}, "scope": "run", "encrypt": true}],
         "qa": {"C": {"source": "resource", "resource": "db", "output": "id"}, "D": "x"}}}],
     "monitoring": {"enabled": false}, "notifications": {}}
    """

  /// The trees in which one value is another one.
  func variants(_ node: JSONNode, _ others: [JSONNode]) -> [JSONNode] {
    var result = others
    for (index, element) in (node.elements ?? []).enumerated() {
      for variant in variants(element, others) {
        var changed = node.elements ?? []
        changed[index] = variant
        result.append(JSONNode(.array(changed)))
      }
    }
    for (index, member) in (node.members ?? []).enumerated() {
      for variant in variants(member.value, others) {
        var changed = node.members ?? []
        changed[index].value = variant
        result.append(JSONNode(.object(changed)))
      }
      var fewer = node.members ?? []
      fewer.remove(at: index)
      result.append(JSONNode(.object(fewer)))
    }
    return result
  }

  @Test func readsTheWhole() {
    #expect(read(Self.whole).findings == ["warning manifest.backup 9:75"])
  }

  @Test func readsAnyShape() throws {
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "app.json", text: Self.whole)
    let node = try #require(parseJSON(file, into: &diagnostics))
    let others: [JSONNode] = [
      .null, .bool(true), .number(1), .string(""), .string("x"), .array([]), .array([.string("x")]),
      .object([]), .object([("x", .object([("y", .null)]))]),
    ]
    for variant in variants(node, others) {
      let (manifest, findings, _) = read(JSONPrinter.print(variant))
      // Whatever is taken for complete has all its parts.
      for item in (manifest?.apps ?? []) + (manifest?.resources ?? []) {
        #expect(!item.type.value.isEmpty && !item.provider.value.isEmpty)
      }
      if manifest == nil || manifest?.project.name.value == "" {
        #expect(findings.contains { $0.hasPrefix("error") })
      }
    }
  }

  @Test func findsTheSameWhateverTheOrderOfKeys() throws {
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "app.json", text: Self.whole)
    let node = try #require(parseJSON(file, into: &diagnostics))
    func reversed(_ node: JSONNode) -> JSONNode {
      switch node.content {
      case .array(let elements): .array(elements.map(reversed))
      case .object(let members): .object(members.reversed().map { ($0.key, reversed($0.value)) })
      default: node
      }
    }
    let (manifest, _, items) = read(JSONPrinter.print(reversed(node)))
    #expect(items.items.map(\.id) == ["manifest.backup"])
    #expect(manifest?.environments == ["production", "qa"])
    #expect(manifest?.apps.first?.variables["qa"].count == 2)
  }
}
