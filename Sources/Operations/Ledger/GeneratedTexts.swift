import Diagnostics
import Files
import JSON
import Platform

/// The texts that webkit generated last: `.webkit/cache/generated.json`, of which nothing depends.
///
/// A difference between them and an edited file shows what its owner made of it.
struct GeneratedTexts: Hashable, Sendable {
  /// Bytes from which on a text isn't kept.
  static let sizeLimit = 256 * 1_024

  /// The texts by path; not all that were generated.
  var files: [RelativePath: [UInt8]] = [:]

  /// The text of a file with one of the digests; nil where it isn't known.
  func text(of path: RelativePath, _ digests: Set<Digest>) -> [UInt8]? {
    files[path].flatMap { digests.contains(Digest(of: $0)) ? $0 : nil }
  }
}

extension GeneratedTexts {
  private static let format = 1

  /// The file's bytes: those texts that are small and UTF-8.
  var bytes: [UInt8] {
    let members: [(String, JSONNode)] = files.sorted { $0.key < $1.key }.compactMap { path, text in
      guard text.count < Self.sizeLimit, let text = String(validating: text, as: UTF8.self)
      else { return nil }
      return (path.text, .string(text))
    }
    return JSONPrinter.printBytes(
      .object([("format", .number(Self.format)), ("files", .object(members))]))
  }

  /// Takes what can be understood.
  init(_ bytes: [UInt8], at path: RelativePath) {
    var diagnostics = Diagnostics()
    let node = parseJSON(SourceFile(name: path.text, bytes: bytes), into: &diagnostics)
    guard node?.member("format")?.integer == Self.format else { return }
    for member in node?.member("files")?.members ?? [] {
      guard let path = RelativePath(member.key), let text = member.value.text else { continue }
      files[path] = Array(text.utf8)
    }
  }
}

extension Project {
  /// The texts that were generated last, as far as they are known here.
  var generatedTexts: GeneratedTexts {
    let bytes = try? folder.read(.generatedTexts)
    return bytes.map { GeneratedTexts($0, at: .generatedTexts) } ?? GeneratedTexts()
  }

  /// Keeps generated texts; where that fails, later differences show less.
  func remember(_ texts: GeneratedTexts) {
    try? folder.replaceQuickly(.generatedTexts, with: texts.bytes, access: .owner)
  }
}
