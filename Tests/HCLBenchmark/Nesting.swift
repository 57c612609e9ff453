import Diagnostics
import Foundation
import HCL

/// What nests: what opens a level, the innermost, and what closes a level.
let nests: [(name: String, open: String, inner: String, close: String)] = [
  ("tuple", "[", "1", "]"), ("parentheses", "(", "1", ")"), ("object", "{ a = ", "1", " }"),
  ("call", "f(", "1", ")"), ("template", "\"${", "1", "}\""), ("index", "a[", "1", "]"),
  ("for", "[for x in ", "y", " : x]"), ("directive", "\"%{ if ", "b", " }x%{ endif }\""),
  ("else", "a ? b : ", "1", ""), ("then", "a ? ", "1", " : b"), ("unary", "-", "1", ""),
  ("attributes", "", "a", ".b"), ("splats", "", "a", "[*]"), ("indices", "", "a", "[0]"),
  ("sum", "", "a", " + 1"), ("mixed", "a && (", "b", ") || c"), ("key", "{ (", "a", ") = 1 }"),
  ("heredoc", "[<<A\n${", "1", "}\nA\n]"),
]

/// Nests something on a stack of a size, does something with it, and comes back if that fits.
func tryNesting(_ form: String, levels: Int, work: String, kilobytes: Int) throws {
  let isBlock = form == "block"
  guard let nest = nests.first(where: { $0.name == form || isBlock }) else {
    throw Failure("no such form: \(form)")
  }
  func times(_ text: String) -> String { String(repeating: text, count: levels) }
  let text =
    isBlock
    ? times("a {\n") + times("}\n")
    : "a = " + times(nest.open) + nest.inner + times(nest.close) + "\n"
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    var diagnostics = Diagnostics()
    let body = parseBody(
      SourceFile(name: "a.tf", text: text), nestingLimit: Int.max, into: &diagnostics)
    var count = diagnostics.items.count
    switch work {
    case "print": count += Printer.print(body).count
    case "equal": count += body == body ? 0 : 1
    case "hash": count += body.hashValue & 1
    case "visit": body.expressions { $0.visit { _ in count += 1 } }
    case "rewrite": count += body.rewritten { _ in nil }.items.count
    default: break
    }
    print(count)
    done.signal()
  }
  thread.stackSize = kilobytes * 1024
  thread.start()
  done.wait()
}
