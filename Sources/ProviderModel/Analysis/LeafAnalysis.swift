import HCL

/// What follows from a leaf's Terraform blocks and the provider's schema.
///
/// A class, since it is asked through the leaves in use, one fact at a time.
public final class LeafAnalysis: Sendable {
  /// Facts about values, by input and path (`size`, `pool.mode`): those of the arguments that the
  /// value reaches unchanged, and those that the spec writes down.
  public let facts: [String: ArgumentFacts]
  /// Inputs of which a change replaces a resource, whatever way they reach it.
  public let replacing: Set<String>
  /// Those of them of which a change replaces something that holds data.
  public let losing: Set<String>
  /// Those of them that lose it as well when they are given for the first time, or no longer.
  public let losingByAbsence: Set<String>
  /// Inputs that lose it only by being given or not, whatever they say.
  public let switching: Set<String>
  /// Inputs that reach an argument whose changes the provider accepts and ignores, whether or not
  /// the leaf does as well.
  public let frozen: Set<String>
  /// Outputs that have to be hidden.
  public let sensitiveOutputs: Set<String>

  /// Analyses a leaf.
  public init(_ module: ModuleSpec, _ catalog: Catalog) {
    let locals = module.locals
    var arguments = ArgumentAnalysis(catalog, locals)
    for variable in module.variables { arguments.addWritten(variable, path: variable.name) }
    for block in module.body where block.type == "resource" { arguments.addResource(block) }
    facts = arguments.facts
    replacing = arguments.replacing
    losing = arguments.losing
    losingByAbsence = arguments.losingByAbsence
    switching = arguments.switching
    frozen = arguments.frozen
    sensitiveOutputs = OutputSecrecy(module, catalog, locals).sensitiveOutputs
  }
}

extension LeafAnalysis {
  /// Whether an input is remembered, since a change may lose data.
  public func isKept(_ input: String) -> Bool {
    losing.contains(input) || switching.contains(input)
  }

  /// Whether an input loses data as well by being given for the first time, or no longer.
  public func countsByAbsence(_ input: String) -> Bool {
    losingByAbsence.contains(input) || switching.contains(input)
  }

  /// Whether it counts only if an input is given.
  public func isSwitch(_ input: String) -> Bool {
    switching.contains(input) && !losing.contains(input)
  }
}
