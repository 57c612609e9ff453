import HCL
import Terraform

extension RootEmitter {
  func guardFile(_ tree: ProjectTree) -> TerraformFile {
    var file = tree.file()
    file.add(
      .make(
        "resource", ["terraform_data", "environment"],
        comments: [
          "A state remembers what it belongs to, so that the variables of one environment can't be",
          "applied to the state of another.",
        ]
      ) { body in
        body.set("input", .interpolated(Self.identity))
        body.space()
        body.add(.make("lifecycle") { inner in fillGuard(&inner) })
      })
    return file
  }

  /// What a state belongs to: `<project>/<environment>`.
  private static let identity: [TemplatePart] = [
    .interpolation(Interpolation(.reference("var", "project_name"))), .literal("/"),
    .interpolation(Interpolation(.reference("var", "environment"))),
  ]

  private func fillGuard(_ body: inout BodyBuilder) {
    let workspace = Expression.reference("terraform", "workspace")
    body.set("ignore_changes", .tuple([.reference("input")]))
    body.space()
    body.add(
      .make("precondition") { inner in
        inner.set(
          "condition",
          .apply(
            "contains", .tuple([.string("default"), .reference("var", "environment")]), workspace))
        let message: [TemplatePart] =
          [.literal("The workspace "), .interpolation(Interpolation(workspace))]
          + [.literal(" is not that of ")] + Self.identity
          + [
            .literal(
              ". Each environment has a state of its own: run `terraform workspace select default`."
            )
          ]
        inner.set("error_message", .interpolated(message))
      })
    body.space()
    body.add(
      .make("postcondition") { inner in
        inner.set(
          "condition", Expression.reference("self", "input").equals(.interpolated(Self.identity)))
        let owner = Expression.reference("self", "input")
        let message: [TemplatePart] =
          [.literal("This state belongs to "), .interpolation(Interpolation(owner))]
          + [.literal(", but the variables are those of ")] + Self.identity
          + [.literal(". Run `terraform init` with the backend file of the same environment.")]
        inner.set("error_message", .interpolated(message))
      })
  }
}
