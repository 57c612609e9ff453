import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// What a function makes of each element, in the order of the elements, worked out on all cores.
  ///
  /// The function may be called in any order and for several elements at once; it has to be worth
  /// some hundred microseconds all in all, since threads cost some as well. With a measure of the
  /// elements, the heaviest come first, so that no core is left with one at the end.
  public func concurrentMap<Result: Sendable>(
    weight: ((Element) -> Int)? = nil, _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    guard count > 1 else { return map(transform) }
    var order = [Int](indices)
    if let weight {
      let weights = map(weight)
      order.sort { weights[$0] > weights[$1] }
    }
    let results = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { [order] turn in
      let result = transform(self[order[turn]])
      results.withLock { $0[order[turn]] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}
