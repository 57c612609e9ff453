import Testing

/// Checks the findings of a manifest in which `▸` stands before every place that has one.
///
/// The findings are given in that order; what isn't an error says so: `warning backup`.
func expectFindings(
  _ marked: String, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
  var text = ""
  var places: [String] = []
  var line = 1
  var column = 1
  for character in marked {
    if character == "▸" {
      places.append("\(line):\(column)")
      continue
    }
    text.append(character)
    column += 1
    if character == "\n" { (line, column) = (line + 1, 1) }
  }
  let wanted = zip(expected, places).map { finding, place in
    let words = finding.split(separator: " ")
    let severity = words.count == 2 ? String(words[0]) : "error"
    return "\(severity) manifest.\(words.last ?? "") \(place)"
  }
  #expect(places.count == expected.count, sourceLocation: sourceLocation)
  #expect(read(text).findings == wanted, sourceLocation: sourceLocation)
}
