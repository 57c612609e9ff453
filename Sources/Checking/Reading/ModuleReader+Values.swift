import Diagnostics
import Evaluation
import HCL

extension ModuleReader {
  private static let reservedVariables: Set = [
    "source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals",
  ]

  func readVariable(_ declaration: Declaration) {
    inspector.inspect(declaration, .variable, owner: "A `variable` block")
    guard let label = declaration.label(0) else { return }
    checkName(label, of: "a variable", in: declaration.file)
    if Self.reservedVariables.contains(label.text) {
      findings.error(
        "reserved-name", "A variable can't be called `\(label.text)`",
        at: declaration.location(label.origin),
        "A `module` block has an argument of that name with a meaning of its own.")
    }
    var variable = VariableDeclaration(name: label.text, source: declaration)
    _ = text(declaration.attribute("description"), in: declaration.file)
    variable.isSensitive = flag(declaration.attribute("sensitive"), in: declaration.file) ?? false
    variable.isEphemeral = flag(declaration.attribute("ephemeral"), in: declaration.file) ?? false
    variable.isNullable = flag(declaration.attribute("nullable"), in: declaration.file) ?? true
    if let type = declaration.attribute("type") {
      var problems = Diagnostics()
      let constraint = readTypeConstraint(type.value, file: declaration.file, into: &problems)
      findings.append(contentsOf: problems)
      if let constraint { (variable.type, variable.defaults) = (constraint.type, constraint.defaults) }
    }
    for rule in declaration.blocks("validation") {
      inspector.inspect(rule, .rule, owner: "A `validation` block")
    }
    if let first = module.variables.add(variable.name, variable) {
      reportDuplicate("Variable `\(variable.name)`", declaration.place, first: first.source.place)
    }
  }

  func readOutput(_ declaration: Declaration) {
    inspector.inspect(declaration, .output, owner: "An `output` block")
    guard let label = declaration.label(0) else { return }
    checkName(label, of: "an output", in: declaration.file)
    var output = OutputDeclaration(name: label.text, source: declaration)
    _ = text(declaration.attribute("description"), in: declaration.file)
    output.isSensitive = flag(declaration.attribute("sensitive"), in: declaration.file) ?? false
    output.isEphemeral = flag(declaration.attribute("ephemeral"), in: declaration.file) ?? false
    for rule in declaration.blocks("precondition") {
      inspector.inspect(rule, .rule, owner: "A `precondition` block")
    }
    if let first = module.outputs.add(output.name, output) {
      reportDuplicate("Output `\(output.name)`", declaration.place, first: first.source.place)
    }
  }

  func readLocals(_ declaration: Declaration) {
    for item in declaration.block.body.items {
      switch item {
      case .block(let block):
        findings.error(
          "unknown-block", "A `locals` block holds no blocks",
          at: declaration.location(block.headerOrigin), help: "Write `\(block.type) = ...`.")
      case .attribute(let attribute):
        let local = LocalDeclaration(
          name: attribute.name, attribute: attribute, file: declaration.file)
        if let first = module.locals.add(attribute.name, local) {
          reportDuplicate("Local `\(attribute.name)`", local.place, first: first.place)
        }
      }
    }
  }

  func readCall(_ declaration: Declaration) {
    inspector.inspect(declaration, .module, owner: "A `module` block")
    guard let label = declaration.label(0) else { return }
    checkName(label, of: "a module call", in: declaration.file)
    checkRepetition(of: declaration, "A module call")
    if declaration.attribute("version") != nil {
      _ = text(declaration.attribute("version"), in: declaration.file)
    }
    let call = ModuleCall(name: label.text, source: declaration)
    if let first = module.calls.add(call.name, call) {
      reportDuplicate("Module call `\(call.name)`", declaration.place, first: first.source.place)
    }
  }

  /// Reports `count` beside `for_each`.
  func checkRepetition(of declaration: Declaration, _ owner: String) {
    guard declaration.attribute("count") != nil, let each = declaration.attribute("for_each") else {
      return
    }
    findings.error(
      "count-and-for-each", "\(owner) has either `count` or `for_each`",
      at: declaration.location(each.nameOrigin), help: "Remove one of them.")
  }
}
