import Diagnostics
import Foundation
import HCL

/// Says which of the laws of printing and formatting some texts break.
///
/// Each file holds any number of texts, each behind a line with its size in bytes. A line of output
/// is the text's number, and the law.
func showBrokenLaws(_ names: [String]) throws {
  var broken = 0
  for name in names {
    guard let data = FileManager.default.contents(atPath: name) else {
      throw Failure("\(name): can't be read")
    }
    for (number, text) in try texts(in: Array(data)).enumerated() {
      guard let law = brokenLaw(of: text) else { continue }
      broken += 1
      print("\(number): \(law)")
    }
  }
  if broken > 0 { exit(1) }
}

private func texts(in bytes: [UInt8]) throws -> [[UInt8]] {
  var texts: [[UInt8]] = []
  var rest = bytes[...]
  while let end = rest.firstIndex(of: 0x0A) {
    let size = Int(String(decoding: rest[..<end], as: UTF8.self))
    guard let size, size <= rest.endIndex - end - 1 else { throw Failure("damaged list of texts") }
    texts.append(Array(rest[(end + 1)..<(end + 1 + size)]))
    rest = rest[(end + 1 + size)...]
  }
  return texts
}

/// The first law that a text breaks; nil if it breaks none.
private func brokenLaw(of bytes: [UInt8]) -> String? {
  var diagnostics = Diagnostics()
  let body = parseBody(SourceFile(name: "a.tf", bytes: bytes), into: &diagnostics)
  if diagnostics.hasErrors { return nil }
  if let law = brokenLayoutLaw(of: bytes) { return law }
  var later = Diagnostics()
  let printed = Printer.print(body)
  let again = parseBody(SourceFile(name: "c.tf", text: printed), into: &later)
  if later.hasErrors { return "printed text isn't valid" }
  if again != body { return "printed text is another tree" }
  if HCL.Formatter.layOut(Array(printed.utf8)) != Array(printed.utf8) {
    return "printed text isn't laid out"
  }
  return Printer.print(again) == printed ? nil : "printing isn't stable"
}

/// The first law of formatting that a valid text breaks.
private func brokenLayoutLaw(of bytes: [UInt8]) -> String? {
  let laid = HCL.Formatter.layOut(bytes)
  if HCL.Formatter.layOut(laid) != laid { return "layout isn't stable" }
  // The reference takes one interpolation off a value at a time, and may leave its comments behind.
  if holds(bytes, "\"${") { return nil }
  let formatted = HCL.Formatter.format(bytes)
  if HCL.Formatter.format(formatted) != formatted { return "format isn't stable" }
  var diagnostics = Diagnostics()
  _ = parseBody(SourceFile(name: "b.tf", bytes: formatted), into: &diagnostics)
  return diagnostics.hasErrors ? "formatted text isn't valid" : nil
}

private func holds(_ bytes: [UInt8], _ text: String) -> Bool {
  Data(bytes).range(of: Data(text.utf8)) != nil
}
