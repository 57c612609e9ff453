import Diagnostics
import Evaluation
import HCL

/// Reads the declarations of a folder's files.
struct ModuleReader {
  let findings: Findings
  let module: Module
  var inspector: BodyInspector {
    BodyInspector(findings: findings, version: module.version)
  }

  /// Reads a file that has been parsed.
  func read(_ body: Body, of file: SourceFile) {
    inspector.inspect(
      body, .file, in: file, owner: "A file of Terraform",
      at: SourceLocation(file, SourceRange(0, 0)))
    let shapes = BodyShape.file.allowed(in: module.version).blocks
    for block in body.blocks where shapes[block.type]?.labels.count == block.labels.count {
      read(Declaration(block: block, file: file))
    }
  }

  private func read(_ declaration: Declaration) {
    switch declaration.block.type {
    case "terraform": readTerraform(declaration)
    case "provider": readProvider(declaration)
    case "variable": readVariable(declaration)
    case "locals": readLocals(declaration)
    case "output": readOutput(declaration)
    case "module": readCall(declaration)
    case "resource": readResource(declaration, .managed, check: nil)
    case "data": readResource(declaration, .data, check: nil)
    case "ephemeral": readResource(declaration, .ephemeral, check: nil)
    case "moved": module.moved.append(declaration)
    case "removed": module.removed.append(declaration)
    case "import": module.imports.append(declaration)
    case "check": readCheck(declaration)
    case "action": module.actions.append(declaration)
    default: break
    }
  }

  // MARK: - Names

  /// Reports a name that isn't an identifier.
  func checkName(_ label: Label?, of what: String, in file: SourceFile) {
    guard let label, !isIdentifier(label.text) else { return }
    findings.error(
      "bad-name", "`\(label.text)` can't be the name of \(what)",
      at: label.origin.range.map { SourceLocation(file, $0) },
      "A name begins with a letter or `_` and holds letters, digits, `_` and `-`.")
  }

  func reportDuplicate(_ what: String, _ place: SourceLocation, first: SourceLocation) {
    findings.error(
      "duplicate-declaration", "\(what) is declared twice", at: place,
      help: "Rename or remove one of them.", notes: [.init("The first declaration", at: first)])
  }

  // MARK: - Constants

  /// A truth value that refers to nothing; nil where there is none.
  func flag(_ attribute: Attribute?, in file: SourceFile) -> Bool? {
    guard let attribute else { return nil }
    if case .literal(let literal) = attribute.value, case .bool(let flag) = literal.kind {
      return flag
    }
    let value = findings.constant(
      attribute.value, as: .bool, in: file, "`\(attribute.name)` has to be `true` or `false`")
    return value?.boolValue
  }

  /// A text that refers to nothing; nil where there is none.
  func text(_ attribute: Attribute?, in file: SourceFile) -> String? {
    guard let attribute else { return nil }
    if let text = attribute.value.stringValue { return text }
    let value = findings.constant(
      attribute.value, as: .string, in: file,
      "`\(attribute.name)` has to be a text without references")
    return value?.stringValue
  }
}

extension Expression {
  /// The expression without comments and parentheses around it.
  var bare: Expression {
    switch self {
    case .commented(let commented): commented.expression.bare
    case .parentheses(let parentheses): parentheses.expression.bare
    default: self
    }
  }

  /// The expression without comments around it.
  var uncommented: Expression {
    if case .commented(let commented) = self { commented.expression.uncommented } else { self }
  }
}
