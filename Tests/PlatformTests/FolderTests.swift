import Files
import Glibc
import Platform
import Testing

struct FolderTests {
  private let temporary: TemporaryFolder
  private let folder: Folder

  init() throws {
    temporary = try TemporaryFolder()
    folder = try temporary.folder
  }

  private func path(_ text: String) throws -> RelativePath { try #require(RelativePath(text)) }

  private func isFree(_ lock: RelativePath) throws -> Bool {
    guard let taken = try FileLock.attempt(lock, in: folder) else { return false }
    taken.release()
    return true
  }

  @Test func `writes, replaces and removes`() throws {
    let file = try path("a/b/c.txt")
    #expect(try folder.read(file) == nil)
    try folder.replace(file, with: [1])
    #expect(try folder.read(file) == [1])
    #expect(try temporary.mode("a/b/c.txt") == 0o644)
    try temporary.setMode("a/b/c.txt", 0o755)
    try folder.replace(file, with: [2, 3])
    #expect(try folder.entry(file) == .file([2, 3]))
    #expect(try temporary.mode("a/b/c.txt") == 0o755)
    #expect(try folder.files(below: path("a")).map(\.text) == ["a/b/c.txt"])
    try folder.remove(file)
    try folder.remove(file)
    #expect(try folder.entry(file) == .absent)
    folder.removeIfEmpty(try path("a/b"))
    #expect(try folder.entry(path("a/b")) == .absent)
    #expect(try folder.entry(path("a")) == .folder)
  }

  @Test func `files for the owner alone stay so`() throws {
    try folder.replace(path("cache/secret"), with: [1], access: .owner)
    #expect(try temporary.mode("cache/secret") == 0o600)
    #expect(try temporary.mode("cache") == 0o700)
    try temporary.setMode("cache/secret", 0o644)
    try folder.replace(path("cache/secret"), with: [2], access: .owner)
    #expect(try temporary.mode("cache/secret") == 0o600)
  }

  @Test func `never replaces what it is to create`() throws {
    try folder.create(path("app.json"), with: [1])
    #expect(throws: FileError(.write, "app.json", .exists)) {
      try folder.create(path("app.json"), with: [2])
    }
    #expect(try folder.read(path("app.json")) == [1])
    try temporary.link("nowhere", at: "dangling")
    #expect(throws: FileError.self) { try folder.create(path("dangling"), with: [2]) }
    #expect(try folder.files(below: path("x")).isEmpty)
  }

  @Test func `refuses symbolic links that lead out`() throws {
    try temporary.link("/tmp", at: "out")
    try temporary.link("../..", at: "up")
    try temporary.link("/etc/hostname", at: "file")
    for name in ["out/x", "up/x", "file", "out"] {
      #expect(throws: FileError(.write, name, .leadsOut)) {
        try folder.replace(path(name), with: [1])
      }
      #expect(throws: FileError(.read, name, .leadsOut)) { try folder.read(path(name)) }
    }
    #expect(throws: FileError(.write, "out", .leadsOut)) {
      _ = try FileLock.attempt(path("out/lock"), in: folder)
    }
  }

  @Test func `follows symbolic links inside`() throws {
    try folder.replace(path("real/file"), with: [1])
    try temporary.link("real", at: "alias")
    try temporary.link("real/file", at: "link")
    try folder.replace(path("alias/file"), with: [2])
    #expect(try folder.read(path("real/file")) == [2])
    try folder.replace(path("link"), with: [3])
    #expect(try folder.read(path("real/file")) == [3])
    #expect(try folder.files(below: path("real")).map(\.text) == ["real/file"])
  }

  @Test func `refuses what isn't a file`() throws {
    try folder.replace(path("folder/file"), with: [1])
    #expect(throws: FileError(.write, "folder", .notAFile)) {
      try folder.replace(path("folder"), with: [1])
    }
    #expect(throws: FileError(.write, "folder/file/x", .notAFolder)) {
      try folder.replace(path("folder/file/x"), with: [1])
    }
    _ = unsafe mkfifo(temporary.path + "/pipe", 0o600)
    #expect(try folder.entry(path("pipe")) == .other)
  }

  @Test func `tells what can't be looked at from what isn't there`() throws {
    let hidden = try path(String(repeating: "x", count: 300) + "/a")
    let error = #expect(throws: FileError.self) { try folder.entry(hidden) }
    #expect(error?.reason == .system(ENAMETOOLONG))
    #expect(try folder.entry(path("x/a")) == .absent)
  }

  @Test func `removes what a killed write left`() throws {
    try folder.replace(path("a/.file.webkit-new"), with: [1])
    try folder.removeLeftover(of: path("a/file"))
    try folder.removeLeftover(of: path("b/file"))
    #expect(try folder.files(below: path("a")).isEmpty)
  }

  @Test func `is locked by one at a time`() throws {
    let lock = try path(".webkit/cache/lock")
    guard let first = try FileLock.attempt(lock, in: folder) else {
      Issue.record("The lock isn't free.")
      return
    }
    #expect(try !isFree(lock))
    first.release()
    #expect(try isFree(lock))
    #expect(try temporary.mode(".webkit/cache") == 0o700)
  }

  @Test func `says what is wrong with a folder`() {
    #expect(throws: FileError(.read, "/no/such", .system(ENOENT))) { try Folder("/no/such") }
    #expect(throws: FileError(.read, "/dev/null", .notAFolder)) { try Folder("/dev/null") }
  }
}
