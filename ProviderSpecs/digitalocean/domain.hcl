module "domain" {
  serves      = "resource"
  title       = "DNS zone"
  description = "Zone of a domain at DigitalOcean with records of its own"
  aliases     = ["dns", "zone", "dns_zone"]
  leaves_out = {
    "digitalocean_domain.ip_address" = "it makes a record that Terraform doesn't see; give a record of the type A"
  }

  variable "domain" {
    type        = string
    aliases     = ["zone", "name"]
    description = "Domain of the zone"
    pattern     = "^([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\\.)+[a-z0-9][a-z0-9-]*[a-z0-9]$"
    example     = "example.com"
  }
  variable "ttl" {
    type        = number
    default     = 1800
    description = "Seconds that resolvers may keep a record which says nothing else"
    range       = [30, 86400]
    whole       = true
  }
  variable "records" {
    type = list(object({
      type     = string
      name     = optional(string, "@")
      value    = string
      ttl      = optional(number)
      priority = optional(number)
      weight   = optional(number)
      port     = optional(number)
      flags    = optional(number)
      tag      = optional(string)
    }))
    default     = []
    aliases     = ["record"]
    description = "Records of the zone"
    field "type" {
      description = "Kind of the record"
      one_of      = ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "TXT", "SRV"]
    }
    field "name" { description = "Name below the domain, or @ for the domain itself" }
    field "value" { description = "What the name stands for; names with a dot in them are whole ones" }
    field "ttl" {
      description = "Seconds that resolvers may keep it"
      whole       = true
    }
    field "priority" {
      description = "Order among those of one name, the lowest number first; for MX and SRV"
      whole       = true
    }
    field "weight" {
      description = "Share among those of one priority; for SRV"
      whole       = true
    }
    field "port" {
      description = "Port of the service; for SRV"
      whole       = true
    }
    field "flags" {
      description = "Whether an authority must understand the record: 0 or 128; for CAA"
      whole       = true
    }
    field "tag" {
      description = "What an authority may do: issue, issuewild or iodef; for CAA"
      one_of      = ["issue", "issuewild", "iodef"]
    }
  }

  rule {
    condition = alltrue([for r in var.records : r.priority != null if r.type == "MX"])
    message   = "A record of the type MX needs a priority: the lowest number is asked first."
  }
  rule {
    condition = alltrue([for r in var.records : r.priority != null && r.weight != null && r.port != null if r.type == "SRV"])
    message   = "A record of the type SRV needs priority, weight and port."
  }
  rule {
    condition = alltrue([for r in var.records : r.flags != null && r.tag != null if r.type == "CAA"])
    message   = "A record of the type CAA needs flags and a tag: 0 and issue name an authority that may certify the domain."
  }
  rule {
    condition = alltrue([for r in var.records : r.name != "@" if r.type == "CNAME"])
    message   = "The domain itself can't be a CNAME: give it A and AAAA records."
  }
  rule {
    condition = alltrue([for c in var.records : length([for r in var.records : r if r.name == c.name]) == 1 if c.type == "CNAME"])
    message   = "A name with a CNAME has no other record."
  }
  rule {
    condition = alltrue([for r in var.records : can(cidrnetmask("${r.value}/32")) if r.type == "A"])
    message   = "The value of a record of the type A is an IPv4 address."
  }
  rule {
    condition = alltrue([for r in var.records : strcontains(r.value, ":") && can(cidrhost("${r.value}/128", 0)) if r.type == "AAAA"])
    message   = "The value of a record of the type AAAA is an IPv6 address."
  }
  rule {
    condition = alltrue([for r in var.records : r.name == "@" || !endswith(trimsuffix(r.name, "."), var.domain)])
    message   = "Names of records stand below the domain: leave out the domain itself, and write @ for it."
  }
  rule {
    condition = length(distinct([for r in var.records : "${r.type} ${r.name} ${r.value}"])) == length(var.records)
    message   = "A record is given twice."
  }
  rule {
    severity  = "warning"
    condition = alltrue([for r in var.records : length(distinct([for o in var.records : o.ttl if o.type == r.type && o.name == r.name])) == 1])
    message   = "Records of one type and name share one ttl at DigitalOcean: give them the same."
  }

  locals {
    # Another value changes a record in place, so its key is the type, the name, and a number from the
    # second of both on.
    groups = { for r in var.records : "${r.type} ${r.name}" => r... }
    records = merge([
      for key, group in local.groups : { for i, r in group : (i == 0 ? key : "${key} ${i + 1}") => r }
    ]...)
    hosts = ["CAA", "CNAME", "MX", "NS", "SRV"]
  }

  resource "digitalocean_domain" "this" {
    name = var.domain
  }

  resource "digitalocean_record" "this" {
    for_each = local.records
    domain   = digitalocean_domain.this.name
    type     = each.value.type
    name     = each.value.name
    # A whole name ends with a dot, or DigitalOcean takes it for one below the domain.
    value    = contains(local.hosts, each.value.type) && each.value.tag != "iodef" && can(regex("\\.[^.]", each.value.value)) ? "${trimsuffix(each.value.value, ".")}." : each.value.value
    ttl      = coalesce(each.value.ttl, var.ttl)
    priority = each.value.priority
    weight   = each.value.weight
    port     = each.value.port
    flags    = each.value.flags
    tag      = each.value.tag
  }

  output "id" {
    value       = digitalocean_domain.this.id
    description = "Name of the zone, once it is there"
  }
  output "urn" {
    value       = digitalocean_domain.this.urn
    description = "Uniform resource name of the zone"
  }
  output "name" {
    value       = digitalocean_domain.this.name
    description = "Name of the zone"
  }

  existing "digitalocean_domain" "this" {
    name = var.domain
  }
}
