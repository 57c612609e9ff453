import AppManifest
import Diagnostics
import Files
import Generation
import HCL
import JSON
import Platform
import ProviderModel

/// The values of secrets, and those that nobody gave.
struct SecretValues: Sendable {
  /// The values by app, then variable.
  private(set) var values: [String: [String: String]] = [:]
  /// What no file of sops holds and nobody gave.
  private(set) var missing: [RunNeeds.Secret] = []

  /// Finds values: what this process is given goes before what files hold.
  ///
  /// Each file is decrypted once, in memory, and only if something in it is asked for. Everything that
  /// is wrong is reported, and what could be found is there.
  ///
  /// - Throws: When `TF_VAR_secrets` or the project's folder can't be read.
  init(
    _ secrets: [RunNeeds.Secret], of project: Project, in environment: Environment,
    into diagnostics: inout Diagnostics
  ) throws(OperationError) {
    let given = try GivenSecrets(environment)
    var kept: [(path: String, secrets: [RunNeeds.Secret])] = []
    for secret in secrets {
      if let value = given.value(of: secret) {
        values[secret.app, default: [:]][secret.name] = value
      } else if !secret.reference.isEncrypted {
        missing.append(secret)
      } else if let index = kept.firstIndex(where: { $0.path == secret.path }) {
        kept[index].secrets.append(secret)
      } else {
        kept.append((secret.path, [secret]))
      }
    }
    guard !kept.isEmpty else { return }
    guard let program = findProgram("sops", in: environment) else {
      diagnostics.append(.noProgram(kept.flatMap(\.secrets)))
      return
    }
    let sops = EncryptedFiles(program, of: project, in: environment)
    for (path, secrets) in kept {
      switch try sops.read(path) {
      case .failure(let failure): diagnostics.append(.unreadable(path, failure, secrets))
      case .success(let content): take(secrets, from: content, into: &diagnostics)
      }
    }
  }

  /// Those that no file of sops holds and nobody gave; no file is looked at.
  ///
  /// - Throws: When `TF_VAR_secrets` can't be read.
  static func missing(
    among secrets: [RunNeeds.Secret], in environment: Environment
  ) throws(OperationError) -> [RunNeeds.Secret] {
    let given = try GivenSecrets(environment)
    return secrets.filter { !$0.reference.isEncrypted && given.value(of: $0) == nil }
  }

  private mutating func take(
    _ secrets: [RunNeeds.Secret], from content: JSONNode, into diagnostics: inout Diagnostics
  ) {
    for secret in secrets {
      let node = content.node(at: secret.key)
      if let value = node?.plainText {
        values[secret.app, default: [:]][secret.name] = value
      } else {
        diagnostics.append(
          node.map { .noText($0, secret) } ?? .noKey(secret, content.secretKeys))
      }
    }
  }
}

/// What the variables of this process say of secrets.
private struct GivenSecrets {
  private let environment: Environment
  /// `TF_VAR_secrets`, as Terraform reads it.
  private let byApp: Value?

  init(_ environment: Environment) throws(OperationError) {
    self.environment = environment
    guard let text = environment.text("TF_VAR_secrets") else {
      byApp = nil
      return
    }
    // What stands in it is secret, so that no finding may quote it.
    var unshown = Diagnostics()
    let expression = parseExpression(
      SourceFile(name: "TF_VAR_secrets", text: text), into: &unshown)
    guard !unshown.hasErrors, let value = Value(literal: expression), value.attributes != nil else {
      throw OperationError(
        "TF_VAR_secrets is no object",
        help: "Write app, then variable, as in `{\"web\": {\"TOKEN\": \"...\"}}`.")
    }
    byApp = value
  }

  /// An empty variable counts as none: that is what pipelines make of secrets that aren't there.
  func value(of secret: RunNeeds.Secret) -> String? {
    environment.text(secret.name)
      ?? byApp?.attributes?[secret.app]?.attributes?[secret.name]?.scalarText
  }
}

extension RunNeeds.Secret {
  /// The file that holds it.
  var path: String { reference.path(in: environment) }
  /// Its key in the file.
  var key: String { reference.key ?? name }
}

extension JSONNode {
  /// What a key names: a name, or a path of names behind slashes (RFC 6901).
  fileprivate func node(at key: String) -> JSONNode? {
    guard key.hasPrefix("/") else { return member(key) }
    var node: JSONNode? = self
    for part in key.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      let name = part.split(separator: "~1", omittingEmptySubsequences: false)
        .joined(separator: "/")
        .split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
      if let elements = node?.elements {
        node = Int(name).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
      } else {
        node = node?.member(name)
      }
    }
    return node
  }

  /// The text of a scalar that isn't null.
  fileprivate var plainText: String? { text ?? numberText ?? flag.map { $0 ? "true" : "false" } }

  /// The keys of all scalars: names at the top, paths below.
  fileprivate var secretKeys: [String] {
    (members ?? []).flatMap { member in
      member.value.members == nil
        ? [member.key] : member.value.paths.map { "/\(member.key.escapedForPath)\($0)" }
    }
  }

  private var paths: [String] {
    guard let members else { return [""] }
    return members.flatMap { member in
      member.value.paths.map { "/\(member.key.escapedForPath)\($0)" }
    }
  }
}

extension String {
  fileprivate var escapedForPath: String {
    split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
      .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
  }
}

extension Diagnostic {
  private static func export(_ secrets: [RunNeeds.Secret]) -> String {
    "Or export \(listed(Set(secrets.map(\.name)).sorted(), "and"))."
  }

  fileprivate static func noProgram(_ secrets: [RunNeeds.Secret]) -> Diagnostic {
    Diagnostic(
      .error, "secret.no-sops", "Files of sops hold secrets, and there is no sops on PATH",
      at: secrets[0].location, help: "Install it. \(export(secrets))")
  }

  fileprivate static func unreadable(
    _ path: String, _ failure: EncryptedFileFailure, _ secrets: [RunNeeds.Secret]
  ) -> Diagnostic {
    Diagnostic(
      .error, "secret.file", failure.summary(of: path), at: secrets[0].location,
      detail: failure.detail, help: "\(failure.help(for: path)) \(export(secrets))")
  }

  fileprivate static func noKey(_ secret: RunNeeds.Secret, _ keys: [String]) -> Diagnostic {
    // Names stand in the file in clear, values don't.
    let near =
      nearestMatch(secret.key, in: keys) ?? keys.first { $0 == secret.name }
      ?? keys.first { $0.hasSuffix("/" + secret.key) }
    let all =
      keys.isEmpty
      ? "It holds nothing."
      : keys.count > 20
        ? "It holds \(keys.count) others." : "It holds \(listed(keys, "and"))."
    return Diagnostic(
      .error, "secret.no-key",
      "`\(secret.path)` has no `\(secret.key)` for `\(secret.name)` of `\(secret.app)`",
      at: secret.location,
      help: (near.map { "Did you mean `\($0)`?" } ?? all) + " \(export([secret]))")
  }

  fileprivate static func noText(_ node: JSONNode, _ secret: RunNeeds.Secret) -> Diagnostic {
    Diagnostic(
      .error, "secret.no-text",
      "`\(secret.key)` in `\(secret.path)` is \(node.kindName), which `\(secret.name)` of `\(secret.app)` can't be",
      at: secret.location,
      detail: "A secret is a text; numbers, `true` and `false` are taken as one.",
      help: node.isNull
        ? "For an empty one write `\"\"`."
        : "Name what is in it, as in `/\(secret.key)/\(node.elements == nil ? "name" : "0")`.")
  }

  /// A secret that nobody gave.
  static func missing(_ secret: RunNeeds.Secret) -> Diagnostic {
    Diagnostic(
      .error, "environment.no-secret",
      "Nothing says the secret `\(secret.name)` of `\(secret.app)`", at: secret.location,
      help: "Export it as `\(secret.name)`, or in `TF_VAR_secrets`.")
  }
}
