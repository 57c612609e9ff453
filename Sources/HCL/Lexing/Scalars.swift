/// The scalar that starts at an offset and its length; nil where the bytes aren't UTF-8.
func decodeScalar(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> (Unicode.Scalar, Int)? {
  let first = bytes[offset]
  if first < 0x80 { return (Unicode.Scalar(first), 1) }
  let length: Int
  var value: UInt32
  let smallest: UInt32
  switch first {
  case 0xC2...0xDF: (length, value, smallest) = (2, UInt32(first & 0x1F), 0x80)
  case 0xE0...0xEF: (length, value, smallest) = (3, UInt32(first & 0x0F), 0x800)
  case 0xF0...0xF4: (length, value, smallest) = (4, UInt32(first & 0x07), 0x1_0000)
  default: return nil
  }
  guard offset + length <= end else { return nil }
  for index in offset + 1..<offset + length {
    let byte = bytes[index]
    guard byte & 0xC0 == 0x80 else { return nil }
    value = value << 6 | UInt32(byte & 0x3F)
  }
  guard value >= smallest, let scalar = Unicode.Scalar(value) else { return nil }
  return (scalar, length)
}

/// The length of what starts at an offset and is built as a scalar is; nil where nothing is.
///
/// Literal text may hold more than UTF-8: surrogates, numbers that are too large, and longer forms
/// than a scalar needs. Terraform takes them too, and reads them as U+FFFD.
func scalarLength(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> Int? {
  let length: Int
  switch bytes[offset] {
  case ..<0x80: return 1
  case 0xC0...0xDF: length = 2
  case 0xE0...0xEF: length = 3
  case 0xF0...0xF7: length = 4
  default: return nil
  }
  guard offset + length <= end else { return nil }
  for index in offset + 1..<offset + length where bytes[index] & 0xC0 != 0x80 { return nil }
  return length
}

extension UInt8 {
  /// Whether an ASCII byte begins an identifier.
  @inline(__always)
  var beginsIdentifier: Bool {
    (self | 0x20) &- 0x61 < 26 || self == 0x5F
  }

  /// Whether an ASCII byte continues an identifier.
  @inline(__always)
  var continuesIdentifier: Bool {
    if (self | 0x20) &- 0x61 < 26 { return true }
    // One bit a character: `-` and digits below 64, letters and `_` from there on.
    let bits: UInt64 = self < 64 ? 0x03FF_2000_0000_0000 : 0x07FF_FFFE_87FF_FFFE
    return self < 0x80 && bits &>> UInt64(self & 63) & 1 != 0
  }

  /// Whether a byte always stands for itself in text, as nearly all of them do.
  @inline(__always)
  var isCommonText: Bool {
    // From `]` to DEL, a blank, from `&` to `[`: none of them escapes, begins or ends anything.
    self &- 0x5D < 0x23 || self == 0x20 || self &- 0x26 < 0x36
  }

  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }
}

extension Unicode.Scalar {
  /// Whether it begins an identifier: `_` and the letters of Unicode 9, which Terraform knows.
  var beginsIdentifier: Bool {
    if isASCII { return UInt8(truncatingIfNeeded: value).beginsIdentifier }
    return properties.isIDStart && isOfUnicode9 && value != 0x1CF2 && value != 0x1CF3
  }

  /// Whether it continues an identifier.
  var continuesIdentifier: Bool {
    if isASCII { return UInt8(truncatingIfNeeded: value).continuesIdentifier }
    guard properties.isIDContinue, isOfUnicode9 else { return false }
    // What later versions of Unicode let in.
    return switch value {
    case 0x200C, 0x200D, 0x30FB, 0xFF65, 0x111C9: false
    default: true
    }
  }

  private var isOfUnicode9: Bool {
    properties.age.map { ($0.major, $0.minor) <= (9, 0) } ?? false
  }
}

/// Whether a text is an identifier: a letter or `_`, then letters, digits, `_` and `-`.
public func isIdentifier(_ text: String) -> Bool {
  // Nearly all are ASCII, which needs no scalars.
  if let isPlain = isPlainIdentifier(text) { return isPlain }
  var isFirst = true
  for scalar in text.unicodeScalars {
    if isFirst {
      guard scalar.beginsIdentifier else { return false }
      isFirst = false
    } else {
      guard scalar.continuesIdentifier else { return false }
    }
  }
  return !isFirst
}

/// The same of a text that is nothing but ASCII; nil for another.
private func isPlainIdentifier(_ text: String) -> Bool? {
  var isFirst = true
  var result = true
  for byte in text.utf8 {
    guard byte < 0x80 else { return nil }
    if !(isFirst ? byte.beginsIdentifier : byte.continuesIdentifier) { result = false }
    isFirst = false
  }
  return result && !isFirst
}
