extension Functions {
  /// Functions over IPv4 ranges; IPv6 ones give unknown.
  static func network(_ name: String, _ arguments: [Value]) -> Value? {
    guard ["cidrnetmask", "cidrhost"].contains(name) else { return nil }
    guard let first = arguments.first, first != .unknown else { return .unknown }
    guard let text = first.stringValue else { return .null }
    if name == "cidrhost", text.contains(":") { return .unknown }
    guard let range = NetworkRange(text) else { return .null }
    if name == "cidrnetmask" { return .string(NetworkRange.text(range.mask)) }
    guard arguments.count == 2, case .number(let number) = arguments[1], let host = number.int
    else { return .unknown }
    let size = 1 << (32 - range.length)
    guard -size <= host, host < size else { return .null }
    let offset = UInt32(host < 0 ? size + host : host)
    return .string(NetworkRange.text(range.address & range.mask | offset))
  }
}

/// A range of IPv4 addresses as `10.0.0.0/8`.
private struct NetworkRange {
  var address: UInt32 = 0
  var length: Int

  init?(_ text: String) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, let length = Self.decimal(halves[1], upTo: 32) else { return nil }
    self.length = length
    let parts = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    for part in parts {
      guard let number = Self.decimal(part, upTo: 255) else { return nil }
      address = address << 8 | UInt32(number)
    }
  }

  var mask: UInt32 { length == 0 ? 0 : ~0 << UInt32(32 - length) }

  static func text(_ address: UInt32) -> String {
    [24, 16, 8, 0].map { String(address >> UInt32($0) & 255) }.joined(separator: ".")
  }

  private static func decimal(_ text: Substring, upTo limit: Int) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 3,
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let number = Int(text), number <= limit
    else { return nil }
    return number
  }
}
