module "reserved_ip" {
  serves      = "resource"
  title       = "Reserved IP"
  description = "Addresses that outlive the machine they lead to"
  aliases     = ["floating_ip", "floating-ip", "static_ip"]

  leaves_out = {
    "digitalocean_reserved_ip.droplet_id"   = "the assignment is a link of its own"
    "digitalocean_reserved_ip.ip_address"   = "DigitalOcean chooses the address"
    "digitalocean_reserved_ipv6.droplet_id" = "the assignment is a link of its own"
    "digitalocean_reserved_ipv6.ip"         = "DigitalOcean chooses the address"
  }

  variable "region" {
    type        = string
    from        = [config.region, refs.server.config.region, settings.region]
    default     = "lon1"
    aliases     = ["location", "region_slug"]
    description = "Datacenter of the addresses, that of their machine unless given"
    known       = values.regions
  }
  variable "ipv4" {
    type        = bool
    default     = true
    description = "Reserve an IPv4 address"
  }
  variable "ipv6" {
    type        = bool
    default     = false
    description = "Reserve an IPv6 address"
  }

  setting "server" {
    type        = string
    default     = null
    aliases     = ["assign_to", "droplet", "vm"]
    refers_to   = "vm"
    description = "App whose machine the addresses lead to"
  }

  rule {
    condition = var.ipv4 || var.ipv6
    message   = "No address is reserved: leave out ipv4, or set ipv6 to true."
  }
  rule {
    condition = refs.server == null ? true : refs.server.config.region == var.region
    message   = "An address and its machine must be in one region: leave out the address's, and it follows its machine."
  }
  rule {
    condition = refs.server == null ? true : !(refs.server.config.reserved_ip && var.ipv4)
    message   = "The machine reserves an IPv4 address of its own: leave out its reserved_ip, or this address."
  }
  rule {
    condition = refs.server == null ? true : refs.server.config.ipv6 || !var.ipv6
    message   = "The machine has no IPv6 network to which the address could lead: leave out its ipv6 = false."
  }

  resource "digitalocean_reserved_ip" "this" {
    count  = var.ipv4 ? 1 : 0
    region = var.region

    lifecycle {
      # The assignment stands in a resource of its own, which can change while the address stays.
      ignore_changes = [droplet_id]
    }
  }

  resource "digitalocean_reserved_ipv6" "this" {
    count       = var.ipv6 ? 1 : 0
    region_slug = var.region

    lifecycle {
      ignore_changes = [droplet_id]
    }
  }

  output "id" {
    value       = try(digitalocean_reserved_ip.this[0].id, digitalocean_reserved_ipv6.this[0].id)
    description = "Id of the address, the IPv4 one where there are two"
  }
  output "urn" {
    value       = try(digitalocean_reserved_ip.this[0].urn, digitalocean_reserved_ipv6.this[0].urn)
    description = "Uniform resource name of the address, the IPv4 one where there are two"
  }
  output "ip_address" {
    value       = one(digitalocean_reserved_ip.this[*].ip_address)
    description = "IPv4 address, null without one"
  }
  output "ipv6_address" {
    value       = one(digitalocean_reserved_ipv6.this[*].ip)
    description = "IPv6 address, null without one"
  }
  output "region" {
    value       = var.region
    description = "Datacenter of the addresses"
  }

  existing "digitalocean_reserved_ip" "this" {
    ip_address = var.existing_id
  }

  price "unassigned" {
    amount = refs.server == null && var.ipv4 ? prices.network.reserved_ip_unassigned : 0
  }
}
