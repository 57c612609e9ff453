import Operations
import Platform

extension Command {
  /// The command `fmt`.
  static let format = Command(
    words: ["fmt"],
    summary: "Bring Terraform files into the layout of `terraform fmt`.",
    discussion: """
      Without a path the current folder is formatted; `-` reads standard input and
      writes standard output. Options may be written with one hyphen, as for
      `terraform fmt`; the output is the same to the byte, but for labels such as
      "l$1" and keys such as x[true], which that would delete. Hidden files, those
      that end in ~ and those between # and # are passed over in folders. All files
      are looked at, and those that are right are formatted, even if others have
      errors.
      """,
    operands: ["path..."],
    options: [
      .terraformSwitch("check", "Write nothing; exit with 3 if anything would change."),
      .terraformSwitch("diff", "Show what changes in each file."),
      .terraformSwitch("list", "With =false: don't list the files that change."),
      .terraformSwitch(
        "write",
        "With =false: leave the files as they are. If nothing is listed either, the formatted "
          + "text is written to standard output."),
      .terraformSwitch("recursive", "Format folders in folders too."),
      .terraformSwitch("no-color", "The same as --color never."),
    ],
    exitCodes: [
      (.done, "done, or nothing to do"),
      (.changesPresent, "a file has errors of syntax, or can't be read or written"),
      (.differencesFound, "--check found that files would change"), (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      let arguments = call.arguments
      var outcome = FormatOutcome(arguments)
      if arguments.operands.contains("-") {
        guard arguments.operands.count == 1 else {
          call.view.show(.inputAmongPaths(), of: "fmt")
          return .wrongUsage
        }
        outcome.lists = false
        outcome.writes = false
      }
      return call.attempt { () throws(OperationError) in
        outcome.report = try call.format(outcome)
        call.view.show(outcome)
        return outcome.exitCode
      }
    })
}

extension Call {
  fileprivate func format(_ outcome: FormatOutcome) throws(OperationError) -> FormatReport {
    if arguments.operands == ["-"] {
      do throws(FileError) {
        return formatText(try input.read(), name: "<stdin>")
      } catch {
        throw OperationError(error)
      }
    }
    return try formatFiles(
      FormatOptions(
        paths: arguments.operands.isEmpty ? ["."] : arguments.operands, folder: directory,
        isRecursive: arguments.isOn("recursive"), writes: outcome.writes,
        keepsTexts: outcome.showsDifferences || outcome.showsTexts))
  }
}

extension FormatOutcome {
  fileprivate init(_ arguments: Arguments) {
    isCheck = arguments.isOn("check")
    lists = arguments.isOn("list", standard: true)
    writes = !isCheck && arguments.isOn("write", standard: true)
    showsDifferences = arguments.isOn("diff")
  }
}
