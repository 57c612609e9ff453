import Diagnostics
import Evaluation
import HCL

extension ModuleChecker {
  /// Evaluates what `action` blocks say; schemas of actions aren't at hand.
  func checkActions() {
    for action in module.actions {
      let repetition = checkRepetition(of: action, node: nil)
      let context = ExpressionContext(file: action.file, repetition: repetition)
      checkExpressions(
        of: action.block.body, in: context, ignoring: ["count", "for_each", "provider"])
    }
    guard module.version >= LanguageVersion(1, 14) else { return }
    for resource in module.resources.items {
      for trigger in resource.source.blocks("lifecycle").flatMap({ $0.blocks("action_trigger") }) {
        check(trigger: trigger)
      }
    }
  }

  private func check(trigger: Declaration) {
    guard case .tuple(let tuple)? = trigger.attribute("actions")?.value.uncommented else { return }
    let known = module.actions.compactMap { action in
      action.label(1).flatMap { name in action.label(0).map { "action.\($0.text).\(name.text)" } }
    }
    for element in tuple.elements {
      guard let traversal = element.value.staticTraversal, traversal.root == "action" else {
        continue
      }
      let name = "action" + traversal.steps.prefix(2).map(\.text).joined()
      if known.contains(name) { continue }
      findings.error(
        "undeclared-action", "There is no `\(name)`",
        at: trigger.location(element.value.origin), help: didYouMean(name, known))
    }
  }
}
