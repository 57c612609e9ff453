/// Paths as `terraform fmt` shows them: relative to the current folder, without detours.
enum ShownPath {
  /// The way from a folder to a path.
  ///
  /// - Parameters:
  ///   - path: The path as the user wrote it, relative to the folder or absolute.
  ///   - folder: The absolute path of the folder.
  /// - Returns: The relative path; `.` for the folder itself.
  static func shown(_ path: String, from folder: String) -> String {
    let start = parts("", of: folder)
    let target =
      path.utf8.first == UInt8(ascii: "/") ? parts("", of: path) : parts(folder, of: path)
    let common = zip(start, target).prefix { $0 == $1 }.count
    let way = Array(repeating: "..", count: start.count - common) + target[common...]
    return way.isEmpty ? "." : way.joined(separator: "/")
  }

  /// A name below a shown path.
  static func joined(_ path: String, _ name: String) -> String {
    path == "." ? name : path.utf8.last == UInt8(ascii: "/") ? path + name : path + "/" + name
  }

  private static func parts(_ folder: String, of path: String) -> [String] {
    var parts: [String] = []
    for text in [folder, path] {
      for part in text.utf8.split(separator: UInt8(ascii: "/")).map({ String(Substring($0)) }) {
        switch part {
        case ".": break
        case "..": if !parts.isEmpty { parts.removeLast() }
        default: parts.append(part)
        }
      }
    }
    return parts
  }
}
