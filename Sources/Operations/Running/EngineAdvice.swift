/// What to do next about an error in the engine's words, or in those of a store or a provider; nil
/// where they say it themselves.
///
/// - Parameters:
///   - text: The error.
///   - environment: The environment that was worked on.
/// - Returns: Sentences.
func advice(on text: String, in environment: String) -> String? {
  // A damaged state is reported as a lock that couldn't be had.
  if saysStateIsDamaged(text) {
    return """
      The state is damaged. Look at the copies of it: `webkit infra state versions --environment \
      \(environment)`; `webkit infra state restore` puts one back.
      """
  }
  if let id = lockID(in: text) {
    return """
      If nobody works on the state any more, take the lock away: \
      `webkit infra unlock --environment \(environment) \(id)`.
      """
  }
  return advice(on: text)
}

/// What to do next about an error of whoever was asked over the network, or of the system.
func advice(on text: String) -> String? {
  hints.first { hint in hint.words.contains(where: text.contains) }?.advice
}

/// Whether an error says that what is stored is no state.
func saysStateIsDamaged(_ text: String) -> Bool {
  ["Unsupported state file format", "could not be parsed as JSON", "does not have a \"version\""]
    .contains(where: text.contains)
}

/// The id of the lock that an error speaks of.
private func lockID(in text: String) -> String? {
  guard text.contains("state lock") else { return nil }
  for line in text.split(separator: "\n") {
    let words = line.split(separator: " ").drop { !$0.contains(where: \.isLetter) }
    if words.count == 2, words.first == "ID:" { return words.last.map(String.init) }
  }
  return nil
}

private struct Hint {
  var words: [String]
  var advice: String
}

/// What errors of others say, the more special in front.
private let hints = [
  Hint(
    words: ["no space left on device", "file too large", "disk quota exceeded"],
    advice: "Make room on the disk, and run the command again."),
  Hint(
    words: ["read-only file system", "permission denied"],
    advice: "See to it that you may write and read there, and run the command again."),
  Hint(
    words: ["NoSuchBucket", "bucket does not exist"],
    advice: """
      There is no such bucket at this place: look at its name (`TF_STATE_BUCKET`, or `bucket` in \
      app.json), its region and endpoint, or make it.
      """),
  Hint(
    words: ["x509:", "certificate signed by", "tls: failed to verify", "SSL certificate problem"],
    advice: """
      The certificate isn't trusted here: look whether the address is right, and at \
      `SSL_CERT_FILE` where a proxy or a store of your own signs.
      """),
  Hint(
    words: [
      "connection refused", "no such host", "i/o timeout", "network is unreachable",
      "TLS handshake timeout", "no route to host", "connection reset by peer", "Couldn't connect",
      "Could not resolve host",
      "Connection timed out",
    ],
    advice: """
      Nothing answers there: look at the network, at proxies (`HTTPS_PROXY`) and at endpoints that \
      are set, and run the command again.
      """),
  Hint(
    words: [
      "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidClientTokenId",
      "StatusCode: 401", "StatusCode: 403", " 401 ", " 403 ", "Unauthorized", "Forbidden",
    ],
    advice: """
      The credentials are refused: look whether they are of the right account, are valid still, \
      and may do this.
      """),
  Hint(
    words: ["already exists", "already in use", "already been taken"],
    advice: """
      If it is what a run made that didn't end well, adopt it: \
      `webkit infra exec -- import 'ADDRESS' ID`. If it is another's, write another name.
      """),
  Hint(
    words: ["Inconsistent dependency lock file", "does not match configured version constraint"],
    advice: """
      The lock file of the providers isn't that of this tree: `webkit infra exec -- init -upgrade` \
      writes it anew.
      """),
]
