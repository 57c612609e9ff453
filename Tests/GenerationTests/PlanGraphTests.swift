import Testing

@testable import Generation

@Suite("What a plan does, drawn")
struct PlanGraphTests {
  private static let graph = StackGraph(
    title: "Shop",
    nodes: [
      StackGraph.Node(
        key: "resources/db", column: .resources, name: "db", detail: "Database", items: ["db"]),
      StackGraph.Node(
        key: "apps/web", column: .apps, name: "web", detail: "App", items: ["web"]),
      StackGraph.Node(
        key: "links/a", column: .links, name: "Attachment", detail: "2 of them",
        items: ["one", "db"]),
    ],
    edges: [StackGraph.Edge(source: 1, target: 0), StackGraph.Edge(source: 2, target: 1)])

  private func item(
    _ router: String, _ name: String, _ mark: StackGraph.Mark
  ) -> StackGraph.PlannedItem {
    StackGraph.PlannedItem(router: router, name: name, type: "acme_thing", mark: mark)
  }

  @Test func `the worst of what is done to an item counts, and the rest stays as it is`() {
    let graph = Self.graph.marked(by: [
      item("resources", "db", .replaced), item("resources", "db", .changed),
      item("links", "one", .created),
    ])
    #expect(graph.nodes.map(\.mark) == [.replaced, .unchanged, .created])
    #expect(graph.edges == Self.graph.edges)
  }

  @Test func `items of one name in different modules are different`() {
    let graph = Self.graph.marked(by: [item("links", "db", .destroyed)])
    #expect(graph.nodes.map(\.mark) == [.unchanged, .unchanged, .destroyed])
  }

  @Test func `what is gone from the manifest is there, and references still fit`() {
    let graph = Self.graph.marked(by: [item("resources", "old", .destroyed)])
    #expect(graph.nodes.map(\.name) == ["db", "old", "web", "Attachment"])
    #expect(graph.nodes[1].detail == "acme_thing" && graph.nodes[1].mark == .destroyed)
    #expect(
      graph.edges == [
        StackGraph.Edge(source: 2, target: 0), StackGraph.Edge(source: 3, target: 2),
      ])
  }

  @Test func `every language says it in words, too`() {
    let graph = Self.graph.marked(by: [item("apps", "web", .destroyed)])
    #expect(graph.mermaid().contains(#"["web<br/>App<br/>destroy"]:::destroyed"#))
    #expect(graph.mermaid().contains("  classDef destroyed fill:#fde8e8,stroke:#c53030\n"))
    #expect(graph.dot.contains(#"label="web\nApp\ndestroy", style="rounded,filled", fill"#))
    #expect(graph.svg.contains(">destroy</text>") && graph.svg.contains("web: App, destroy"))
    #expect(!Self.graph.mermaid().contains("classDef") && !Self.graph.dot.contains("fillcolor"))
  }
}
