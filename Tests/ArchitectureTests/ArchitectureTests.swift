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
          imported == "Glibc" && module == "Platform" || imported == "Synchronization",
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

  @Test func `no provider is named in Swift`() throws {
    let words = ["digitalocean", "hetzner", "hcloud", "backblaze", "turso", "slack"]
    for folder in ["Generation", "ProviderModel", "Terraform", "HCL", "Operations"] {
      let directory = Self.root.appending(path: "Sources/\(folder)")
      let files = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: nil)
      for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
        for line in try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
        where !line.drop(while: { $0 == " " }).hasPrefix("//") {
          for word in words {
            #expect(
              !line.lowercased().contains(word), "\(folder)/\(file.lastPathComponent): \(line)")
          }
        }
      }
    }
  }
}
