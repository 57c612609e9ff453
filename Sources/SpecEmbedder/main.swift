// Usage: SpecEmbedder <output> <root> <file>...
//
// Writes one Swift file that holds the text of the files, under their paths relative to the root.
import Foundation

/// What is embedded; documentation that stands beside the specs is not.
let extensions: Set<String> = ["hcl", "json", "service", "sh", "tftpl", "timer"]

/// A Swift literal whose value is exactly the text.
///
/// A raw string keeps every byte if its delimiter has more `#` than any run of them in the text,
/// and if the text has no carriage return, which the compiler would drop. The newline before the
/// closing quotes is no part of the value, so one is added.
func literal(of text: String) -> String {
  let runs = text.split { $0 != "#" }.map(\.count)
  let pounds = String(repeating: "#", count: (runs.max() ?? 0) + 1)
  return "\(pounds)\"\"\"\n\(text)\n\"\"\"\(pounds)"
}

/// The Swift file that holds the files, in their order.
func source(of files: [(path: String, text: String)]) -> String {
  let entries = files.map { file in
    "    EmbeddedSpecFile(path: \"\(file.path)\", text: \(literal(of: file.text))),\n"
  }
  return """
    /// The provider specs, as text.
    public enum EmbeddedSpecs {
      /// Every file of every spec, sorted by path.
      public static let files: [EmbeddedSpecFile] = [

    """ + entries.joined() + """
        ]
      }

      """
}

/// Ends the build with a message.
func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("error: \(message)\n".utf8))
  exit(1)
}

let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first, let given = arguments.dropFirst().first else {
  fail("usage: SpecEmbedder <output> <root> <file>...")
}
let root = given.hasSuffix("/") ? given : given + "/"

let files = arguments.dropFirst(2).compactMap { file -> (path: String, text: String)? in
  guard file.hasPrefix(root) else { fail("\(file) is not inside of \(root)") }
  let path = String(file.dropFirst(root.count))
  guard let suffix = path.split(separator: ".").last, extensions.contains(String(suffix)) else {
    return nil
  }
  guard path.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) })
  else {
    fail("\(path): names of specs hold letters, digits, '.', '_' and '-' only")
  }
  guard let data = FileManager.default.contents(atPath: file),
    let text = String(validating: data, as: UTF8.self)
  else {
    fail("\(path) is not readable as UTF-8")
  }
  guard !text.unicodeScalars.contains(where: { $0.value < 32 && $0 != "\n" && $0 != "\t" }) else {
    fail("\(path) holds a control character")
  }
  return (path, text)
}
let sorted = files.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }

do {
  try Data(source(of: sorted).utf8).write(to: URL(filePath: output), options: .atomic)
} catch {
  fail("\(output) can't be written: \(error)")
}
