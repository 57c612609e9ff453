import Diagnostics
import Foundation
import HCL

/// A hostile text: what it is called, and its bytes for a number of repetitions.
struct Hostile {
  var name: String
  /// How often something is repeated where the scale is 1.
  var count: Int
  var text: (Int) -> [UInt8]

  init(_ name: String, _ count: Int, _ text: @escaping (Int) -> [UInt8]) {
    self.name = name
    self.count = count
    self.text = text
  }

  init(
    _ name: String, _ count: Int, _ open: String, _ inner: String = "", _ close: String = ""
  ) {
    self.init(name, count) { count in
      func times(_ text: String) -> String { String(repeating: text, count: count) }
      return Array((times(open) + inner + times(close) + "\n").utf8)
    }
  }

  /// Something in brackets or the like, with as many closers or without any.
  static func nested(_ name: String, _ open: String, _ inner: String, _ close: String) -> [Hostile]
  {
    let closed = Hostile(name, 100_000) { count in
      func times(_ text: String) -> String { String(repeating: text, count: count) }
      return Array(("a = " + times(open) + inner + times(close) + "\nb = 1\n").utf8)
    }
    let unclosed = Hostile(name + ", unclosed", 100_000) { count in
      Array(("a = " + String(repeating: open, count: count) + "\nb = 1\n").utf8)
    }
    return close.isEmpty ? [closed] : [closed, unclosed]
  }

  static var all: [Hostile] {
    nested("brackets", "[", "1", "]") + nested("parentheses", "(", "1", ")")
      + nested("braces", "{ a = ", "1", " }") + nested("calls", "f(", "1", ")")
      + nested("interpolations", "\"${", "1", "}\"") + nested("indices", "a[", "1", "]")
      + nested("for", "[for x in ", "y", " : x]")
      + nested("directives", "\"%{ if ", "b", " }x%{ endif }\"")
      + nested("signs", "-", "1", "") + nested("else chain", "a ? b : ", "1", "")
      + nested("then chain", "a ? ", "1", " : b") + nested("sum", "1 + ", "1", "")
      + nested("or", "a || ", "b", "") + nested("heredocs", "[<<A\n${", "1", "}\nA\n]")
      + [
        Hostile("accesses", 100_000) {
          Array(("a = b" + String(repeating: ".c", count: $0) + "\n").utf8)
        },
        Hostile("indices in a row", 100_000) {
          Array(("a = b" + String(repeating: "[0]", count: $0) + "\n").utf8)
        },
        Hostile("splats in a row", 100_000) {
          Array(("a = b" + String(repeating: "[*]", count: $0) + "\n").utf8)
        },
        Hostile("blocks", 100_000, "a {\n", "", "}\n"),
        Hostile("blocks, unclosed", 100_000, "a {\n"),
        Hostile("attributes", 1_000_000) { count in
          Array((0..<count).map { "attribute_\($0) = \($0)\n" }.joined().utf8)
        },
        Hostile("attributes of one name", 1_000_000, "a = 1\n"),
        Hostile("elements", 1_000_000) {
          Array(("a = [" + String(repeating: "1, ", count: $0) + "]\n").utf8)
        },
        Hostile("elements on lines", 1_000_000) {
          Array(("a = [\n" + String(repeating: "1, # x\n", count: $0) + "]\n").utf8)
        },
        Hostile("items", 1_000_000) {
          Array(("a = {\n" + String(repeating: "b = 1\n", count: $0) + "}\n").utf8)
        },
        Hostile("string", 50_000_000) {
          Array(("a = \"" + String(repeating: "x", count: $0) + "\"\n").utf8)
        },
        Hostile("heredoc", 1_000_000) {
          Array(
            ("a = <<E\n"
              + String(repeating: "fifty bytes of text that stand in one of its lines\n", count: $0)
              + "E\n").utf8)
        },
        Hostile("indented heredoc", 1_000_000) {
          Array(
            ("a = <<-E\n" + String(repeating: "  some ${bytes} of text\n", count: $0) + "  E\n")
              .utf8)
        },
        Hostile("comments", 1_000_000, "# a comment on a line of its own\n"),
        Hostile("blank lines", 5_000_000, "\n"),
        Hostile("unclosed quotes", 1_000_000, "a = \"\n"),
        Hostile("quotes", 1_000_000, "\""),
        Hostile("heredoc starts", 1_000_000, "<<A\n"),
        Hostile("comment starts", 1_000_000, "/*"),
        Hostile("errors", 100_000, "a = *\n"),
        Hostile("errors in a tuple", 100_000) {
          Array(("a = [\n" + String(repeating: "* 1,\n", count: $0) + "]\n").utf8)
        },
        Hostile("errors in an object", 100_000) {
          Array(("a = {\n" + String(repeating: "b = )\n", count: $0) + "}\n").utf8)
        },
        Hostile("closers", 100_000, "a = }\n"),
        Hostile("stray closers", 100_000) {
          Array(("a = [" + String(repeating: ")", count: $0) + "\n").utf8)
        },
        Hostile("damaged headers", 100_000, "a 'b' {\nc = )\n}\n"),
        Hostile("headers over lines", 100_000, "a.b\n{\n"),
        Hostile("sequences left open", 100_000, "a {\nb = \"${c\n d = 1\n}\n"),
        Hostile("opened anew", 100_000, "a = [\n"),
        Hostile("opened anew, deeper", 100_000, "a = { b = (\n"),
        Hostile("random bytes", 4_000_000) { count in
          var random = Random(state: 11)
          return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        },
        Hostile("random pieces", 1_000_000) { count in
          var random = Random(state: 12)
          let pieces = [
            "a", "1", " ", "\n", "\"", "${", "%{", "}", "{", "[", "]", "(", ")", "=", ",", ":", "?",
            ".", "*", "-", "<<A\n", "A\n", "#", "/*", "*/", "for ", "in ", "if ", "else", "endif",
          ]
          let picks = (0..<count).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
          return Array(picks.joined().utf8)
        },
      ]
  }
}

/// Numbers that are the same in every run.
struct Random {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Reads hostile texts of a size and of twice that size, and shows how long that takes.
///
/// What isn't read in linear time takes much more than twice as long the second time.
func measureRobustness(scale: Double, names: [String]) throws {
  func column(_ text: String, _ width: Int) -> String {
    text.padding(toLength: width, withPad: " ", startingAt: 0)
  }
  show(column("input", 28) + "      MB   parse s    MB/s  twice  verdict")
  for hostile in Hostile.all where names.isEmpty || names.contains(hostile.name) {
    let count = max(1, Int(Double(hostile.count) * scale))
    let half = read(hostile.text(max(1, count / 2)))
    let whole = read(hostile.text(count))
    show(
      column(hostile.name, 28)
        + String(
          format: "%8.2f  %8.3f %7.1f  %5.1f  ", whole.megabytes, whole.seconds,
          whole.megabytes / whole.seconds, whole.seconds / max(half.seconds, 1e-6))
        + whole.verdict)
  }
}

/// Shows a line at once, so that it stands there if the next text takes too long.
private func show(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

private func read(_ bytes: [UInt8]) -> (megabytes: Double, seconds: Double, verdict: String) {
  var diagnostics = Diagnostics()
  let start = processTime()
  let body = parseBody(SourceFile(name: "a.tf", bytes: bytes), into: &diagnostics)
  let seconds = processTime() - start
  let count = diagnostics.items.count
  // A tree that was read is printed too, so that it shows whether that comes back.
  let printed = diagnostics.hasErrors ? "" : Printer.print(body)
  let verdict =
    count == 0
    ? "accepted, printed \(printed.utf8.count)" : "\(count) findings: \(diagnostics.items[0].id)"
  return (Double(bytes.count) / 1e6, seconds, verdict)
}
