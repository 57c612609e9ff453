import Diagnostics
public import HCL

/// How a bucket is reached for what Terraform doesn't do: making it, and listing what it held.
///
/// Expressions read the settings of the backend, and the arguments that Terraform gets.
public struct BucketSpec: Sendable {
  /// The setting that names the bucket.
  public var setting: String
  /// The URL of the store, without the bucket.
  public var endpoint: Expression
  /// What requests are signed for, as curl's `--aws-sigv4` takes it.
  public var signature: Expression
  /// Where a new bucket is made, for stores that want to be told; null elsewhere.
  public var location: Expression?
  /// Whether the store is known to honour `If-None-Match`; null where nobody knows.
  public var conditionalWrites: Expression?
  /// Where the state of a workspace stands, with `{workspace}` and `{state}`.
  public var workspacePattern: String
}

extension BucketSpec {
  init(_ reader: inout BlockReader, into diagnostics: inout Diagnostics) {
    self.init(
      setting: reader.required("setting", into: &diagnostics),
      endpoint: reader.requiredExpression("endpoint", into: &diagnostics),
      signature: reader.requiredExpression("signature", into: &diagnostics),
      location: reader.expression("location"),
      conditionalWrites: reader.expression("conditional_writes"),
      workspacePattern: reader.required("workspaces", into: &diagnostics))
    reader.finish(into: &diagnostics)
  }

  /// All expressions of it.
  var expressions: [Expression] {
    [endpoint, signature, location, conditionalWrites].compactMap(\.self)
  }
}
