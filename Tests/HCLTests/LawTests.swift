import Foundation
import Testing

@Suite struct `Laws` {
  @Test(arguments: samples)
  func `hold for samples`(_ text: String) {
    expectLaws(text)
    expectLaws(
      text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
  }
}

@Suite struct `Laws of golden trees` {
  /// Every tenth file, so that all kinds of blocks are among them.
  static let files: [URL] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "golden/projects")
    let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let files = (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "tf" }
    let sorted = files.sorted { $0.path < $1.path }
    return sorted.indices.filter { $0 % 10 == 0 }.map { sorted[$0] }
  }()

  @Test func `hold`() throws {
    #expect(Self.files.count > 50)
    for file in Self.files { expectLaws(try Array(Data(contentsOf: file))) }
  }

  @Test func `hold for what is left of them`() throws {
    var random = Random(state: 3)
    for file in Self.files.prefix(20) {
      let bytes = try Array(Data(contentsOf: file))
      for _ in 0..<10 {
        var damaged = bytes
        let place = Int(random.next() % UInt64(max(1, damaged.count)))
        switch random.next() % 3 {
        case 0: damaged = Array(damaged[..<place])
        case 1 where !damaged.isEmpty: damaged.remove(at: place)
        default:
          damaged.insert(UInt8(truncatingIfNeeded: random.next() >> 40), at: place)
        }
        expectLaws(damaged)
      }
    }
  }
}

let samples: [String] = [
  "",
  "\u{FEFF}a=1",
  "a=1",
  "a = 1 # x\n\n\n# lead\nbb=2 // y\n",
  "resource \"a\" \"b\" {\n  x = 1\n  yy = 2 # c\n\n  z {\n  }\n\n  w {}\n  v { a = 1 }\n # end\n}\n",
  "a = [1,2, # x\n 3]\nb = [\n\n  # lead\n  1, 2, # t\n\n  3\n\n # end\n]\n",
  "a = { a=1, b:2 }\nb = {\n a = 1,\n b = 2 # x\n \"c-${d}\" : 3\n (e) = 4\n}\n",
  "a = [for x in y : x]\nb = {for k, v in y : k => v... if v != null}\nc = [\n for x in y : x\n if x]\n",
  "a = x ? y : z\nb = (x\n ? y\n : z)\nc = f(a, b...)\nd = provider::a::f(1)\ne = f(\n a,\n b\n)\n",
  "a = <<EOT\nfoo\n  bar ${x}\nEOT\nb = <<-EOT\n    foo\n      bar\n    ${x} $${y}\n  EOT\n",
  "a = [<<EOT\nfoo\nEOT\n, <<-X\n  foo\n  X\n]\nb = f(<<-X\n  foo\nX\n)\n",
  "a = <<-EOT\n  %{ if x ~}\n  y\n  %{ else }\n  z\n  %{ endif }\n  %{for k, v in x}a%{endfor}\n  EOT\n",
  "a = <<-EOT\n    ${x ~}\n    bar\n  EOT\nb = <<-EOT\n    foo\n    ${~ x}\n  EOT\nc = <<-EOT\n${~ x}\n    foo\n  EOT\n",
  "a = \"x${y}z\\n\\u00e9$${a}%%{b}$%\"\nb = \"%{ if x }a%{ else }b%{ endif }\"\n",
  "a = -b + !c * (d - e) - -1\nb = a.b.0.c[1][*].d.*.e\nc = a.*.b.0[2]\n",
  "a = [ /* x */ 1 /* y */, 2]\nb = /* q */ 1 /* r */ // s\nc /* t */ = 1\n",
  "a = (\n  # lead\n  b # x\n  && # y\n  c\n)\n",
  "b = [\n  a, /* x */ b,\n  c /* y */, d # z\n  , e\n]\n",
  "s = \"${[[\"\"], (0), <<X\nX\n,] ? y.* : e}\"\n",
  "a = f(<<X\nx\nX\n,)\nb = { 1 /**/ = (/**/ y), t : [/**/ <<X\nX\n,] }\n",
  "a = { ({}. //\n b) = c }\nd = [{} //\n .e]\nf = [{}. //\n g, 1]\nh = (i. //\n j + k)\n",
  "a = (b. //\n c ? d. //\n e : f)\ng = [for h in i. //\n j : k. //\n l if m. //\n n]\n",
  "a = <<X\n%{ if b }%{ /* c */ else }%{ /* d */ endif }\nX\n",
  "a = {b = c, d = <<X\n%{ for e in f }%{ /**/ endfor }\nX\n g : h }\n",
  "a = b.2.e\nc = d[*].0.e\ne = f[*].0.e1\ng = h.0. e5\ni = [j[*].0. 1, 1. 3, k.2. e-1]\n",
  "for = \"${[<<é\n\t:\n é\n,]}\"\n",
  "a = <<\u{E9}\ne\u{301}\n\u{E9}\nb = <<E\n${x}E\nE${y}\n E2\nE\n",
  "x { # open\n  a = 1\n} # close\n",
]
