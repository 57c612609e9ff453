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
    "filemd5": reading, "filesha1": reading, "filesha256": reading, "filesha512": reading,
    "filebase64sha256": reading, "filebase64sha512": reading,
    "fileexists": .value { arguments in
      switch arguments.files(arguments.text(0)) {
      case .bytes?: .bool(true)
      case .missing?: .bool(false)
      case nil: nil
      }
    },
    "templatefile": .value { arguments throws(FunctionFailure) in
      guard arguments[1].type.isMapping || arguments[1].type == .dynamic else {
        throw FunctionFailure(
          "a map or an object is required, this is \(arguments[1].type.friendlyName)", at: 1)
      }
      _ = try bytes(arguments)
      return .dynamic
    },
    "basename": .value { .string(lastName($0.text(0))) },
  ]

  private static let reading = FunctionImplementation.value { arguments throws(FunctionFailure) in
    _ = try bytes(arguments)
    return nil
  }

  private static func bytes(
    _ arguments: FunctionArguments
  ) throws(FunctionFailure) -> [UInt8]? {
    switch arguments.files(arguments.text(0)) {
    case .bytes(let bytes)?: return bytes
    case .missing?: throw FunctionFailure("there is no file \"\(arguments.text(0))\"", at: 0)
    case nil: return nil
    }
  }

  private static func lastName(_ path: String) -> String {
    if path.isEmpty { return "." }
    return path.split(separator: "/").last.map(String.init) ?? "/"
  }
}
