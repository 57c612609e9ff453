import Diagnostics
import Evaluation
import HCL

extension ModuleChecker {
  /// The provisioners that are part of Terraform.
  private static let provisioners: [String: BlockType] = [
    "local-exec": type(
      required: ["command": .string],
      optional: [
        "interpreter": .list(.string), "working_dir": .string, "environment": .map(.string),
        "quiet": .bool,
      ]),
    "remote-exec": type(
      optional: ["inline": .list(.string), "script": .string, "scripts": .list(.string)]),
    "file": type(
      required: ["destination": .string], optional: ["source": .string, "content": .string]),
  ]

  private static let connection = type(
    optional: [
      "type": .string, "user": .string, "password": .string, "host": .string, "port": .number,
      "timeout": .string, "script_path": .string, "target_platform": .string,
      "private_key": .string, "certificate": .string, "host_key": .string, "agent": .bool,
      "agent_identity": .string, "proxy_scheme": .string, "proxy_host": .string,
      "proxy_port": .number, "proxy_user_name": .string, "proxy_user_password": .string,
      "bastion_host": .string, "bastion_host_key": .string, "bastion_port": .number,
      "bastion_user": .string, "bastion_password": .string, "bastion_private_key": .string,
      "bastion_certificate": .string, "https": .bool, "insecure": .bool, "use_ntlm": .bool,
      "cacert": .string,
    ], mandatory: ["host"])

  private static func type(
    required: [String: ValueType] = [:], optional: [String: ValueType] = [:],
    mandatory: Set<String> = []
  ) -> BlockType {
    var block = BlockType()
    for (name, type) in required.merging(optional, uniquingKeysWith: { first, _ in first }) {
      var attribute = AttributeType(type: type)
      attribute.isRequired = required[name] != nil || mandatory.contains(name)
      attribute.isOptional = !attribute.isRequired
      block.add(name, attribute)
    }
    return block
  }

  func checkConnection(
    _ connection: Declaration, isUsed: Bool = true, _ context: ExpressionContext
  ) {
    var schema = SchemaChecker(checker: self, owner: "A `connection` block")
    schema.allowsEphemeral = true
    schema.refusesNull = false
    // Terraform reads a connection where a provisioner needs it.
    findings.leniently(isUsed ? nil : "No provisioner uses it, so Terraform doesn't look at it.") {
      schema.check(connection.block.body, Self.connection, in: context, at: connection.place)
    }
  }

  func check(provisioner: Declaration, _ context: ExpressionContext) {
    guard let label = provisioner.label(0) else { return }
    for connection in provisioner.blocks("connection") { checkConnection(connection, context) }
    guard let type = Self.provisioners[label.text] else {
      findings.error(
        "unknown-provisioner", "There is no provisioner `\(label.text)`",
        at: provisioner.location(label.origin),
        "There is \(Self.provisioners.keys.sorted().listed).",
        help: didYouMean(label.text, Self.provisioners.keys))
      checkExpressions(of: provisioner.block.body, in: context, ignoring: ["when", "on_failure"])
      return
    }
    var schema = SchemaChecker(checker: self, owner: "The provisioner `\(label.text)`")
    schema.allowsEphemeral = true
    schema.refusesNull = false
    schema.check(
      provisioner.block.body, type, in: context, at: provisioner.place,
      ignoring: ["when", "on_failure", "connection"])
    checkAlternatives(provisioner)
    checkDestroy(provisioner, context)
  }

  /// Some provisioners take one of several arguments.
  private func checkAlternatives(_ provisioner: Declaration) {
    let groups = ["remote-exec": ["inline", "script", "scripts"], "file": ["source", "content"]]
    guard let name = provisioner.label(0)?.text, let group = groups[name] else { return }
    let given = group.filter { name in
      guard let value = provisioner.attribute(name)?.value.bare else { return false }
      if case .literal(let literal) = value { return literal.kind != .null }
      return true
    }
    guard given.count != 1 else { return }
    findings.error(
      "refused-combination",
      given.isEmpty
        ? "The provisioner `\(name)` needs one of \(group.listed)"
        : "The provisioner `\(name)` takes one of \(group.listed), not \(given.listed)",
      at: provisioner.place)
  }

  /// While something is destroyed, nothing but itself is there to be read.
  private func checkDestroy(_ provisioner: Declaration, _ context: ExpressionContext) {
    if provisioner.runsAtDestruction {
      checkDestroyReferences(of: provisioner.block.body, context)
    }
  }

  /// Reports what isn't there anymore while something is destroyed.
  func checkDestroyReferences(of body: Body, _ context: ExpressionContext) {
    body.expressions { expression in
      expression.visitTraversals { traversal in
        if ["self", "each", "count", "path", "terraform", "destroy", "create", "continue", "fail"]
          .contains(traversal.root)
        {
          return
        }
        findings.error(
          "bad-destroy-reference",
          "A provisioner that runs at destruction can't read `\(traversal.text)`",
          at: context.location(traversal.range), "It can read `self`, `each.key` and `count.index`."
        )
      }
    }
  }
}

extension Declaration {
  /// Whether a provisioner runs when its resource is destroyed.
  var runsAtDestruction: Bool {
    guard let when = attribute("when")?.value else { return false }
    return (when.traversal?.root ?? when.stringValue) == "destroy"
  }
}
