import Evaluation

/// What may stand in each block of Terraform's own language.
extension BodyShape {
  static let file = BodyShape(
    blocks: [
      "terraform": .init(), "provider": .init(labels: ["name"]),
      "variable": .init(labels: ["name"]), "locals": .init(), "output": .init(labels: ["name"]),
      "module": .init(labels: ["name"]), "resource": .init(labels: ["type", "name"]),
      "data": .init(labels: ["type", "name"]), "ephemeral": .init(labels: ["type", "name"]),
      "moved": .init(), "removed": .init(), "import": .init(), "check": .init(labels: ["name"]),
    ],
    later: [
      "action": .init(since: LanguageVersion(1, 14), block: .init(labels: ["type", "name"]))
    ])

  static let terraform = BodyShape(
    optional: ["required_version", "experiments", "language"],
    blocks: [
      "backend": .init(labels: ["type"]), "cloud": .init(), "required_providers": .init(),
      "provider_meta": .init(labels: ["provider"]),
    ])

  static let variable = BodyShape(
    optional: ["description", "default", "type", "sensitive", "ephemeral", "nullable"],
    blocks: ["validation": .init()],
    later: [
      "const": .init(since: LanguageVersion(1, 15)),
      "deprecated": .init(since: LanguageVersion(1, 15)),
    ])

  static let rule = BodyShape(required: ["condition", "error_message"])

  static let output = BodyShape(
    required: ["value"], optional: ["description", "sensitive", "ephemeral", "depends_on"],
    blocks: ["precondition": .init()],
    later: [
      "deprecated": .init(since: LanguageVersion(1, 15)),
      "type": .init(since: LanguageVersion(1, 15)),
    ])

  static let module = BodyShape(
    required: ["source"], optional: ["version", "count", "for_each", "depends_on", "providers"],
    isOpen: true)

  static func resource(_ mode: ResourceMode) -> BodyShape {
    mode == .managed ? managedResource : otherResource
  }

  private static let managedResource = resource([
    "lifecycle": .init(isUnique: true), "connection": .init(isUnique: true),
    "provisioner": .init(labels: ["type"]),
  ])
  private static let otherResource = resource(["lifecycle": .init(isUnique: true)])

  private static func resource(_ blocks: [String: BlockRule]) -> BodyShape {
    BodyShape(
      optional: ["count", "for_each", "depends_on", "provider"], blocks: blocks, isOpen: true)
  }

  static let provider = BodyShape(optional: ["alias", "version"], isOpen: true)

  static let lifecycle = BodyShape(
    optional: [
      "create_before_destroy", "prevent_destroy", "ignore_changes", "replace_triggered_by",
    ],
    blocks: ["precondition": .init(), "postcondition": .init()],
    later: ["action_trigger": .init(since: LanguageVersion(1, 14), block: .init())])

  static let moved = BodyShape(required: ["from", "to"])

  static let removed = BodyShape(
    required: ["from"],
    blocks: [
      "lifecycle": .init(), "provisioner": .init(labels: ["type"]),
      "connection": .init(isUnique: true),
    ])

  static let removedLifecycle = BodyShape(optional: ["destroy"])

  static let importing = BodyShape(
    required: ["to"], optional: ["id", "for_each", "provider"],
    later: ["identity": .init(since: LanguageVersion(1, 12))])

  static let check = BodyShape(
    blocks: ["assert": .init(), "data": .init(labels: ["type", "name"])])

  static let provisioner = BodyShape(
    optional: ["when", "on_failure"], blocks: ["connection": .init(isUnique: true)], isOpen: true)
}
