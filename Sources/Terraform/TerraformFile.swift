public import HCL

/// A Terraform file that is being written: blocks with a blank line between them.
public struct TerraformFile: Sendable {
  private var header: Comment
  private var blocks: [Block] = []

  /// Makes a file that begins with a comment.
  public init(header: String) {
    self.header = Comment(header)
    self.header.blankLinesAfter = 1
  }

  /// Whether no block was added.
  public var isEmpty: Bool { blocks.isEmpty }

  /// Adds a block.
  public mutating func add(_ block: Block) { blocks.append(block) }

  /// Adds blocks.
  public mutating func add(_ blocks: [Block]) { self.blocks += blocks }

  /// The file as a tree.
  public var body: Body {
    var items: [BodyItem] = []
    for (index, block) in blocks.enumerated() {
      var block = block
      block.trivia.blankLines = index == 0 ? 0 : 1
      if index == 0 { block.trivia.leading.insert(header, at: 0) }
      items.append(.block(block))
    }
    var last = header
    last.blankLinesAfter = 0
    return Body(items, closingComments: blocks.isEmpty ? [last] : [])
  }
}

/// The items of a body, built in order.
public struct BodyBuilder: Sendable {
  private var items: [BodyItem] = []
  private var wantsGap = false

  /// Makes an empty body.
  public init() {}

  /// Adds `name = value`.
  public mutating func set(_ name: String, _ value: Expression, comment: String? = nil) {
    let leading = comment.map { [Comment($0)] } ?? []
    items.append(
      .attribute(Attribute(name, value, trivia: Trivia(blankLines: gap(), leading: leading))))
  }

  /// Adds a nested block.
  public mutating func add(_ block: Block) {
    var block = block
    block.trivia.blankLines = max(gap(), items.isEmpty ? 0 : block.trivia.blankLines)
    items.append(.block(block))
  }

  /// Leaves a blank line before the next item.
  public mutating func space() { wantsGap = !items.isEmpty }

  /// The body.
  public var body: Body { Body(items) }

  private mutating func gap() -> Int {
    defer { wantsGap = false }
    return wantsGap ? 1 : 0
  }
}

extension Block {
  /// Makes a block whose body a closure fills.
  public static func make(
    _ type: String, _ labels: [String] = [], comments: [String] = [],
    _ fill: (inout BodyBuilder) -> Void
  ) -> Block {
    var builder = BodyBuilder()
    fill(&builder)
    let body = builder.body
    return Block(
      type, labels.map { Label($0) }, body: body, isOneLine: body.items.isEmpty,
      trivia: Trivia(leading: comments.map { Comment($0) }))
  }
}
