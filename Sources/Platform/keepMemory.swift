import Glibc

/// Lets the process keep memory that it lets go of, instead of giving it back to the system at once.
///
/// It lives for milliseconds and soon needs that memory again. The C library goes by the largest block
/// that was let go (mallopt(3), M_MMAP_THRESHOLD): from then on it keeps twice as much.
public func keepMemory() {
  guard let block = unsafe malloc(24 << 20) else { return }
  // Somebody looks at the block, so that the compiler doesn't leave it out.
  unsafe explicit_bzero(block, 1)
  unsafe free(block)
}
