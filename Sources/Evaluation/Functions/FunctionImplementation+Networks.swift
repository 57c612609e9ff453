extension FunctionImplementation {
  /// Functions over ranges of addresses.
  static let networks: [String: FunctionImplementation] = [
    "cidrnetmask": .value { arguments throws(FunctionFailure) in
      let range = try range(arguments)
      guard range.bits == 32 else {
        throw FunctionFailure("ranges of IPv6 have no netmask", at: 0)
      }
      return .string(NetworkRange(address: range.mask, length: 32, bits: 32).addressText)
    },
    "cidrhost": .init(value: hostValue),
    "cidrsubnet": .value { arguments throws(FunctionFailure) in
      let range = try range(arguments)
      let (added, number) = (try arguments.int(1), try arguments.int(2))
      return try subnet(of: range, added, number).map { .string($0) }
    },
    "cidrsubnets": .init(value: subnetsValue),
  ]

  private static func range(
    _ arguments: FunctionArguments
  ) throws(FunctionFailure) -> NetworkRange {
    guard let range = NetworkRange(arguments.text(0)) else {
      throw FunctionFailure(
        "\"\(arguments.text(0))\" is no range of addresses such as 10.0.0.0/16", at: 0)
    }
    return range
  }

  private static let hostValue: ValueRule = { arguments throws(FunctionFailure) in
    let range = try range(arguments)
    let number = try arguments.int(1)
    let bits = range.bits - range.length
    let magnitude = number < 0 ? UInt128(number.magnitude) - 1 : UInt128(number)
    if bits < 64, magnitude >> UInt128(bits) != 0 {
      throw FunctionFailure("a range of /\(range.length) has no host \(number)", at: 1)
    }
    let offset = number < 0 ? range.hostMask - magnitude : magnitude
    let address = range.address & range.mask | offset
    return .string(NetworkRange(address: address, length: 0, bits: range.bits).addressText)
  }

  private static func subnet(
    of range: NetworkRange, _ added: Int, _ number: Int
  ) throws(FunctionFailure) -> String? {
    // Terraform takes less than nothing as well, to an effect that nobody wants.
    guard added >= 0 else { return nil }
    let length = range.length + added
    guard length <= range.bits else {
      throw FunctionFailure("\(range.length) + \(added) bits are more than \(range.bits)", at: 1)
    }
    let magnitude = number < 0 ? UInt128(number.magnitude) - 1 : UInt128(number)
    if added < 64, magnitude >> UInt128(added) != 0 {
      throw FunctionFailure("\(added) more bits don't reach to a subnet \(number)", at: 2)
    }
    let all: UInt128 = added == 0 ? 0 : ~0 >> UInt128(128 - added)
    let place = UInt128(range.bits - length)
    let shifted = place >= 128 ? 0 : (number < 0 ? all - magnitude : magnitude) << place
    let address = range.address & range.mask | shifted
    return NetworkRange(address: address, length: length, bits: range.bits).text
  }

  private static let subnetsValue: ValueRule = { arguments throws(FunctionFailure) in
    let range = try range(arguments)
    var next = range.address & range.mask
    // Terraform looks for the first range behind the one before, of which there is none here.
    if next == 0, arguments.count > 1 {
      throw FunctionFailure("a range that begins with address 0 can't be divided", at: 0)
    }
    var isFull = false
    var texts: [TypedValue] = []
    for index in 1..<max(1, arguments.count) {
      let added = try arguments.int(index)
      if added < 1 { throw FunctionFailure("at least one more bit is required", at: index) }
      let length = range.length + added
      guard length <= range.bits, added <= 32 else {
        throw FunctionFailure("\(range.length) + \(added) bits are too many", at: index)
      }
      // The next range of this size begins at a multiple of it.
      let size = UInt128(1) << UInt128(range.bits - length)
      let start = next % size == 0 ? next : next - next % size + size
      guard !isFull, start & range.mask == range.address & range.mask else {
        throw FunctionFailure("no room is left for a range of /\(length)", at: index)
      }
      texts.append(.string(NetworkRange(address: start, length: length, bits: range.bits).text))
      let (end, overflows) = start.addingReportingOverflow(size)
      isFull = overflows || end > range.address & range.mask | range.hostMask
      next = end
    }
    return .list(texts, of: .string)
  }
}
