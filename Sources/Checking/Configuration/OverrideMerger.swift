import Diagnostics
import HCL

/// Merges override files into the blocks that they override.
struct OverrideMerger {
  let findings: Findings

  /// The files with the overriding arguments in place.
  ///
  /// What an override brings is told by its places (`OverridePlaces`).
  func merge(
    _ overrides: [(SourceFile, Body)], into files: [(SourceFile, Body)]
  ) -> [(SourceFile, Body)] {
    var files = files
    for (file, body) in overrides {
      for block in body.blocks where !merge(block, into: &files) {
        if ["terraform", "locals", "provider"].contains(block.type) {
          files.append((file, Body([.block(block)])))
          continue
        }
        findings.error(
          "nothing-to-override", "There is no `\(Self.title(block))` to override",
          at: block.headerOrigin.range.map { SourceLocation(file, $0) },
          help: "Declare it in a file that is no override file.")
      }
    }
    return files
  }

  private static func title(_ block: Block) -> String {
    ([block.type] + block.labels.map(\.text)).joined(separator: " ")
  }

  private func merge(_ override: Block, into files: inout [(SourceFile, Body)]) -> Bool {
    for place in files.indices {
      for index in files[place].1.items.indices {
        guard case .block(let base) = files[place].1.items[index], base.type == override.type,
          base.labels.map(\.text) == override.labels.map(\.text), isTarget(base, of: override)
        else { continue }
        files[place].1.items[index] = .block(merged(base, override))
        return true
      }
    }
    return false
  }

  /// Whether a block is the one that is meant, beyond type and labels.
  private func isTarget(_ base: Block, of override: Block) -> Bool {
    switch base.type {
    case "locals":
      base.body.attributes.contains { override.body.attribute($0.name) != nil }
    case "provider":
      base.body.attribute("alias")?.value.stringValue
        == override.body.attribute("alias")?.value.stringValue
    default: true
    }
  }

  private func merged(_ base: Block, _ override: Block) -> Block {
    var result = base
    for attribute in override.body.attributes {
      result.body.items.removeAll {
        if case .attribute(let old) = $0 { old.name == attribute.name } else { false }
      }
      result.body.items.append(.attribute(attribute))
    }
    let kinds = Set(override.body.blocks.map(\.type))
    for kind in kinds.sorted() {
      let blocks = override.body.blocks.filter { $0.type == kind }
      let old = base.body.blocks.first { $0.type == kind }
      let isMerged = kind == "lifecycle" || kind == "required_providers"
      // A backend and a cloud replace each other.
      let replaced: Set = kind == "backend" || kind == "cloud" ? ["backend", "cloud"] : [kind]
      result.body.items.removeAll {
        if case .block(let block) = $0 { replaced.contains(block.type) } else { false }
      }
      for block in blocks {
        result.body.items.append(.block(isMerged ? old.map { merged($0, block) } ?? block : block))
      }
    }
    return result
  }
}
