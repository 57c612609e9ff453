/// A function of Terraform, as its metadata describe it.
public struct FunctionSignature: Hashable, Sendable {
  /// A parameter of a function.
  public struct Parameter: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The type; `dynamic` takes anything.
    public var type: ValueType
    /// Whether null may be given.
    public var allowsNull = false
    /// Whether the function looks at values that aren't known.
    public var allowsUnknown = false
    /// Whether the function looks at values of which not even the type is known.
    public var allowsDynamic = false
    /// Whether the function itself sees to the marks of what it is given.
    public var allowsMarked = false
  }

  /// The name without a namespace.
  public var name: String
  /// The first version that has it; nil for one that all have.
  public var since: LanguageVersion?
  /// The version that took it away.
  public var removed: LanguageVersion?
  /// The parameters that have to be given.
  public var parameters: [Parameter]
  /// What any number of further arguments are.
  public var variadic: Parameter?
  /// The type of the result; `dynamic` where it depends on the arguments.
  public var result: ValueType

  /// The parameter that an argument is for; nil behind the last.
  public func parameter(at index: Int) -> Parameter? {
    index < parameters.count ? parameters[index] : variadic
  }
}
