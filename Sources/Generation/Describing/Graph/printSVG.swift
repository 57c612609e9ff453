extension StackGraph {
  /// The graph as a picture that needs nothing else: a column each for what is told, needed, run,
  /// joined and watched.
  public var svg: String { SVGPrinter(self).text }
}

/// Draws a graph in columns; where a node stands follows from its column and row alone.
private struct SVGPrinter {
  private enum Size {
    static let margin = 24
    static let head = 84
    /// How high references to whom is told cross the columns.
    static let bus = 50
    static let width = 244
    static let height = 42
    static let gap = 104
    static let row = 56
    /// So many letters have room in a line.
    static let name = 26
    static let detail = 36
  }

  /// The looks of a column: fill and line.
  private static func colors(_ column: StackGraph.Column) -> (fill: String, line: String) {
    switch column {
    case .notifications: ("#fdf0d5", "#b7791f")
    case .resources: ("#e3eefb", "#2b6cb0")
    case .apps: ("#e2f5e9", "#2f855a")
    case .links: ("#efe8fb", "#6b46c1")
    case .monitoring: ("#fde8e8", "#c53030")
    }
  }

  private let graph: StackGraph
  private let columns: [StackGraph.Column]
  /// The left upper corner of each node.
  private let places: [(x: Int, y: Int)]

  init(_ graph: StackGraph) {
    self.graph = graph
    columns = graph.columns
    var rows: [StackGraph.Column: Int] = [:]
    var places: [(x: Int, y: Int)] = []
    for node in graph.nodes {
      let column = columns.firstIndex(of: node.column) ?? 0
      let row = rows[node.column, default: 0]
      rows[node.column] = row + 1
      places.append(
        (Size.margin + column * (Size.width + Size.gap), Size.head + row * Size.row))
    }
    self.places = places
  }

  var text: String {
    // Room at the right for references within the last column.
    let width = max(
      360, 2 * Size.margin + columns.count * (Size.width + Size.gap) - Size.gap + 36)
    let height = (places.map(\.y).max() ?? Size.head) + Size.row + Size.margin - 14
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" font-family="sans-serif" role="img">
        <title>\(escaped(graph.title))</title>
        <rect width="\(width)" height="\(height)" fill="#ffffff"/>
        <text x="\(Size.margin)" y="34" font-size="17" font-weight="bold" fill="#1a202c">\(escaped(graph.title))</text>

      """
    for (index, column) in columns.enumerated() {
      let x = Size.margin + index * (Size.width + Size.gap)
      let color = Self.colors(column).line
      text += "  <text x=\"\(x)\" y=\"74\" font-size=\"13\" font-weight=\"bold\" fill=\"\(color)\">"
      text += "\(escaped(column.title))</text>\n"
    }
    text += "  <g fill=\"none\" stroke-width=\"1.2\">\n"
    for edge in graph.edges { text += line(edge) }
    text += "  </g>\n"
    for (node, place) in zip(graph.nodes, places) { text += box(node, place) }
    return text + "</svg>\n"
  }

  // MARK: - Parts

  /// A curve that leaves and arrives level, with its arrow.
  private func line(_ edge: StackGraph.Edge) -> String {
    let (source, target) = (places[edge.source], places[edge.target])
    let color =
      graph.isOfPlan
      ? StackGraph.Mark.unchanged.colors.line
      : Self.colors(graph.nodes[edge.source].column).line
    let (y1, y2) = (source.y + Size.height / 2, target.y + Size.height / 2)
    let path: String
    let arrow: String
    if graph.nodes[edge.target].column == .notifications, source.x > target.x {
      // All checks tell someone: their lines are one, above the columns.
      let (x1, x2) = (source.x + Size.width, target.x + Size.width)
      path = "M\(x1) \(y1) H\(x1 + 22) V\(Size.bus) H\(x2 + 30) V\(y2) H\(x2 + 6)"
      arrow = "M\(x2 + 8) \(y2 - 4) L\(x2) \(y2) L\(x2 + 8) \(y2 + 4)"
    } else if source.x == target.x {
      let x = source.x + Size.width
      path = "M\(x) \(y1) C\(x + 46) \(y1) \(x + 46) \(y2) \(x + 6) \(y2)"
      arrow = "M\(x + 8) \(y2 - 4) L\(x) \(y2) L\(x + 8) \(y2 + 4)"
    } else if target.x < source.x {
      let (x1, x2) = (source.x, target.x + Size.width)
      path = "M\(x1) \(y1) C\(x1 - 52) \(y1) \(x2 + 58) \(y2) \(x2 + 6) \(y2)"
      arrow = "M\(x2 + 8) \(y2 - 4) L\(x2) \(y2) L\(x2 + 8) \(y2 + 4)"
    } else {
      let (x1, x2) = (source.x + Size.width, target.x)
      path = "M\(x1) \(y1) C\(x1 + 52) \(y1) \(x2 - 58) \(y2) \(x2 - 6) \(y2)"
      arrow = "M\(x2 - 8) \(y2 - 4) L\(x2) \(y2) L\(x2 - 8) \(y2 + 4)"
    }
    return "    <path d=\"\(path)\" stroke=\"\(color)\"/>"
      + "<path d=\"\(arrow) Z\" fill=\"\(color)\" stroke=\"none\"/>\n"
  }

  private func box(_ node: StackGraph.Node, _ place: (x: Int, y: Int)) -> String {
    let colors = node.mark?.colors ?? Self.colors(node.column)
    let dashes = node.isExisting ? " stroke-dasharray=\"5 3\"" : ""
    let word = node.mark?.word ?? ""
    let more = (node.isExisting ? " (exists already)" : "") + (word.isEmpty ? "" : ", \(word)")
    // Beside its colour, for who can't tell them apart.
    let badge =
      word.isEmpty
      ? ""
      : "\n      <text x=\"\(place.x + Size.width - 10)\" y=\"\(place.y + 18)\" font-size=\"11\" "
        + "text-anchor=\"end\" fill=\"\(colors.line)\">\(word)</text>"
    let nameLength = word.isEmpty ? Size.name : Size.name - word.count - 1
    return """
        <g>
          <title>\(escaped("\(node.name): \(node.detail)\(more)"))</title>
          <rect x="\(place.x)" y="\(place.y)" width="\(Size.width)" height="\(Size.height)" rx="6" fill="\(colors.fill)" stroke="\(colors.line)"\(dashes)/>
          <text x="\(place.x + 10)" y="\(place.y + 18)" font-size="13" font-weight="bold" fill="#1a202c">\(escaped(cut(node.name, nameLength)))</text>\(badge)
          <text x="\(place.x + 10)" y="\(place.y + 34)" font-size="11" fill="#4a5568">\(escaped(cut(node.detail, Size.detail)))</text>
        </g>

      """
  }

  // MARK: - Text

  private func cut(_ text: String, _ length: Int) -> String {
    text.count <= length ? text : text.prefix(length - 1) + "…"
  }

  /// A text in XML; what no XML may hold is a replacement character.
  private func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&apos;"
      case "\t", "\n", "\r": result += " "
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
