/// A file of a provider spec, as it stands in the repository.
public struct EmbeddedSpecFile: Equatable, Sendable {
  /// The path relative to the folder of all specs.
  ///
  /// For example: `digitalocean/postgres.hcl`.
  public let path: String
  /// The text of the file, byte for byte.
  public let text: String
}
