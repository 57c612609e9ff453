module "network" {
  serves      = "resource"
  title       = "Network"
  description = "A network"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }
  variable "peer" {
    type        = object({ id = string })
    default     = null
    refers_to   = "network"
    description = "Peer"
  }

  resource "acme_network" "this" {
    name = var.name
    vm = try(var.peer.id, null)
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
