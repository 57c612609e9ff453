import Dispatch
import Synchronization

/// A value that is worked out on another thread while this one goes on.
public final class ConcurrentValue<Value: Sendable>: Sendable {
  private let group = DispatchGroup()
  private let result = Mutex<Value?>(nil)

  /// Begins to work it out at once.
  public init(_ body: @escaping @Sendable () -> Value) {
    DispatchQueue.global().async(group: group) { [self] in
      let value = body()
      result.withLock { $0 = value }
    }
  }

  /// The value; waits for it.
  public var value: Value {
    group.wait()
    guard let value = result.withLock({ $0 }) else { preconditionFailure("it was worked out") }
    return value
  }
}
