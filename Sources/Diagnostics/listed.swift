/// Words as a list for people: `a`, `b` or `c`.
public func listed(_ words: some Collection<String>, _ conjunction: String = "or") -> String {
  let quoted = words.map { "`\($0)`" }
  guard quoted.count > 1, let last = quoted.last else { return quoted.joined() }
  return quoted.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}
