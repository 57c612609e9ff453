extension FunctionImplementation {
  /// Functions over files.
  ///
  /// What isn't in the tree may still be there when Terraform runs, unless whoever knows the tree
  /// says that it is missing.
  static let paths: [String: FunctionImplementation] = [
    "file": .value { arguments throws(FunctionFailure) in
      guard let bytes = try bytes(arguments) else { return nil }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw FunctionFailure(
          "\"\(arguments.text(0))\" is no text in UTF-8; filebase64() reads any bytes", at: 0)
      }
      return .string(text)
    },
    "filebase64": .value { arguments throws(FunctionFailure) in
      try bytes(arguments).map { .string(Base64.encoded($0)) }
    },
    "fileexists": .value { arguments throws(FunctionFailure) in
      switch arguments.files(arguments.text(0)) {
      case .folder?: throw FunctionFailure("\"\(arguments.text(0))\" is a folder", at: 0)
      case .bytes?, .template?: return .bool(true)
      case .missing?: return .bool(false)
      case nil: return nil
      }
    },
    "pathexpand": .value { arguments in
      let path = arguments.text(0)
      return path.hasPrefix("~") ? nil : .string(path)
    },
    "dirname": .value { .string(folder(of: $0.text(0))) },
    "basename": .value { .string(lastName($0.text(0))) },
  ]

  /// The bytes of the file that the first argument names; nil where they aren't known.
  static func bytes(
    _ arguments: FunctionArguments
  ) throws(FunctionFailure) -> [UInt8]? {
    switch arguments.files(arguments.text(0)) {
    case .bytes(let bytes)?: return bytes
    case .template(let template)?: return template.bytes
    case .folder?: throw FunctionFailure("\"\(arguments.text(0))\" is a folder", at: 0)
    case .missing?: throw FunctionFailure("there is no file \"\(arguments.text(0))\"", at: 0)
    case nil: return nil
    }
  }

  /// The path without its last name, and without detours.
  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    let isAbsolute = path.hasPrefix("/")
    var names: [Substring] = []
    for name in path[..<slash].split(separator: "/") where name != "." {
      if name == "..", let last = names.last, last != ".." {
        names.removeLast()
      } else if name != ".." || !isAbsolute {
        names.append(name)
      }
    }
    let joined = names.joined(separator: "/")
    return isAbsolute ? "/" + joined : joined.isEmpty ? "." : joined
  }

  private static func lastName(_ path: String) -> String {
    if path.isEmpty { return "." }
    return path.split(separator: "/").last.map(String.init) ?? "/"
  }
}
