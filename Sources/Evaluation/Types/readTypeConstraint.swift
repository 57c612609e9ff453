public import Diagnostics
public import HCL

/// Reads the type of a variable; nil where it is none, which is reported.
public func readTypeConstraint(
  _ expression: Expression, file: SourceFile, into diagnostics: inout Diagnostics
) -> TypeConstraint? {
  var reader = TypeReader(file: file)
  var result: (ValueType, TypeDefaults?)?
  switch expression.withoutComments {
  // What 0.11 had: lists and maps of anything.
  case .variable(let name) where name.name == "list": result = (.list(.dynamic), nil)
  case .variable(let name) where name.name == "map": result = (.map(.dynamic), nil)
  case .template(let template) where template.literalText != nil:
    reader.reportQuoted(template)
  default: result = reader.read(expression)
  }
  diagnostics.append(contentsOf: reader.diagnostics)
  return result.map { TypeConstraint(type: $0.0, defaults: $0.1) }
}
