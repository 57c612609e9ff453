public import Diagnostics
import Files
public import Platform

/// A folder with an `app.json`.
public struct Project: Sendable {
  /// The manifest's file name.
  public static let manifestName = "app.json"

  /// The folder.
  public let folder: Folder

  /// Finds the project in a folder.
  ///
  /// - Parameter directory: The folder; `.` for the one that the process runs in.
  /// - Throws: When there is no such folder, or no manifest in it.
  public init(directory: String) throws(OperationError) {
    let folder = try mapErrors { () throws(FileError) in try Folder(directory) }
    guard try folder.holdsManifest else {
      throw OperationError(
        "there is no \(Self.manifestName) in \(folder.shownName)", help: Self.help(for: folder))
    }
    self.folder = folder
  }

  /// The manifest as it stands on the disk now.
  ///
  /// - Throws: When it can't be read.
  public func manifest() throws(OperationError) -> SourceFile {
    let bytes = try mapErrors { () throws(FileError) in try folder.read(.manifest) }
    guard let bytes else {
      throw OperationError("\(Self.manifestName) is gone", help: "Run the command again.")
    }
    return SourceFile(name: Self.manifestName, bytes: bytes)
  }

  /// A path in the project, as this process names it.
  func shownPath(of path: RelativePath) -> String {
    folder.name == "." ? path.text : "\(folder.name)/\(path.text)"
  }

  private static func help(for folder: Folder) -> String {
    var above = folder.parent
    var steps = ".."
    while let candidate = above {
      if (try? candidate.holdsManifest) == true {
        return "There is one further up: add `--directory \(steps)`."
      }
      above = candidate.parent
      steps += "/.."
    }
    return "Write one with `webkit init`, or name the project's folder by `--directory`."
  }
}

extension Folder {
  /// The folder in a sentence.
  var shownName: String { name == "." ? "this folder" : name }

  /// Whether there is a manifest.
  var holdsManifest: Bool {
    get throws(OperationError) {
      try mapErrors { () throws(FileError) in try entry(.manifest) != .absent }
    }
  }
}
