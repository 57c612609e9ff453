internal import Diagnostics

extension Parser {
  /// The names of a body's attributes, which `attributeNames` holds from some place on.
  struct Names {
    let first: Int
    /// The same names, byte by byte, with their places, once there are too many to look through.
    var places: [ArraySlice<UInt8>: Int]?
  }

  /// Notes an attribute's name, and reports it if it is there already.
  mutating func note(_ name: Token, _ names: inout Names) {
    let place = attributeNames.count
    attributeNames.append(name)
    if place - names.first < 64 {
      for index in names.first..<place where isSame(attributeNames[index], name) {
        return reportDuplicate(name, first: attributeNames[index])
      }
    } else if let first = noteInTable(name, &names) {
      reportDuplicate(name, first: first)
    }
  }

  /// The first attribute of a name, looked up in a table.
  private mutating func noteInTable(_ name: Token, _ names: inout Names) -> Token? {
    let place = attributeNames.count - 1
    if names.places == nil {
      var places: [ArraySlice<UInt8>: Int] = [:]
      for index in (names.first..<place).reversed() {
        places[source(attributeNames[index])] = index
      }
      names.places = places
    }
    let text = source(name)
    if let first = names.places?[text] { return attributeNames[first] }
    names.places?[text] = place
    return nil
  }

  private func source(_ token: Token) -> ArraySlice<UInt8> { bytes[token.start..<token.end] }

  private mutating func reportDuplicate(_ name: Token, first: Token) {
    report(
      Problem(
        id: "hcl.duplicate-attribute", summary: "`\(text(name))` is set twice",
        help: "Remove one of the two.", range: SourceRange(name.start, name.end),
        notes: [.init("First set here.", at: location(first))]))
  }
}
