import Testing

@testable import HCL

/// The expected texts are what `terraform fmt` 1.11.4 makes of the sources.
@Suite struct `Layout of` {
  @Test(arguments: layoutCases)
  func `a file is that of terraform fmt`(_ example: LayoutCase) {
    let formatted = HCL.Formatter.format(Array(example.source.utf8))
    #expect(String(decoding: formatted, as: UTF8.self) == example.expected)
    #expect(HCL.Formatter.format(formatted) == formatted)
  }

  @Test func `a damaged file stays`() {
    for text in ["a=\"x", "a=\"x\n\"", "a=1 ^", "a=/*"] {
      #expect(HCL.Formatter.format(Array(text.utf8)) == Array(text.utf8))
    }
    let bytes: [UInt8] = [0x61, 0x3D, 0x22, 0xFF, 0x22]
    #expect(HCL.Formatter.format(bytes) == bytes)
  }
}

/// A text and its layout.
struct LayoutCase: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var source: String
  var expected: String
}

let layoutCases: [LayoutCase] = [
  LayoutCase(
    testDescription: "aligns equals signs of neighbours",
    source: "a=1\nbbb   =   2\ncc = 3\n",
    expected: "a   = 1\nbbb = 2\ncc  = 3\n"),
  LayoutCase(
    testDescription: "breaks chains at blank lines and comments",
    source: "a = 1\nbbb = 2\n\ncccc = 3\n# x\ndd = 4\neeeeee = 5\n",
    expected: "a   = 1\nbbb = 2\n\ncccc = 3\n# x\ndd     = 4\neeeeee = 5\n"),
  LayoutCase(
    testDescription: "breaks chains at values over several lines",
    source: "a = 1\nbbbb = [\n1,\n]\ncc = 2\nddd = { e = 1 }\n",
    expected: "a = 1\nbbbb = [\n  1,\n]\ncc  = 2\nddd = { e = 1 }\n"),
  LayoutCase(
    testDescription: "aligns comments",
    source: "a = 1 # x\nbbb = 2   // y\ncc = [ # z\n1, # one\n20 # two\n] # end\n",
    expected: """
      a   = 1 # x
      bbb = 2 // y
      cc = [  # z
        1,    # one
        20    # two
      ]       # end

      """),
  LayoutCase(
    testDescription: "keeps comments on their own lines",
    source: "    # a\n\t// b\nx {\n# c\n/* d\n   e */\n}\n",
    expected: "# a\n// b\nx {\n  # c\n  /* d\n   e */\n}\n"),
  LayoutCase(
    testDescription: "indents blocks",
    source: "a \"b\" \"c\" {\nd=1\ne {\nf = 2\n}\n}\n",
    expected: "a \"b\" \"c\" {\n  d = 1\n  e {\n    f = 2\n  }\n}\n"),
  LayoutCase(
    testDescription: "keeps blank lines and one-line blocks",
    source: "\n\na {}\n\n\n\nb { c=1 }\nd {\n}\n",
    expected: "\n\na {}\n\n\n\nb { c = 1 }\nd {\n}\n"),
  LayoutCase(
    testDescription: "puts one level for brackets that open together",
    source: "a = f([{\nb = 1\n}, {\nc = 2\n}])\n",
    expected: "a = f([{\n  b = 1\n  }, {\n  c = 2\n}])\n"),
  LayoutCase(
    testDescription: "closes on a line with text",
    source: "a = f({\nb = 1\nc = 2 })\n",
    expected: "a = f({\n  b = 1\nc = 2 })\n"),
  LayoutCase(
    testDescription: "keeps the shape of a conditional with objects",
    source: "a = b ? {\nc = 1\n} : {\nd = 2\n}\n",
    expected: "a = b ? {\n  c = 1\n  } : {\n  d = 2\n}\n"),
  LayoutCase(
    testDescription: "spaces operators",
    source: "a=b+c*d-e/f%g\nh=!i&&j||k==l\nm=n>=1?o:p\nq=r  !=  s\n",
    expected: """
      a = b + c * d-e / f % g
      h = !i && j || k == l
      m = n >= 1 ? o : p
      q = r != s

      """),
  LayoutCase(
    testDescription: "knows a sign from an operation",
    source: """
      a = -1
      b = 1 - -1
      c = [-1,-2]
      d = (-1)
      e = f(-1)
      g = h - 1
      i = j==-1
      k = { l:-1 }
      m = [for x in -y : - x]

      """,
    expected: """
      a = -1
      b = 1 - -1
      c = [-1, -2]
      d = (-1)
      e = f(-1)
      g = h - 1
      i = j == -1
      k = { l : -1 }
      m = [for x in - y : -x]

      """),
  LayoutCase(
    testDescription: "keeps minus in names",
    source: "a = b-1\nc = d -1\ne = f- -1\n",
    expected: "a = b-1\nc = d - 1\ne = f- - 1\n"),
  LayoutCase(
    testDescription: "tightens accesses and calls",
    source: """
      a = b . c [ 0 ] . d
      e = f (1,2 ,)
      g = h(i ...)
      j = k [ * ] . l
      m = provider :: n :: o (1)

      """,
    expected: """
      a = b.c[0].d
      e = f(1, 2, )
      g = h(i...)
      j = k[*].l
      m = provider::n::o(1)

      """),
  LayoutCase(
    testDescription: "tightens brackets, loosens braces",
    source: "a = [ 1,2 ]\nb = {c=1,d:2}\ne = { }\nf = [ ]\ng = ( 1 )\nh = {\n}\n",
    expected: "a = [1, 2]\nb = { c = 1, d : 2 }\ne = {}\nf = []\ng = (1)\nh = {\n}\n"),
  LayoutCase(
    testDescription: "treats in as a word",
    source: """
      a = [for b in [c] : b]
      d = {for e,f in {} : e=>f... if f}
      g = in[0]

      """,
    expected: """
      a = [for b in [c] : b]
      d = { for e, f in {} : e => f... if f }
      g = in[0]

      """),
  LayoutCase(
    testDescription: "tightens sequences",
    source: """
      a = "x${ b }y"
      c = "x${~ d ~}y"
      e = "%{ if f ~}g%{ else }h%{ endif }"
      i = "x${ { j = 1 } }${ k }"

      """,
    expected: """
      a = "x${b}y"
      c = "x${~d~}y"
      e = "%{if f~}g%{else}h%{endif}"
      i = "x${ { j = 1 } }${k}"

      """),
  LayoutCase(
    testDescription: "leaves heredocs alone",
    source: """
      a {
      b = <<EOT
        x
         y ${ z }
      EOT
      cccc = <<-EOT
        x
          EOT
      d = 1
      }

      """,
    expected: """
      a {
        b    = <<EOT
        x
         y ${z}
      EOT
        cccc = <<-EOT
        x
          EOT
        d    = 1
      }

      """),
  LayoutCase(
    testDescription: "keeps carriage returns",
    source: "a=1\r\nbb = 2 # c\r\n",
    expected: "a  = 1\r\nbb = 2 # c\r\n"),
  LayoutCase(
    testDescription: "removes blanks at the ends of lines",
    source: "a = 1   \n  \nb = 2\t\n",
    expected: "a = 1\n\nb = 2\n"),
  LayoutCase(
    testDescription: "drops a byte order mark",
    source: "\u{FEFF}a=1\n",
    expected: "a = 1\n"),
  LayoutCase(
    testDescription: "counts characters, not bytes",
    source: "é = 1\nü1 = 2\n日本 = 3\nx = \"🇩🇪\" # a\nyyyy = \"e\u{301}\" # b\n",
    expected: """
      é    = 1
      ü1   = 2
      日本   = 3
      x    = "🇩🇪" # a
      yyyy = "e\u{301}" # b

      """),
  LayoutCase(
    testDescription: "keeps block comments in lines",
    source: "a = /* x */ 1 /* y */\nb = 2 /* z\nw */\nccc = 3\n",
    expected: "a   = /* x */ 1 /* y */\nb   = 2 /* z\nw */\nccc = 3\n"),
  LayoutCase(
    testDescription: "handles an end without newline",
    source: "a = 1\nbb = 2  ",
    expected: "a  = 1\nbb = 2  "),
  LayoutCase(
    testDescription: "aligns only the first equals sign",
    source: "a = { b = 1, cc = 2 }\nddd = x == y\n",
    expected: "a   = { b = 1, cc = 2 }\nddd = x == y\n"),
  LayoutCase(
    testDescription: "keeps a heredoc on its line",
    source: "a = f(<<EOT\nx # y\nEOT\n, 1) # z\nb = <<EOT\nEOT\ncc = 1\n",
    expected: "a = f(<<EOT\nx # y\nEOT\n, 1) # z\nb  = <<EOT\nEOT\ncc = 1\n"),
  LayoutCase(
    testDescription: "puts arguments over lines",
    source: "a = merge(\nb,\n{ c = 1 },\n)\nd = 1\n",
    expected: "a = merge(\n  b,\n  { c = 1 },\n)\nd = 1\n"),
  LayoutCase(
    testDescription: "keeps partial closings",
    source: "a = [[\n1], [\n2]]\nb = 1\n",
    expected: "a = [[\n  1], [\n2]]\nb = 1\n"),
]
