locals {
  region   = "fsn1"
  numbers  = [1, 2, 3.5, -4, 1e3]
  doubled  = [for n in local.numbers : n * 2 if n > 0]
  by_first = { for name, s in var.servers : substr(name, 0, 1) => name... }
  sizes    = { for name, s in var.servers : name => sum(concat([0], s.volumes[*].size)) }
  largest  = max(values(local.sizes)...)
  labels   = merge({ "managed-by" = "hand", (local.region) = "here" }, var.anything == null ? {} : { extra = "yes" })
  greeting = <<-EOT
    %{for name, size in local.sizes~}
    ${name}: ${size} GB
    %{endfor~}
    %{if local.largest > 100}large%{else}small%{endif}
  EOT
  template = "hello $${name}"
  text     = "${local.region}-${upper("x")}-%{if true}a%{endif}"
  keys     = coalescelist(var.admin_keys, ["none"])
  nested   = { a = { b = [{ c = 1 }, { c = 2 }] } }
  picked   = local.nested.a.b[*].c
  second   = local.nested["a"].b[1].c + local.nested.a.b.0.c
  either   = local.second == 3 ? local.text : tostring(local.second)
  parsed   = try(jsondecode(local.greeting).missing, null)
  valid    = can(regex("^[a-z]+$", local.region)) && !contains(local.keys, "root")
  tuple    = var.pair[1] % 2
  token    = sensitive("not really")
  hash     = sha256(join(",", sort(keys(var.servers))))
  range    = cidrsubnet("10.0.0.0/16", 8, 1)
  when     = timeadd("2024-01-01T00:00:00Z", "${var.poll_seconds}h")
  sets     = setunion(var.networks, toset(["10.0.3.0/24"]))
}
