import Diagnostics
import HCL

/// Where the parts of a spec file stand, for findings about what was read without its place.
struct SpecPlaces {
  private let body: Body

  init(_ file: SourceFile) {
    var ignored = Diagnostics()
    body = parseBody(file, into: &ignored)
  }

  /// The outermost block.
  var head: Origin { body.blocks.first?.headerOrigin ?? Origin() }

  /// Where a block stands, by type and label of each step below the outermost one.
  func origin(of path: [(type: String, label: String)]) -> Origin {
    block(path)?.headerOrigin ?? head
  }

  /// Where the key of an object stands that an argument of a block holds.
  func origin(
    of key: String, in argument: String, of path: [(type: String, label: String)] = []
  ) -> Origin {
    guard case .object(let object)? = block(path)?.body.attribute(argument)?.value,
      let item = object.items.first(where: { $0.key.objectKeyName == key })
    else { return origin(of: path) }
    return item.key.origin
  }

  /// Where an argument of a block stands.
  func origin(ofArgument name: String, of path: [(type: String, label: String)] = []) -> Origin {
    block(path)?.body.attribute(name)?.value.origin ?? origin(of: path)
  }

  /// Whether a block has an argument.
  func hasArgument(_ name: String, of path: [(type: String, label: String)]) -> Bool {
    block(path)?.body.attribute(name) != nil
  }

  private func block(_ path: [(type: String, label: String)]) -> Block? {
    var found = body.blocks.first
    for step in path {
      found = found?.body.blocks.first {
        $0.type == step.type && $0.labels.first?.text == step.label
      }
    }
    return found
  }
}
