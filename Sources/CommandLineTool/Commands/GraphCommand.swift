import Generation
import Operations

extension Command {
  /// The command `infra graph`.
  static let graph = Command(
    words: ["infra", "graph"],
    summary: "Draw what an environment holds, and what refers to what.",
    discussion: """
      In columns: notifications, resources, apps, links, monitoring. Links and checks
      of one type that refer to the same are one box. As SVG it is a picture that any
      browser shows; Mermaid is drawn where Markdown is shown, DOT by Graphviz.
      """,
    options: [
      .value("environment", "name", "The environment; needed where there are several."),
      Option(
        name: "format", placeholder: "format", choices: ["mermaid", "dot", "svg"],
        help: "How it is written: mermaid (the default), dot or svg."),
      .value("output", "file", "Write it to this file instead of standard output."), ownSpecs,
    ],
    exitCodes: [
      (.done, "drawn"), (.failed, "the manifest has errors, or the file can't be written"),
      (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        let report = try Operations.graph(
          of: Project(directory: call.directory), in: call.arguments.value("environment"),
          with: try call.chosenGenerator(), in: call.environment)
        call.view.show(report.diagnostics)
        guard let graph = report.graph else { return .failed }
        let text = graph.text(as: call.arguments.value("format"))
        if let path = call.arguments.value("output") {
          try writeText(text, to: path, in: call.directory)
        } else {
          call.view.showText(text)
        }
        return .done
      }
    })
}

extension StackGraph {
  /// It in a language: `dot`, `svg`, else Mermaid.
  func text(as format: String?) -> String {
    switch format {
    case "dot": dot
    case "svg": svg
    default: mermaid()
    }
  }
}
