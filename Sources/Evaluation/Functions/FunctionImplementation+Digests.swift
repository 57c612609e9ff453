extension FunctionImplementation {
  /// Functions that give digests of texts and of files.
  static let digests: [String: FunctionImplementation] = {
    var functions: [String: FunctionImplementation] = [:]
    for digest in Digest.allCases {
      functions[digest.rawValue] = .value { .string(digest.text(of: Array($0.text(0).utf8))) }
      functions["file" + digest.rawValue] = .value { arguments throws(FunctionFailure) in
        try bytes(arguments).map { .string(digest.text(of: $0)) }
      }
      guard digest == .sha256 || digest == .sha512 else { continue }
      functions["base64" + digest.rawValue] = .value { arguments in
        .string(Base64.encoded(digest.bytes(of: Array(arguments.text(0).utf8))))
      }
      functions["filebase64" + digest.rawValue] = .value { arguments throws(FunctionFailure) in
        try bytes(arguments).map { .string(Base64.encoded(digest.bytes(of: $0))) }
      }
    }
    return functions
  }()
}
