public import Evaluation
public import Files
public import HCL

/// What is checked, and against what.
public struct CheckInput: Sendable {
  /// All files below a folder.
  public var tree: FileTree
  /// Files that are there as syntax instead, by path; what is found in them has no places.
  public var bodies: [String: Body]
  /// Modules that were checked before, by folder.
  public var proven: [String: ProvenModule]
  /// The folder of the root module in the tree; empty for its top.
  public var root: String
  /// The schemas of providers; where two have one, the first counts.
  public var schemas: [SchemaSource]
  /// The functions of Terraform.
  public var functions: FunctionTable
  /// How it is checked.
  public var options: CheckOptions

  /// Makes an input.
  public init(
    tree: FileTree, bodies: [String: Body] = [:], proven: [String: ProvenModule] = [:],
    root: String, schemas: [SchemaSource], functions: FunctionTable,
    options: CheckOptions = CheckOptions()
  ) {
    self.tree = tree
    self.bodies = bodies
    self.proven = proven
    self.root = root
    self.schemas = schemas
    self.functions = functions
    self.options = options
  }
}

/// A module that was checked before, so that only what callers see of it counts.
///
/// It was checked with variables of which nothing but the type is known.
public struct ProvenModule: Sendable {
  /// What it declares; values that no caller sees may be left out.
  public var body: Body
  /// The validations of a variable, which values that callers give may break.
  public var rules: @Sendable (_ variable: String) -> [Block]

  /// Makes a module.
  public init(body: Body, rules: @escaping @Sendable (_ variable: String) -> [Block]) {
    self.body = body
    self.rules = rules
  }
}

/// How a tree is checked.
public struct CheckOptions: Sendable {
  /// The version of Terraform that is to run it.
  public var version: Version
  /// Whether what works but a reviewer would ask about is reported.
  public var reportsUnused: Bool

  /// What messages call the root module's folder; nil for its path in the tree.
  public var shownRoot: String?

  /// Makes options.
  public init(
    version: Version = .usual, reportsUnused: Bool = true, shownRoot: String? = nil
  ) {
    self.version = version
    self.reportsUnused = reportsUnused
    self.shownRoot = shownRoot
  }
}

extension Version {
  /// The version whose rules are checked where nobody names another.
  public static let usual = Version(numbers: [1, 11, 4])

  private init(numbers: [Int]) { self.numbers = numbers }
}
