import Files

/// Digests of bytes as Terraform's functions give them.
enum Digest: String, CaseIterable {
  case md5, sha1, sha256, sha512

  /// The digest of bytes.
  func bytes(of message: [UInt8]) -> [UInt8] {
    switch self {
    case .md5: Self.md5(Self.padded(message, block: 64, isBigEndian: false))
    case .sha1: Self.sha1(Self.padded(message, block: 64, isBigEndian: true))
    case .sha256: Self.sha256(message)
    case .sha512: Self.sha512(Self.padded(message, block: 128, isBigEndian: true))
    }
  }

  /// The digest in hexadecimal digits.
  func text(of message: [UInt8]) -> String {
    bytes(of: message).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The message, a one bit, zeros, and its length in bits: whole blocks.
  private static func padded(_ message: [UInt8], block: Int, isBigEndian: Bool) -> [UInt8] {
    let lengthSize = block / 8
    var bytes = message + [0x80]
    while bytes.count % block != block - lengthSize { bytes.append(0) }
    let length = UInt64(message.count) * 8
    let octets = (0..<8).map { UInt8(truncatingIfNeeded: length >> UInt64(8 * $0)) }
    bytes += [UInt8](repeating: 0, count: lengthSize - 8)
    return bytes + (isBigEndian ? octets.reversed() : octets)
  }

  private static func words<Word: FixedWidthInteger>(
    _ bytes: ArraySlice<UInt8>, _: Word.Type, isBigEndian: Bool
  ) -> [Word] {
    let size = Word.bitWidth / 8
    return stride(from: bytes.startIndex, to: bytes.endIndex, by: size).map { start in
      let part = bytes[start..<start + size]
      return (isBigEndian ? Array(part) : part.reversed()).reduce(0) { $0 << 8 | Word($1) }
    }
  }

  private static func octets<Word: FixedWidthInteger>(
    _ words: [Word], isBigEndian: Bool
  ) -> [UInt8] {
    words.flatMap { word in
      let octets = (0..<Word.bitWidth / 8).map { UInt8(truncatingIfNeeded: word >> Word(8 * $0)) }
      return isBigEndian ? octets.reversed() : octets
    }
  }

  private static func rotated<Word: FixedWidthInteger>(_ word: Word, left count: Int) -> Word {
    word << Word(count) | word >> Word(Word.bitWidth - count)
  }

  // MARK: - MD5

  /// The sines of whole numbers, as the algorithm wants them.
  private static let sines: [UInt32] = [
    0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee, 0xf57c_0faf, 0x4787_c62a, 0xa830_4613,
    0xfd46_9501, 0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be, 0x6b90_1122, 0xfd98_7193,
    0xa679_438e, 0x49b4_0821, 0xf61e_2562, 0xc040_b340, 0x265e_5a51, 0xe9b6_c7aa, 0xd62f_105d,
    0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8, 0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed,
    0xa9e3_e905, 0xfcef_a3f8, 0x676f_02d9, 0x8d2a_4c8a, 0xfffa_3942, 0x8771_f681, 0x6d9d_6122,
    0xfde5_380c, 0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70, 0x289b_7ec6, 0xeaa1_27fa,
    0xd4ef_3085, 0x0488_1d05, 0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665, 0xf429_2244,
    0x432a_ff97, 0xab94_23a7, 0xfc93_a039, 0x655b_59c3, 0x8f0c_cc92, 0xffef_f47d, 0x8584_5dd1,
    0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1, 0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb,
    0xeb86_d391,
  ]

  private static func md5(_ bytes: [UInt8]) -> [UInt8] {
    let shifts = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]]
    var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476]
    for start in stride(from: 0, to: bytes.count, by: 64) {
      let words = words(bytes[start..<start + 64], UInt32.self, isBigEndian: false)
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      for round in 0..<64 {
        let (mixed, index): (UInt32, Int) =
          switch round / 16 {
          case 0: (b & c | ~b & d, round)
          case 1: (d & b | ~d & c, (5 * round + 1) % 16)
          case 2: (b ^ c ^ d, (3 * round + 5) % 16)
          default: (c ^ (b | ~d), 7 * round % 16)
          }
        let sum = a &+ mixed &+ sines[round] &+ words[index]
        (a, d, c) = (d, c, b)
        b = b &+ rotated(sum, left: shifts[round / 16][round % 4])
      }
      state = zip(state, [a, b, c, d]).map { $0 &+ $1 }
    }
    return octets(state, isBigEndian: false)
  }

  // MARK: - SHA-1

  private static func sha1(_ bytes: [UInt8]) -> [UInt8] {
    var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
    for start in stride(from: 0, to: bytes.count, by: 64) {
      var words = words(bytes[start..<start + 64], UInt32.self, isBigEndian: true)
      for index in 16..<80 {
        let mixed = words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16]
        words.append(rotated(mixed, left: 1))
      }
      var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
      for (round, word) in words.enumerated() {
        let (mixed, constant): (UInt32, UInt32) =
          switch round / 20 {
          case 0: (b & c | ~b & d, 0x5a82_7999)
          case 1: (b ^ c ^ d, 0x6ed9_eba1)
          case 2: (b & c | b & d | c & d, 0x8f1b_bcdc)
          default: (b ^ c ^ d, 0xca62_c1d6)
          }
        let sum = rotated(a, left: 5) &+ mixed &+ e &+ constant &+ word
        (e, d, c, b, a) = (d, c, rotated(b, left: 30), a, sum)
      }
      state = zip(state, [a, b, c, d, e]).map { $0 &+ $1 }
    }
    return octets(state, isBigEndian: true)
  }

  // MARK: - SHA-2

  private static func sha256(_ message: [UInt8]) -> [UInt8] {
    let digits = Array(Files.Digest(of: message).hex.utf8)
    return stride(from: 0, to: digits.count, by: 2).map { place in
      digits[place..<place + 2].reduce(0) { $0 << 4 | ($1 & 0xF) + ($1 > 0x39 ? 9 : 0) }
    }
  }

  private static let squareRoots = roots(of: 8, 2)
  private static let cubeRoots = roots(of: 80, 3)

  private static func sha512(_ bytes: [UInt8]) -> [UInt8] {
    func big(_ word: UInt64, _ by: (Int, Int, Int)) -> UInt64 {
      rotated(word, left: 64 - by.0) ^ rotated(word, left: 64 - by.1)
        ^ rotated(word, left: 64 - by.2)
    }
    func small(_ word: UInt64, _ by: (Int, Int, Int)) -> UInt64 {
      rotated(word, left: 64 - by.0) ^ rotated(word, left: 64 - by.1) ^ word >> UInt64(by.2)
    }
    var state = squareRoots
    for offset in stride(from: 0, to: bytes.count, by: 128) {
      var words = words(bytes[offset..<offset + 128], UInt64.self, isBigEndian: true)
      for index in 16..<80 {
        words.append(
          words[index - 16] &+ small(words[index - 15], (1, 8, 7)) &+ words[index - 7]
            &+ small(words[index - 2], (19, 61, 6)))
      }
      var now = state
      for (word, constant) in zip(words, cubeRoots) {
        let (a, b, c, e) = (now[0], now[1], now[2], now[4])
        let chosen = e & now[5] ^ ~e & now[6]
        let first = now[7] &+ big(e, (14, 18, 41)) &+ chosen &+ constant &+ word
        let second = big(a, (28, 34, 39)) &+ (a & b ^ a & c ^ b & c)
        now = [first &+ second, a, b, c, now[3] &+ first, e, now[5], now[6]]
      }
      state = zip(state, now).map { $0 &+ $1 }
    }
    return octets(state, isBigEndian: true)
  }

  /// The first 64 bits of the fractions of the square or cube roots of the first primes.
  private static func roots(of count: Int, _ degree: Int) -> [UInt64] {
    var primes: [UInt64] = []
    var candidate: UInt64 = 2
    while primes.count < count {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes.map { prime in
      // The root in units of 2⁻⁶⁴, found bit by bit; a root of these primes is less than 32.
      var root: UInt128 = 0
      for bit in stride(from: 68, through: 0, by: -1) {
        let next = root | 1 << UInt128(bit)
        if isAtMost(next, prime, degree) { root = next }
      }
      return UInt64(truncatingIfNeeded: root)
    }
  }

  /// Whether the power of a number in units of 2⁻⁶⁴ is no more than a whole number.
  private static func isAtMost(_ root: UInt128, _ limit: UInt64, _ degree: Int) -> Bool {
    // Digits of 32 bits, the lowest first.
    let digits = (0..<3).map { UInt64(truncatingIfNeeded: root >> UInt128(32 * $0)) & 0xFFFF_FFFF }
    var power = digits
    for _ in 1..<degree { power = product(power, digits) }
    var bound = [UInt64](repeating: 0, count: 2 * degree) + [limit]
    while bound.count < power.count { bound.append(0) }
    while power.count < bound.count { power.append(0) }
    return !bound.reversed().lexicographicallyPrecedes(power.reversed())
  }

  private static func product(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    var result = [UInt64](repeating: 0, count: left.count + right.count)
    for (i, a) in left.enumerated() {
      var carry: UInt64 = 0
      for (j, b) in right.enumerated() {
        let sum = a * b + result[i + j] + carry
        result[i + j] = sum & 0xFFFF_FFFF
        carry = sum >> 32
      }
      result[i + right.count] += carry
    }
    return result
  }
}
