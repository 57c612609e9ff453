import Diagnostics
import ProviderModel
import Testing

@Suite struct `Embedded specs` {
  private static let read = {
    var diagnostics = Diagnostics()
    let catalog = Catalog(files: embeddedFiles, into: &diagnostics)
    return (catalog: catalog, diagnostics: diagnostics)
  }()

  private static let checked = {
    var diagnostics = read.diagnostics
    checkSpecs(read.catalog, into: &diagnostics)
    checkReasons(read.catalog, into: &diagnostics)
    return diagnostics.sorted()
  }()

  @Test(arguments: embeddedFiles.map(\.path).filter { $0.hasSuffix(".hcl") })
  func `have no mistakes`(_ path: String) {
    // Some settings are for other tools.
    let found = Self.checked.filter {
      $0.location?.file.name == "ProviderSpecs/" + path && $0.id != "spec.unused-setting"
    }
    for finding in found {
      let line = finding.location.map { $0.file.position(at: $0.range.start).line } ?? 0
      Issue.record("\(path):\(line) \(finding.id) \(finding.summary)")
    }
  }

  @Test func `are all read`() {
    let hcl = embeddedFiles.map(\.path).filter { $0.hasSuffix(".hcl") }
    let read =
      Self.read.catalog.providers.count + Self.read.catalog.backends.count
      + Self.read.catalog.allModules.count
    #expect(read == hcl.count)
    #expect(Self.checked.allSatisfy { $0.location != nil })
  }

  @Test func `reach every argument or say why not`() {
    for module in Self.read.catalog.allModules {
      let missing = coverage(of: module, Self.read.catalog).missing.map(\.name)
      #expect(missing == [], "\(module.provider)/\(module.type)")
    }
  }
}
