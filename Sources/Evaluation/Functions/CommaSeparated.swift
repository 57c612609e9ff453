/// A table as text: a line of names, then lines of values.
struct CommaSeparated {
  /// The rows, as a list of objects of texts.
  private(set) var value: TypedValue

  init(_ text: String) throws(FunctionFailure) {
    var rows = try Self.rows(Array(text.unicodeScalars))
    guard let names = rows.first else { throw FunctionFailure("a line of names is missing", at: 0) }
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      throw FunctionFailure("two columns have the name \"\(name)\"", at: 0)
    }
    rows.removeFirst()
    let type = ValueType.object(Dictionary(names.map { ($0, .string) }) { $1 })
    var objects: [TypedValue] = []
    for (index, row) in rows.enumerated() {
      guard row.count == names.count else {
        throw FunctionFailure(
          "row \(index + 2) has \(row.count) fields, the first has \(names.count)", at: 0)
      }
      objects.append(.object(Dictionary(zip(names, row.map(TypedValue.string))) { $1 }))
    }
    value = .list(objects, of: type)
  }

  /// The fields of each line that isn't empty.
  private static func rows(_ text: [Unicode.Scalar]) throws(FunctionFailure) -> [[String]] {
    var rows: [[String]] = []
    var rest = text[...]
    while let first = rest.first {
      if first == "\n" || first == "\r" {
        rest.removeFirst()
        continue
      }
      var row: [String] = []
      repeat { row.append(try field(&rest)) } while skip(",", in: &rest)
      rows.append(row)
      _ = skip("\r", in: &rest)
      _ = skip("\n", in: &rest)
    }
    return rows
  }

  private static func skip(_ scalar: Unicode.Scalar, in rest: inout ArraySlice<Unicode.Scalar>)
    -> Bool
  {
    guard rest.first == scalar else { return false }
    rest.removeFirst()
    return true
  }

  private static func field(
    _ rest: inout ArraySlice<Unicode.Scalar>
  ) throws(FunctionFailure) -> String {
    var field = String.UnicodeScalarView()
    guard skip("\"", in: &rest) else {
      while let next = rest.first, next != ",", next != "\n", next != "\r" {
        if next == "\"" { throw FunctionFailure("a field that isn't quoted holds a quote", at: 0) }
        field.append(next)
        rest.removeFirst()
      }
      return String(field)
    }
    while let next = rest.popFirst() {
      if next == "\"", !skip("\"", in: &rest) {
        if let behind = rest.first, ![",", "\n", "\r"].contains(behind) {
          throw FunctionFailure("a quoted field goes on behind its quote", at: 0)
        }
        return String(field)
      }
      field.append(next)
    }
    throw FunctionFailure("a quoted field isn't closed", at: 0)
  }
}
