import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// What a function makes of each element, in the order of the elements, worked out on all cores.
  ///
  /// The function may be called in any order and for several elements at once; it has to be worth
  /// some hundred microseconds all in all, since threads cost some as well.
  public func concurrentMap<Result: Sendable>(
    _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    guard count > 1 else { return map(transform) }
    let results = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = transform(self[index])
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
