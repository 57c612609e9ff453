module "network" {
  serves      = "resource"
  title       = "Network"
  description = "A network"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }
  locals {
    range = local.block
    block = "${local.range}/24"
    whole = [local.whole]
    plain = var.name
  }

  resource "acme_network" "this" {
    name  = local.plain
    range = local.range
    vm    = local.whole[0]
  }

  output "id" {
    value       = acme_network.this.id
    description = "Id"
  }
  output "name" {
    value       = acme_network.this.name
    description = "Name"
  }
}
