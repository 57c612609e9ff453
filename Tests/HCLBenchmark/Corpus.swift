import Foundation

/// The texts that are measured.
struct Corpus {
  var texts: [[UInt8]] = []

  var count: Int { texts.reduce(0) { $0 + $1.count } }

  /// Reads all files of Terraform at or below some paths, in the order of their names.
  init(paths: [String]) throws {
    for path in paths {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      guard attributes[.type] as? FileAttributeType == .typeDirectory else {
        texts.append(try Corpus.read(path))
        continue
      }
      let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
      for name in names.sorted() where name.hasSuffix(".tf") || name.hasSuffix(".tfvars") {
        texts.append(try Corpus.read(path + "/" + name))
      }
    }
  }

  private static func read(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure("\(path): can't be read")
    }
    return Array(data)
  }

  /// Joins neighbouring texts until each has a number of bytes at the least.
  mutating func join(to size: Int) {
    var joined: [[UInt8]] = []
    for text in texts {
      if let last = joined.last, last.count < size {
        joined[joined.count - 1] += text
      } else {
        joined.append(text)
      }
    }
    texts = joined
  }

  /// Repeats the texts until there is a number of bytes at the least.
  mutating func grow(to size: Int) {
    guard count > 0 else { return }
    let once = texts
    var total = count
    while total < size {
      for text in once where total < size {
        texts.append(text)
        total += text.count
      }
    }
  }
}

/// Why the benchmark can't run.
struct Failure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}
