import Diagnostics
import Files
import Foundation
import HCL
import JSON
import TestSupport
import Testing

/// Each project's tree is the recorded one.
@Suite struct ProjectTests {
  @Test(arguments: GoldenProject.all)
  func `the tree is the recorded one`(_ name: String) throws {
    let tree = try GoldenProject(folder: name).tree()
    report(try Golden.problems(of: tree, in: "\(name)/expected"))
  }

  @Test(arguments: GoldenProject.all)
  func `the findings are the recorded ones`(_ name: String) throws {
    let project = GoldenProject(folder: name)
    let text = try project.result().text
    let problem = try Golden.problem(of: text, in: "\(name)/findings.txt")
    report([problem].compactMap(\.self))
  }

  @Test(arguments: Golden.cases("projects"))
  func `the case says what it is for`(_ name: String) throws {
    let bytes = try #require(Golden.bytes("projects/\(name)/README.md"))
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 1)
  }

  @Test func `the three spellings of variables give the same data`() throws {
    let trees = try ["env-from-resource", "env-sops", "env-map"].map {
      try GoldenProject(name: $0).tree()
    }
    let path = "infra/project.auto.tfvars.json"
    let first = try #require(trees[0][path])
    #expect(trees.allSatisfy { $0[path] == first })
    #expect(trees.allSatisfy { $0 == trees[0] })
  }

  @Test func `a graph of many items is summed up by type`() throws {
    func readme(_ count: Int) throws -> String {
      let buckets = (1...count).map {
        #"{"name": "files-\#($0)", "type": "s3", "provider": "digitalocean"}"#
      }
      let list = buckets.joined(separator: ",")
      let text = #"{"project": {"name": "site"}, "resources": [\#(list)]}"#
      let tree = try generated(Array(text.utf8)).wholeTree()
      return String(decoding: try #require(tree["infra/README.md"]), as: UTF8.self)
    }
    #expect(try readme(80).contains("files-80<br/>"))
    let summary = try readme(81)
    #expect(!summary.contains("files-80") && summary.contains("<br/>81"))
  }

  @Test func `a pruned provider leaves no trace`() throws {
    let project = GoldenProject(name: "provider-left")
    let bytes = try project.manifest()
    let pruned = generated(bytes, memory: try project.memory(), prunesProviders: true)
    #expect(try pruned.wholeTree() == generated(bytes).wholeTree())
    #expect(try pruned.wholeTree() != project.tree())
  }

  @Test func `a project of the other tool keeps what is its own`() throws {
    let tree = try GoldenProject(name: "go-made").tree()
    #expect(tree.paths.allSatisfy { $0.hasPrefix("infra/") })
  }
}
