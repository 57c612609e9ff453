import Diagnostics
import Synchronization

/// What a file says, read when it is first asked for.
final class Lazy<Value: Sendable>: Sendable {
  private let read: @Sendable (inout Diagnostics) -> Value
  private let state = Mutex<(value: Value, findings: Diagnostics)?>(nil)

  init(_ read: @escaping @Sendable (inout Diagnostics) -> Value) { self.read = read }

  var value: Value {
    state.withLock { state in
      if let state { return state.value }
      var findings = Diagnostics()
      let value = read(&findings)
      state = (value, findings)
      return value
    }
  }

  /// What was found while it was read; nothing where it hasn't been.
  var findings: Diagnostics { state.withLock { $0?.findings ?? Diagnostics() } }
}
