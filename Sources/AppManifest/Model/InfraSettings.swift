public import Diagnostics
public import JSON

/// `infra` at the root: how the tree is made.
public struct InfraSettings: Sendable {
  /// The program that runs the tree.
  public enum Engine: String, Sendable, CaseIterable {
    /// HashiCorp Terraform.
    case terraform
    /// OpenTofu.
    case opentofu
  }

  /// `engine`; nil if the manifest doesn't say.
  public var engine: Located<Engine>?
  /// `directory`: where the tree stands, relative to the project; `infra` if not given.
  public var directory = "infra"
  /// Where the directory is said; nil if it isn't.
  public var directoryRange: SourceRange?
  /// `environments`, in the order given; empty if not given.
  public var environments: [Located<String>] = []
  /// The object `backend`; nil if not given.
  public var backend: JSONNode?
  /// `backend.type`, such as `s3`.
  public var backendType: Located<String>?
  /// `name`: the pattern of names in the cloud; nil if not given.
  public var namePattern: Located<String>?
  /// `tags`, in the order given.
  public var tags: [Tag] = []
  /// `protect`: whether what holds data can't be destroyed while it says so.
  public var protectsData = false
  /// `providers`, in the order given.
  public var providers: [ProviderSettings] = []
  /// The whole object; nil if not given.
  public var node: JSONNode?

  /// Makes the settings of a manifest that has none.
  public init() {}

  /// A tag that everything gets.
  public struct Tag: Sendable {
    /// The key.
    public var key: Located<String>
    /// The value; empty for tags that are only a word.
    public var value: Located<String>

    /// Makes a tag.
    public init(key: Located<String>, value: Located<String>) {
      self.key = key
      self.value = value
    }
  }

  /// What the manifest sets of one provider.
  public struct ProviderSettings: Sendable {
    /// The provider, as written.
    public var provider: Located<String>
    /// The object of settings.
    public var settings: JSONNode

    /// Makes the settings.
    public init(provider: Located<String>, settings: JSONNode) {
      self.provider = provider
      self.settings = settings
    }
  }
}
