import Files
import HCL
import ProviderModel
import Terraform

/// A tree that asks what exists, and makes nothing: a `check` for each item, so that an answer
/// which is an error doesn't keep others from being given.
struct ProbeEmitter {
  let stack: Stack
  let deployment: Deployment
  /// The items that are asked about, in order.
  let lookups: [ItemLookup]

  static let header = "Asks what exists already; `webkit infra detect` reads the answers."

  func emit() -> FileTree {
    var tree = FileTree()
    func add(_ path: String, _ fill: (inout TerraformFile) -> Void) {
      var file = TerraformFile(header: Self.header)
      fill(&file)
      if !file.isEmpty { tree.add(path, Printer.print(file.body)) }
    }
    add("versions.tf") { $0.add(versions) }
    add("providers.tf") { file in for provider in providers { file.add(block(of: provider)) } }
    add("variables.tf") { file in
      let variables = RootVariables(stack: stack)
      for provider in providers {
        file.add(variables.credentials(provider, isRetired: false).map(\.block))
      }
    }
    add("main.tf") { file in
      for lookup in lookups {
        guard let question = lookup.question else { continue }
        file.add(check(question, lookup.label))
        if let candidates = question.candidates { file.add(check(candidates, lookup.label)) }
      }
    }
    return tree
  }

  /// The providers that are asked, by name in Terraform.
  private var providers: [ProviderSpec] {
    var found: [String: ProviderSpec] = [:]
    for lookup in lookups {
      if let provider = lookup.question?.provider { found[provider.name] = provider }
    }
    return found.values.sorted { $0.localName < $1.localName }
  }

  private var versions: Block {
    .make("terraform") { body in
      body.set("required_version", .string(">= \(RootEmitter.lowestVersion)"))
      body.space()
      body.add(
        .make("required_providers") { inner in
          for provider in providers {
            inner.set(
              provider.localName,
              .object([
                ("source", .string(provider.source)), ("version", .string(provider.version)),
              ]))
          }
        })
    }
  }

  private func block(of provider: ProviderSpec) -> Block {
    .make("provider", [provider.localName]) { body in
      for argument in deployment.providerArguments[provider.name] ?? []
      where !argument.value.isNull {
        body.set(argument.name, argument.value.expression)
      }
      for credential in provider.passedCredentials {
        body.set(credential.argument, .reference("var", provider.variable(credential)))
      }
    }
  }

  // MARK: - Checks

  /// Fails where there is one, and says its ids.
  private func check(_ question: LookupQuestion, _ label: String) -> Block {
    let answer = Expression.reference("data", question.type, label)
    let known = answer.dot(question.knownBy)
    var ids: [(String, Expression)] = [("id", .apply("tostring", known))]
    if let form = question.importID {
      let id = form.rewritten(scope: []) { node, _ in
        node == .reference(LookupQuestion.answer) ? answer : nil
      }
      ids.append(("import_id", .apply("tostring", id)))
    }
    let isAbsent = Expression.apply("try", known, .null).equals(.null)
    return check(
      label, data: question.type, question.body, isAbsent,
      message: [(LookupAnswer.found, .object(ids))])
  }

  /// Fails where there are several, and says what they are.
  private func check(_ candidates: ModuleSpec.Candidates, _ label: String) -> Block {
    let label = ItemLookup.candidatesLabel(label)
    let list = Expression.reference("data", candidates.type, label).dot(candidates.list)
    let facts = candidates.shown.map { name in
      (name, Expression.apply("tostring", Expression.reference("c").dot(name)))
    }
    let each = Expression.forExpression(
      ForExpression(valueName: "c", in: list, value: .object(facts, multiline: false)))
    let count = Expression.apply("length", list)
    let isOne = Expression.binary(BinaryOperation(count, .lessOrEqual, .number(1)))
    return check(
      label, data: candidates.type, candidates.block.body, isOne,
      message: [(LookupAnswer.candidates, each)])
  }

  private func check(
    _ label: String, data type: String, _ arguments: Body, _ condition: Expression,
    message: [(String, Expression)]
  ) -> Block {
    .make("check", [label]) { body in
      body.add(Block("data", [Label(type), Label(label)], body: arguments, isOneLine: false))
      body.space()
      body.add(
        .make("assert") { inner in
          inner.set("condition", condition)
          inner.set("error_message", .apply("jsonencode", .object(message)))
        })
    }
  }
}

extension ItemLookup {
  /// The label of what asks about it: no other item of the project has the same.
  var label: String { "\(role.rawValue)_\(Self.identifier(name))" }

  /// The label of what asks for candidates.
  static func candidatesLabel(_ label: String) -> String { "candidates_of_\(label)" }

  /// A name as a part of an identifier; what can't stand in one is written as its number.
  private static func identifier(_ name: String) -> String {
    name.unicodeScalars.map { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-": String(scalar)
      default: "_\(scalar.value)_"
      }
    }.joined()
  }
}
