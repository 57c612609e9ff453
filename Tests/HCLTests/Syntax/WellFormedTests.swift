import Testing

@testable import HCL

/// Bodies that programs make are well-formed where their text reads back as them.
@Suite struct `Well-formed bodies` {
  private func isWellFormed(_ value: Expression) -> Bool {
    Body([.attribute(Attribute("a", value))]).isWellFormed
  }

  @Test(arguments: ["a", "_", "a-b", "é", "a9"])
  func `have names that are identifiers`(_ name: String) {
    #expect(isWellFormed(.variable(Variable(name))))
    #expect(Body([.attribute(Attribute(name, .bool(true)))]).isWellFormed)
  }

  @Test(arguments: ["", "9a", "a b", "a.b", "-", "a\n", "a\"", "$", "a b"])
  func `have no other names anywhere`(_ name: String) {
    let name = name == "a b" ? "a\u{A0}b" : name
    let one = Expression.variable(Variable("x"))
    let wrong: [Expression] = [
      .variable(Variable(name)), .attribute(AttributeAccess(one, name)),
      .splat(Splat(one, steps: [.attribute(name)])), .call(name, [one]),
      .object(ObjectExpression([.init(.variable(Variable(name)), one)])),
      .forExpression(ForExpression(valueName: name, in: one, value: one)),
      .forExpression(ForExpression(keyName: name, valueName: "v", in: one, value: one)),
      .parentheses(Parentheses(.variable(Variable(name)))),
      .template(Template([.interpolation(Interpolation(.variable(Variable(name))))])),
      .template(Template([.forDirective(TemplateFor(value: name, in: one, body: []))])),
    ]
    for value in wrong { #expect(!isWellFormed(value), "\(value)") }
    #expect(!Body([.attribute(Attribute(name, one))]).isWellFormed)
    #expect(!Body([.block(Block(name))]).isWellFormed)
    #expect(!Body([.block(Block("a", [Label(name, isQuoted: false)]))]).isWellFormed)
    #expect(Body([.block(Block("a", [Label(name)]))]).isWellFormed)
  }

  @Test func `have numbers that are numbers`() {
    for text in ["0", "12", "1.5", "1e9", "1.50E-3", "2e+1"] {
      #expect(isWellFormed(.number(text)))
    }
    for text in ["", "a", "1.", ".5", "1e", "1 2", "0x1"] {
      #expect(!isWellFormed(.literal(Literal(.number(text)))), "\(text)")
    }
  }

  @Test func `set no name twice in one place`() {
    let attribute = BodyItem.attribute(Attribute("a", .bool(true)))
    #expect(!Body([attribute, attribute]).isWellFormed)
    #expect(Body([attribute, .block(Block("a", body: Body([attribute])))]).isWellFormed)
    #expect(!Body([.block(Block("b", body: Body([attribute, attribute])))]).isWellFormed)
  }

  @Test func `have nothing in them that couldn't be read`() {
    #expect(!isWellFormed(.invalid(Origin())))
  }
}
