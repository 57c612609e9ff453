import Diagnostics
import HCL

/// A place where Terraform keeps its state.
public struct BackendSpec: Sendable {
  /// Terraform's word for it.
  public var name: String
  /// What people call it.
  public var title: String
  /// The setting that says which state it is, for example `key`.
  public var stateArgument: String
  /// Its value, with `{project}` and `{environment}`.
  public var statePattern: String
  /// Whether the state is a file on the machine that applies.
  public var isLocal: Bool
  /// What a manifest may set.
  public var settings: [VariableSpec]
  /// Settings that hold secrets, and the environment variables that hold them instead.
  public var secrets: [String: String]
}

/// Reads a backend's spec: a file with one `backend` block.
func readBackend(_ file: SourceFile, into diagnostics: inout Diagnostics) -> BackendSpec? {
  let body = parseBody(file, into: &diagnostics)
  guard let block = body.blocks.first, block.type == "backend", body.items.count == 1 else {
    diagnostics.append(
      Diagnostic(
        .error, "spec.not-a-backend", "a backend file holds exactly one `backend \"name\"` block",
        at: SourceLocation(file, SourceRange(0, 0))))
    return nil
  }
  var reader = BlockReader(block, in: file)
  let backend = BackendSpec(
    name: reader.requiredLabel(into: &diagnostics),
    title: reader.required("title", into: &diagnostics),
    stateArgument: reader.required("state_argument", into: &diagnostics),
    statePattern: reader.required("state", into: &diagnostics),
    isLocal: reader.flag("local", into: &diagnostics) ?? false,
    settings: block.body.blocks.filter { $0.type == "setting" }.map {
      readVariable($0, file, into: &diagnostics)
    },
    secrets: reader.textMap("secrets", into: &diagnostics))
  reader.finish(blocks: ["setting"], into: &diagnostics)
  return backend
}
