/// What a person can run where webkit has no program to ask the store with.
public struct HandCommands: Sendable {
  /// The commands, one after the other; no secret stands in them.
  public var texts: [String]
  /// The variables that have to be exported for them.
  public var variables: [String]
  /// What to make of what they say; sentences.
  public var outcome: String
}
