import Diagnostics
import Operations
import TestSupport
import Testing

/// The trees that webkit writes have nothing to report.
@Suite struct ProjectTreeTests {
  @Test(arguments: Golden.cases("projects"))
  func `a recorded project has no findings`(_ name: String) throws {
    let folder = Golden.root.appending(path: "projects/\(name)/expected/infra").path
    let report = try check(folder, schemas: [], version: nil)
    #expect(TextRenderer().render(report.diagnostics) == "")
  }
}
