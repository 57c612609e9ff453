public import Diagnostics
public import JSON

/// `monitoring`: what is watched.
public struct Monitoring: Sendable {
  /// Whether anything is; `monitoring: false` and `"enabled": false` switch it off.
  public var isEnabled = true
  /// `environments`: where it is watched; nil where the checks themselves decide.
  public var environments: [Located<String>]?
  /// `custom`: the project's own checks, in the order given.
  public var checks: [Check] = []
  /// `statusPage`: a page that shows them; nil if not given.
  public var statusPage: JSONNode?
  /// The section with its keys in one spelling; nil if not given.
  public var node: JSONNode?
  /// The key; nil if not given.
  public var range: SourceRange?

  /// Makes the section of a manifest that has none.
  public init() {}

  /// An element of `custom`.
  public struct Check: Sendable {
    /// The name, unique among them.
    public var name: Located<String>
    /// What is asked.
    public var type: Located<Kind>
    /// Seconds between two questions; nil if not given.
    public var interval: Located<Int>?
    /// `identifier`: how other tools call it.
    public var identifier: String?
    /// What is asked in detail, keys in one spelling.
    public var config: JSONNode

    /// Makes a check.
    public init(name: Located<String>, type: Located<Kind>, config: JSONNode = .object([])) {
      self.name = name
      self.type = type
      self.config = config
    }

    /// What a check asks.
    public enum Kind: String, Sendable, CaseIterable {
      /// Whether a URL answers.
      case http
      /// Whether a URL answers with a text.
      case keyword = "http-keyword"
      /// Whether a name has its records.
      case dns
      /// Whether a database lets in.
      case postgres
      /// Whether somebody reports in time.
      case push
      /// Whether a machine answers.
      case ping
      /// Whether a port is open.
      case tcp
    }
  }
}

/// `notifications`: who is told when something breaks.
public struct Notifications: Sendable {
  /// `emails`, in the order given.
  public var emails: [Located<String>] = []
  /// What is said of each service beside these: an object, `true` or `false`.
  public var services: [JSONMember] = []
  /// The section; nil if not given.
  public var node: JSONNode?

  /// Makes the section of a manifest that has none.
  public init() {}

  /// What is said of a service, by any of its names.
  public func service(_ isMeant: (String) -> Bool) -> JSONMember? {
    services.first { isMeant($0.key) }
  }
}
