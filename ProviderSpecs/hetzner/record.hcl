module "record" {
  serves      = "link"
  title       = "DNS records of a domain"
  description = "Points a domain, in a zone of the project at Hetzner, to what serves it"
  leaves_out = {
    "hcloud_zone_rrset.change_protection" = "the records follow what serves the domain, and have to change with it"
  }

  each "domain" {
    where = domain.type != "unmanaged" && domain.zone != null && domain.dns == provider.name
    needs = [app.outputs.dns_records]
  }

  variable "zone" {
    type        = object({ name = string })
    from        = domain.zone
    refers_to   = "dns"
    match       = config.domain
    description = "Zone of the domain"
  }
  variable "domain" {
    type        = string
    from        = domain.name
    description = "The domain itself"
  }
  variable "records" {
    type        = list(object({ type = string, value = string }))
    from        = app.outputs.dns_records
    description = "What the domain points to"
  }
  variable "wildcard" {
    type        = bool
    from        = domain.wildcard
    default     = false
    description = "Point all names below the domain there as well"
  }
  variable "ttl" {
    type        = number
    from        = settings.dns_ttl
    default     = null
    description = "Seconds for which resolvers may keep a record, as for the zone unless given"
    range       = [60, 2147483647]
  }
  variable "labels" {
    type        = map(string)
    from        = tags
    description = "Labels of the records"
  }

  rule {
    condition = var.domain == var.zone.name || endswith(var.domain, ".${var.zone.name}")
    message   = "The domain lies outside of its zone: give the zone that it ends with, or leave zone out."
  }

  locals {
    host  = var.domain == var.zone.name ? "@" : trimsuffix(var.domain, ".${var.zone.name}")
    names = var.wildcard ? [local.host, local.host == "@" ? "*" : "*.${local.host}"] : [local.host]
    # All records of one name and type are one set.
    sets = {
      for pair in setproduct(local.names, var.records) : "${pair[0]}/${pair[1].type}" => {
        name = pair[0]
        type = pair[1].type
        # A name without a dot at its end would be one within the zone.
        value = pair[1].type == "CNAME" ? "${trimsuffix(pair[1].value, ".")}." : pair[1].value
      }...
    }
  }

  resource "hcloud_zone_rrset" "this" {
    for_each = local.sets
    zone     = var.zone.name
    name     = each.value[0].name
    type     = each.value[0].type
    ttl      = var.ttl
    records  = [for r in each.value : { value = r.value, comment = "Managed by webkit" }]
    labels   = var.labels

    lifecycle {
      precondition {
        condition     = each.key != "@/CNAME"
        error_message = "${var.domain} is the zone itself, which can't be a CNAME: serve it under www, or keep the zone where that is possible."
      }
    }
  }
}
