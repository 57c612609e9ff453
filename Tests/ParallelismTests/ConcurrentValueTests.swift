import Parallelism
import Testing

@Suite("A value from another thread")
struct ConcurrentValueTests {
  @Test func `it is there when it is asked for, however often`() {
    let sum = ConcurrentValue { (1...100_000).reduce(0, +) }
    #expect(sum.value == 5_000_050_000)
    #expect(sum.value == 5_000_050_000)
  }

  @Test func `several are worked out beside each other`() {
    let values = (0..<50).map { number in ConcurrentValue { number * number } }
    #expect(values.map(\.value) == (0..<50).map { $0 * $0 })
  }
}
