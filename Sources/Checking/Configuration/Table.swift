/// Declarations by name, in the order in which they stand.
struct Table<Value> {
  private(set) var items: [Value] = []
  private(set) var names: [String] = []
  private var index: [String: Int] = [:]

  subscript(name: String) -> Value? { index[name].map { items[$0] } }

  var isEmpty: Bool { items.isEmpty }

  func contains(_ name: String) -> Bool { index[name] != nil }

  /// Adds a declaration; the one that has the name already stays and is returned.
  mutating func add(_ name: String, _ value: Value) -> Value? {
    if let place = index[name] { return items[place] }
    index[name] = items.count
    items.append(value)
    names.append(name)
    return nil
  }
}
