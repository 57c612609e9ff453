import Operations
import Platform

/// A call of a command, and all that it may touch.
struct Call: Sendable {
  /// What the user wrote behind the command.
  var arguments: Arguments
  /// How results are shown.
  var view: any View
  /// What is read where no file is named.
  var input: Input
  /// The variables of the process.
  var environment: Environment
  /// The pure functions.
  var generator: Generator

  /// The project's folder.
  var directory: String { arguments.value("directory") ?? "." }

  /// The pure functions, over the specs of a folder where one is named.
  func chosenGenerator() throws(OperationError) -> Generator {
    guard arguments.has("specs") else { return generator }
    return .of(try specs(), version: webkitVersion)
  }

  /// Does the work, and shows the error if it fails.
  func attempt(_ work: () throws(OperationError) -> ExitCode) -> ExitCode {
    do throws(OperationError) {
      return try work()
    } catch {
      view.show(error)
      return error.kind == .wrongUsage ? .wrongUsage : .failed
    }
  }
}
