module "dns" {
  serves      = "resource"
  title       = "DNS zone"
  description = "Zone with records of its own; those of the apps' domains come by themselves"
  aliases     = ["zone", "domain", "dns_zone"]

  variable "domain" {
    type        = string
    aliases     = ["zone", "name"]
    description = "Name of the zone; a change replaces it"
    example     = "example.com"
  }
  variable "mode" {
    type        = string
    from        = [config.mode, config.primary_nameservers == null ? null : "secondary"]
    default     = "primary"
    description = "Whether the records are kept here, or copied from other name servers; a change replaces the zone"
  }
  variable "ttl" {
    type        = number
    default     = 3600
    description = "Seconds that resolvers may remember a record that says nothing else"
  }
  variable "primary_nameservers" {
    type = list(object({
      address        = string
      port           = optional(number, 53)
      tsig_algorithm = optional(string)
    }))
    default     = null
    description = "Name servers that the records are copied from"
    field "address" {
      description = "Address of the name server"
      format      = "ip"
    }
    field "port" {
      description = "Port of the name server"
      range       = [1, 65535]
      whole       = true
    }
    field "tsig_algorithm" {
      description = "How the copies are signed, with the key in HCLOUD_ZONE_TSIG_KEY; they aren't unless given"
      one_of      = ["hmac-md5", "hmac-sha1", "hmac-sha256"]
    }
  }
  variable "tsig_key" {
    type        = string
    from        = secret.zone_tsig_key
    default     = null
    sensitive   = true
    description = "Key that signs the copies"
  }
  variable "records" {
    type = list(object({
      name      = optional(string, "@")
      type      = string
      value     = optional(string)
      values    = optional(list(string), [])
      priority  = optional(number)
      ttl       = optional(number)
      comment   = optional(string)
      protected = optional(bool, false)
    }))
    default     = []
    aliases     = ["rrsets", "record"]
    description = "Records besides those of the apps; of one name and type they can be one entry with values, or several"
    example     = [{ type = "MX", value = "mail.example.com.", priority = 10 }]
    field "name" {
      description = "Name below the zone, @ for the zone itself"
      pattern     = "^(@|([*]|[a-zA-Z0-9_-]+)([.][a-zA-Z0-9_-]+)*)$"
    }
    field "type" {
      description = "Type of the record"
      one_of = [
        "A", "AAAA", "CAA", "CNAME", "DS", "HINFO", "HTTPS", "MX", "NS", "PTR", "RP", "SOA", "SRV", "SVCB", "TLSA", "TXT",
      ]
    }
    field "value" { description = "What it says; names of other zones end with a dot, and texts need no quotes" }
    field "values" { description = "All that it says, in place of value" }
    field "priority" {
      description = "Priority of a mail server or service, the smallest first"
      range       = [0, 65535]
      whole       = true
    }
    field "ttl" {
      description = "Seconds that resolvers may remember it, as for the zone unless given"
      range       = [60, 2147483647]
      whole       = true
    }
    field "comment" { description = "Note for people" }
    field "protected" { description = "Refuse changes and deletion until this is taken back" }
  }
  variable "delete_protection" {
    type        = bool
    from        = [config.delete_protection, environment == "production"]
    description = "Refuse to delete the zone until this is taken back"
  }
  variable "labels" {
    type        = map(string)
    from        = tags
    description = "Labels of the zone and its records"
  }

  secret "zone_tsig_key" {
    environment = ["HCLOUD_ZONE_TSIG_KEY"]
    description = "Key in Base64 that signs the copies of zones from other name servers"
  }

  rule {
    condition = (var.mode == "secondary") == (var.primary_nameservers != null)
    message   = "A secondary zone is copied from its primary_nameservers, and a primary one has none."
  }
  rule {
    condition = var.mode == "primary" || length(var.records) == 0
    message   = "A secondary zone has the records of its primary name servers: write them there."
  }
  rule {
    condition = alltrue([for r in var.records : length(r.values) > 0 || r.value != null])
    message   = "A record needs a value."
  }
  rule {
    condition = alltrue([for r in var.records : r.name != var.domain && !endswith(r.name, ".${var.domain}")])
    message   = "The name of a record doesn't hold that of the zone: write www for www.example.com, and @ for example.com."
  }
  rule {
    condition = alltrue([for r in var.records : contains(["MX", "SRV"], r.type) || r.priority == null])
    message   = "Only MX and SRV have a priority."
  }
  rule {
    condition = alltrue([
      for r in var.records : r.type != "MX" || r.priority != null || alltrue([for v in concat(r.value[*], r.values) : can(regex("^[0-9]+ ", v))])
    ])
    message = "An MX record needs a priority."
  }
  rule {
    condition = alltrue([for r in var.records : r.type != "CNAME" || r.name != "@"])
    message   = "The zone itself can't be a CNAME: give it A and AAAA records."
  }
  rule {
    condition = alltrue(flatten([
      for r in var.records : r.type != "CNAME" ? [] : [for other in var.records : lower(other.name) != lower(r.name) || other == r]
    ]))
    message = "A name that is a CNAME can't have another record."
  }
  rule {
    condition = alltrue(flatten([
      for r in var.records : [
        for other in var.records :
        lower(other.name) != lower(r.name) || other.type != r.type || other.ttl == r.ttl && other.protected == r.protected
      ]
    ]))
    message = "Records of one name and type share ttl and protected."
  }
  rule {
    severity = "warning"
    condition = alltrue(flatten([
      for r in var.records : !contains(["CNAME", "MX", "NS", "PTR", "SRV"], r.type) ? [] : [
        for v in concat(r.value[*], r.values) : endswith(v, ".") || !strcontains(v, ".")
      ]
    ]))
    message = "A host name without a dot at its end is one within the zone: write mail.example.com. for mail.example.com."
  }

  locals {
    records = [
      for r in var.records : {
        key       = "${lower(r.name)}/${r.type}"
        ttl       = r.ttl
        comment   = r.comment
        protected = r.protected
        # A text is cut into pieces of 255 characters, each in quotes, unless it is in quotes already.
        values = [
          for value in concat(r.value[*], r.values) :
          r.type == "TXT" && !startswith(value, "\"") ? provider::hcloud::txt_record(value) :
          r.priority == null ? value : "${r.priority} ${value}"
        ]
      }
    ]
    sets = { for r in local.records : r.key => r... }
  }

  resource "hcloud_zone" "this" {
    name              = var.domain
    mode              = var.mode
    ttl               = var.ttl
    delete_protection = var.delete_protection
    labels            = var.labels

    primary_nameservers = var.primary_nameservers == null ? null : [
      for server in var.primary_nameservers : {
        address        = server.address
        port           = server.port
        tsig_algorithm = server.tsig_algorithm
        tsig_key       = server.tsig_algorithm == null ? null : var.tsig_key
      }
    ]
  }

  # All records of one name and type.
  resource "hcloud_zone_rrset" "this" {
    for_each          = local.sets
    zone              = hcloud_zone.this.name
    name              = split("/", each.key)[0]
    type              = split("/", each.key)[1]
    ttl               = each.value[0].ttl
    change_protection = each.value[0].protected
    labels            = var.labels
    records = flatten([
      for r in each.value : [for value in r.values : { value = value, comment = r.comment }]
    ])
  }

  output "id" {
    value       = hcloud_zone.this.id
    description = "Id of the zone"
  }
  output "name" {
    value       = hcloud_zone.this.name
    description = "Name of the zone"
  }
  output "name_servers" {
    value       = tolist(hcloud_zone.this.authoritative_nameservers.assigned)
    description = "Name servers that the registrar has to know"
  }

  existing "hcloud_zone" "this" {
    name = var.domain
  }
}
