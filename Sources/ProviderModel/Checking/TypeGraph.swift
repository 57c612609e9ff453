import Diagnostics

/// Which types wait for which.
struct TypeGraph {
  /// A type that waits for another.
  struct Edge {
    var from: String
    var to: String
    var location: SourceLocation
  }

  private var edges: [Edge] = []

  mutating func add(_ from: String, _ to: String, at location: SourceLocation) {
    edges.append(Edge(from: from, to: to, location: location))
  }

  /// One circle for each type that begins one, the shortest, without those found already.
  func circles() -> [[Edge]] {
    var found: [[Edge]] = []
    var covered: Set<String> = []
    for name in edges.map(\.from) where !covered.contains(name) {
      guard let circle = shortestWay(from: name, to: name) else { continue }
      covered.formUnion(circle.map(\.from))
      found.append(circle)
    }
    return found
  }

  private func shortestWay(from start: String, to end: String) -> [Edge]? {
    var ways: [[Edge]] = edges.filter { $0.from == start }.map { [$0] }
    var seen: Set<String> = []
    while !ways.isEmpty {
      var longer: [[Edge]] = []
      for way in ways {
        guard let last = way.last else { continue }
        if last.to == end { return way }
        guard seen.insert(last.to).inserted else { continue }
        longer += edges.filter { $0.from == last.to }.map { way + [$0] }
      }
      ways = longer
    }
    return nil
  }
}
