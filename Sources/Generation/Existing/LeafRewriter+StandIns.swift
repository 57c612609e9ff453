import HCL
import ProviderModel
import Terraform

extension LeafRewriter {
  /// The data source that stands in for a resource.
  mutating func source(_ standIn: ModuleSpec.StandIn, _ resource: Block) -> Block {
    var result = standIn.block
    result.type = "data"
    result.trivia.leading = []
    result.trivia.blankLines = 1
    result.isOneLine = false
    result.body = rewritten(standIn.block.body, .existing)
    setRepetition(of: &result, resource.repetition, isStandIn: true)
    let isFound = Expression.apply("try", .reference("self", standIn.knownBy), .null)
    let condition = Expression.binary(BinaryOperation(isFound, .notEqual, .null))
    var lifecycle = Block.make("lifecycle") { body in
      body.add(
        .make("postcondition") { inner in
          inner.set("condition", condition)
          inner.set("error_message", message(standIn))
        })
    }
    lifecycle.trivia.blankLines = 1
    result.body.items.append(.block(lifecycle))
    return result
  }

  /// What is said where nothing is found.
  func message(_ standIn: ModuleSpec.StandIn) -> Expression {
    let module = leaf.module
    let name = module.variables.first { $0.from?.first?.isPath(["item", "cloud_name"]) ?? false }
    var parts: [TemplatePart] = [.literal("There is no \(module.title)")]
    if let name {
      parts += [
        .literal(" called "), .interpolation(Interpolation(.reference("var", name.name))),
      ]
    }
    let isMain = standIn.resource == leaf.mainResource
    if !isMain {
      let words = standIn.type.split(separator: "_").dropFirst().joined(separator: " ")
      parts.append(.literal(" with the \(words) that its config asks for"))
    }
    let ways =
      isMain
      ? "Give its name as cloud_name\(leaf.takesID ? ", or its id as id," : "") in app.json"
      : "Correct its config in app.json"
    parts.append(.literal(". \(ways), or let it be made by removing manage."))
    return .interpolated(parts)
  }
}
