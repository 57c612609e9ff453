import Foundation
import FoundationXML
import Operations
import TestSupport
import Testing

@testable import CommandLineTool

/// What `infra graph` draws of whole projects, in all its forms.
@Suite struct GraphCaseTests {
  private static let cases = [
    ("kind-saas", "production"), ("kind-everything", "production"), ("kind-everything", "staging"),
    ("monitored", "production"), ("hostile", "production"),
  ]

  private func graph(_ name: String, _ environment: String, _ format: String) -> Answer {
    let input = Golden.root.appending(path: "projects/\(name)/input").path
    return call(
      ["infra", "graph", "-C", input, "--environment", environment, "--format", format],
      generator: .embedded(version: "0.1.0"))
  }

  @Test(arguments: cases, ["mermaid", "dot", "svg"])
  func `draws what is recorded`(_ project: (name: String, environment: String), _ format: String)
    throws
  {
    let answer = graph(project.name, project.environment, format)
    #expect(answer.exitCode == .done)
    let file =
      "graph/\(project.name)/\(project.environment).\(format == "mermaid" ? "mmd" : format)"
    let problem = try Golden.problem(of: answer.output, in: file)
    if let problem { Issue.record(Comment(rawValue: problem)) }
  }

  @Test(arguments: cases)
  func `the picture is whole XML, and nothing lies on or outside of anything`(
    name: String, environment: String
  ) throws {
    let reader = PictureReader()
    let parser = XMLParser(data: Data(graph(name, environment, "svg").output.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(reader.boxes.count > 2 && reader.lines > 0)
    for (index, box) in reader.boxes.enumerated() {
      #expect(reader.frame.contains(box))
      for other in reader.boxes[..<index] { #expect(!box.intersects(other)) }
    }
  }

  @Test(arguments: cases)
  func `all forms tell of the same`(name: String, environment: String) throws {
    let dot = try DotReader(graph(name, environment, "dot").output)
    let mermaid = graph(name, environment, "mermaid").output
    let reader = PictureReader()
    let parser = XMLParser(data: Data(graph(name, environment, "svg").output.utf8))
    parser.delegate = reader
    #expect(parser.parse())
    #expect(dot.nodes.count == reader.boxes.count)
    #expect(dot.edges.count == reader.lines)
    #expect(dot.edges.allSatisfy { dot.nodes.contains($0.0) && dot.nodes.contains($0.1) })
    #expect(mermaid.matches(of: /(?m)^    n_\w+\["[^"]*"\]$/).count == dot.nodes.count)
    #expect(mermaid.matches(of: /(?m)^  n_\w+ --> n_\w+$/).count == dot.edges.count)
    let identifiers = mermaid.matches(of: /(?m)^    (n_\w+)\[/).map(\.output.1)
    #expect(Set(identifiers).count == identifiers.count)
  }

  /// What refers to what was read from the manifest.
  @Test func `what refers to what is there`() throws {
    let dot = try DotReader(graph("kind-saas", "production", "dot").output)
    let edges = Set(dot.edges.map { "\($0.0) \($0.1)" })
    for edge in [
      "resources/db resources/network", "resources/queue resources/network",
      "apps/web resources/queue", "apps/api resources/db", "apps/api resources/queue",
      "apps/api resources/documents",
    ] {
      #expect(edges.contains(edge), "\(edge)")
    }
    #expect(!edges.contains("apps/web resources/db"))
    #expect(!edges.contains("resources/network resources/db"))
  }

  @Test func `a title can't break out of any form`() throws {
    let project = try TemporaryProject(
      manifest: #"""
        {"project": {"name": "shop", "title": "A\"><script>alert('1')</script>&\\\n]]>"},
         "infra": {"environments": ["production"], "providers": {"digitalocean": {"region": "fra1"}}},
         "resources": [{"name": "net", "type": "vpc", "provider": "digitalocean"},
          {"name": "db", "type": "postgres", "provider": "digitalocean", "config": {"vpc": "net"}}]}
        """#)
    func text(_ format: String) -> String {
      call(
        ["infra", "graph", "--format", format], in: project,
        generator: .embedded(version: "0.1.0")
      ).output
    }
    #expect(!text("svg").contains("<script"))
    let parser = XMLParser(data: Data(text("svg").utf8))
    let reader = PictureReader()
    parser.delegate = reader
    #expect(parser.parse())
    #expect(reader.texts.contains(#"A"><script>alert('1')</script>&\ ]]>, production"#))
    let dot = try DotReader(text("dot"))
    #expect(dot.nodes.prefix(2) == ["resources/net", "resources/db"])
  }

  @Test func `more items than a page can show are summed up by type`() throws {
    func manifest(_ count: Int) -> String {
      let items = (1...count).map {
        #"{"name": "net-\#($0)", "type": "vpc", "provider": "digitalocean", "config": {"region": "fra1"}}"#
      }
      return #"""
        {"project": {"name": "shop"}, "infra": {"environments": ["production"]},
         "resources": [\#(items.joined(separator: ",")),
          {"name": "db", "type": "postgres", "provider": "digitalocean",
           "config": {"vpc": "net-1", "region": "fra1"}}]}
        """#
    }
    func read(_ count: Int) throws -> (nodes: [String], edges: [String]) {
      let answer = call(
        ["infra", "graph", "--format", "dot"], in: try TemporaryProject(manifest: manifest(count)),
        generator: .embedded(version: "0.1.0"))
      let dot = try DotReader(answer.output)
      return (dot.nodes.filter { $0.hasPrefix("resources/") }, dot.edges.map { "\($0.0) \($0.1)" })
    }
    let whole = try read(79)
    #expect(whole.nodes.count == 80 && whole.edges.contains("resources/db resources/net-1"))
    let summary = try read(80)
    #expect(summary.nodes == ["resources/digitalocean_vpc", "resources/digitalocean_postgres"])
    #expect(summary.edges.contains("resources/digitalocean_postgres resources/digitalocean_vpc"))
  }

  @Test func `the environment has to be clear`() {
    let input = Golden.root.appending(path: "projects/kind-everything/input").path
    let words = ["infra", "graph", "-C", input]
    let none = call(words, generator: .embedded(version: "0.1.0"))
    #expect(none.exitCode == .wrongUsage && none.output.isEmpty)
    let format = call(words + ["--format", "png"], generator: .embedded(version: "0.1.0"))
    #expect(format.exitCode == .wrongUsage)
  }

  @Test func `a file takes the picture`() throws {
    let project = try TemporaryProject(
      manifest: #"""
        {"project": {"name": "shop"}, "infra": {"environments": ["production"]},
         "resources": [{"name": "net", "type": "vpc", "provider": "digitalocean"}]}
        """#)
    let answer = call(
      ["infra", "graph", "--format", "svg", "--output", "stack.svg"], in: project,
      generator: .embedded(version: "0.1.0"))
    #expect(answer.exitCode == .done && answer.output.isEmpty)
    #expect(try #require(project.files["stack.svg"]).hasPrefix("<svg "))
  }
}

/// Reads the boxes, texts and lines of a picture.
private final class PictureReader: NSObject, XMLParserDelegate {
  var frame = CGRect.zero
  var boxes: [CGRect] = []
  var lines = 0
  var texts: [String] = []
  private var text = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    func number(_ key: String) -> Double { attributes[key].flatMap(Double.init) ?? 0 }
    text = ""
    switch name {
    case "svg": frame = CGRect(x: 0, y: 0, width: number("width"), height: number("height"))
    case "rect" where attributes["x"] != nil:
      boxes.append(
        CGRect(x: number("x"), y: number("y"), width: number("width"), height: number("height")))
    case "path" where attributes["fill"] == nil: lines += 1
    default: break
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "text" { texts.append(text) }
  }
}

/// Reads the part of Graphviz's language that is written: statements of quoted names, nested
/// subgraphs, attributes in brackets; whatever else stands there is an error.
private struct DotReader {
  var nodes: [String] = []
  var edges: [(String, String)] = []
  private var tokens: [String] = []
  private var index = 0

  struct Wrong: Error { var token: String }

  init(_ text: String) throws {
    let pattern = /\s*("(?:[^"\\]|\\.)*"|->|[{}\[\]=,]|[A-Za-z_][A-Za-z_0-9]*)/
    var rest = text[...]
    while let match = try pattern.prefixMatch(in: rest) {
      tokens.append(String(match.output.1))
      rest = rest[match.range.upperBound...]
    }
    guard rest.allSatisfy(\.isWhitespace) else { throw Wrong(token: String(rest.prefix(20))) }
    try take("digraph")
    _ = try name()
    try block()
    guard index == tokens.count else { throw Wrong(token: tokens[index]) }
  }

  private var next: String? { index < tokens.count ? tokens[index] : nil }

  private mutating func take(_ token: String) throws {
    guard next == token else { throw Wrong(token: next ?? "the end") }
    index += 1
  }

  private mutating func name() throws -> String {
    guard let token = next, token.hasPrefix("\"") || token.first?.isLetter == true else {
      throw Wrong(token: next ?? "the end")
    }
    index += 1
    return token.hasPrefix("\"") ? String(token.dropFirst().dropLast()) : token
  }

  private mutating func block() throws {
    try take("{")
    while next != "}" { try statement() }
    try take("}")
  }

  private mutating func statement() throws {
    if next == "subgraph" {
      index += 1
      _ = try name()
      return try block()
    }
    let isQuoted = next?.hasPrefix("\"") == true
    let first = try name()
    switch next {
    case "->":
      index += 1
      edges.append((first, try name()))
    case "=":
      index += 1
      _ = try name()
    case "[":
      index += 1
      while next != "]" {
        _ = try name()
        try take("=")
        _ = try name()
        if next == "," { index += 1 }
      }
      index += 1
      if isQuoted { nodes.append(first) }
    default: throw Wrong(token: next ?? "the end")
    }
  }
}
