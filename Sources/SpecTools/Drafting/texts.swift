import HCL

/// A text as a string of HCL.
func quoted(_ text: String) -> String { Printer.print(.string(text)) }

/// What people call a name: `ip_range` is `Ip range`.
func title(of name: String) -> String {
  let words = name.split { $0 == "_" || $0 == "-" }.joined(separator: " ")
  return words.prefix(1).uppercased() + words.dropFirst()
}

/// The first sentence of a schema's description in one line, or what the name says.
func description(_ text: String?, name: String) -> String {
  let words = (text ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
  var sentence = Substring(words)
  if let end = words.firstRange(of: ". ") { sentence = words[..<end.lowerBound] }
  while let last = sentence.last, ".:;,".contains(last) { sentence = sentence.dropLast() }
  let isPlain = sentence.count > 3 && sentence.unicodeScalars.allSatisfy { $0.value >= 32 }
  return isPlain ? sentence.prefix(1).uppercased() + sentence.dropFirst() : title(of: name)
}

/// A layout of the text of a spec.
func laidOut(_ text: String) -> String {
  String(decoding: Formatter.format(Array(text.utf8)), as: UTF8.self)
}
