import Files
import Testing

struct DigestTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `gives the values of the standard`(text: String, hex: String) {
    #expect(Digest(of: Array(text.utf8)).hex == hex)
  }

  @Test func `takes a million letters`() {
    let digest = Digest(of: [UInt8](repeating: 97, count: 1_000_000))
    #expect(digest.hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func `takes only its own digits back`() {
    let hex = Digest(of: []).hex
    #expect(Digest(hex: hex) == Digest(of: []))
    #expect(Digest(hex: hex.uppercased()) == nil)
    #expect(Digest(hex: String(hex.dropLast())) == nil)
  }
}
