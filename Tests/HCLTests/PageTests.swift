import Diagnostics
import Foundation
import Testing

@testable import HCL

/// The examples of `Sources/HCL/README.md`: they stand here as they stand there, and are run.
@Suite struct `The page` {
  @Test func `reads`() {
    // example
    let file = SourceFile(
      name: "main.tf", text: "resource \"aws_s3_bucket\" \"logs\" {\n  bucket = var.name\n}\n")
    var diagnostics = Diagnostics()
    let body = parseBody(file, into: &diagnostics)
    // end
    #expect(diagnostics.isEmpty)
    #expect(body.blocks.count == 1)
  }

  @Test func `reads single expressions`() {
    // example
    var diagnostics = Diagnostics()
    let value = parseExpression(
      SourceFile(name: "flag", text: "[for s in var.list : upper(s)]"), into: &diagnostics)
    guard case .forExpression(let comprehension) = value else { return }
    // end
    #expect(comprehension.valueName == "s")
    #expect(Printer.print(comprehension.value) == "upper(s)")
  }

  @Test func `walks`() {
    let body = Self.body(
      "resource \"aws_s3_bucket\" \"logs\" {\n  bucket = var.name\n  tags = { for k, v in local.tags : k => upper(v) }\n}\n"
    )
    // example
    for block in body.blocks where block.type == "resource" {
      print(
        block.labels.map(\.text), block.body.attribute("bucket")?.value.stringValue ?? "computed")
    }

    var references: [String] = []
    for block in body.blocks {
      block.body.expressions { value in
        value.visit(scope: []) { expression, bound in
          guard let chain = expression.traversal, !bound.contains(chain.root) else { return }
          if case .attribute(let name)? = chain.steps.first {
            references.append(chain.root + "." + name)
          }
        }
      }
    }
    // end
    #expect(references == ["var.name", "local.tags"])
  }

  @Test func `edits`() {
    var body = Self.body("# the bucket\nbucket = var.name\nacl = \"private\"\n")
    // example
    body = body.rewritten { expression in
      expression == .reference("var", "name") ? .reference("local", "bucket_name") : nil
    }
    for index in body.items.indices {
      guard case .attribute(var attribute) = body.items[index], attribute.name == "acl" else {
        continue
      }
      attribute.value = .string("public-read")
      attribute.trivia.leading = [Comment("Everybody may read it.")]
      body.items[index] = .attribute(attribute)
    }
    // end
    #expect(
      Printer.print(body)
        == "# the bucket\nbucket = local.bucket_name\n# Everybody may read it.\nacl = \"public-read\"\n"
    )
  }

  @Test func `prints`() {
    // example
    let output = Block(
      "output", ["url"],
      body: Body([
        .attribute(
          Attribute(
            "value",
            .interpolated([
              .literal("https://"),
              .interpolation(Interpolation(.reference("aws_lb", "this", "dns_name"))),
            ]))),
        .attribute(Attribute("description", .string("Where it \"lives\""))),
      ]))
    let text = Printer.print(Body([.block(output)]))
    // end
    #expect(
      text == """
        output "url" {
          value       = "https://${aws_lb.this.dns_name}"
          description = "Where it \\"lives\\""
        }

        """)
  }

  @Test func `formats`() {
    // example
    let source = "a=1 # one\nbbb   = [1,2]\n"
    let formatted = String(decoding: HCL.Formatter.format(Array(source.utf8)), as: UTF8.self)
    // end
    #expect(formatted == "a   = 1 # one\nbbb = [1, 2]\n")
  }

  @Test func `reports`() {
    var shown: [String] = []
    // example
    let file = SourceFile(name: "main.tf", text: "a = [1 2]\nb = \"x\nc = 3\n")
    var diagnostics = Diagnostics()
    let body = parseBody(file, into: &diagnostics)
    for finding in diagnostics.items {
      guard let location = finding.location else { continue }
      let place = file.position(at: location.range.start)
      shown.append("\(file.name):\(place.line):\(place.column): \(finding.id): \(finding.summary)")
    }
    // end
    #expect(
      shown == [
        "main.tf:1:8: hcl.expected-separator: Expected a comma or `]`, found the number 2",
        "main.tf:2:5: hcl.unclosed-string: The string has no end on its line",
      ])
    #expect(body.attributes.map(\.name) == ["a", "b", "c"])
  }

  @Test func `limits`() {
    // example
    var diagnostics = Diagnostics()
    let deep = String(repeating: "[", count: 2000) + String(repeating: "]", count: 2000)
    let file = SourceFile(name: "deep.tf", text: "a = \(deep)\nb = 1\n")
    let body = parseBody(file, nestingLimit: 100, into: &diagnostics)
    // end
    #expect(diagnostics.items.map(\.id) == ["hcl.too-deep"])
    #expect(body.attribute("b")?.value == .number(1))
  }

  // MARK: What the page says

  private static func body(_ text: String) -> Body {
    var diagnostics = Diagnostics()
    return parseBody(SourceFile(name: "a.tf", text: text), into: &diagnostics)
  }

  /// The lines between two marks, each run as one text without its indentation.
  private static func regions(of text: String, from start: String, to end: String) -> [String] {
    var regions: [[Substring]] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = line.drop { $0 == " " }
      if trimmed == start, !isInside {
        isInside = true
        regions.append([])
      } else if trimmed == end {
        isInside = false
      } else if isInside {
        regions[regions.count - 1].append(line)
      }
    }
    return regions.map { lines in
      let indents = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }
      return lines.map { String($0.dropFirst(indents.min() ?? 0)) }.joined(separator: "\n")
    }
  }

  @Test func `shows the code that is run here`() throws {
    let test = URL(filePath: #filePath)
    let root = test.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appending(path: "Sources/HCL/README.md"), encoding: .utf8)
    let source = try String(contentsOf: test, encoding: .utf8)
    let examples = Self.regions(of: source, from: "// example", to: "// end")
    #expect(examples.count == 8)
    #expect(Self.regions(of: page, from: "```swift", to: "```") == examples)
  }

  @Test func `names the limits as they are`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appending(path: "Sources/HCL/README.md"), encoding: .utf8)
    #expect(page.contains("`defaultNestingLimit` (\(defaultNestingLimit))"))
    #expect(
      page.contains("`golden/hcl-errors/cases.tsv` holds \(`Places of errors`.cases.count) texts"))
    #expect(page.contains("first \(Parser.errorLimit) errors"))
  }
}
