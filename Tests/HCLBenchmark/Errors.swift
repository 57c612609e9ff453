import Diagnostics
import Foundation
import HCL

/// Shows the findings of the parser about some files, each with its place.
func showErrors(_ names: [String]) throws {
  for name in names {
    guard let data = FileManager.default.contents(atPath: name) else {
      throw Failure("\(name): can't be read")
    }
    var diagnostics = Diagnostics()
    let file = SourceFile(name: name, bytes: Array(data))
    _ = parseBody(file, into: &diagnostics)
    for item in diagnostics.items {
      let place = item.location.map { file.position(at: $0.range.start) }
      print("\(name):\(place?.line ?? 0):\(place?.column ?? 0): \(item.id): \(item.summary)")
    }
  }
}
