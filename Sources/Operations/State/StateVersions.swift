import Diagnostics
import JSON

/// A version of a state that its bucket holds.
public struct StateVersion: Sendable {
  /// The store's id of it.
  public var id: String
  /// When it was written, as the store says it: `2026-03-01T10:00:00.000Z`.
  public var writtenAt: String
  /// How many bytes it has; nil for a deletion.
  public var size: Int?
  /// How often the state had been written by then; nil where the beginning of it doesn't say.
  public var serial: Int?
  /// Whether it is what the state is now.
  public var isLatest: Bool
}

extension StateStore {
  /// Of how many versions the serials are looked up, each with a request.
  private static let serialLimit = 20
  /// In the first bytes of a state stands its serial.
  private static let headLength = 300

  /// The versions of a state, the last one first; deletions are versions, too.
  ///
  /// - Throws: When the store doesn't answer, or refuses.
  func versions(of key: String) throws(OperationError) -> [StateVersion] {
    var found: [StateVersion] = []
    var markers: [(name: String, value: String)] = []
    while true {
      let reply = try send(
        StoreRequest(
          method: .get,
          query: [("versions", ""), ("prefix", key), ("max-keys", "200")] + markers))
      guard reply.isDone else { throw reply.failure("list the versions of \(key)", self) }
      let entries = elements(["Version", "DeleteMarker"], in: reply.text)
      let own = entries.filter { texts(of: "Key", in: $0.text).first == key }
      found += own.compactMap(StateVersion.init)
      // The key is its own prefix, so that its versions come before all others.
      let next = texts(of: "NextKeyMarker", in: reply.text).first
      guard own.count == entries.count, texts(of: "IsTruncated", in: reply.text).first == "true",
        next == key, let version = texts(of: "NextVersionIdMarker", in: reply.text).first
      else { break }
      markers = [("key-marker", key), ("version-id-marker", version)]
    }
    return try withSerials(Self.inOrder(found), of: key)
  }

  /// Stores list the last version first, but not all of them deletions between versions.
  private static func inOrder(_ versions: [StateVersion]) -> [StateVersion] {
    let rank = { (place: Int, version: StateVersion) in
      (version.isLatest ? 0 : 1, place)
    }
    return versions.enumerated().sorted { left, right in
      left.element.writtenAt == right.element.writtenAt
        ? rank(left.offset, left.element) < rank(right.offset, right.element)
        : left.element.writtenAt > right.element.writtenAt
    }.map(\.element)
  }

  private func withSerials(
    _ versions: [StateVersion], of key: String
  ) throws(OperationError) -> [StateVersion] {
    var versions = versions
    let places = versions.indices.filter { versions[$0].size ?? 0 > 0 }.prefix(Self.serialLimit)
    let requests = places.map { place in
      StoreRequest(
        method: .get, key: key, query: [("versionId", versions[place].id)],
        headers: [("Range", "bytes=0-\(Self.headLength - 1)")])
    }
    for (place, reply) in zip(places, try send(requests)) where reply.isDone {
      versions[place].serial = serial(inHead: reply.text)
    }
    return versions
  }

  /// What a version holds.
  ///
  /// - Throws: When there is no such version.
  func state(_ key: String, version: String) throws(OperationError) -> [UInt8] {
    let reply = try send(
      StoreRequest(method: .get, key: key, query: [("versionId", version)]))
    guard reply.isDone else {
      throw OperationError(
        "the bucket \(name) gives no version \(version) of \(key)",
        help: "`webkit infra state versions` lists them. The store says: \(reply.reason).")
    }
    return reply.body
  }

  /// What stands there, whatever it is; nil where nothing does.
  func present(_ key: String) throws(OperationError) -> [UInt8]? {
    let reply = try send(StoreRequest(method: .get, key: key))
    if reply.status == 404 { return nil }
    guard reply.isDone else { throw reply.failure("read \(key)", self) }
    return reply.body
  }

  /// Takes the state away; a bucket that keeps versions keeps it.
  func remove(_ key: String) throws(OperationError) {
    let reply = try send(StoreRequest(method: .delete, key: key))
    guard reply.isDone else { throw reply.failure("delete \(key)", self) }
  }
}

extension StateVersion {
  fileprivate init?(name: String, text: String) {
    guard let id = texts(of: "VersionId", in: text).first,
      let time = texts(of: "LastModified", in: text).first
    else { return nil }
    self.init(
      id: id, writtenAt: time,
      size: name == "Version" ? texts(of: "Size", in: text).first.flatMap { Int($0) } ?? 0 : nil,
      isLatest: texts(of: "IsLatest", in: text).first == "true")
  }
}

/// The serial that stands in the beginning of a state; nil where it isn't there, as in an encrypted one.
private func serial(inHead head: String) -> Int? {
  let word = "\"serial\":"
  guard let start = head.indices.first(where: { head[$0...].hasPrefix(word) }) else { return nil }
  let digits = head[start...].dropFirst(word.count).drop { $0 == " " }.prefix { $0.isNumber }
  return Int(digits)
}
