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

  @Test(arguments: forms)
  func `is read up to the limit on a small stack`(_ form: (String, String, String)) {
    let (open, inner, close) = form
    let isChain = open.isEmpty || open == "-"
    let levels = isChain ? 140 : 31
    let value =
      String(repeating: open, count: levels) + inner + String(repeating: close, count: levels)
    onSmallStack {
      var diagnostics = Diagnostics()
      let file = SourceFile(name: "a.tf", text: "a = \(value)\n")
      let body = parseBody(file, into: &diagnostics)
      #expect(diagnostics.isEmpty)
      let printed = Printer.print(body)
      let again = parseBody(SourceFile(name: "b.tf", text: printed), into: &diagnostics)
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
    for levels in [31, 32, 33, 60, 63, 64, 65, 140, 149, 150, 151, 2000, 20000] {
      for close in [close, ""] {
        let value =
          String(repeating: open, count: levels) + inner + String(repeating: close, count: levels)
        onSmallStack {
          var diagnostics = Diagnostics()
          let file = SourceFile(name: "a.tf", text: "a = \(value)\nb = 1\n")
          let body = parseBody(file, into: &diagnostics)
          let printed = Printer.print(body)
          #expect(!printed.isEmpty)
          let isSame = body == body
          #expect(isSame)
          if levels > 151, !close.isEmpty {
            #expect(diagnostics.items.first?.id == "hcl.too-deep")
            #expect(diagnostics.items.count == 1)
            #expect(body.attribute("b") != nil)
          }
        }
      }
    }
  }

  @Test func `counts directives`() {
    for levels in [60, 5000] {
      let text =
        "a = \"" + String(repeating: "%{ if b }", count: levels)
        + String(repeating: "%{ endif }", count: levels) + "\"\nb = 1\n"
      onSmallStack {
        var diagnostics = Diagnostics()
        let body = parseBody(SourceFile(name: "a.tf", text: text), into: &diagnostics)
        #expect(diagnostics.items.map(\.id) == (levels > 64 ? ["hcl.too-deep"] : []))
        #expect(body.attribute("b") != nil)
        let isSame = body == body
        #expect(isSame)
        #expect(!Printer.print(body).isEmpty)
      }
    }
  }

  @Test func `counts blocks`() {
    let text = String(repeating: "a {\n", count: 5000) + String(repeating: "}\n", count: 5000)
    onSmallStack {
      var diagnostics = Diagnostics()
      let body = parseBody(SourceFile(name: "a.tf", text: text + "b = 1\n"), into: &diagnostics)
      #expect(diagnostics.items.map(\.id) == ["hcl.too-deep"])
      #expect(body.attribute("b") != nil)
      #expect(!Printer.print(body).isEmpty)
    }
  }
}

/// Runs something with a stack of 512 KB.
func onSmallStack(_ work: @escaping @Sendable () -> Void) {
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    work()
    done.signal()
  }
  thread.stackSize = 512 * 1024
  thread.start()
  done.wait()
}
