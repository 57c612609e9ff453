import Evaluation

/// What a kind of state backend takes.
///
/// Whatever it requires may also be given at `terraform init`, so that nothing counts as missing.
struct BackendType {
  var arguments: [String: ValueType]
  var blocks: [String: BackendType] = [:]

  /// A backend with arguments of some types.
  init(
    texts: [String], flags: [String] = [], numbers: [String] = [],
    others: [String: ValueType] = [:], blocks: [String: BackendType] = [:]
  ) {
    arguments = others
    for name in texts { arguments[name] = .string }
    for name in flags { arguments[name] = .bool }
    for name in numbers { arguments[name] = .number }
    self.blocks = blocks
  }

  /// The kinds that there are; nil for those whose arguments aren't known here.
  static let all: [String: BackendType?] = [
    "azurerm": nil, "consul": consul, "cos": nil, "gcs": gcs, "http": http, "inmem": inmem,
    "kubernetes": nil, "local": local, "oss": nil, "pg": pg, "remote": remote, "s3": s3,
  ]

  /// `cloud { ... }`
  static let cloud = BackendType(
    texts: ["hostname", "organization", "token"],
    blocks: ["workspaces": .init(texts: ["name", "project"], others: ["tags": .dynamic])])

  private static let local = BackendType(texts: ["path", "workspace_dir"])
  private static let inmem = BackendType(texts: ["lock_id"])

  private static let remote = BackendType(
    texts: ["hostname", "organization", "token"],
    blocks: ["workspaces": .init(texts: ["name", "prefix"])])

  private static let http = BackendType(
    texts: [
      "address", "client_ca_certificate_pem", "client_certificate_pem", "client_private_key_pem",
      "lock_address", "lock_method", "password", "unlock_address", "unlock_method",
      "update_method", "username",
    ], flags: ["skip_cert_verification"],
    numbers: ["retry_max", "retry_wait_max", "retry_wait_min"])

  private static let consul = BackendType(
    texts: [
      "access_token", "address", "ca_file", "cert_file", "datacenter", "http_auth", "key_file",
      "path", "scheme",
    ], flags: ["gzip", "lock"])

  private static let pg = BackendType(
    texts: ["conn_str", "schema_name"],
    flags: ["skip_index_creation", "skip_schema_creation", "skip_table_creation"])

  private static let gcs = BackendType(
    texts: [
      "access_token", "bucket", "credentials", "encryption_key", "impersonate_service_account",
      "kms_encryption_key", "prefix", "storage_custom_endpoint",
    ], others: ["impersonate_service_account_delegates": .list(.string)])

  private static let s3 = BackendType(
    texts: [
      "access_key", "acl", "bucket", "custom_ca_bundle", "dynamodb_endpoint", "dynamodb_table",
      "ec2_metadata_service_endpoint", "ec2_metadata_service_endpoint_mode", "endpoint",
      "http_proxy", "https_proxy", "iam_endpoint", "key", "kms_key_id", "no_proxy", "profile",
      "region", "retry_mode", "secret_key", "shared_credentials_file", "sse_customer_key",
      "sts_endpoint", "sts_region", "token", "workspace_key_prefix",
    ],
    flags: [
      "encrypt", "force_path_style", "insecure", "skip_credentials_validation",
      "skip_metadata_api_check", "skip_region_validation", "skip_requesting_account_id",
      "skip_s3_checksum", "use_dualstack_endpoint", "use_fips_endpoint", "use_legacy_workflow",
      "use_lockfile", "use_path_style",
    ], numbers: ["max_retries"],
    others: [
      "allowed_account_ids": .set(.string), "forbidden_account_ids": .set(.string),
      "shared_config_files": .set(.string), "shared_credentials_files": .set(.string),
      "assume_role": .dynamic, "assume_role_with_web_identity": .dynamic, "endpoints": .dynamic,
    ])
}
