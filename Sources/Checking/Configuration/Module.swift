import Diagnostics
import Evaluation
import HCL

/// What the files of one folder declare.
final class Module {
  /// The folder in the tree; empty for its top.
  let folder: String
  /// The lowest version of Terraform that may run it.
  var version = LanguageVersion(1)
  /// Whether it has files that aren't read, so that names may be missing.
  var isPartial = false
  /// Whether it was checked before, so that only what its callers see counts.
  var isProven: Bool { proven != nil }
  private let proven: ProvenModule?

  var variables = Table<VariableDeclaration>()
  var locals = Table<LocalDeclaration>()
  var outputs = Table<OutputDeclaration>()
  var calls = Table<ModuleCall>()
  /// By address.
  var resources = Table<Resource>()
  /// By address.
  var providers = Table<ProviderConfiguration>()
  /// By local name.
  var requirements = Table<ProviderRequirement>()
  var checks = Table<Declaration>()
  var terraform: [Declaration] = []
  var moved: [Declaration] = []
  var removed: [Declaration] = []
  var imports: [Declaration] = []
  var actions: [Declaration] = []
  /// Blocks of `provider_meta`, by local name.
  var providerMeta: [Declaration] = []

  /// What each node of it refers to.
  var edges: [GraphNode: [GraphNode]] = [:]
  /// The configurations of providers that resources use, by address.
  var usedProviders: Set<String> = []
  /// What is referred to anywhere, by address.
  var used: Set<String> = []

  init(folder: String, proven: ProvenModule? = nil) {
    self.folder = folder
    self.proven = proven
  }

  /// The validations of a variable.
  func rules(of variable: VariableDeclaration) -> [Declaration] {
    guard let proven else { return variable.source.blocks("validation") }
    return proven.rules(variable.name).map { Declaration(block: $0, file: variable.source.file) }
  }

  /// The provider that a local name stands for.
  func provider(_ localName: String) -> ProviderAddress? {
    if let requirement = requirements[localName] { return requirement.address }
    return ProviderAddress(implied: localName)
  }
}

/// `name` or `name.alias`, also in quotes as it once was written; nil for all else.
func providerReference(_ expression: Expression) -> (name: String, alias: String?)? {
  if let text = expression.stringValue {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(parts.count), parts.allSatisfy(isIdentifier) else { return nil }
    return (parts[0], parts.count == 2 ? parts[1] : nil)
  }
  if case .parentheses = expression.uncommented { return nil }
  guard let (root, steps) = expression.traversal else { return nil }
  if steps.isEmpty { return (root, nil) }
  guard steps.count == 1, case .attribute(let alias) = steps[0] else { return nil }
  return (root, alias)
}

/// A node of the graph by which Terraform orders its work, inside of one module.
enum GraphNode: Hashable {
  case variable(String)
  case local(String)
  case output(String)
  case resource(String)
  case provider(String)
  case check(String)
  /// The repetition of a module call.
  case call(String)
  /// A value that a call gives to a variable.
  case argument(call: String, name: String)
  /// An output of a called module.
  case callOutput(call: String, name: String)
  /// All of a called module.
  case wholeCall(String)
}
