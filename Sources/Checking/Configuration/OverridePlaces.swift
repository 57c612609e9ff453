import Diagnostics

/// Tells where what override files bring is written, though it stands in blocks of other files.
///
/// An override file is read behind more bytes than any file has, and behind those of the override
/// files before it. So a place says by itself from which file it is, in whatever file it is sought.
struct OverridePlaces {
  private var files: [(start: Int, file: SourceFile)] = []
  private var end = 0

  var isEmpty: Bool { files.isEmpty }

  /// The text of an override file as it is to be read.
  ///
  /// `longest` is the size of the longest file of all.
  mutating func shifted(_ file: SourceFile, longest: Int) -> SourceFile {
    let start = max(end, longest + 1)
    files.append((start, file))
    end = start + file.bytes.count + 1
    return SourceFile(
      name: file.name, bytes: Array(repeating: UInt8(ascii: "\n"), count: start) + file.bytes)
  }

  /// A finding with all its places in the files in which they are.
  func placed(_ diagnostic: Diagnostic) -> Diagnostic {
    var diagnostic = diagnostic
    diagnostic.location = diagnostic.location.map(placed)
    for index in diagnostic.notes.indices {
      diagnostic.notes[index].location = diagnostic.notes[index].location.map(placed)
    }
    for index in diagnostic.fixIts.indices {
      diagnostic.fixIts[index].location = placed(diagnostic.fixIts[index].location)
    }
    return diagnostic
  }

  private func placed(_ location: SourceLocation) -> SourceLocation {
    guard let (start, file) = files.last(where: { $0.start <= location.range.start }) else {
      return location
    }
    let (from, to) = (location.range.start - start, location.range.end - start)
    return SourceLocation(file, SourceRange(from, to))
  }
}
