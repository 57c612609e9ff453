import Diagnostics

/// What a reference names.
struct Reference {
  enum Target {
    case variable(String)
    case local(String)
    case call(String)
    case resource(ResourceMode, type: String, name: String)
    case each(String)
    case count(String)
    case path(String)
    case terraform(String)
    case selfValue
  }

  var target: Target
  /// The key in brackets right behind a resource or a module.
  var key: StaticTraversal.Step?
  /// What stands behind it.
  var remaining: [StaticTraversal.Step] = []
  /// The part that names the target.
  var range: SourceRange
  var whole: StaticTraversal
}

/// Why a traversal is no reference.
struct ReferenceProblem: Error {
  var summary: String
  var detail: String?
  var range: SourceRange
}

extension Reference {
  /// Reads a traversal as Terraform does.
  static func read(_ traversal: StaticTraversal) -> Result<Reference, ReferenceProblem> {
    switch traversal.root {
    case "var": named(traversal, "var.<name>") { .variable($0) }
    case "local": named(traversal, "local.<name>") { .local($0) }
    case "each": named(traversal, "each.key or each.value") { .each($0) }
    case "count": named(traversal, "count.index") { .count($0) }
    case "path": named(traversal, "path.module, path.root or path.cwd") { .path($0) }
    case "terraform": named(traversal, "terraform.workspace") { .terraform($0) }
    case "module": call(traversal)
    case "data": resource(traversal, .data, from: 0)
    case "ephemeral": resource(traversal, .ephemeral, from: 0)
    case "resource": resource(traversal, .managed, from: 0)
    case "self":
      .success(
        Reference(
          target: .selfValue, remaining: traversal.steps, range: traversal.range, whole: traversal))
    case "template", "lazy", "arg":
      .failure(
        ReferenceProblem(
          summary: "`\(traversal.root)` is a reserved word", range: traversal.range))
    default: resource(traversal, .managed, from: -1)
    }
  }

  private static func range(_ traversal: StaticTraversal, steps: Int) -> SourceRange {
    let end = steps > 0 ? traversal.steps[steps - 1].range.end : traversal.range.end
    return SourceRange(traversal.range.start, end)
  }

  private static func named(
    _ traversal: StaticTraversal, _ form: String, _ make: (String) -> Target
  ) -> Result<Reference, ReferenceProblem> {
    guard let first = traversal.steps.first else {
      return .failure(
        ReferenceProblem(
          summary: "`\(traversal.root)` alone is no value", detail: "Write \(form).",
          range: traversal.range))
    }
    guard let name = first.name else {
      return .failure(
        ReferenceProblem(
          summary: "`\(traversal.root)` takes no key", detail: "Write \(form).",
          range: traversal.range))
    }
    return .success(
      Reference(
        target: make(name), remaining: Array(traversal.steps.dropFirst()),
        range: range(traversal, steps: 1), whole: traversal))
  }

  private static func call(
    _ traversal: StaticTraversal
  ) -> Result<Reference, ReferenceProblem> {
    named(traversal, "module.<name>.<output>") { .call($0) }.map { reference in
      var reference = reference
      if let first = reference.remaining.first, first.isIndex {
        reference.key = first
        reference.remaining.removeFirst()
      }
      return reference
    }
  }

  private static func resource(
    _ traversal: StaticTraversal, _ mode: ResourceMode, from start: Int
  ) -> Result<Reference, ReferenceProblem> {
    let steps = traversal.steps
    let form = start < 0 ? "<type>.<name>" : traversal.root + ".<type>.<name>"
    guard steps.count > start + 1 else {
      return .failure(
        ReferenceProblem(
          summary: "`\(traversal.text)` is no reference",
          detail: start < 0
            ? "A resource is written `\(form)`; a text stands in quotes." : "Write `\(form)`.",
          range: traversal.range))
    }
    let type = start < 0 ? traversal.root : steps[start].name
    guard let type, let name = steps[start + 1].name else {
      return .failure(
        ReferenceProblem(
          summary: "`\(traversal.text)` is no reference", detail: "Write `\(form)`.",
          range: traversal.range))
    }
    var reference = Reference(
      target: .resource(mode, type: type, name: name),
      remaining: Array(steps.dropFirst(start + 2)), range: range(traversal, steps: start + 2),
      whole: traversal)
    if let first = reference.remaining.first, first.isIndex {
      reference.key = first
      reference.remaining.removeFirst()
    }
    return .success(reference)
  }
}
