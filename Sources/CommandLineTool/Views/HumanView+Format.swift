import Diagnostics
import Operations
import Platform

extension HumanView {
  func show(_ outcome: FormatOutcome) {
    var text = ""
    for file in outcome.report.files {
      if outcome.lists && file.isChanged { text += visible(file.path) + "\n" }
      if let difference = outcome.difference(of: file) { text += paint(difference) }
      if outcome.showsTexts {
        // The reference ends what it writes there with a newline in any case.
        text += String(decoding: file.after, as: UTF8.self)
        if file.after.last != 0x0A { text += "\n" }
      }
    }
    if !text.isEmpty { output.write(text) }
    show(outcome.report.diagnostics)
  }
}
