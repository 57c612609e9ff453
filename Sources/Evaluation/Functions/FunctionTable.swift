public import Diagnostics
import JSON

/// The functions of Terraform, and which of them a module may count on.
///
/// They come from `ProviderSpecs/terraform/functions.json`.
public struct FunctionTable: Sendable {
  /// All functions by name.
  public private(set) var signatures: [String: FunctionSignature] = [:]
  /// The first versions of namespaces such as `core`.
  public private(set) var namespaces: [String: LanguageVersion] = [:]
  /// The lowest version of Terraform that the module lets in; nil where it doesn't say.
  public var lowestVersion: LanguageVersion?

  /// The names of all functions that there are today, sorted.
  public var names: [String] {
    signatures.values.filter { $0.removed == nil }.map(\.name).sorted()
  }

  /// Makes a table without any function.
  init() {}

  /// Reads the data; what is wrong with them is reported, and left out.
  public init(
    _ file: SourceFile, lowestVersion: LanguageVersion? = nil, into diagnostics: inout Diagnostics
  ) {
    self.lowestVersion = lowestVersion
    guard let root = parseJSON(file, into: &diagnostics) else { return }
    for member in root.member("namespaces")?.members ?? [] {
      namespaces[member.key] = member.value.text.flatMap { LanguageVersion($0) }
    }
    for node in root.member("functions")?.elements ?? [] {
      guard let signature = FunctionSignature(node) else {
        diagnostics.append(
          Diagnostic(
            .error, "terraform.function-data", "This is no description of a function",
            at: SourceLocation(file, node.range)))
        continue
      }
      signatures[signature.name] = signature
    }
  }

  /// The version that a function needs, where the module lets in older ones.
  func versionNeeded(for needed: LanguageVersion?) -> LanguageVersion? {
    guard let needed, let lowestVersion, lowestVersion < needed else { return nil }
    return needed
  }
}

extension FunctionSignature {
  fileprivate init?(_ node: JSONNode) {
    guard let name = node.member("name")?.text,
      let result = node.member("returns")?.text.flatMap(ValueType.init(data:)),
      let given = node.member("parameters")?.elements
    else { return nil }
    let parameters = given.compactMap(Parameter.init)
    guard parameters.count == given.count else { return nil }
    self.init(
      name: name, since: node.member("since")?.text.flatMap { LanguageVersion($0) },
      removed: node.member("removed")?.text.flatMap { LanguageVersion($0) },
      parameters: parameters, variadic: node.member("variadic").flatMap(Parameter.init),
      result: result)
  }
}

extension FunctionSignature.Parameter {
  fileprivate init?(_ node: JSONNode) {
    guard let name = node.member("name")?.text,
      let type = node.member("type")?.text.flatMap(ValueType.init(data:))
    else { return nil }
    let allows = Set((node.member("allows")?.elements ?? []).compactMap(\.text))
    self.init(
      name: name, type: type, allowsNull: allows.contains("null"),
      allowsUnknown: allows.contains("unknown"), allowsDynamic: allows.contains("dynamic"),
      allowsMarked: allows.contains("marked"))
  }
}

extension ValueType {
  /// Reads the form in which the data write types: `list(any)`.
  fileprivate init?(data text: String) {
    switch text {
    case "any": self = .dynamic
    case "string": self = .string
    case "number": self = .number
    case "bool": self = .bool
    default:
      guard text.hasSuffix(")"), let open = text.firstIndex(of: "("),
        let element = ValueType(data: String(text[text.index(after: open)...].dropLast()))
      else { return nil }
      switch text[..<open] {
      case "list": self = .list(element)
      case "set": self = .set(element)
      case "map": self = .map(element)
      default: return nil
      }
    }
  }
}
