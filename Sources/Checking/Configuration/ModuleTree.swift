import Diagnostics
import Evaluation
import Files
import HCL
import Parallelism

/// The modules of a tree, each folder read once.
final class ModuleTree {
  let files: FileTree
  let findings: Findings
  /// By folder, in the order in which they were reached.
  private(set) var modules = Table<Module>()
  /// The folders' files by name, made once.
  private let folders: [String: [String]]

  /// The size of the longest file.
  private let longest: Int
  /// The lowest version of Terraform that the modules read so far let in.
  private var version: LanguageVersion
  private let parsed: ParsedFiles
  private let proven: [String: ProvenModule]
  /// Modules that were proven or are there as syntax, read before they are reached.
  private var early: [String: Early] = [:]

  /// A module that was read before it was reached, and what was found in it.
  ///
  /// Each is handed over once, by the thread that read it to the one that reads the tree.
  private struct Early: @unchecked Sendable {
    let module: Module
    let findings: Diagnostics
  }
  /// What messages call a file.
  private let shown: @Sendable (String) -> String

  init(
    _ files: FileTree, bodies: [String: Body] = [:], proven: [String: ProvenModule] = [:],
    root: String, shownRoot: String?, version: Version, findings: Findings
  ) {
    self.files = files
    self.version = LanguageVersion(version.text) ?? LanguageVersion(1)
    self.findings = findings
    var folders: [String: [String]] = [:]
    for path in files.paths + bodies.keys.sorted() {
      folders[FileTree.folder(of: path), default: []].append(path)
    }
    self.folders = folders
    self.proven = proven
    let shown = Self.shown(from: root, as: shownRoot ?? root)
    self.shown = shown
    parsed = ParsedFiles(files, bodies: bodies, folders, root: root, shown: shown)
    longest = files.paths.map { files[$0]?.count ?? 0 }.max() ?? 0
    readEarly(Set(bodies.keys.map(FileTree.folder)), root: root)
    _ = load(root, callers: [])
  }

  /// Reads modules at once that are proven, or have nothing but syntax, for the version that the root
  /// module demands.
  private func readEarly(_ folders: Set<String>, root: String) {
    let version = files(of: root).compactMap(\.body.demandedVersion).reduce(version, max)
    let parts =
      folders.map { (folder: $0, known: ProvenModule?.none, files: files(of: $0)) }
      + proven.map { (folder: $0.key, known: $0.value, files: []) }
    let size = { (part: (folder: String, known: ProvenModule?, files: [ParsedFiles.File])) in
      part.files.reduce(part.known?.body.items.count ?? 0) { $0 + $1.body.items.count }
    }
    let modules = parts.concurrentMap(weight: size) { [shown] folder, known, files in
      let module = Module(folder: folder, proven: known)
      module.version = version
      let findings = Findings()
      let reader = ModuleReader(findings: findings, module: module)
      for file in files {
        if !file.body.isWellFormed { findings.noText(of: file.source) }
        reader.read(file.body, of: file.source)
      }
      if let known { reader.read(known.body, of: SourceFile(name: shown(folder), bytes: [])) }
      return Early(module: module, findings: findings.diagnostics)
    }
    for one in modules { early[one.module.folder] = one }
  }

  /// The files of a folder that are parsed already.
  private func files(of folder: String) -> [ParsedFiles.File] {
    (folders[folder] ?? []).compactMap { parsed[$0] }
  }

  /// The root module.
  var root: Module { modules.items[0] }

  /// Whether a folder holds files of Terraform.
  private func isModule(_ folder: String) -> Bool {
    folders[folder]?.contains { $0.hasSuffix(".tf") || $0.hasSuffix(".tf.json") } ?? false
  }

  private func holdsFiles(_ folder: String) -> Bool {
    folders.keys.contains { $0 == folder || $0.hasPrefix(folder + "/") }
  }

  private func load(_ folder: String, callers: [String]) -> Module {
    if let module = modules[folder] { return module }
    if let known = early[folder] {
      findings.append(contentsOf: known.findings)
      _ = modules.add(folder, known.module)
      known.module.calls = follow(known.module.calls, of: known.module, callers: callers + [folder])
      return known.module
    }
    let module = Module(folder: folder)
    _ = modules.add(folder, module)
    let reader = ModuleReader(findings: findings, module: module)
    let bodies = bodies(of: folder, module)
    version = max(version, bodies.compactMap { $0.1.demandedVersion }.max() ?? version)
    module.version = version
    for (file, body) in bodies { reader.read(body, of: file) }
    module.calls = follow(module.calls, of: module, callers: callers + [folder])
    return module
  }

  /// What messages call files where they call the root module's folder something else.
  private static func shown(
    from root: String, as shownRoot: String
  ) -> @Sendable (String) -> String {
    let isHidden = shownRoot.isEmpty || shownRoot == "."
    let prefix = isHidden ? "" : shownRoot.hasSuffix("/") ? shownRoot : shownRoot + "/"
    return { prefix + relativePath(from: root, to: $0) }
  }

  /// The parsed files of a folder, overrides merged into what they override.
  private func bodies(of folder: String, _ module: Module) -> [(SourceFile, Body)] {
    var primary: [(SourceFile, Body)] = []
    var overrides: [(SourceFile, Body)] = []
    for path in folders[folder] ?? [] {
      let name = String(path.dropFirst(folder.isEmpty ? 0 : folder.utf8.count + 1))
      if name.hasPrefix(".") || name.hasSuffix("~") { continue }
      if name.hasSuffix(".tf.json") {
        module.isPartial = true
        findings.note(
          "json-not-checked", "`\(shown(path))` isn't checked: only Terraform's own syntax is",
          at: nil)
      }
      guard name.hasSuffix(".tf") else { continue }
      let isOverride = name == "override.tf" || name.hasSuffix("_override.tf")
      let file = parsed[path] ?? read(path, isOverride: isOverride)
      findings.append(contentsOf: file.problems)
      if isOverride {
        overrides.append((file.source, file.body))
      } else {
        primary.append((file.source, file.body))
      }
    }
    return OverrideMerger(findings: findings).merge(overrides, into: primary)
  }

  private func read(_ path: String, isOverride: Bool) -> ParsedFiles.File {
    let file = SourceFile(name: shown(path), bytes: files[path] ?? [])
    return ParsedFiles.File(isOverride ? findings.overrides.shifted(file, longest: longest) : file)
  }

  private func follow(
    _ calls: Table<ModuleCall>, of module: Module, callers: [String]
  ) -> Table<ModuleCall> {
    var result = Table<ModuleCall>()
    for (name, call) in zip(calls.names, calls.items) {
      var call = call
      call.folder = folder(of: call, in: module)
      if let folder = call.folder {
        if callers.contains(folder) {
          findings.error(
            "module-calls-itself", "Module `\(name)` holds itself", at: call.source.place,
            "Its folder is called by itself, directly or by others; that never ends.")
          call.folder = nil
        } else {
          _ = load(folder, callers: callers)
        }
      }
      _ = result.add(name, call)
    }
    return result
  }

  /// The folder of a local module; nil for a remote or a missing one.
  private func folder(of call: ModuleCall, in module: Module) -> String? {
    guard let attribute = call.source.attribute("source") else { return nil }
    let place = call.source.location(attribute.value.origin)
    if module.version >= LanguageVersion(1, 15), attribute.value.refersToSomething {
      // It may name variables with `const = true` from then on.
      findings.note(
        "remote-module",
        "`source` refers to something: whatever stands in `\(call.name)` is accepted",
        at: place)
      return nil
    }
    let value = findings.constant(
      attribute.value, as: .string, in: call.source.file,
      "`source` has to be a text without references")
    guard let source = value?.stringValue else { return nil }
    let isLocal = ["./", "../", ".\\", "..\\"].contains { source.hasPrefix($0) }
    guard isLocal || source == "." || source == ".." else {
      checkRemote(source, call, at: place)
      return nil
    }
    if let version = call.source.attribute("version") {
      findings.error(
        "unknown-argument", "A local module has no `version`",
        at: call.source.location(version.nameOrigin), help: "Remove `version`.")
    }
    guard let folder = resolvedPath(source, from: module.folder) else {
      findings.note("module-outside", "`\(source)` lies outside of what is checked", at: place)
      return nil
    }
    // A folder without files of Terraform is an empty module.
    if proven[folder] != nil || isModule(folder) || holdsFiles(folder) { return folder }
    let known = folders.keys.filter(isModule)
    let near = didYouMean(folder, known)
    findings.error("missing-module", "There is no module in `\(source)`", at: place, help: near)
    return nil
  }
}

extension Findings {
  /// Reports a file that is there as syntax but can't be written so that it reads back.
  fileprivate func noText(of file: SourceFile) {
    error(
      "no-text", "What stands in `\(file.name)` can't be written: a name or number in it is none",
      at: nil)
  }
}

extension Body {
  /// The lowest version of Terraform that `required_version` lets in.
  fileprivate var demandedVersion: LanguageVersion? {
    blocks.filter { $0.type == "terraform" }
      .compactMap { $0.body.attribute("required_version")?.value.stringValue }
      .compactMap { LanguageVersion(lowestOf: $0) }.max()
  }
}

extension Expression {
  /// Whether there is a reference in it.
  fileprivate var refersToSomething: Bool {
    var result = false
    visitTraversals { _ in result = true }
    return result
  }
}
