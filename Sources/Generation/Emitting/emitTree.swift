import AppManifest
import Diagnostics
import Parallelism
import ProviderModel

/// Makes the files of a resolved project, and looks at what is left to be looked at; all of it runs
/// at once.
///
/// - Parameters:
///   - stack: The resolved project.
///   - backend: Where its states are.
///   - moves: What moves in them.
///   - version: The version of webkit.
///   - checks: Preconditions that nobody has looked at.
///   - meanwhile: What else is to be done.
/// - Returns: The files, and what the checks found, in their order.
func emitTree(
  _ stack: Stack, _ backend: ResolvedBackend, _ moves: MoveEmitter, version: String,
  checks: [PreconditionCheck], meanwhile: (@Sendable () -> Void)?
) -> (tree: TreeDraft, findings: [Diagnostic]) {
  let routers = stack.routers.concurrentMap { RouterEmitter(stack, $0) }
  // What takes longest comes first, so that no core is left with it at the end: checks may render
  // whole files.
  var parts: [Part] = (meanwhile.map { [.work($0)] } ?? []) + checks.map { .check($0) }
  parts += [
    .files { RootEmitter(stack: stack, backend: backend, routers: routers).emit(into: &$0) },
    .files { moves.emit(into: &$0) },
    .files { ImportEmitter(stack: stack).emit(into: &$0) },
    .files { DataEmitter(stack: stack, version: version).emit(into: &$0) },
    .files { ReadmeEmitter(stack: stack, backend: backend).emit(into: &$0) },
  ]
  for router in routers { parts.append(.files { router.emit(into: &$0) }) }
  for leaf in stack.leaves.sorted(by: { $0.module.file.bytes.count > $1.module.file.bytes.count }) {
    parts.append(
      .files { files in
        LeafEmitter(
          leaf: leaf, catalog: stack.catalog, existing: stack.standIns(of: leaf),
          protectsData: stack.manifest.settings.protectsData,
          isRead: { stack.reads($0, of: leaf) }
        )
        .emit(into: &files)
      })
  }
  let directory = stack.manifest.settings.directory
  let made = parts.concurrentMap { $0.done(in: directory) }
  return (made.reduce(into: TreeDraft()) { $0.add($1.files) }, made.flatMap(\.findings))
}

/// Something that can be done beside all else.
private enum Part: Sendable {
  case work(@Sendable () -> Void)
  case check(PreconditionCheck)
  case files(@Sendable (inout ProjectTree) -> Void)

  /// Does it: gives the files that it makes, and what it finds.
  func done(in directory: String) -> (files: TreeDraft, findings: [Diagnostic]) {
    switch self {
    case .work(let work):
      work()
      return (TreeDraft(), [])
    case .check(let check): return (TreeDraft(), check.findings())
    case .files(let emit):
      var tree = ProjectTree(directory: directory)
      emit(&tree)
      return (tree.draft, [])
    }
  }
}
