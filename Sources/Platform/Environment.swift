import Glibc

/// The variables of the process.
public struct Environment: Sendable {
  private var values: [String: String]

  /// Takes variables as given, for tests.
  public init(_ values: [String: String] = [:]) { self.values = values }

  /// The variables that this process was started with.
  public static var ofProcess: Environment {
    var values: [String: String] = [:]
    var next = unsafe environ
    while let entry = unsafe next.pointee {
      let text = unsafe String(cString: entry)
      if let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
        values[String(text[..<sign])] = String(text[text.utf8.index(after: sign)...])
      }
      unsafe next += 1
    }
    return Environment(values)
  }

  /// All variables.
  public var all: [String: String] { values }

  /// The value of a variable; nil if it isn't set.
  public subscript(name: String) -> String? { values[name] }

  /// The value of a variable; nil if it isn't set or empty.
  public func text(_ name: String) -> String? {
    values[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// Ends the process.
public func endProcess(_ code: Int32) -> Never { exit(code) }
