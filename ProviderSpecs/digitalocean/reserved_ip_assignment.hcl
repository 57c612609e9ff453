module "reserved_ip_assignment" {
  serves      = "link"
  title       = "Assignment of reserved addresses"
  description = "Leads reserved addresses to the machine of the app that they name"

  each "resource" {
    of    = ["reserved_ip"]
    where = refs.server != null
  }

  variable "ipv4" {
    type        = bool
    from        = resource.existing || resource.config.ipv4
    default     = true
    description = "Whether there is an IPv4 address, as of one that exists already"
  }
  variable "ipv6" {
    type        = bool
    from        = !resource.existing && resource.config.ipv6
    default     = false
    description = "Whether there is an IPv6 address"
  }
  variable "ip_address" {
    type        = string
    from        = resource.outputs.ip_address
    default     = null
    description = "The IPv4 address"
  }
  variable "ipv6_address" {
    type        = string
    from        = resource.outputs.ipv6_address
    default     = null
    description = "The IPv6 address"
  }
  variable "droplet_id" {
    type        = number
    from        = refs.server.outputs.id
    description = "Id of the machine"
  }

  resource "digitalocean_reserved_ip_assignment" "this" {
    count      = var.ipv4 ? 1 : 0
    ip_address = var.ip_address
    droplet_id = var.droplet_id
  }

  resource "digitalocean_reserved_ipv6_assignment" "this" {
    count      = var.ipv6 ? 1 : 0
    ip         = var.ipv6_address
    droplet_id = var.droplet_id
  }
}
