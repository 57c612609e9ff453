extension StackGraph {
  /// The graph in Graphviz's language.
  public var dot: String {
    var text = "digraph \(Self.quoted(title)) {\n"
    text += "  rankdir=RL\n  node [shape=box, style=rounded, fontname=\"sans-serif\"]\n"
    for column in columns {
      text += "  subgraph cluster_\(column.rawValue) {\n    label=\(Self.quoted(column.title))\n"
      for node in nodes where node.column == column {
        var style = node.isExisting ? ", style=\"rounded,dashed\"" : ""
        if let mark = node.mark {
          style = ", style=\"rounded,filled\(node.isExisting ? ",dashed" : "")\""
          style += ", fillcolor=\"\(mark.colors.fill)\", color=\"\(mark.colors.line)\""
        }
        let label = Self.quoted(node.name, node.detail, node.mark?.word ?? "")
        text += "    \(Self.quoted(node.key)) [label=\(label)\(style)]\n"
      }
      text += "  }\n"
    }
    for edge in edges {
      text += "  \(Self.quoted(nodes[edge.source].key)) -> \(Self.quoted(nodes[edge.target].key))\n"
    }
    return text + "}\n"
  }

  /// Lines in quotes.
  private static func quoted(_ lines: String...) -> String {
    let escaped = lines.filter { !$0.isEmpty }.map { line in
      line.map { character -> String in
        switch character {
        case "\"": "\\\""
        case "\\": "\\\\"
        default: character.isNewline ? " " : String(character)
        }
      }
      .joined()
    }
    return "\"" + escaped.joined(separator: "\\n") + "\""
  }
}
