import Checking
import Diagnostics
import Files
import Foundation

/// A large tree: what it is called, and its files for a number of repetitions.
struct Large {
  var name: String
  /// How often something is repeated where the scale is 1.
  var count: Int
  var files: (Int) -> [String: String]

  static func one(_ name: String, _ count: Int, _ text: @escaping (Int) -> String) -> Large {
    Large(name: name, count: count) { ["main.tf": text($0)] }
  }

  static func lines(
    _ name: String, _ count: Int, _ line: @escaping (Int) -> String, rest: String = ""
  ) -> Large {
    one(name, count) { count in (0..<count).map { line($0) + "\n" }.joined() + rest }
  }
}

extension Large {
  static var all: [Large] {
    [
      Large(name: "modules", count: 1_000) { count in
        var files = ["main.tf": ""]
        for index in 0..<count {
          files["main.tf", default: ""] += """
            module "m\(index)" {
              source = "./m\(index)"
              name   = \(index == 0 ? "\"a\"" : "module.m\(index - 1).name")
            }

            """
          let resources = (0..<10).map { number in
            "resource \"terraform_data\" \"r\(number)\" {\n  input = var.name\n}\n"
          }
          files["m\(index)/main.tf"] =
            "variable \"name\" {\n  type = string\n}\n" + resources.joined()
            + "output \"name\" {\n  value = terraform_data.r0.output\n}\n"
        }
        return files
      },
      lines("resources", 10_000) {
        "resource \"terraform_data\" \"r\($0)\" {\n  input = terraform_data.r\(max(1, $0) - 1).id\n}"
      },
      Large(name: "nested modules", count: 30) { count in
        var files: [String: String] = [:]
        for index in 0..<count {
          let folder = String(repeating: "m/", count: index)
          files[folder + "main.tf"] = "module \"m\" {\n  source = \"./m\"\n}\n"
        }
        files[String(repeating: "m/", count: count) + "main.tf"] = "locals {\n  a = 1\n}\n"
        return files
      },
      one("chain of locals", 20_000) { count in
        let lines = (0..<count).map { "  l\($0) = local.l\($0 + 1)\n" }
        return "locals {\n" + lines.joined() + "  l\(count) = 1\n}\n"
      },
      one("chain of locals, backwards", 20_000) { count in
        let lines = (0..<count).map { "  l\($0 + 1) = local.l\($0)\n" }
        return "locals {\n  l0 = 1\n" + lines.joined() + "}\n"
      },
      one("circle of locals", 10_000) { count in
        let lines = (0..<count).map { "  l\($0) = local.l\(($0 + 1) % count)\n" }
        return "locals {\n" + lines.joined() + "}\n"
      },
      one("circle of resources", 10_000) { count in
        (0..<count).map {
          "resource \"terraform_data\" \"r\($0)\" {\n  input = terraform_data.r\(($0 + 1) % count).id\n}\n"
        }.joined()
      },
      one("tuple", 300_000) {
        "locals {\n  a = [" + String(repeating: "1, ", count: $0) + "]\n}\n"
      },
      one("references in a tuple", 100_000) {
        "variable \"a\" {}\nlocals {\n  a = [" + String(repeating: "var.a, ", count: $0) + "]\n}\n"
      },
      one("object", 100_000) { count in
        "locals {\n  a = {\n" + (0..<count).map { "    k\($0) = \($0)\n" }.joined() + "  }\n}\n"
      },
      one("template", 100_000) {
        "variable \"a\" {}\nlocals {\n  a = \"" + String(repeating: "${var.a}-", count: $0)
          + "\"\n}\n"
      },
      one("known template", 100_000) {
        "locals {\n  a = \"" + String(repeating: "${1}-", count: $0) + "\"\n}\n"
      },
      one("sum", 250_000) {
        "locals {\n  a = " + String(repeating: "1 + ", count: $0) + "1\n}\n"
      },
      one("nesting", 250_000) { count in
        func times(_ text: String) -> String { String(repeating: text, count: count) }
        return "locals {\n  a = " + times("[") + "1" + times("]") + "\n}\n"
      },
      one("list grown by concat", 2_000) { count in
        let lines = (0..<count).map { "  l\($0 + 1) = concat(local.l\($0), [\($0)])\n" }
        return "locals {\n  l0 = []\n" + lines.joined() + "}\n"
      },
      lines("variables", 20_000) { "variable \"v\($0)\" {}" },
      one("variables in one object", 20_000) { count in
        (0..<count).map { "variable \"v\($0)\" {}\n" }.joined() + "locals {\n  a = ["
          + (0..<count).map { "var.v\($0), " }.joined() + "]\n}\n"
      },
      lines("outputs", 20_000) { "output \"o\($0)\" {\n  value = \($0)\n}" },
      lines("undeclared names", 3_000) { "output \"o\($0)\" {\n  value = var.v\($0)\n}" },
      lines(
        "wrong names", 3_000,
        { "output \"o\($0)\" {\n  value = var.v\($0)x\n}\nvariable \"v\($0)\" {}" }),
      lines("duplicates", 20_000) { _ in "variable \"a\" {}" },
      lines("moves", 10_000) {
        "moved {\n  from = terraform_data.a\($0)\n  to   = terraform_data.a\($0 + 1)\n}"
      },
      one("blocks", 20_000) {
        "resource \"terraform_data\" \"a\" {\n"
          + String(
            repeating: "  provisioner \"local-exec\" {\n    command = self.id\n  }\n", count: $0)
          + "}\n"
      },
    ]
  }
}

/// Shows how long large trees take, and how that grows when they double.
func measureRobustness(scale: Double, names: [String]) {
  for large in Large.all where names.isEmpty || names.contains(large.name) {
    let count = max(2, Int(Double(large.count) * scale))
    let half = seconds(large, count / 2)
    let whole = seconds(large, count)
    let growth = whole.time / max(half.time, 1e-9)
    print(
      large.name.padding(toLength: 28, withPad: " ", startingAt: 0)
        + String(
          format: "%9d %10.1f ms   x%5.1f   %d findings", count, whole.time * 1000, growth,
          whole.found))
  }
}

private func seconds(_ large: Large, _ count: Int) -> (time: Double, found: Int) {
  var tree = FileTree()
  for (path, text) in large.files(count).sorted(by: { $0.key < $1.key }) {
    tree[path] = Array(text.utf8)
  }
  let input = CheckInput(
    tree: tree, root: "", schemas: schemas(areWhole: false), functions: functions())
  let start = processTime()
  let found = checkConfiguration(input).items.count
  return (processTime() - start, found)
}
