module "record" {
  serves      = "link"
  title       = "DNS records of a domain"
  description = "Points a domain, in a zone at DigitalOcean, to what serves it"
  leaves_out = {
    "digitalocean_record.flags"    = "of CAA records, which stand in the zone itself"
    "digitalocean_record.tag"      = "of CAA records, which stand in the zone itself"
    "digitalocean_record.port"     = "of SRV records, which stand in the zone itself"
    "digitalocean_record.weight"   = "of SRV records, which stand in the zone itself"
    "digitalocean_record.priority" = "of MX and SRV records, which stand in the zone itself"
  }

  each "domain" {
    # A zone that isn't in app.json is at the provider of the app.
    where  = domain.type != "unmanaged" && domain.zone != null && (domain.dns == null ? app.provider : domain.dns) == provider.name
    unless = ["digitalocean.container"] # App Platform writes the records of its own domains.
    needs  = [app.outputs.dns_records]
  }

  variable "zone" {
    type        = object({ name = string })
    from        = domain.zone
    refers_to   = "domain"
    match       = config.domain
    literal     = "\\."
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
    default     = 1800
    description = "Seconds for which resolvers may keep a record"
    range       = [30, 86400]
  }

  rule {
    condition = var.domain == var.zone.name || endswith(var.domain, ".${var.zone.name}")
    message   = "The domain lies outside of its zone: give the zone that it ends with, or leave zone out."
  }

  locals {
    host  = var.domain == var.zone.name ? "@" : trimsuffix(var.domain, ".${var.zone.name}")
    names = var.wildcard ? [local.host, local.host == "@" ? "*" : "*.${local.host}"] : [local.host]
    records = {
      for pair in setproduct(local.names, var.records) : "${pair[1].type} ${pair[0]}" => {
        name  = pair[0]
        type  = pair[1].type
        value = pair[1].value
      }
    }
  }

  resource "digitalocean_record" "this" {
    for_each = local.records
    domain   = var.zone.name
    name     = each.value.name
    type     = each.value.type
    value    = each.value.value
    ttl      = var.ttl
  }


  price "record" {
    amount = prices.network.record
  }
}
