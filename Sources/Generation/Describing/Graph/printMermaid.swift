extension StackGraph {
  /// The graph as Mermaid.
  ///
  /// - Parameter hasColumns: Whether its columns are frames.
  /// - Returns: The text, with a line end at its end.
  public func mermaid(hasColumns: Bool = true) -> String {
    let names = identifiers
    var text = "flowchart LR\n"
    func line(_ index: Int) -> String {
      let node = nodes[index]
      let lines = [node.name, node.detail] + [node.mark?.word ?? ""].filter { !$0.isEmpty }
      let label = lines.map(Self.mermaid).joined(separator: "<br/>")
      let style = node.mark.map { ":::\($0)" } ?? ""
      return "\(names[index])[\"\(label)\"]\(style)\n"
    }
    if hasColumns {
      for column in columns {
        text += "  subgraph \(column.rawValue) [\"\(column.title)\"]\n"
        for index in nodes.indices where nodes[index].column == column {
          text += "    " + line(index)
        }
        text += "  end\n"
      }
    } else {
      for index in nodes.indices { text += "  " + line(index) }
    }
    for edge in edges { text += "  \(names[edge.source]) --> \(names[edge.target])\n" }
    let marks = Set(nodes.compactMap(\.mark)).sorted()
    for mark in marks {
      text += "  classDef \(mark) fill:\(mark.colors.fill),stroke:\(mark.colors.line)\n"
    }
    return text
  }

  /// A name for each node of letters, digits and `_`, each once.
  private var identifiers: [String] {
    var used: Set<String> = []
    return nodes.map { node in
      let isItem = [.resources, .apps].contains(node.column)
      let text = isItem ? String(node.key.drop { $0 != "/" }.dropFirst()) : node.key
      let base =
        "n_" + text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "_" }.joined()
      var name = base
      var number = 2
      while !used.insert(name).inserted {
        name = "\(base)_\(number)"
        number += 1
      }
      return name
    }
  }

  /// A text in a label in quotes.
  private static func mermaid(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\"": result += "#quot;"
      case "#": result += "#35;"
      case "&": result += "#amp;"
      case "<": result += "#lt;"
      case ">": result += "#gt;"
      case "`": result += "#96;"
      default: result += character.isNewline ? " " : String(character)
      }
    }
    return result
  }
}
