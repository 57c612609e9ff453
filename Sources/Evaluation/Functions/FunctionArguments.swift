import ProviderModel

/// What a function is called with, and how it is read.
struct FunctionArguments {
  /// The arguments.
  var values: [TypedValue]
  /// The type that the result has.
  var type: ValueType
  /// What is known of files.
  var files: (String) -> ModuleFile?

  /// How many there are.
  var count: Int { values.count }

  /// Whether nothing in them is unknown.
  var areWhollyKnown: Bool { values.allSatisfy(\.isWhollyKnown) }

  subscript(index: Int) -> TypedValue { values[index] }

  /// A text; the empty one where it isn't known, which callers see to.
  func text(_ index: Int) -> String { values[index].stringValue ?? "" }

  /// A number.
  func number(_ index: Int) -> Number { values[index].numberValue ?? Number(0) }

  /// A whole number.
  func int(_ index: Int) throws(FunctionFailure) -> Int {
    guard let int = number(index).int else {
      throw FunctionFailure("a whole number is required", at: index)
    }
    return int
  }

  /// The elements of a list, a set or a tuple, none where they aren't known.
  func elements(_ index: Int) -> [TypedValue] { values[index].elements ?? [] }

  /// The texts in a list; nil where one isn't known.
  func texts(_ index: Int) throws(FunctionFailure) -> [String]? {
    var texts: [String] = []
    for (position, element) in elements(index).enumerated() {
      if element.isNull {
        throw FunctionFailure("element [\(position)] is null", at: index)
      }
      guard let text = element.stringValue else { return nil }
      texts.append(text)
    }
    return texts
  }
}
