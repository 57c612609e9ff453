import Dispatch

/// Lets go of a large value on another core: to free it can take as long as to make it.
public func freeLater(_ value: consuming some Sendable) {
  let value = value
  DispatchQueue.global().async { withExtendedLifetime(value) {} }
}
