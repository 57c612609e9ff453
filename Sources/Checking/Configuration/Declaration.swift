import Diagnostics
import Evaluation
import HCL

/// A block with the file in which it stands.
///
/// A class, since much holds on to blocks, and asks them for the same arguments again. Nothing in it
/// changes, not even by being looked at: several modules are checked at once, and each reads what
/// those that it calls declare.
final class Declaration: Sendable {
  let block: Block
  let file: SourceFile
  /// The arguments, in order.
  let attributes: [Attribute]
  /// The blocks inside of it, in order.
  let innerBlocks: [Declaration]

  init(block: Block, file: SourceFile) {
    self.block = block
    self.file = file
    attributes = block.body.attributes
    innerBlocks = block.body.blocks.map { Declaration(block: $0, file: file) }
  }

  /// The place of its type and labels.
  var place: SourceLocation { location(block.headerOrigin) }

  func location(_ origin: Origin) -> SourceLocation {
    SourceLocation(file, origin.range ?? block.headerOrigin.range ?? SourceRange(0, 0))
  }

  func label(_ number: Int) -> Label? {
    block.labels.indices.contains(number) ? block.labels[number] : nil
  }

  func attribute(_ name: String) -> Attribute? {
    let attributes = attributes
    return attributes.indices.first { attributes[$0].name == name }.map { attributes[$0] }
  }

  func has(_ name: String) -> Bool { attributes.contains { $0.name == name } }

  /// A block inside of it.
  func inner(_ block: Block) -> Declaration { Declaration(block: block, file: file) }

  /// The blocks of a type inside of it.
  func blocks(_ type: String) -> [Declaration] {
    innerBlocks.filter { $0.block.type == type }
  }
}

/// What a resource block declares.
enum ResourceMode: String {
  case managed = "resource"
  case data
  case ephemeral

  /// What stands before type and name in a reference.
  var prefix: String { self == .managed ? "" : rawValue + "." }

  var noun: String {
    switch self {
    case .managed: "resource"
    case .data: "data source"
    case .ephemeral: "ephemeral resource"
    }
  }
}

/// A resource, data source or ephemeral resource.
struct Resource {
  var mode: ResourceMode
  var type: String
  var name: String
  var source: Declaration
  /// The `check` block that holds it.
  var check: String?
  /// How references name it.
  let address: String
  /// The local name of its provider, and the alias of the configuration.
  let provider: (name: String, alias: String?)

  init(mode: ResourceMode, type: String, name: String, source: Declaration, check: String?) {
    self.mode = mode
    self.type = type
    self.name = name
    self.source = source
    self.check = check
    address = mode.prefix + type + "." + name
    let given = source.attribute("provider").flatMap { providerReference($0.value) }
    let end = type.utf8.firstIndex(of: UInt8(ascii: "_")) ?? type.endIndex
    provider = given ?? (String(type[..<end]), nil)
  }

  var hasCount: Bool { source.has("count") }
  var hasForEach: Bool { source.has("for_each") }
}

/// A variable of a module.
struct VariableDeclaration {
  var name: String
  var source: Declaration
  /// Anything where none is given, or where it can't be read.
  var type = ValueType.dynamic
  /// What stands in for attributes that are left out.
  var defaults: TypeDefaults?
  var isSensitive = false
  var isEphemeral = false
  var isNullable = true

  var hasDefault: Bool { source.has("default") }
}

/// An output of a module.
struct OutputDeclaration {
  var name: String
  var source: Declaration
  var isSensitive = false
  var isEphemeral = false
}

/// A value of a `locals` block.
struct LocalDeclaration {
  var name: String
  var attribute: Attribute
  var file: SourceFile

  var place: SourceLocation {
    SourceLocation(file, attribute.nameOrigin.range ?? SourceRange(0, 0))
  }
}

/// A call of a module.
struct ModuleCall {
  var name: String
  var source: Declaration
  /// The folder of a local module that is there.
  var folder: String?

  var hasCount: Bool { source.has("count") }
  var hasForEach: Bool { source.has("for_each") }
}

/// A configuration of a provider.
struct ProviderConfiguration {
  var localName: String
  var alias: String?
  var source: Declaration

  var address: String { localName + (alias.map { "." + $0 } ?? "") }
}

/// An entry of `required_providers`.
struct ProviderRequirement {
  var localName: String
  /// The address that it stands for; nil where it can't be read.
  var address: ProviderAddress?
  /// Whether it says where it comes from; otherwise its name alone says so.
  var hasSource = false
  /// Configurations that the caller has to pass: `name.alias`.
  var aliases: [String] = []
  var place: SourceLocation
}

/// `hashicorp/random` with the host that serves it.
struct ProviderAddress: Hashable {
  var host = "registry.terraform.io"
  var namespace: String
  var type: String

  var text: String { "\(host)/\(namespace)/\(type)" }
  /// Without the usual host.
  var shortText: String { host == "registry.terraform.io" ? "\(namespace)/\(type)" : text }

  /// What a local name stands for that isn't declared.
  init(implied type: String) {
    if type == "terraform" {
      (host, namespace, self.type) = ("terraform.io", "builtin", type)
    } else {
      (namespace, self.type) = ("hashicorp", type)
    }
  }

  /// Reads `[host/][namespace/]type`; nil for what is none.
  init?(source: String) {
    let parts = source.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.lowercased() }
    guard (1...3).contains(parts.count) else { return nil }
    let names = parts.suffix(2)
    guard names.allSatisfy(Self.isName), let type = parts.last else { return nil }
    guard !type.hasPrefix("terraform-"), !type.hasPrefix("terraform_provider") else { return nil }
    self.type = type
    namespace = parts.count > 1 ? parts[parts.count - 2] : "hashicorp"
    if parts.count == 3 {
      guard parts[0].contains(".") || parts[0].contains(":") || parts[0] == "localhost" else {
        return nil
      }
      host = parts[0]
    }
    if parts == ["terraform"] { (host, namespace) = ("terraform.io", "builtin") }
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
      return false
    }
    let isEnd = { (scalar: Unicode.Scalar) in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
    let isDoubled = zip(text.utf8, text.utf8.dropFirst()).contains {
      $0 == $1 && ($0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_"))
    }
    return isEnd(first) && isEnd(last) && !isDoubled
      && text.unicodeScalars.allSatisfy { isEnd($0) || $0 == "-" || $0 == "_" }
  }
}
