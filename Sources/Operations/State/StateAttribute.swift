import Diagnostics
public import JSON
import Platform

/// An argument or attribute of a resource.
public struct StateAttribute: Sendable {
  /// Its name.
  public var name: String
  /// Its value, with null for each part that is a secret.
  public var value: JSONNode
  /// Whether something of it is a secret.
  public var isSensitive: Bool
}

extension PreparedRun {
  /// The addresses of all that the state holds.
  func addresses(in project: Project) throws(OperationError) -> [String] {
    let (output, errors) = (CollectedOutput(), CollectedOutput(hiding: hidden))
    var call = call(["state", "list"])
    (call.output, call.errors) = (output.stream, errors.stream)
    guard try run(call) == .exited(0) else {
      switch try presentState(in: project) {
      // Without a state there is nothing to list, which the engine calls an error.
      case .blank: return []
      case .broken(_, let words): throw .brokenState(target.environment, words)
      case .written: break
      }
      throw OperationError(
        "the state can't be read", help: explained(errors.text, in: target.environment))
    }
    return output.text.split(separator: "\n").map(String.init)
  }

  /// What the state says of a resource; the engine knows which of it are secrets.
  func attributes(of address: String) throws(OperationError) -> [StateAttribute] {
    let (output, errors) = (CollectedOutput(), CollectedOutput(hiding: hidden))
    var call = call(["show", "-json"])
    (call.output, call.errors) = (output.stream, errors.stream)
    var problems = Diagnostics()
    guard try run(call) == .exited(0),
      let node = parseJSON(SourceFile(name: "state", bytes: output.bytes), into: &problems),
      let resource = node.member("values")?.member("root_module")?.resource(address)
    else {
      throw OperationError(
        "the state can't be shown", help: explained(errors.text, in: target.environment))
    }
    let secrets = resource.member("sensitive_values")
    return (resource.member("values")?.members ?? []).map { member in
      let secret = secrets?.member(member.key)
      return StateAttribute(
        name: member.key, value: member.value.hiding(secret),
        isSensitive: secret?.holdsTruth ?? false)
    }
  }
}

extension JSONNode {
  /// The resource of an address in a module or those that it calls.
  fileprivate func resource(_ address: String) -> JSONNode? {
    let own = member("resources")?.elements?.first { $0.member("address")?.text == address }
    return own
      ?? member("child_modules")?.elements?.lazy.compactMap { $0.resource(address) }.first
  }

  /// Whether something in it is true.
  fileprivate var holdsTruth: Bool {
    flag == true || (elements ?? []).contains(where: \.holdsTruth)
      || (members ?? []).contains { $0.value.holdsTruth }
  }

  /// The same with null for each part of which another tree says that it is a secret.
  fileprivate func hiding(_ secret: JSONNode?) -> JSONNode {
    guard let secret, secret.holdsTruth else { return self }
    if secret.flag == true { return JSONNode(.null) }
    if let elements {
      let secrets = secret.elements ?? []
      return .array(
        elements.enumerated().map { place, element in
          element.hiding(place < secrets.count ? secrets[place] : nil)
        })
    }
    return .object((members ?? []).map { ($0.key, $0.value.hiding(secret.member($0.key))) })
  }
}
