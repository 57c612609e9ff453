import Diagnostics
import Operations
import Platform

/// Shows results to a person: data on standard output, all else on standard error.
struct HumanView: View {
  let output: Output
  let errors: Output
  /// Whether standard output takes colours.
  let outputColor: Bool
  /// Whether standard error takes colours.
  let errorColor: Bool
  /// The line of a terminal that tells what is being done; nil where there is none.
  let status: StatusLine?

  /// Makes a view.
  ///
  /// - Parameters:
  ///   - output: Where data goes.
  ///   - errors: Where all else goes.
  ///   - outputColor: Whether the first takes colours.
  ///   - errorColor: Whether the second does.
  ///   - takesControls: Whether the second is a terminal whose lines can be written anew.
  init(
    output: Output, errors: Output, outputColor: Bool, errorColor: Bool, takesControls: Bool = false
  ) {
    let status = takesControls ? StatusLine(errors) : nil
    self.output = status?.keepingClear(output) ?? output
    self.errors = status?.keepingClear(errors) ?? errors
    self.outputColor = outputColor
    self.errorColor = errorColor
    self.status = status
  }

  func begin() {}

  func show(_ problem: UsageProblem, of command: String?) {
    let more = command.map { "`webkit help \($0)` says more." }
    showError(problem.summary, help: problem.help ?? more ?? "`webkit help` says more.")
  }

  func show(_ error: OperationError) { showError(error.summary, help: error.help) }

  func showWaiting() { errors.write("Waiting for another webkit to end.\n") }

  func show(_ report: InitialisationReport) {
    output.write("\(report.path)\n")
    errors.write(
      """
      Wrote \(report.path) for the project \(report.name). Next:
        - describe your apps and resources in it,
        - check them with `webkit validate`,
        - write the Terraform with `webkit update`. It also writes \(report.schema), which
          `$schema` names: your editor then completes keys and marks mistakes.

      """)
  }

  func showVersion() { output.write("webkit \(webkitVersion)\n") }

  func showText(_ text: String) { output.write(text) }

  /// Shows findings on standard error.
  func show(_ diagnostics: Diagnostics) {
    let text = TextRenderer(color: errorColor).render(diagnostics)
    if !text.isEmpty { errors.write(text) }
  }

  /// Shows an error and what to do about it, on standard error.
  func showError(_ summary: String, help: String) {
    status?.end()
    let title = Style.bad.paint("error:", isOn: errorColor)
    errors.write("\(title) \(visible(summary))\n  = help: \(visible(help))\n")
  }
}

/// A look of text on a terminal.
enum Style: String {
  case good = "32"
  case changed = "33"
  case bad = "31"
  case faint = "2"
  case bold = "1"

  /// The text in this look, or as it is.
  func paint(_ text: String, isOn: Bool) -> String {
    isOn ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }
}

/// A text with control characters but line ends and tabs written out, so that none reaches the
/// terminal.
func visible(_ text: String) -> String {
  let isHarmless = { (scalar: Unicode.Scalar) in
    scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
  }
  if text.unicodeScalars.allSatisfy(isHarmless) { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if isHarmless(scalar) {
      result.unicodeScalars.append(scalar)
    } else {
      result += scalar.escaped(asASCII: true)
    }
  }
  return result
}
