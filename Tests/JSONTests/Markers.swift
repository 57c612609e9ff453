import Diagnostics
import JSON

/// What came of a text in which 1️⃣ to 5️⃣ mark places.
struct Outcome {
  /// The value; nil if it couldn't be read.
  var node: JSONNode?
  /// The findings as `id@marker`, or `id@offset` where no marker stands.
  var findings: [String]
  /// All of the findings.
  var diagnostics: Diagnostics
  /// The text without the markers.
  var file: SourceFile
}

/// Takes the markers out of a text and parses it.
func parse(_ marked: String) -> Outcome {
  let markers = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣"].map { Array($0.utf8) }
  var bytes: [UInt8] = []
  var places: [Int: Int] = [:]
  var rest = Array(marked.utf8)[...]
  while let byte = rest.first {
    if let number = markers.firstIndex(where: { rest.starts(with: $0) }) {
      places[bytes.count] = number + 1
      rest = rest.dropFirst(markers[number].count)
    } else {
      bytes.append(byte)
      rest = rest.dropFirst()
    }
  }
  return parse(bytes, places)
}

/// Parses bytes.
func parse(_ bytes: [UInt8], _ places: [Int: Int] = [:]) -> Outcome {
  let file = SourceFile(name: "a.json", bytes: bytes)
  var diagnostics = Diagnostics()
  let node = parseJSON(file, into: &diagnostics)
  let findings = diagnostics.sorted().map { item in
    let start = item.location?.range.start ?? -1
    return "\(item.id)@" + (places[start].map { "\($0)" } ?? "offset \(start)")
  }
  return Outcome(node: node, findings: findings, diagnostics: diagnostics, file: file)
}
