module "database_firewall" {
  serves      = "link"
  title       = "Database firewall"
  description = "Lets in the project and the apps in other datacenters that use a database, and nobody else"

  each "resource" {
    of         = ["postgres", "mysql", "valkey"]
    where      = !resource.existing && !resource.config.firewall
    takes_over = "digitalocean_database_firewall.this"
  }

  variable "cluster_id" {
    type        = string
    from        = resource.outputs.id
    description = "Id of the cluster"
  }
  variable "sources" {
    type        = list(object({ type = string, value = string }))
    from        = [for c in consumers : c.outputs.database_source if can(c.outputs.database_source)]
    default     = []
    description = "Apps that may connect"
  }
  variable "vpc" {
    type        = object({ id = string, name = optional(string), ip_range = optional(string) })
    from        = resource.config.vpc
    default     = null
    refers_to   = "vpc"
    description = "Private network of the cluster"
  }
  variable "trusted_tag" {
    type        = string
    from        = "stack:${project.stack}"
    description = "Tag of the machines that may connect"
  }
  variable "allowed_addresses" {
    type        = list(string)
    from        = resource.config.allowed_addresses
    default     = []
    description = "IPv4 addresses or ranges that may connect besides the project itself"
  }

  locals {
    # A network of the project is known by name before it exists; one that is given by id is looked up.
    range = one([for v in var.vpc[*] : v.name == null ? data.digitalocean_vpc.given[0].ip_range : v.ip_range])
  }

  data "digitalocean_vpc" "given" {
    count = var.vpc != null && try(var.vpc.name, null) == null ? 1 : 0
    id    = var.vpc.id
  }

  # One resource holds all rules of a cluster. It is open to the internet without any, so these
  # never become empty.
  resource "digitalocean_database_firewall" "this" {
    cluster_id = var.cluster_id

    dynamic "rule" {
      for_each = var.vpc[*]
      content {
        type  = "ip_addr"
        value = local.range
      }
    }
    rule {
      type  = "tag"
      value = var.trusted_tag
    }
    dynamic "rule" {
      for_each = var.allowed_addresses
      content {
        type  = "ip_addr"
        value = rule.value
      }
    }
    dynamic "rule" {
      for_each = var.sources
      content {
        type  = rule.value.type
        value = rule.value.value
      }
    }
  }


  price "firewall" {
    amount = prices.network.firewall
  }
}
