/// The names that the expressions of these tests use.
let names = """
  variable "s" { type = string }
  variable "n" { type = number }
  variable "b" { type = bool }
  variable "any" {}
  variable "ls" { type = list(string) }
  variable "ln" { type = list(number) }
  variable "ss" { type = set(string) }
  variable "ms" { type = map(string) }
  variable "o" { type = object({a=number, b=optional(string)}) }
  variable "t" { type = tuple([string, number]) }
  variable "lo" { type = list(object({a=number})) }
  variable "sec" {
    type      = string
    sensitive = true
  }
  variable "eph" {
    type      = string
    ephemeral = true
  }
  """

/// Expressions that `terraform validate` takes.
let rightExpressions = #"""
  true ? "a" : 1
  true ? {a=1} : {b="x"}
  true ? [1] : [1,"x"]
  true ? {a=1,c=2} : {a=2}
  var.b ? nosuch() : 1
  var.b ? upper([]) : "x"
  true ? "x" : upper([])
  toset(var.ls)
  [for x in toset(var.ls): x.foo]
  can(nosuch())
  sum(var.ms)
  merge(null)
  lookup(var.ms,"a")
  lookup({a=1}, "b", "x")
  element([1],-1)
  flatten(var.ms)
  length(var.o)
  null[*]
  null.*.a
  var.any[*].foo
  var.s[*]
  var.lo[*].a
  var.ms[*]
  var.ms[*].a
  var.ms.*.a
  {a=1}[*].a
  [for x in var.any : x.foo]
  [for x in var.ls : x.foo]
  [for k, v in var.o : v.foo]
  [for k, v in var.o : upper(v)]
  {for k, v in var.ls : v => 1}
  {for k, v in [1,1] : v => k...}
  {for k, v in var.ls : null => k}
  {for k, v in var.lo : v => k}
  {for k, v in var.ss : v => upper(k...)}
  [for x in [1,2] : x if "true"]
  [for x in [1,2] : x if var.s]
  [for x in [] : x.foo]
  [for x in [] : nosuch(x)]
  "true" ? 1 : 2
  var.s ? 1 : 2
  var.n ? 1 : 2
  var.ls ? 1 : 2
  true ? null : {}
  "1" + 1
  var.s + 1
  var.n / 0
  1/0
  1 % 0
  1 / (var.n*0)
  -"1"
  !"true"
  [] == {}
  1 == "1"
  null == 1
  "${null}"
  "a${var.ls}"
  "a${var.o}"
  "a${true}"
  "%{if var.s}a%{endif}"
  "%{for x in [1,2]}${x}%{endfor}"
  "%{for x in var.lo}${x}%{endfor}"
  {(var.any) = 1}
  {(5) = 1}
  {(true) = 1}
  {a=1,a=2}
  {(var.sec) = 1}
  {(var.eph) = 1}
  {"a${var.sec}" = 1}
  {for x in [var.sec] : x => 1}
  [var.sec][0]
  [1][var.sec]
  {a=1}[var.sec]
  upper(var.ls...)
  max(var.ln...)
  max(toset([1])...)
  tostring(null)
  tomap(null)
  one(var.ls)
  parseint(var.any, 10)
  slice(var.t, 0, var.n)
  chunklist(var.ls,-1)
  concat(var.any,{})
  contains(var.s, 1)
  coalesce(var.any, [])
  coalescelist(var.any, "x")
  element(var.ls, -1)
  format("%s", null)
  format("%d", null)
  format("%#v", {})
  format("%d", var.s)
  format(var.s, [])
  formatlist("%s", 1)
  formatlist("%d", [])
  index(var.ls,3)
  join(",", var.ss, [1])
  matchkeys([1,2],["a","b"],[])
  merge({a=1},null)
  reverse(var.ss)
  setproduct([1],var.any)
  sort([3,1])
  substr("abc", 0, -1)
  sum(["1"])
  transpose({a=["x"]})
  zipmap(["a","a"],[1,2])
  zipmap(var.ls,var.t)
  alltrue([null])
  base64decode("aGk=")
  textencodebase64("x","UTF-16LE")
  cidrhost("10.0.0.0/8",1)
  cidrsubnets("10.0.0.0/8")
  cidrsubnet("10.1.2.3/8",8,1)
  replace("a","(","x")
  jsonencode(null)
  templatestring(var.s,{})
  uuidv5("dns","x")
  bcrypt("a",1)
  timestamp()
  timeadd(timestamp(),"x")
  nonsensitive(var.sec)
  issensitive(var.any)
  flatten([1,var.any])
  lookup(var.any,"a",1,2)
  abspath(1)
  """#

/// Expressions that `terraform validate` refuses, behind the ids of what they have in common.
let wrongExpressions = #"""
  # division-by-zero
  0/0
  # duplicate-key
  {for k, v in [1,1] : v => k}
  # inconsistent-conditional
  true ? 1 : true
  true ? {a=1} : {b=[]}
  true ? [1] : [[1],[2]]
  var.any ? [] : {}
  # invalid-argument
  false ? "x" : upper([])
  contains(null, var.any)
  coalesce()
  coalesce("", null)
  coalescelist()
  sum(["a"])
  max()
  concat()
  lookup({}, "a")
  lookup(var.ms,"a",[])
  lookup({a=1}, "b", 1, 2)
  values("x")
  element([],0)
  flatten("x")
  length(null)
  core::upper([])
  true || upper([])
  false && upper([])
  tostring([])
  tolist({a=1})
  tolist(var.o)
  tomap([])
  tobool("yes")
  one([1,2])
  one(null)
  one(var.t)
  parseint("zz", 10)
  parseint("ff", 63)
  range()
  range(1, 5, 0)
  range(1025)
  slice([1,2,3], 2, 1)
  slice([1,2,3], -1, 2)
  slice(var.ls, -1, 1)
  slice(var.t, 0, 3)
  chunklist([1,2],-1)
  concat([1],"a")
  contains("a","a")
  coalesce([], "a")
  coalesce(var.s, [])
  coalescelist({})
  compact(["a",[]])
  distinct([1,"a",[]])
  element(toset([1]),0)
  element([1,2], 1.5)
  format("%d", "x")
  format("%s", [])
  format("%", 1)
  format("%s", 1, 2)
  format("%t", 1)
  format("%5.2f", "a")
  formatlist("%d", ["x"])
  formatlist("%s", {})
  index([1,2],3)
  index("a",3)
  indent("x","a")
  join(",", [1,null])
  join(",", "a")
  keys(null)
  matchkeys([1,2],["a"],["a"])
  max(1,null)
  merge({a=1},[1])
  merge(var.ms,5)
  reverse({})
  setproduct()
  setunion([1],"a")
  setunion(var.ls,[[]])
  sort([null])
  substr("abc", 1.5, 2)
  sum([1,"a"])
  sum({a=1})
  timeadd("x","1h")
  timecmp("x","y")
  transpose([])
  values([])
  zipmap([null],[1])
  zipmap([[]],[1])
  alltrue(["x"])
  abs("x")
  pow("a",1)
  signum(var.b)
  title([])
  base64decode("!!")
  urlencode([])
  cidrsubnet("10.0.0.0/8",1,5)
  cidrhost("10.0.0.0/31",5)
  cidrnetmask("fe80::/10")
  cidrsubnets("10.0.0.0/8",0)
  regex("a","x")
  regex("(?P<x>a)(b)","ab")
  replace("a","/(/","x")
  csvdecode("a,a\n1,2")
  templatestring("a",{})
  formatdate("zz", "2020-01-01T00:00:00Z")
  rsadecrypt("x","y")
  lookup(null,"a")
  # invalid-condition
  [for x in [1,2] : x if x]
  [for x in [1,2] : x if "x"]
  [for x in var.ls : x if var.n]
  [for x in var.ls : x if []]
  [for x in [1] : x if var.ls]
  5 ? 1 : 2
  "x" ? 1 : 2
  [] ? 1 : 2
  "%{if 5}a%{endif}"
  # invalid-expansion
  upper("x"...)
  upper(var.ms...)
  # invalid-in-template
  "a${[]}"
  "a${{}}"
  "%{for x in [[]]}${x}%{endfor}"
  # invalid-index
  keys(var.o)[5]
  regex("(a)(b)", var.s)[2]
  # invalid-key
  {for k, v in [1,[]] : v => k}
  {([]) = 1}
  {(var.ls) = 1}
  # invalid-operand
  "a" + 1
  [] + 1
  -"x"
  !5
  !var.n
  -var.b
  1 < "a"
  true && "x"
  false && "x"
  false && var.ls
  var.ls && true
  var.n && true
  # not-iterable
  [for x in 5 : x]
  [for x in "abc" : x]
  [for x in var.s : x]
  "%{for x in 5}a%{endfor}"
  # null-attribute
  null.x
  # null-condition
  [for x in [1,2] : x if null]
  [for x in var.ls : x if null]
  null ? 1 : 2
  "%{if null}a%{endif}"
  # null-in-template
  "a${null}"
  # null-index
  null[0]
  # null-iteration
  [for x in null : x]
  # null-key
  {for k, v in [1,null] : v => k}
  {(null) = 1}
  # null-operand
  null + 1
  !null
  -null
  null < 1
  true && null
  true || null
  # removed-function
  list("a")
  # unknown-function
  try(nosuch())
  type("a")
  core::nosuch([])
  provider::foo::bar(1)
  foo::bar(1)
  core::core::upper("x")
  # unsupported-attribute
  var.s[*].foo
  var.ls[*].foo
  var.lo[*].z
  var.lo.*.z
  "x"[*].a
  {a=1}[*].b
  [{a=1}][*].b
  jsondecode("{\"a\":1}").b
  lookup({a=1},"a").b
  # wrong-argument-count
  can()
  setsubtract([1])
  uuid(1)
  sensitive()
  startswith("a")
  """#
