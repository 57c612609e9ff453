extension Command {
  /// The command `version`.
  static let version = Command(
    words: ["version"],
    summary: "Show the version of webkit.",
    exitCodes: [(.done, "done"), (.wrongUsage, "wrong usage")],
    run: { call in
      call.view.showVersion()
      return .done
    })

  /// The command `help`.
  static let help = Command(
    words: ["help"],
    summary: "Say what a command does and understands.",
    operands: ["command", "subcommand"],
    exitCodes: [(.done, "done"), (.wrongUsage, "there is no such command")],
    run: { call in
      let words = call.arguments.operands
      guard let text = helpText(of: words) else {
        call.view.show(.unknownCommand(words, among: all.map(\.name)), of: nil)
        return .wrongUsage
      }
      call.view.showText(text)
      return .done
    })
}
