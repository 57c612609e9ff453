public import HCL

extension Expression {
  /// Whether it asks for the environment of each item on the machine.
  public var loopsOverMembers: Bool {
    var found = false
    visit { node in
      guard case .forExpression(let loop) = node, loop.collection.isPath(["members"])
      else {
        return
      }
      loop.value.visit { inner in
        if inner.isPath([loop.valueName, "env"]) { found = true }
      }
    }
    return found
  }
}
