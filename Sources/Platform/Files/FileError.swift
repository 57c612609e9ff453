import Glibc

/// Why something couldn't be done with a file.
public struct FileError: Error, Hashable, Sendable {
  /// What was tried.
  public enum Operation: String, Sendable {
    /// Opening or reading.
    case read
    /// Creating, writing or replacing.
    case write
    /// Making a folder.
    case makeFolder = "make the folder"
    /// Removing.
    case remove
    /// Locking.
    case lock
    /// Listing a folder.
    case list = "list the folder"
  }

  /// What stood in the way.
  public enum Reason: Hashable, Sendable {
    /// The system refused; its error number.
    case system(Int32)
    /// A symbolic link on the way leads out of the project's folder.
    case leadsOut
    /// A symbolic link on the way leads nowhere.
    case leadsNowhere
    /// There is something else than a file.
    case notAFile
    /// A part of the path that must be a folder is none.
    case notAFolder
    /// There is a file already, which must not be replaced.
    case exists
    /// The file is bigger than what is read; the limit in bytes.
    case tooBig(Int)
  }

  /// What was tried.
  public var operation: Operation
  /// The path, as the user knows it.
  public var path: String
  /// What stood in the way.
  public var reason: Reason

  /// Makes an error.
  public init(_ operation: Operation, _ path: String, _ reason: Reason) {
    self.operation = operation
    self.path = path
    self.reason = reason
  }

  /// What is wrong, in one line without a full stop.
  public var summary: String { "can't \(operation.rawValue) \(path): \(reasonText)" }

  /// What to do next; one sentence.
  public var help: String {
    switch reason {
    case .leadsOut: "Replace the symbolic link by a folder or file inside of the project."
    case .leadsNowhere: "Remove the symbolic link, or make what it points to."
    case .notAFile: "Move it away, and run the command again."
    case .notAFolder: "Name another folder, or move away what stands where one belongs."
    case .exists: "Move it away first if it's to be made anew."
    case .tooBig: "Move it away; webkit's own files are small."
    case .system(let code):
      switch code {
      case ENOSPC, EDQUOT, EFBIG: "Make room on the disk, and run the command again."
      case EACCES, EPERM, EROFS: "See to it that you may write and read there."
      case ENOENT: "Check the path."
      default: "Mend what the system reports, and run the command again."
      }
    }
  }

  private var reasonText: String {
    switch reason {
    case .system(let code): systemText(of: code)
    case .leadsOut: "a symbolic link leads out of the project"
    case .leadsNowhere: "a symbolic link leads nowhere"
    case .notAFile: "it isn't a regular file"
    case .notAFolder: "a part of the path isn't a folder"
    case .exists: "it exists already"
    case .tooBig(let limit): "it is bigger than \(limit / 1_048_576) MiB"
    }
  }
}

/// The system's words for an error number, in English whatever the locale.
func systemText(of code: Int32) -> String {
  guard let text = unsafe strerror(code) else { return "error \(code)" }
  return unsafe String(cString: text)
}
