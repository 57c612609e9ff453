import JSON

/// What the engine does to one resource, as it says while it works.
public struct ResourceStep: Sendable, Hashable {
  /// How far it is.
  public enum Phase: String, Sendable {
    /// It is looked at, while a plan is made.
    case reading
    /// It was looked at.
    case read
    /// It is begun.
    case started
    /// It goes on.
    case goesOn = "goes-on"
    /// It is done.
    case done
    /// It failed.
    case failed
  }

  /// Where the resource is in the tree.
  public var address: String
  /// How far it is.
  public var phase: Phase
  /// How long it has taken, in seconds; nil where that isn't said.
  public var seconds: Int?
  /// The engine's own words.
  public var text: String

  /// Makes a step.
  public init(address: String, phase: Phase, seconds: Int? = nil, text: String) {
    self.address = address
    self.phase = phase
    self.seconds = seconds
    self.text = text
  }

  /// Reads a message of the engine's; nil for one about something else.
  init?(_ type: String, _ message: JSONNode) {
    let phases: [String: Phase] = [
      "refresh_start": .reading, "refresh_complete": .read, "apply_start": .started,
      "apply_progress": .goesOn, "apply_complete": .done, "apply_errored": .failed,
    ]
    guard let phase = phases[type], let hook = message.member("hook"),
      let address = hook.member("resource")?.member("addr")?.text
    else { return nil }
    self.init(
      address: address, phase: phase, seconds: hook.member("elapsed_seconds")?.integer,
      text: message.member("@message")?.text ?? address)
  }
}
