import Foundation
import Testing

/// The rules of the house that the package manager doesn't check.
@Suite struct ArchitectureTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The modules of the manifest and what they say that they import.
  private static func declared() throws -> [String: Set<String>] {
    let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
    var result: [String: Set<String>] = [:]
    let flat = manifest.split(whereSeparator: \.isNewline).joined(separator: " ")
    for match in flat.matches(of: /module\(\s*"(\w+)",\s*\[([^\]]*)\]\s*\)/) {
      let names = match.output.2.matches(of: /"(\w+)"/).map { String($0.output.1) }
      result[String(match.output.1)] = Set(names)
    }
    return result
  }

  /// The modules that the sources of a folder import, by file.
  private static func imports(of folder: String) throws -> [(file: String, module: String)] {
    let directory = root.appending(path: folder)
    let files = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: nil)
    var result: [(String, String)] = []
    for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in text.split(whereSeparator: \.isNewline) {
        guard
          let match = line.wholeMatch(
            of: /\s*(?:public |package |internal |private )?import (\w+)\s*/)
        else { continue }
        result.append((file.lastPathComponent, String(match.output.1)))
      }
    }
    return result
  }

  @Test func `modules import only what the manifest declares`() throws {
    let modules = try Self.declared()
    try #require(modules.count >= 10)
    for (module, allowed) in modules {
      for (file, imported) in try Self.imports(of: "Sources/\(module)")
      where !allowed.contains(imported) {
        #expect(
          imported == "Glibc" && module == "Platform"
            || imported == "Dispatch" && ["Parallelism", "Platform"].contains(module)
            || imported == "Synchronization",
          "\(module)/\(file) imports \(imported), which the manifest doesn't declare")
      }
    }
  }

  @Test func `the product imports no Foundation`() throws {
    let tools: Set = ["SpecEmbedder", "EmbedSpecs"]
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "Sources").path)
    for folder in folders.filter({ !tools.contains($0) }).map({ "Sources/" + $0 }) + [
      "ProviderSpecs"
    ] {
      for (file, imported) in try Self.imports(of: folder) {
        #expect(!imported.hasPrefix("Foundation"), "\(folder)/\(file) imports \(imported)")
      }
    }
  }

  @Test func `effects stand in Platform alone`() throws {
    for folder in try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "Sources").path)
    where !["Platform", "SpecEmbedder", "EmbedSpecs"].contains(folder) {
      for (file, imported) in try Self.imports(of: "Sources/" + folder) {
        #expect(imported != "Glibc", "\(folder)/\(file) imports Glibc")
      }
    }
  }

  /// The words for providers in their specs, in small letters: names, longer aliases, titles.
  private static func providerWords() throws -> Set<String> {
    let specs = root.appending(path: "ProviderSpecs")
    var words: Set<String> = []
    for folder in try FileManager.default.contentsOfDirectory(atPath: specs.path) {
      let url = specs.appending(path: folder + "/provider.hcl")
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
      // Utilities have no cloud, and common words for names.
      if text.contains(/\n  utility +=/) { continue }
      for line in text.split(whereSeparator: \.isNewline)
      where line.hasPrefix("provider ") || line.contains(/^  (title|local_name|aliases) +=/) {
        let values = line.matches(of: /"([^"]*)"/).map { String($0.output.1).lowercased() }
        // Shorter aliases are words of other languages too.
        words.formUnion(values.filter { !line.hasPrefix("  aliases") || $0.count > 3 })
      }
    }
    return words
  }

  @Test func `no provider is named in Swift`() throws {
    let words = try Self.providerWords()
    try #require(
      words.isSuperset(of: ["digitalocean", "digital-ocean", "hetzner cloud", "hcloud"]))
    let directory = Self.root.appending(path: "Sources")
    let files = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: nil)
    for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        for word in words where Self.holds(line.lowercased(), word) {
          Issue.record("\(file.lastPathComponent):\(number + 1) names \(word): \(line)")
        }
      }
    }
  }

  /// Whether a line holds a word that isn't part of a longer one.
  private static func holds(_ line: String, _ word: String) -> Bool {
    var rest = line[...]
    while let found = rest.firstRange(of: word) {
      let before =
        found.lowerBound == line.startIndex
        ? nil : line[line.index(before: found.lowerBound)]
      let after = found.upperBound == line.endIndex ? nil : line[found.upperBound]
      let isPart = { (character: Character?) in character?.isLetter ?? false }
      if !isPart(before), !isPart(after) { return true }
      rest = line[found.upperBound...]
    }
    return false
  }
}
