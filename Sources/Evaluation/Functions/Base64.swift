/// Bytes as letters: the standard alphabet, with `=` at the end.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The letters of bytes.
  static func encoded(_ bytes: [UInt8]) -> String {
    var letters: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for position in 0..<4 {
        letters.append(
          position <= group.count
            ? alphabet[Int(bits >> UInt32(18 - 6 * position) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: letters, as: UTF8.self)
  }

  /// The bytes of letters; nil where they are no whole groups.
  ///
  /// Line ends among them don't count.
  static func decoded(_ text: String) -> [UInt8]? {
    let letters = text.utf8.filter { $0 != 10 && $0 != 13 }
    guard letters.count.isMultiple(of: 4) else { return nil }
    let body = letters.dropLast(
      letters.suffix(2).elementsEqual("==".utf8) ? 2 : letters.last == UInt8(ascii: "=") ? 1 : 0)
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for letter in body {
      guard let value = alphabet.firstIndex(of: letter) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> count))
    }
    return bytes
  }
}
