import Dispatch

/// Work that begins on another core before somebody needs it.
///
/// Who needs it waits without keeping a core busy, as who waits for a lock does for a while: until
/// then all cores are for those who work.
public final class EarlyWork: Sendable {
  private let group = DispatchGroup()

  /// Makes what nothing has begun yet.
  public init() {}

  /// Begins work, on one of the threads that later work for all: to make one takes a while.
  public func begin(_ work: @escaping @Sendable () -> Void) {
    DispatchQueue.global().async(group: group, execute: work)
  }

  /// Returns when all that has begun is done; at once where nothing has.
  public func wait() { group.wait() }
}
