import Parallelism
import Testing

@Suite("Work on all cores")
struct ConcurrentMapTests {
  @Test(arguments: [0, 1, 2, 7, 1000])
  func `results stand in the order of the elements`(count: Int) {
    let elements = Array(0..<count)
    #expect(elements.concurrentMap { "\($0 * $0)" } == elements.map { "\($0 * $0)" })
  }

  @Test
  func `weights change nothing but the order of the work`() {
    let elements = Array(0..<100)
    let weight = { (element: Int) in element % 7 }
    #expect(elements.concurrentMap(weight: weight) { $0 + 1 } == Array(1...100))
  }

  @Test
  func `work inside of work ends`() {
    let results = Array(0..<20).concurrentMap { outer in
      Array(0..<20).concurrentMap { outer * $0 }.reduce(0, +)
    }
    #expect(results == (0..<20).map { $0 * 190 })
  }
}
