public import HCL

extension Expression {
  /// Whether it asks for the environment of each item on the machine.
  public var loopsOverMembers: Bool {
    var found = false
    visit { node in
      guard case .forExpression(let loop) = node, loop.collection.attributePath == ["members"]
      else {
        return
      }
      loop.value.visit { inner in
        if inner.attributePath == [loop.valueName, "env"] { found = true }
      }
    }
    return found
  }
}
