import Files
import Generation
import Testing

@testable import Operations

struct LedgerTests {
  private func ledger() throws -> Ledger {
    var ledger = Ledger()
    ledger.files[try #require(RelativePath("infra/b.tf"))] = Digest(of: [2])
    ledger.files[try #require(RelativePath("infra/a.tf"))] = Digest(of: [1])
    ledger.memory.providers = ["digitalocean", "turso"]
    ledger.memory.links = ["digitalocean_volume/data"]
    ledger.memory.cloudNames = ["staging": ["app/web": "x-web"], "production": ["app/b": "b"]]
    ledger.memory.items = [
      "production": [
        "app/b": MadeItem(leaf: "x_vm", management: "adopt", kept: ["region": #""lon1""#]),
        "resource/c": MadeItem(leaf: "x_s3", management: "existing"),
        "app/d": MadeItem(leaf: "x_vm", management: "create", places: ["parts": ["z", "a"]]),
      ]
    ]
    return ledger
  }

  @Test func `stands in the file one entry a line, in order`() throws {
    var small = Ledger()
    small.files[try #require(RelativePath("infra/a.tf"))] = Digest(of: [1])
    small.memory = GenerationMemory(
      providers: ["turso"], cloudNames: ["production": ["app/web": "acme-web"]],
      links: ["digitalocean_volume/data"])
    #expect(
      String(decoding: small.bytes, as: UTF8.self) == """
        {
          "$comment": "What webkit wrote; commit it, and leave it to `webkit update`.",
          "format": 1,
          "files": {
            "infra/a.tf": "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a"
          },
          "providers": [
            "turso"
          ],
          "cloud_names": {
            "production": {
              "app/web": "acme-web"
            }
          },
          "links": [
            "digitalocean_volume/data"
          ]
        }

        """)
  }

  @Test func `comes back as it went`() throws {
    let ledger = try ledger()
    #expect(try Ledger.read(ledger.bytes, at: .ledger) == ledger)
    let path = try #require(RelativePath("infra/a.tf"))
    let pending = PendingUpdate(ledger: ledger, before: [path: Digest(of: [9])])
    #expect(try PendingUpdate.read(pending.bytes, at: .pendingUpdate) == pending)
    #expect(Records(ledger: Ledger(), pending: pending).memory == ledger.memory)
  }

  @Test func `says how to go on from a damaged record`() {
    let text = Array(#"{"format": 1}"#.utf8)
    let old = #expect(throws: OperationError.self) { try Ledger.read(text, at: .ledger) }
    #expect(old?.help.contains("fetch it from version control") == true)
    // What a killed update leaves is never committed.
    let new = #expect(throws: OperationError.self) {
      try PendingUpdate.read(text, at: .pendingUpdate)
    }
    #expect(new?.help.hasPrefix("Remove it") == true)
  }

  @Test func `says who wrote a newer format`() {
    let error = #expect(throws: OperationError.self) {
      try Ledger.read(Array(#"{"format": 7}"#.utf8), at: .ledger)
    }
    #expect(error?.summary == ".webkit/infra.json was written by a newer webkit (format 7)")
  }
}
