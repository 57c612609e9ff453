import Checking
import Diagnostics
import Files
import Testing

/// Trees that are larger than any stack of calls, in the time that a linear check takes.
@Suite(.timeLimit(.minutes(2))) struct `Large trees` {
  private func check(_ files: [String: String]) -> Diagnostics {
    var tree = FileTree()
    for (path, text) in files { tree.add(path, text) }
    return Known.check(tree)
  }

  private func found(_ text: String) -> [String] {
    check(["main.tf": text]).items.map(\.id)
  }

  @Test(arguments: [false, true]) func `chains of locals are worked out`(_ isBackwards: Bool) {
    let lines = (0..<20_000).map {
      isBackwards ? "  l\($0 + 1) = local.l\($0)" : "  l\($0) = local.l\($0 + 1)"
    }
    let end = isBackwards ? "l0 = 1" : "l20000 = 1"
    let last = isBackwards ? "l20000" : "l0"
    let text = "locals {\n\(lines.joined(separator: "\n"))\n  \(end)\n}\n"
    #expect(found(text + "output \"o\" {\n  value = local.\(last)\n}\n") == [])
    // What comes out at the end is the number at the start.
    #expect(
      found(text + "resource \"terraform_data\" \"a\" {\n  count = local.\(last).x\n}\n")
        == ["terraform.unsupported-attribute"])
  }

  @Test func `circles of locals are found`() {
    let lines = (0..<10_000).map { "  l\($0) = local.l\(($0 + 1) % 10_000)\n" }
    #expect(found("locals {\n\(lines.joined())}\n") == ["terraform.cycle"])
  }

  @Test func `circles of resources are found`() {
    let blocks = (0..<10_000).map {
      "resource \"terraform_data\" \"r\($0)\" {\n  input = terraform_data.r\(($0 + 1) % 10_000).id\n}\n"
    }
    #expect(found(blocks.joined()) == ["terraform.cycle"])
  }

  @Test func `a long expression is checked to its end`() {
    let names = String(repeating: "var.a, ", count: 50_000)
    let text = "variable \"a\" {}\noutput \"o\" {\n  value = [\(names)var.b]\n}\n"
    #expect(found(text) == ["terraform.undeclared-variable"])
  }

  @Test func `many modules are checked`() {
    var files = ["main.tf": ""]
    for index in 0..<500 {
      let given = index == 0 ? "1" : "module.m\(index - 1).o"
      files["main.tf", default: ""] +=
        "module \"m\(index)\" {\n  source = \"./m\(index)\"\n  a      = \(given)\n}\n"
      files["m\(index)/main.tf"] =
        "variable \"a\" {}\noutput \"o\" {\n  value = var.a\n}\n"
    }
    #expect(check(files).items.map(\.id) == ["terraform.unused-output"])
  }
}
