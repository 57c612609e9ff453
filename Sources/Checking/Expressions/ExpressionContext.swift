import Diagnostics
import Evaluation
import HCL

/// Where an expression stands, and what it may name there.
struct ExpressionContext {
  /// What `each` and `count` stand for.
  enum Repetition {
    case none, count, forEach
  }

  var file: SourceFile
  /// The node of the graph that waits for what is referred to.
  var node: GraphNode?
  var repetition = Repetition.none
  /// The resource that `self` stands for.
  var selfResource: Resource?
  /// The address of the resource whose condition it is: that can't name it.
  var owner: String?
  /// The `check` block around it.
  var check: String?
  /// Whether a `dynamic` block around it may stand any number of times.
  var isInUnknownBlock = false
  /// The variable whose validation it is, with what a call gives it.
  var givenVariable: (name: String, value: TypedValue)?
  /// The element that `each` stands for, where that is known.
  var each: (key: TypedValue, value: TypedValue)?
  /// The iterators of `dynamic` blocks around it.
  var bindings: [(name: String, value: TypedValue)] = []

  init(
    file: SourceFile, node: GraphNode? = nil, repetition: Repetition = .none,
    selfResource: Resource? = nil, check: String? = nil
  ) {
    self.file = file
    self.node = node
    self.repetition = repetition
    self.selfResource = selfResource
    self.check = check
  }

  /// The context with an iterator of a `dynamic` block.
  func binding(_ name: String, _ value: TypedValue) -> ExpressionContext {
    var context = self
    context.bindings.append((name, value))
    return context
  }

  /// Whether it is an argument of a module call.
  var isArgumentOfCall: Bool { if case .argument = node { true } else { false } }

  func location(_ origin: Origin) -> SourceLocation? {
    origin.range.map { SourceLocation(file, $0) }
  }

  func location(_ range: SourceRange) -> SourceLocation { SourceLocation(file, range) }
}
