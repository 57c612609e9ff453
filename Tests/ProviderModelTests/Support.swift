import Diagnostics
import HCL
import JSON
import ProviderModel
import ProviderSpecs
import Testing

/// The expression that a text is.
func expression(_ text: String) throws -> Expression {
  var diagnostics = Diagnostics()
  let expression = parseExpression(SourceFile(name: "x", text: text), into: &diagnostics)
  try #require(!diagnostics.hasErrors, "\(text): \(diagnostics.items.map(\.summary))")
  return expression
}

/// The value of a text in which `x` and the like have values.
func value(_ text: String, _ names: [String: Value] = [:]) throws -> Value {
  try Evaluator(FixedScope(names)).value(of: expression(text))
}

/// The type that a text is.
func type(_ text: String) throws -> TypeConstraint? { try TypeConstraint(expression(text)) }

/// The text that a finding is about.
func marked(_ diagnostic: Diagnostic) -> String {
  diagnostic.location.map { $0.file.text($0.range) } ?? ""
}

/// The ids of findings and the first line of what each marks, as `spec.labels: variable`.
func findings(_ diagnostics: Diagnostics) -> [String] {
  diagnostics.sorted().map { finding in
    let line = marked(finding).split(separator: "\n").first ?? ""
    return "\(finding.id): \(line)"
  }
}

/// The files that are part of webkit.
let embeddedFiles = EmbeddedSpecs.files.map { (path: $0.path, text: $0.text) }

/// A catalog of one provider `acme` with leaves of resources and of links, by name.
func makeCatalog(
  provider: String = "", schema: String = "{}", constraints: String = "{}",
  _ leaves: [String: String], links: [String: String] = [:],
  into diagnostics: inout Diagnostics
) -> Catalog {
  let header = "title = \"Acme\"\nsource = \"acme/acme\"\nversion = \"~> 1.0\"\n"
  var files = [
    (path: "acme/provider.hcl", text: "provider \"acme\" {\n\(header)\(provider)}\n"),
    (
      path: "acme/schema.json",
      text: #"{"provider_schemas": {"acme": {"resource_schemas": \#(schema)}}}"#
    ),
    (path: "acme/constraints.json", text: #"{"resources": \#(constraints)}"#),
  ]
  for (role, group) in [("resource", leaves), ("link", links)] {
    for (name, text) in group.sorted(by: { $0.key < $1.key }) {
      let header = "serves = \"\(role)\"\ntitle = \"T\"\ndescription = \"D\"\n"
      files.append((path: "acme/\(name).hcl", text: "module \"\(name)\" {\n\(header)\(text)\n}\n"))
    }
  }
  return Catalog(files: files, into: &diagnostics)
}
