module "server" {
  # Choose: `resource`, `app`, or `link`, `monitor` or `notification` with `each`; titles, and other words as `aliases`.
  serves      = "resource"
  title       = "Server"
  description = "Server"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }

  variable "server_type" {
    type        = string
    description = "Server type"
  }

  variable "backups" {
    type        = bool
    default     = null
    description = "Backups"
  }

  variable "delete_protection" {
    type        = bool
    default     = null
    description = "Delete protection"
  }

  # Choose: `refers_to = "firewall"` lets it name another item, if there is a leaf for it.
  variable "firewall_ids" {
    type        = set(number)
    default     = null
    description = "Firewall ids"
  }

  variable "ignore_remote_firewall_ids" {
    type        = bool
    default     = null
    description = "Ignore remote firewall ids"
  }

  variable "image" {
    type        = string
    default     = null
    description = "Image"
  }

  variable "iso" {
    type        = string
    default     = null
    description = "Iso"
  }

  variable "keep_disk" {
    type        = bool
    default     = null
    description = "Keep disk"
  }

  variable "labels" {
    type        = map(string)
    from        = tags
    description = "Labels"
  }

  variable "location" {
    type        = string
    default     = null
    description = "Location"
  }

  # Choose: `refers_to = "placement_group"` lets it name another item, if there is a leaf for it.
  variable "placement_group_id" {
    type        = number
    default     = null
    description = "Placement group id"
  }

  variable "rebuild_protection" {
    type        = bool
    default     = null
    description = "Rebuild protection"
  }

  variable "rescue" {
    type        = string
    default     = null
    description = "Rescue"
  }

  variable "shutdown_before_deletion" {
    type        = bool
    default     = null
    description = "Shutdown before deletion"
  }

  variable "ssh_keys" {
    type        = list(string)
    default     = null
    description = "Ssh keys"
  }

  variable "user_data" {
    type        = string
    default     = null
    description = "User data"
  }

  variable "network" {
    type = set(object({
      alias_ips  = optional(set(string))
      ip         = optional(string)
      network_id = optional(number)
      subnet_id  = optional(string)
    }))
    default     = []
    description = "Network"
  }

  variable "public_net" {
    type = set(object({
      ipv4         = optional(number)
      ipv4_enabled = optional(bool)
      ipv6         = optional(number)
      ipv6_enabled = optional(bool)
    }))
    default     = []
    description = "Public net"
  }

  resource "hcloud_server" "this" {
    name                       = var.name
    server_type                = var.server_type
    backups                    = var.backups
    delete_protection          = var.delete_protection
    firewall_ids               = var.firewall_ids
    ignore_remote_firewall_ids = var.ignore_remote_firewall_ids
    image                      = var.image
    iso                        = var.iso
    keep_disk                  = var.keep_disk
    labels                     = var.labels
    location                   = var.location
    placement_group_id         = var.placement_group_id
    rebuild_protection         = var.rebuild_protection
    rescue                     = var.rescue
    shutdown_before_deletion   = var.shutdown_before_deletion
    ssh_keys                   = var.ssh_keys
    user_data                  = var.user_data

    dynamic "network" {
      for_each = var.network
      content {
        alias_ips  = network.value.alias_ips
        ip         = network.value.ip
        network_id = network.value.network_id
        subnet_id  = network.value.subnet_id
      }
    }

    dynamic "public_net" {
      for_each = var.public_net
      content {
        ipv4         = public_net.value.ipv4
        ipv4_enabled = public_net.value.ipv4_enabled
        ipv6         = public_net.value.ipv6
        ipv6_enabled = public_net.value.ipv6_enabled
      }
    }
  }

  output "id" {
    value       = hcloud_server.this.id
    description = "Id of the server"
  }

  output "ipv4_address" {
    value       = hcloud_server.this.ipv4_address
    description = "Ipv4 address"
  }

  output "ipv6_address" {
    value       = hcloud_server.this.ipv6_address
    description = "Ipv6 address"
  }

  output "ipv6_network" {
    value       = hcloud_server.this.ipv6_network
    description = "Ipv6 network"
  }

  output "name" {
    value       = hcloud_server.this.name
    description = "Name"
  }

  output "primary_disk_size" {
    value       = hcloud_server.this.primary_disk_size
    description = "Primary disk size"
  }

  existing "hcloud_server" "this" {
    name = var.name
  }
}
