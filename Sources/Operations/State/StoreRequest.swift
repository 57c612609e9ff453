import Files

/// A question to a store of buckets.
struct StoreRequest: Sendable {
  enum Method: String, Sendable {
    case get = "GET"
    case head = "HEAD"
    case put = "PUT"
    case delete = "DELETE"
  }

  var method: Method
  /// The object's key; nil for the bucket itself.
  var key: String?
  /// What stands behind the question mark, in any order.
  var query: [(name: String, value: String)] = []
  /// Headers beside those that every request has.
  var headers: [(name: String, value: String)] = []
  var body = ""
  /// Whether it says who asks.
  var isSigned = true

  /// The keys with which requests are signed, or what stands for them.
  struct Keys: Sendable {
    var access: String
    var secret: String
    var token: String?
  }

  /// What curl is told on its standard input, so that nothing of it is an argument.
  ///
  /// - Parameters:
  ///   - url: The URL of the bucket.
  ///   - signature: What it is signed for.
  ///   - keys: The keys.
  /// - Returns: Lines of a file of curl's options.
  func options(_ url: String, _ signature: String, _ keys: Keys) -> [String] {
    var lines = ["url = \(Self.quoted(location(url)))"]
    // A request without a body would be waited for, were it only called HEAD.
    lines.append(method == .head ? "head" : "request = \(Self.quoted(method.rawValue))")
    if method == .put { lines.append("data-raw = \(Self.quoted(body))") }
    var headers = headers
    if method == .put { headers.append(("Content-Type", "application/octet-stream")) }
    if isSigned {
      lines.append("aws-sigv4 = \(Self.quoted(signature))")
      lines.append("user = \(Self.quoted("\(keys.access):\(keys.secret)"))")
      // Not every curl says it by itself, and stores want it.
      headers.append(("x-amz-content-sha256", Digest(of: Array(body.utf8)).hex))
      if let token = keys.token { headers.append(("x-amz-security-token", token)) }
    }
    return lines + headers.map { "header = \(Self.quoted("\($0.name): \($0.value)"))" }
  }

  /// In the order of their names, since not every curl sorts them before it signs them.
  private func location(_ url: String) -> String {
    let path = key.map { "/" + Self.encoded($0, keeping: "/") } ?? ""
    let pairs = query.sorted { $0.name < $1.name }.map {
      Self.encoded($0.name) + "=" + Self.encoded($0.value)
    }
    return url + path + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
  }

  /// A text as URLs have it.
  static func encoded(_ text: String, keeping kept: String = "") -> String {
    let plain = Set("-._~\(kept)".utf8)
    return text.utf8.reduce(into: "") { result, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case _ where plain.contains(byte): result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
  }

  /// A text as curl's options have it: on one line, whatever is in it.
  static func quoted(_ text: String) -> String {
    let escapes: [Unicode.Scalar: String] = [
      "\\": "\\\\", "\"": "\\\"", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u{0B}": "\\v",
    ]
    return "\""
      + text.unicodeScalars.reduce(into: "") { result, scalar in
        if let escape = escapes[scalar] {
          result += escape
        } else {
          result.unicodeScalars.append(scalar)
        }
      } + "\""
  }
}
