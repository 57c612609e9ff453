import Diagnostics
import HCL

/// The part of a reference that is read before anything is evaluated: `a.b["c"].d`.
struct StaticTraversal {
  struct Step {
    enum Kind {
      case attribute(String)
      case key(String)
      case position(String)
      /// `[true]` or `[null]`, which is never right.
      case wrong(String)
    }

    var kind: Kind
    var range: SourceRange

    /// The name behind a point.
    var name: String? { if case .attribute(let name) = kind { name } else { nil } }
    var isIndex: Bool { name == nil }

    /// Whether it can be the key of an instance: a text or a whole number.
    var isInstanceKey: Bool {
      switch kind {
      case .attribute, .wrong: false
      case .key: true
      case .position(let text): Int(text) != nil
      }
    }

    /// As it is written.
    var text: String {
      switch kind {
      case .attribute(let name): "." + name
      case .key(let key): "[\"\(key)\"]"
      case .position(let text), .wrong(let text): "[\(text)]"
      }
    }
  }

  var root: String
  var steps: [Step]
  var range: SourceRange

  /// As it is written.
  var text: String { root + steps.map(\.text).joined() }
}

extension Expression {
  /// Calls a visitor with each reference in it that isn't to a name bound by `for`.
  func visitTraversals(bound: Set<String> = [], _ visitor: (StaticTraversal) -> Void) {
    var skipped = 0
    visit(scope: bound) { expression, names in
      if skipped > 0 {
        skipped -= 1
        return
      }
      guard let (traversal, depth) = expression.chain else { return }
      // The parts of the chain are visited next, each the first child of the one before.
      skipped = depth
      if !names.contains(traversal.root) { visitor(traversal) }
    }
  }

  /// The whole expression as a reference, where it is one.
  var staticTraversal: StaticTraversal? { uncommented.chain?.traversal }

  /// The chain of accesses with literal keys that this is, and how many expressions lie inside.
  private var chain: (traversal: StaticTraversal, depth: Int)? {
    var steps: [StaticTraversal.Step] = []
    var expression = self
    var depth = 0
    guard case .commented = self else {
      while true {
        switch expression {
        case .variable(let variable):
          let range = origin.range ?? SourceRange(0, 0)
          return (
            StaticTraversal(root: variable.name, steps: steps.reversed(), range: range), depth
          )
        case .attribute(let access):
          steps.append(
            .init(kind: .attribute(access.name), range: access.base.behind(access.origin)))
          expression = access.base
        case .legacyIndex(let access):
          steps.append(
            .init(kind: .position(access.index), range: access.base.behind(access.origin)))
          expression = access.base
        case .index(let access):
          guard let kind = access.key.literalKey else { return nil }
          steps.append(.init(kind: kind, range: access.base.behind(access.origin)))
          expression = access.base
        case .commented(let commented): expression = commented.expression
        default: return nil
        }
        depth += 1
      }
    }
    return nil
  }

  /// The part of an access that stands behind this, which is its base.
  private func behind(_ whole: Origin) -> SourceRange {
    guard let range = whole.range else { return SourceRange(0, 0) }
    return SourceRange(origin.range?.end ?? range.start, range.end)
  }

  private var literalKey: StaticTraversal.Step.Kind? {
    switch uncommented {
    case .template(let template): template.literalText.map { .key($0) }
    case .literal(let literal):
      switch literal.kind {
      case .number(let text): .position(text)
      case .bool(let flag): .wrong(flag ? "true" : "false")
      case .null: .wrong("null")
      }
    default: nil
    }
  }
}
