import Glibc
import Synchronization

/// Waits until files or folders are on the disk, many at a time.
///
/// Disks put orders to make durable together when they come at once: on several threads 55 files
/// take hardly longer than one.
///
/// - Parameters:
///   - paths: Their absolute paths.
///   - flags: How they are opened.
/// - Returns: The system's error numbers by index, for those that failed.
func synchroniseTogether(_ paths: [String], _ flags: Int32) -> [Int: Int32] {
  let work = SharedWork(paths, flags)
  var threads: [pthread_t] = []
  for _ in 1..<max(1, min(SharedWork.width, paths.count)) {
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(work)
    let code = unsafe pthread_create(&thread, nil, runSharedWork, context.toOpaque())
    if code == 0 { threads.append(thread) } else { unsafe context.release() }
  }
  work.run()
  for thread in threads { pthread_join(thread, nil) }
  return work.failures.withLock { $0 }
}

/// What a thread does; its argument is the work.
private func runSharedWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context = unsafe context {
    unsafe Unmanaged<SharedWork>.fromOpaque(context).takeRetainedValue().run()
  }
  return nil
}

/// Paths of which each thread takes the next one.
private final class SharedWork: Sendable {
  /// How many threads there are at most.
  static let width = 16

  let failures = Mutex<[Int: Int32]>([:])
  private let paths: [String]
  private let flags: Int32
  private let next = Atomic<Int>(0)

  init(_ paths: [String], _ flags: Int32) {
    self.paths = paths
    self.flags = flags
  }

  func run() {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < paths.count else { return }
      do throws(SystemError) {
        try Descriptor(paths[index], flags).synchronise()
      } catch {
        failures.withLock { $0[index] = error.code }
      }
    }
  }
}
