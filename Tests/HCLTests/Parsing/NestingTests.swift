import Diagnostics
import Dispatch
import Foundation
import Testing

@testable import HCL

@Suite struct `Nesting` {
  /// What nests: what opens a level, the innermost, and what closes a level.
  static let forms: [(String, String, String)] = [
    ("[", "1", "]"), ("(", "1", ")"), ("{ a = ", "1", " }"), ("f(", "1", ")"),
    ("\"${", "1", "}\""), ("a[", "1", "]"), ("[for x in ", "y", " : x]"),
    ("a ? b : ", "1", ""), ("a ? ", "1", " : b"), ("-", "1", ""), ("", "a", ".b"), ("", "a", "[*]"),
    ("", "a", " + 1"), ("1 == ", "a", ""), ("{ (", "a", ") = 1 }"), ("a && (", "b", ") || c"),
    ("[\n", "1", "\n]"), ("\"%{ if ", "b", " }x%{ endif }\""), ("[<<A\n${", "1", "}\nA\n]"),
    ("a.*.b[", "0", "]"),
  ]

  /// What fits on a stack of 512 KB without optimization, whatever is done with the tree.
  static let smallLimit = 100

  @Test(arguments: forms)
  func `is read up to the limit on a small stack`(_ form: (String, String, String)) {
    let isChain = form.0.isEmpty || form.0 == "-"
    expectWhole(form, levels: isChain ? 95 : 31, limit: Self.smallLimit, kilobytes: 512)
  }

  @Test(arguments: forms)
  func `is read up to the default limit on a stack of a main thread`(
    _ form: (String, String, String)
  ) {
    let isChain = form.0.isEmpty || form.0 == "-"
    expectWhole(
      form, levels: isChain ? 990 : 330, limit: defaultNestingLimit, kilobytes: 8192)
  }

  private func expectWhole(
    _ form: (String, String, String), levels: Int, limit: Int, kilobytes: Int
  ) {
    let (open, inner, close) = form
    let value =
      String(repeating: open, count: levels) + inner + String(repeating: close, count: levels)
    onStack(kilobytes: kilobytes) {
      var diagnostics = Diagnostics()
      let file = SourceFile(name: "a.tf", text: "a = \(value)\n")
      let body = parseBody(file, nestingLimit: limit, into: &diagnostics)
      #expect(diagnostics.isEmpty)
      let printed = Printer.print(body)
      let again = parseBody(
        SourceFile(name: "b.tf", text: printed), nestingLimit: limit, into: &diagnostics)
      let isSame = again == body && again.hashValue == body.hashValue
      #expect(isSame)
      var count = 0
      body.expressions { $0.visit { _ in count += 1 } }
      #expect(count > levels || open == "")
      let isSameRewritten = body.rewritten { _ in nil } == body
      #expect(isSameRewritten)
    }
  }

  @Test(arguments: forms)
  func `is refused beyond the limit`(_ form: (String, String, String)) {
    let (open, inner, close) = form
    for levels in [31, 32, 33, 48, 49, 50, 98, 99, 100, 101, 102, 2000, 100_000] {
      for close in [close, ""] where levels < 100_000 || close != form.2 {
        let value =
          String(repeating: open, count: levels) + inner + String(repeating: close, count: levels)
        onStack(kilobytes: 512) {
          var diagnostics = Diagnostics()
          let file = SourceFile(name: "a.tf", text: "a = \(value)\nb = 1\n")
          let body = parseBody(file, nestingLimit: Self.smallLimit, into: &diagnostics)
          let printed = Printer.print(body)
          #expect(!printed.isEmpty)
          let isSame = body == body
          #expect(isSame)
          if levels > 102, !close.isEmpty {
            #expect(diagnostics.items.first?.id == "hcl.too-deep")
            #expect(diagnostics.items.count == 1)
            #expect(body.attribute("b") != nil)
          }
        }
      }
    }
  }

  @Test func `counts directives`() {
    for levels in [48, 5000] {
      let text =
        "a = \"" + String(repeating: "%{ if b }", count: levels)
        + String(repeating: "%{ endif }", count: levels) + "\"\nb = 1\n"
      onStack(kilobytes: 512) {
        var diagnostics = Diagnostics()
        let body = parseBody(
          SourceFile(name: "a.tf", text: text), nestingLimit: Self.smallLimit, into: &diagnostics)
        #expect(diagnostics.items.map(\.id) == (levels > 100 ? ["hcl.too-deep"] : []))
        #expect(body.attribute("b") != nil)
        let isSame = body == body
        #expect(isSame)
        #expect(!Printer.print(body).isEmpty)
      }
    }
  }

  @Test func `counts blocks`() {
    let text = String(repeating: "a {\n", count: 5000) + String(repeating: "}\n", count: 5000)
    onStack(kilobytes: 512) {
      var diagnostics = Diagnostics()
      let body = parseBody(
        SourceFile(name: "a.tf", text: text + "b = 1\n"), nestingLimit: Self.smallLimit,
        into: &diagnostics)
      #expect(diagnostics.items.map(\.id) == ["hcl.too-deep"])
      #expect(body.attribute("b") != nil)
      #expect(!Printer.print(body).isEmpty)
    }
  }
}

/// Runs something with a stack of a size.
func onStack(kilobytes: Int, _ work: @escaping @Sendable () -> Void) {
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    work()
    done.signal()
  }
  thread.stackSize = kilobytes * 1024
  thread.start()
  done.wait()
}
