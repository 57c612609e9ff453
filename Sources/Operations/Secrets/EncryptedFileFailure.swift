import Platform

/// Why a file of sops couldn't be read.
enum EncryptedFileFailure: Error, Hashable {
  /// There is none.
  case absent
  /// Something else stands there.
  case noFile
  /// It stands there in clear.
  case notEncrypted
  /// No key opens it; what sops says of those that it tried.
  case noKey(String)
  /// Its parts don't belong together.
  case changed
  /// It isn't what its ending says.
  case malformed
  /// What was decrypted is no JSON object.
  case noObject
  /// Whoever runs it ended it, or the system.
  case killed(Int32)
  /// Anything else: the code, and what sops says.
  case other(Int32, String)

  /// Makes a failure of how sops 3 ends (`cmd/sops/codes` in its source).
  ///
  /// - Parameters:
  ///   - end: How it ended.
  ///   - errors: What it wrote to standard error.
  ///   - values: The values of its variables, which no message may hold.
  init(_ end: ProgramEnd, _ errors: String, hiding values: [String]) {
    let text = Self.shown(errors, hiding: values)
    switch end {
    case .killed(let signal): self = .killed(signal)
    case .exited(128): self = .noKey(text)
    case .exited(24), .exited(25), .exited(51), .exited(52): self = .changed
    case .exited(let code):
      if errors.contains("sops metadata not found") {
        self = .notEncrypted
      } else if errors.contains("unmarshalling") || errors.contains("Error loading file") {
        // It quotes what it reads, which may stand there in clear.
        self = .malformed
      } else if errors.hasPrefix("panic:") {
        // It converts what it decrypted without a look at its kind.
        self = .changed
      } else {
        self = .other(code, text)
      }
    }
  }

  /// The first lines of what sops says, without what nobody may see.
  private static func shown(_ errors: String, hiding values: [String]) -> String {
    var lines: [String] = []
    for line in errors.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("Recovery failed") || line.hasPrefix("goroutine ") || lines.count == 20 {
        break
      }
      lines.append(String(line))
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    var text = lines.joined(separator: "\n")
    for value in values.flatMap({ $0.split(separator: "\n") }) where value.utf8.count >= 8 {
      // Paths tell where a key was looked for.
      guard !value.contains("/") else { continue }
      text = text.split(separator: value, omittingEmptySubsequences: false)
        .joined(separator: "(hidden)")
    }
    return text
  }

  /// What is wrong, in one line.
  func summary(of path: String) -> String {
    switch self {
    case .absent: "There is no file `\(path)`"
    case .noFile: "`\(path)` isn't a file"
    case .notEncrypted: "`\(path)` isn't encrypted by sops"
    case .noKey: "No key that is here opens `\(path)`"
    case .changed: "`\(path)` was changed without sops, or isn't whole"
    case .malformed: "sops can't read `\(path)`: it isn't written as its name says"
    case .noObject: "`\(path)` holds no names with values"
    case .killed(let signal): "sops was ended by signal \(signal) while it read `\(path)`"
    case .other(let code, _): "sops failed with the code \(code) on `\(path)`"
    }
  }

  /// More about it; nil if there is no more to say.
  var detail: String? {
    switch self {
    case .noKey(let text), .other(_, let text): text.isEmpty ? nil : text
    case .notEncrypted: "What it holds stands there in clear."
    default: nil
    }
  }

  /// What to do next.
  func help(for path: String) -> String {
    switch self {
    case .absent: "Make it: `sops \(path)`."
    case .noFile: "Name another file."
    case .notEncrypted:
      "Encrypt it: `sops -e -i \(path)`. What was committed in clear is no secret any more."
    case .noKey: "Give sops its key, as in `SOPS_AGE_KEY` or `SOPS_AGE_KEY_FILE`."
    case .changed: "Put back the file as sops wrote it."
    case .malformed, .noObject: "Look at it with `sops \(path)`."
    case .killed: "Run the command again."
    case .other: "Try `sops -d \(path)`."
    }
  }
}
