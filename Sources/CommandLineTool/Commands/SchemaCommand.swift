import Operations

extension Command {
  /// The command `schema`.
  static let schema = Command(
    words: ["schema"],
    summary: "Print the JSON Schema of app.json, for editors and other tools.",
    discussion: """
      It has every key with its type, default, allowed values and description, and a
      branch for each provider and type. `webkit update` writes the same to
      .webkit/app.schema.json, which `$schema` of app.json names. What webkit accepts
      it accepts; some mistakes only webkit itself finds.
      """,
    options: [
      .value("output", "file", "Write it to this file instead of standard output."), ownSpecs,
    ],
    exitCodes: [
      (.done, "done"), (.failed, "the file can't be written"), (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        let text = Operations.manifestSchema(of: try call.chosenSpecs())
        if let path = call.arguments.value("output") {
          try writeText(text, to: path, in: call.directory)
        } else {
          call.view.showText(text)
        }
        return .done
      }
    })
}

extension Call {
  /// The specs of a folder where one is named, else those that are part of webkit.
  fileprivate func chosenSpecs() throws(OperationError) -> SpecFolder {
    arguments.has("specs") ? try specs() : .embedded
  }
}
