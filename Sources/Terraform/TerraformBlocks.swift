public import HCL

/// An input variable of a module.
public struct TerraformVariable: Sendable {
  /// The name.
  public var name: String
  /// The type.
  public var type: Expression
  /// The default; nil where the variable is required.
  public var defaultValue: Expression?
  /// Whether null is no value of its own; then null means the default.
  public var isNullable = true
  /// What it is for.
  public var description: String
  /// Whether its value is hidden.
  public var isSensitive = false
  /// Whether its value is never stored.
  public var isEphemeral = false
  /// What has to hold.
  public var validations: [Validation] = []
  /// Comments above it.
  public var comments: [String] = []

  /// A condition and what to say where it doesn't hold.
  public struct Validation: Sendable {
    /// What has to be true.
    public var condition: Expression
    /// What to say.
    public var message: Expression

    /// Makes a validation.
    public init(_ condition: Expression, message: Expression) {
      self.condition = condition
      self.message = message
    }
  }

  /// Makes a variable.
  public init(
    _ name: String, type: Expression, default value: Expression? = nil, description: String
  ) {
    self.name = name
    self.type = type
    defaultValue = value
    self.description = description
  }

  /// The block.
  public var block: Block {
    .make("variable", [name], comments: comments) { body in
      body.set("description", .string(description))
      body.set("type", type)
      if let defaultValue { body.set("default", defaultValue) }
      if !isNullable { body.set("nullable", .bool(false)) }
      if isSensitive { body.set("sensitive", .bool(true)) }
      if isEphemeral { body.set("ephemeral", .bool(true)) }
      for validation in validations {
        body.space()
        body.add(
          .make("validation") { inner in
            inner.set("condition", validation.condition)
            inner.set("error_message", validation.message)
          })
      }
    }
  }
}

/// An output of a module.
public struct TerraformOutput: Sendable {
  /// The name.
  public var name: String
  /// The value.
  public var value: Expression
  /// What it is.
  public var description: String
  /// Whether it is hidden.
  public var isSensitive: Bool

  /// Makes an output.
  public init(_ name: String, _ value: Expression, description: String, isSensitive: Bool = false) {
    self.name = name
    self.value = value
    self.description = description
    self.isSensitive = isSensitive
  }

  /// The block.
  public var block: Block {
    .make("output", [name]) { body in
      body.set("description", .string(description))
      body.set("value", value)
      if isSensitive { body.set("sensitive", .bool(true)) }
    }
  }
}

/// A call of a module.
public struct ModuleCall: Sendable {
  /// The name.
  public var name: String
  /// Where the module is.
  public var source: String
  /// What it is called for, once each.
  public var forEach: Expression?
  /// Its inputs, in order.
  public var arguments: [(name: String, value: Expression)]

  /// Makes a call.
  public init(
    _ name: String, source: String, forEach: Expression? = nil,
    arguments: [(name: String, value: Expression)]
  ) {
    self.name = name
    self.source = source
    self.forEach = forEach
    self.arguments = arguments
  }

  /// The block.
  public var block: Block {
    .make("module", [name]) { body in
      body.set("source", .string(source))
      if let forEach { body.set("for_each", forEach) }
      body.space()
      for argument in arguments { body.set(argument.name, argument.value) }
    }
  }
}
