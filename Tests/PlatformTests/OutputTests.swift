import Platform
import Testing

struct OutputTests {
  @Test(arguments: [
    (true, [:], true), (false, [:], false), (true, ["TERM": "dumb"], false),
    (true, ["NO_COLOR": "1"], false), (true, ["NO_COLOR": ""], true),
  ])
  func `colour is for terminals`(isTerminal: Bool, values: [String: String], isFit: Bool) {
    let output = Output(isTerminal: isTerminal) { _ in }
    #expect(output.takesColor(in: Environment(values)) == isFit)
  }

  @Test func `reads the variables of the process`() {
    #expect(Environment.ofProcess.text("PATH") != nil)
    #expect(Environment.ofProcess["no such variable"] == nil)
  }
}
