import Dispatch

/// Begins work on another core that somebody is going to wait for.
public func startEarly(_ work: @escaping @Sendable () -> Void) {
  DispatchQueue.global(qos: .userInitiated).async(execute: work)
}
