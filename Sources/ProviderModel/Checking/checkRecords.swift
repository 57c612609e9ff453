public import Diagnostics
import HCL

/// Compares the addresses of a catalog with recorded ones, a line each.
///
/// What is new is no mistake: it is recorded when it is released. An address that is gone would
/// be destroyed where it is deployed, unless the leaf says `moved`.
public func checkAddresses(
  _ catalog: Catalog, recorded: SourceFile, into diagnostics: inout Diagnostics
) {
  let present = Set(recordedAddresses(catalog).split(separator: "\n").map(String.init))
  let moved = Set(catalog.allModules.flatMap(\.movedAddresses))
  for (line, range) in recorded.lines where !present.contains(line) {
    if moved.contains(line.addressWithoutKey) { continue }
    let leaf = catalog.allModules.first { line.hasPrefix($0.prefix) }
    diagnostics.append(
      Diagnostic(
        .error, "spec.changed-address", "the address `\(line)` is gone",
        at: leaf.map {
          SourceLocation($0.file, SpecPlaces($0.file).head.range ?? SourceRange(0, 0))
        }
          ?? SourceLocation(recorded, range),
        detail: "What is deployed there would be destroyed.",
        help:
          "Keep the labels, or say in the leaf where it went: `moved { from = ..., to = ... }`.",
        notes: leaf == nil
          ? [] : [Diagnostic.Note("it is recorded here", at: .init(recorded, range))]))
  }
}

/// Compares the defaults that must stay with recorded ones, a line each.
public func checkFrozenDefaults(
  _ catalog: Catalog, recorded: SourceFile, into diagnostics: inout Diagnostics
) {
  let lines = recorded.lines
  for module in catalog.allModules {
    for (variable, line) in frozenDefaults(of: module, catalog) {
      let prefix = module.defaultPrefix(variable.name)
      guard let (old, range) = lines.first(where: { $0.text.hasPrefix(prefix) }), old != line else {
        continue
      }
      let place = variable.defaultExpression?.origin ?? variable.typeExpression.origin
      diagnostics.append(
        Diagnostic(
          .error, "spec.changed-default",
          "the default of `\(variable.name)` was `\(old.dropFirst(prefix.count))`",
          at: SourceLocation(module.file, place.range ?? SourceRange(0, 0)),
          detail: """
            Another one replaces, removes or upgrades what exists for those who never chose.
            """,
          help: "Take the old one back, or give what is new an input of its own.",
          notes: [Diagnostic.Note("it is recorded here", at: SourceLocation(recorded, range))]))
    }
  }
}

extension ModuleSpec {
  /// The addresses that the leaf says it has moved, without keys.
  fileprivate var movedAddresses: [String] {
    body.filter { $0.type == "moved" }.compactMap { block in
      block.body.attribute("from")?.value.attributePath?.joined(separator: ".")
    }
    .map { prefix + $0 }
  }
}

extension String {
  /// An address without the key at its end, that of its module kept.
  fileprivate var addressWithoutKey: String {
    guard hasSuffix("]"), let open = lastIndex(of: "["), self[open...] != "[\"<name>\"]" else {
      return self
    }
    return String(self[..<open])
  }
}

extension SourceFile {
  /// The lines that aren't empty, without their ends, and where they stand.
  fileprivate var lines: [(text: String, range: SourceRange)] {
    var result: [(String, SourceRange)] = []
    var start = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let end = start + line.count
      if !line.isEmpty {
        result.append((String(decoding: line, as: UTF8.self), SourceRange(start, end)))
      }
      start = end + 1
    }
    return result
  }
}
