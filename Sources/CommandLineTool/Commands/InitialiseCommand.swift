import Operations

extension Command {
  /// The command `init`.
  static let initialise = Command(
    words: ["init"],
    summary: "Begin a project: write a small app.json.",
    discussion: """
      Its `$schema` names .webkit/app.schema.json, which `webkit update` writes, so
      that editors complete keys and mark mistakes. A manifest that is there already
      is never overwritten.
      """,
    options: [
      .value("name", "name", "The project's name; without it, one made of the folder's name.")
    ],
    exitCodes: [
      (.done, "done"), (.failed, "there is an app.json already, or it can't be written"),
      (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        call.view.show(
          try Operations.initialise(call.directory, name: call.arguments.value("name")))
        return .done
      }
    })
}
