import Generation
import Platform

extension StateAccess {
  /// What to say where the environment says where the state is and the manifest doesn't.
  ///
  /// The tree is made of the manifest alone, so that everybody's is the same: a variable can't choose
  /// the backend. Going on would put the state into a file that nobody looks for.
  func unheard(in environment: Environment) -> OperationError? {
    let heard = unheardVariables.keys.sorted().first { environment.text($0) != nil }
    guard let variable = heard, let lines = unheardVariables[variable] else { return nil }
    let examples = lines.map { "    \"infra\": { \"backend\": \($0) }" }
    return OperationError(
      "`\(variable)` is set, but app.json doesn't say what kind of place that is",
      help: """
        Without `infra.backend` the state would be a file on this machine. Add one of
        \(examples.joined(separator: "\n"))
        to app.json and run `webkit update`; with `"backend": "local"` the file is meant.
        """)
  }
}
