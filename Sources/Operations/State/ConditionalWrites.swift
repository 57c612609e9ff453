/// What a store makes of `If-None-Match: *`, on which the lock of the state rests.
public enum ConditionalWrites: Hashable, Sendable {
  /// A second write of one object was refused, as it must be.
  case honoured
  /// The second write overwrote the first: a lock that isn't one.
  case ignored
  /// No such write is taken, with the store's reason.
  case refused(String)
  /// It couldn't be tried, with the reason.
  case unknown(String)
}

extension StateStore {
  /// A name that no other has, beside a state, so that who may write the state may write it.
  static func probeKey(beside state: String) -> String {
    let number = UInt64.random(in: .min ... .max)
    return "\(state).probe-\(String(number, radix: 16))"
  }

  /// The two writes of one object of which the store has to refuse the second.
  static func probes(_ key: String) -> [StoreRequest] {
    let write = StoreRequest(
      method: .put, key: key, headers: [("If-None-Match", "*")], body: "webkit probe\n")
    return [write, write]
  }

  /// Writes an object twice that must not exist, and deletes it.
  ///
  /// - Returns: What the store made of it.
  /// - Throws: When the store can't be reached.
  func probe(_ key: String) throws(OperationError) -> ConditionalWrites {
    let replies = try send(Self.probes(key))
    let made = replies.filter(\.isDone)
    if !made.isEmpty { try forget(key, made) }
    switch (replies.first, replies.last) {
    case (let first?, let second?) where first.isDone:
      if second.status == 412 { return .honoured }
      if second.isDone { return .ignored }
      return second.isRefusal ? .refused(second.reason) : .unknown(second.reason)
    case (let first?, _) where first.isRefusal: return .refused(first.reason)
    case (let first?, _): return .unknown(first.reason)
    default: return .unknown("it doesn't answer")
    }
  }

  /// Deletes an object with all versions that were just made of it, where the store has some.
  private func forget(_ key: String, _ made: [StoreReply]) throws(OperationError) {
    let versions = made.compactMap { $0.headers["x-amz-version-id"] }
    let requests = versions.map { version in
      StoreRequest(method: .delete, key: key, query: [("versionId", version)])
    }
    _ = try send(requests.isEmpty ? [StoreRequest(method: .delete, key: key)] : requests)
  }
}

extension StoreReply {
  /// Whether the store doesn't know what was asked, and not who asks or when.
  fileprivate var isRefusal: Bool { status == 501 || status == 400 || status == 405 }
}
