import JSON
import Synchronization

/// The schemas of types, by name; each is read when it is first asked for.
///
/// Providers have many types, and few of them are used.
public final class TypeSchemas: Sendable {
  /// A text, and where the members of one of its objects stand in it.
  struct Index: Sendable {
    let json: JSONOutline
    let places: [String: Int]

    /// Finds the members of the object at a place.
    init(_ json: JSONOutline, _ start: Int) {
      var places: [String: Int] = [:]
      _ = json.walk(from: start) { name, value in
        places[name] = value
        return nil
      }
      self.json = json
      self.places = places
    }
  }

  private let schemas: Index?
  private let constraints: Index?
  private let known = Mutex<[String: BlockSchema?]>([:])

  /// Makes what knows the types of a schema, and what a constraint file says of them.
  init(_ schemas: Index? = nil, constraints: Index? = nil) {
    self.schemas = schemas
    self.constraints = constraints
  }

  /// The names of all types, in order.
  public var names: [String] { schemas?.places.keys.sorted() ?? [] }

  /// The schema of a type; nil where there is none.
  public subscript(name: String) -> BlockSchema? {
    guard let schemas, let place = schemas.places[name] else { return nil }
    if let block = known.withLock({ $0[name] }) { return block }
    // Who asks for another type meanwhile need not wait.
    let block = read(name, schemas.json, place)
    known.withLock { $0[name] = .some(block) }
    return block
  }

  private func read(_ name: String, _ json: JSONOutline, _ place: Int) -> BlockSchema? {
    guard var block = readBlock(json, inside: place)?.block else { return nil }
    if let constraints, let place = constraints.places[name] {
      addConstraints(constraints.json, place, to: &block)
    }
    return block
  }
}
