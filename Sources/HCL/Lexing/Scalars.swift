/// The scalar that starts at an offset and its length; nil where the bytes aren't UTF-8.
func decodeScalar(_ bytes: [UInt8], at offset: Int, end: Int) -> (Unicode.Scalar, Int)? {
  let first = bytes[offset]
  if first < 0x80 { return (Unicode.Scalar(first), 1) }
  let length: Int
  var value: UInt32
  switch first {
  case 0xC2...0xDF: (length, value) = (2, UInt32(first & 0x1F))
  case 0xE0...0xEF: (length, value) = (3, UInt32(first & 0x0F))
  case 0xF0...0xF4: (length, value) = (4, UInt32(first & 0x07))
  default: return nil
  }
  guard offset + length <= end else { return nil }
  for index in offset + 1..<offset + length {
    let byte = bytes[index]
    guard byte & 0xC0 == 0x80 else { return nil }
    value = value << 6 | UInt32(byte & 0x3F)
  }
  let smallest: [UInt32] = [0, 0, 0x80, 0x800, 0x1_0000]
  guard value >= smallest[length], let scalar = Unicode.Scalar(value) else { return nil }
  return (scalar, length)
}

extension UInt8 {
  /// Whether an ASCII byte begins an identifier.
  @inline(__always)
  var beginsIdentifier: Bool {
    (self | 0x20) &- 0x61 < 26 || self == 0x5F
  }

  /// Whether an ASCII byte continues an identifier.
  @inline(__always)
  var continuesIdentifier: Bool { beginsIdentifier || isDigit || self == 0x2D }

  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }
}

/// Whether a text is an identifier: a letter or `_`, then letters, digits, `_` and `-`.
public func isIdentifier(_ text: String) -> Bool {
  var isFirst = true
  for scalar in text.unicodeScalars {
    if isFirst {
      guard scalar == "_" || scalar.properties.isIDStart else { return false }
      isFirst = false
    } else {
      guard scalar == "-" || scalar.properties.isIDContinue else { return false }
    }
  }
  return !isFirst
}
