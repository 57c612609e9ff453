import Diagnostics
import Files
import Generation
import ProviderModel
import Testing

@Suite struct BackendTests {
  /// Settings without which a backend can't be used.
  private static let needed: [String: String] = [
    "backblaze": #""bucket": "state", "region": "eu-central-003""#,
    "hetzner": #""bucket": "state", "region": "fsn1""#,
    "r2": #""bucket": "state", "account_id": "0123456789abcdef0123456789abcdef""#,
    "remote": #""organization": "acme""#,
    "s3": #""bucket": "state", "region": "eu-west-1", "endpoint": "https://s3.example.com""#,
    "s3_compatible": #""bucket": "state", "endpoint": "https://s3.example.com""#,
    "spaces": #""bucket": "state", "region": "fra1""#,
  ]

  private static func project(_ type: String, _ settings: String? = nil) -> Generated {
    let rest = (settings ?? needed[type]).map { ", " + $0 } ?? ""
    return generated(
      Array(
        """
        {"project": {"name": "shop", "title": "Shop"},
         "infra": {"environments": ["production", "staging"], "backend": {"type": "\(type)"\(rest)}},
         "resources": [{"name": "files", "type": "s3", "provider": "backblaze"}]}
        """.utf8))
  }

  private static func file(_ path: String, _ tree: FileTree) throws -> String {
    String(decoding: try #require(tree[path]), as: UTF8.self)
  }

  @Test(arguments: catalog.backends.map(\.name))
  func `each environment has a state of its own`(_ name: String) throws {
    let project = Self.project(name)
    let tree = try #require(project.tree, "\(project.text)")
    let settings = try ["production", "staging"].map {
      try Self.file("infra/environments/\($0).tfbackend", tree)
    }
    #expect(settings[0] != settings[1])
    let type = try #require(catalog.backend(name)).type
    #expect(try Self.file("infra/backend.tf", tree).contains("backend \"\(type)\" {}"))
  }

  @Test(arguments: catalog.backends.flatMap { backend in backend.aliases.map { (backend, $0) } })
  func `another word for it means the same`(_ backend: BackendSpec, _ alias: String) {
    let settings = Self.needed[backend.name]
    let tree = Self.project(backend.name, settings).tree
    #expect(tree != nil && tree == Self.project(alias, settings).tree)
    #expect(catalog.backends.count { ([$0.name] + $0.aliases).contains(alias) } == 1)
  }

  @Test(arguments: catalog.backends.map(\.name))
  func `a set of credentials fills every secret that is needed`(_ name: String) throws {
    let spec = try #require(catalog.backend(name))
    let secrets = spec.secrets(spec.filled([:]))
    for way in spec.credentials {
      let wanted = Set(secrets.keys).subtracting(spec.optionalSecrets)
      #expect(wanted.isSubset(of: way.keys), "\(way)")
    }
  }

  @Test func `what nothing locks is said, and what locks isn't`() {
    for (name, settings, isSaid) in [
      ("backblaze", nil, true), ("spaces", nil, false), ("pg", nil, false),
      ("s3", #""bucket": "a", "region": "b", "use_lockfile": false"#, true),
      ("local", nil, false),
    ] as [(String, String?, Bool)] {
      let project = Self.project(name, settings)
      #expect(
        project.diagnostics.items.contains { $0.id == "backend.unlocked" } == isSaid, "\(name)")
    }
  }

  @Test func `a bucket may be left to the environment`() throws {
    let given = try #require(Self.project("spaces").tree)
    let left = try #require(Self.project("spaces", #""region": "fra1""#).tree)
    let path = "infra/environments/staging.tfbackend"
    #expect(try Self.file(path, given).contains("bucket"))
    #expect(try !Self.file(path, left).contains("bucket"))
    let readme = try Self.file("infra/README.md", left)
    #expect(readme.contains(#"-backend-config="bucket=$TF_STATE_BUCKET""#))
    #expect(readme.contains("| `TF_STATE_BUCKET` |"))
    #expect(try !Self.file("infra/README.md", given).contains("TF_STATE_BUCKET"))
  }

  @Test(arguments: catalog.backends.filter { $0.type == "s3" }.map(\.name))
  func `a bucket is reached where Terraform looks for it`(_ name: String) throws {
    let project = Self.project(name)
    let bucket = try #require(project.needs?.state.bucket)
    let told = try Self.file(
      "infra/environments/production.tfbackend", try #require(project.tree))
    #expect(told.contains("s3 = \"\(bucket.endpoint)\""))
    #expect(told.contains("\"\(bucket.signature.split(separator: ":")[2])\""))
    #expect(bucket.name == "state" && bucket.accessKey == "AWS_ACCESS_KEY_ID")
    let place = try #require(project.needs?.state.places["production"])
    #expect(Set(place.keys) == ["bucket", "endpoints", "key"])
  }

  @Test func `Amazon's own needs no endpoint, and takes checksums`() throws {
    let own = try #require(Self.project("s3", #""bucket": "a", "region": "cn-north-1""#).needs)
      .state
    #expect(own.bucket?.endpoint == "https://s3.cn-north-1.amazonaws.com.cn")
    #expect(own.bucket?.location == "cn-north-1")
    #expect(own.variables.isEmpty && own.bucket?.honoursConditions == true)
    let first = try #require(Self.project("s3", #""bucket": "a", "region": "us-east-1""#).needs)
    #expect(first.state.bucket?.location == nil)
    let other = try #require(Self.project("s3").needs).state
    #expect(other.variables["AWS_REQUEST_CHECKSUM_CALCULATION"] == "when_required")
    #expect(other.bucket?.honoursConditions == nil && other.bucket?.location == nil)
  }

  @Test(arguments: catalog.backends.map(\.name))
  func `what keeps no versions in a bucket says what is to be known`(_ name: String) throws {
    let spec = try #require(catalog.backend(name))
    #expect((spec.bucket == nil) == (spec.upkeep != nil))
    #expect(!spec.placeArguments.isEmpty)
  }

  @Test func `only who chose no backend is told of variables that choose none`() throws {
    let chosen = try #require(Self.project("local").needs).state
    #expect(chosen.unheardVariables.isEmpty)
    let lines = try #require(
      generated(Array(#"{"project": {"name": "shop", "title": "Shop"}}"#.utf8)).needs
    )
    .state.unheardVariables["TF_STATE_BUCKET"]
    #expect(lines?.count == catalog.backends.count { $0.bucket != nil })
    #expect(lines?.contains(#"{ "type": "spaces", "region": "fra1" }"#) == true)
  }
}
