import AppManifest
import Diagnostics
import JSON
import Testing

/// What is found is written into a manifest, and what its owner wrote stays.
@Suite struct RecordingTests {
  private func manifest(_ keys: String, environments: String = "") throws -> Manifest {
    let (manifest, findings, _) = read(
      """
      {
        "project": {"name": "site"},\(environments)
        "resources": [
          {"name": "db", "type": "postgres", "provider": "digitalocean"\(keys)}
        ]
      }
      """)
    #expect(findings.filter { $0.hasPrefix("error") } == [])
    return try #require(manifest)
  }

  private func line(_ manifest: Manifest, _ records: [ManagementRecord]) -> String {
    let (insertions, _) = manifest.recording(records)
    let text = String(decoding: manifest.file.bytes.inserting(insertions), as: UTF8.self)
    return text.split(separator: "\n").first { $0.contains("\"db\"") }
      .map { $0.drop { $0 == " " } }.map(String.init) ?? ""
  }

  private static let two = "\n  \"infra\": {\"environments\": [\"production\", \"staging\"]},"
  private static let item = #"{"name": "db", "type": "postgres", "provider": "digitalocean""#

  @Test func `one environment needs no map`() throws {
    let record = ManagementRecord("db", "production", .existing, id: "7")
    #expect(
      line(try manifest(""), [record]) == Self.item + #", "manage": "existing", "id": "7"}"#)
  }

  @Test func `of several each has its own`() throws {
    let record = ManagementRecord("db", "staging", .adopt, id: "7")
    #expect(
      line(try manifest(#", "config": {}"#, environments: Self.two), [record])
        == Self.item
        + #", "manage": {"staging": "adopt"}, "id": {"staging": "7"}, "config": {}}"#)
  }

  @Test func `maps that are there get another entry`() throws {
    let keys = #", "manage": {"production": "adopt"}, "id": { "production": "1" }"#
    let record = ManagementRecord("db", "staging", .existing, id: "7")
    #expect(
      line(try manifest(keys, environments: Self.two), [record])
        == Self.item
        + #", "manage": {"production": "adopt", "staging": "existing"}, "id": { "production": "1", "staging": "7" }}"#
    )
    let empty = try manifest(#", "manage": {}"#, environments: Self.two)
    #expect(
      line(empty, [ManagementRecord("db", "staging", .existing)])
        == Self.item + #", "manage": {"staging": "existing"}}"#)
  }

  @Test(arguments: [
    (#", "manage": "create""#, ManagementRecord.Refusal.decided(.create)),
    (#", "manage": {"staging": "adopt"}, "id": {"staging": "7"}"#, .decided(.adopt)),
    (#", "environments": {"staging": {"manage": "existing"}}"#, .decided(.existing)),
    (#", "id": "8""#, .otherID("8")),
    (#", "id": {"staging": "8"}"#, .otherID("8")),
  ])
  func `the owner's word stays`(_ keys: String, _ refusal: ManagementRecord.Refusal) throws {
    let manifest = try manifest(keys, environments: Self.two)
    let record = ManagementRecord("db", "staging", .existing, id: "7")
    let (insertions, refused) = manifest.recording([record])
    #expect(insertions == [])
    #expect(refused.map(\.1) == [refusal])
  }

  @Test func `the same id is kept, and another item isn't invented`() throws {
    let manifest = try manifest(#", "id": "7""#)
    let record = ManagementRecord("db", "production", .existing, id: "7")
    #expect(
      line(manifest, [record]) == Self.item + #", "id": "7", "manage": "existing"}"#)
    let (insertions, refused) = manifest.recording([
      ManagementRecord("dv", "production", .existing)
    ])
    #expect(insertions == [] && refused.map(\.1) == [.unknownItem])
  }

  @Test func `an app is told where its name is`() throws {
    let (found, _, _) = read(
      """
      {"project": {"name": "site"}, "apps": [
        {
          "name": "web",
          "infra": {
            "provider": "digitalocean", "type": "vm"
          },
          "env": {}
        }
      ]}
      """)
    let manifest = try #require(found)
    let (insertions, _) = manifest.recording([
      ManagementRecord("web", "production", .existing, id: "12")
    ])
    let text = String(decoding: manifest.file.bytes.inserting(insertions), as: UTF8.self)
    #expect(
      text.contains(
        "    },\n    \"manage\": \"existing\",\n    \"id\": \"12\",\n    \"env\": {}"))
  }

  @Test func `an adoption that nobody wrote is for one environment`() throws {
    let keys = #", "environments": {"staging": {"manage": "existing", "id": "1"}}"#
    let manifest = try manifest(keys, environments: Self.two)
    let adopting = manifest.adopting("db", id: "7", in: "staging").resources[0]
    #expect(adopting.management(in: "staging") == .adopt)
    #expect(adopting.id(in: "staging")?.value == "7")
    #expect(adopting.management(in: "production") == .create)
    #expect(adopting.id(in: "production") == nil)
  }
}
