/// The help of a command, of a group of them, or of the whole tool; nil for words that mean none.
func helpText(of words: [String]) -> String? {
  if let command = Command.all.first(where: { $0.words == words }) { return help(of: command) }
  let commands = Command.all.filter { $0.words.starts(with: words) }
  return commands.isEmpty ? nil : help(of: commands, in: words)
}

private func help(of command: Command) -> String {
  var usage = "webkit \(command.name) [options]"
  for operand in command.operands {
    let isRepeated = operand.hasSuffix("...")
    usage += isRepeated ? " [<\(operand.dropLast(3))>...]" : " [<\(operand)>]"
  }
  var text = "\(command.summary)\n\nUsage: \(usage)\n"
  if !command.discussion.isEmpty { text += "\n\(command.discussion)\n" }
  text += "\nOptions:\n" + table(command.allOptions.map { ($0.usage, $0.help) })
  return text + "\nExit codes:\n"
    + table(command.exitCodes.map { ("\($0.code.rawValue)", $0.meaning) })
}

private func help(of commands: [Command], in group: [String]) -> String {
  let name = (["webkit"] + group).joined(separator: " ")
  var text =
    group.isEmpty ? "webkit turns app.json into a directory of plain Terraform.\n\n" : ""
  text += "Usage: \(name) <command> [options]\n"
  text += "\nCommands:\n" + table(commands.map { ($0.name, $0.summary) })
  text += "\nOptions of every command:\n" + table(Option.common.map { ($0.usage, $0.help) })
  let used = Set(commands.flatMap(\.exitCodes).map(\.code))
  let codes = ExitCode.all.filter { used.contains($0) }
  text += "\nExit codes:\n" + table(codes.map { ("\($0.rawValue)", $0.meaning) })
  return text + "\n`webkit help <command>` says more.\n"
}

/// Two columns, the right one broken at 80 columns.
private func table(_ rows: [(String, String)]) -> String {
  let width = rows.map(\.0.count).max() ?? 0
  let margin = String(repeating: " ", count: width + 4)
  return rows.map { left, right in
    let padding = String(repeating: " ", count: width - left.count)
    return "  \(left)\(padding)  "
      + wrap(right, to: 80 - width - 4).joined(separator: "\n" + margin)
      + "\n"
  }
  .joined()
}

private func wrap(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last, last.count + 1 + word.count <= width {
      lines[lines.count - 1] = last + " " + word
    } else {
      lines.append(String(word))
    }
  }
  return lines
}
