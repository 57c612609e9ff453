import Foundation
import Platform
import TestSupport
import Testing

@testable import Operations

/// The programs in these tests are copies of `echo`, which answers `version`: no engine at all, unless something else is remembered.
@Suite("What engines answered")
struct KnownEnginesTests {
  private func copyOfEcho(in project: TemporaryProject) throws -> String {
    let path = try project.project.folder.name + "/terraform"
    try FileManager.default.copyItem(atPath: "/bin/echo", toPath: path)
    return path
  }

  private func find(_ program: String, _ project: TemporaryProject) throws(OperationError) -> Engine
  {
    do {
      return try Engine.find(
        program, nil, atLeast: "1.11.0", in: Environment(["PATH": "/bin"]), for: project.project)
    } catch let error as OperationError {
      throw error
    } catch {
      throw OperationError("\(error)", help: "")
    }
  }

  @Test func `an answer is taken as long as the program's file is the same`() throws {
    let project = try TemporaryProject(manifest: "")
    let program = try copyOfEcho(in: project)
    let fingerprint = try #require(programFingerprint(program))
    try KnownEngines(in: project.project).remember("Terraform v1.12.3", of: fingerprint)
    #expect(try find(program, project).version == "1.12.3")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: program)
    #expect(throws: OperationError.self) { try find(program, project) }
  }

  @Test func `an answer that is too old is refused, remembered or not`() throws {
    let project = try TemporaryProject(manifest: "")
    let program = try copyOfEcho(in: project)
    let fingerprint = try #require(programFingerprint(program))
    try KnownEngines(in: project.project).remember("Terraform v1.5.7", of: fingerprint)
    let error = #expect(throws: OperationError.self) { try find(program, project) }
    #expect(error?.summary.contains("1.5.7, which is too old") == true)
  }

  @Test func `what is no answer is asked for again`() throws {
    let project = try TemporaryProject(manifest: "")
    let program = try copyOfEcho(in: project)
    let fingerprint = try #require(programFingerprint(program))
    try KnownEngines(in: project.project).remember("garbage", of: fingerprint)
    #expect(throws: OperationError.self) { try find(program, project) }
  }

  @Test func `the last eight are remembered, for their owner alone`() throws {
    let project = try TemporaryProject(manifest: "")
    for number in 1...9 {
      try KnownEngines(in: project.project).remember("Terraform v1.12.\(number)", of: "p\(number)")
    }
    let known = try KnownEngines(in: project.project)
    #expect(known.answer("p1") == nil)
    #expect(known.answer("p2") == "Terraform v1.12.2")
    #expect(known.answer("p") == nil)
    #expect(project.read(".webkit/cache/.gitignore") == "*\n")
    let path = try project.project.folder.name + "/.webkit/cache/engines"
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `scripts and links to other names have no fingerprint`() throws {
    let project = try TemporaryProject(manifest: "")
    try project.write("terraform", "#!/bin/sh\necho Terraform v1.11.4\n")
    let folder = try project.project.folder.name
    #expect(programFingerprint(folder + "/terraform") == nil)
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/tofu", withDestinationPath: "/bin/echo")
    #expect(programFingerprint(folder + "/tofu") == nil)
    #expect(programFingerprint(folder + "/absent") == nil)
  }
}
