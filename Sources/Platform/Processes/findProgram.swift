import Glibc

/// The file of a program as a shell would find it; nil where there is none that may be run.
///
/// - Parameters:
///   - name: A name to be looked up in `PATH`, or a path.
///   - environment: Where `PATH` is taken from; empty entries stand for nothing.
/// - Returns: Its path.
public func findProgram(_ name: String, in environment: Environment) -> String? {
  if name.contains("/") { return isProgram(name) ? name : nil }
  for folder in (environment["PATH"] ?? "").split(separator: ":") {
    let path = "\(folder)/\(name)"
    if isProgram(path) { return path }
  }
  return nil
}

private func isProgram(_ path: String) -> Bool {
  var found = stat()
  guard unsafe stat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return false }
  return unsafe access(path, X_OK) == 0
}
