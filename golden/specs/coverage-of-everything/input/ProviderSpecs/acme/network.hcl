module "network" {
  serves      = "resource"
  title       = "Network"
  description = "A network"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }
  variable "range" {
    type        = string
    default     = null
    description = "Range"
  }

  resource "acme_network" "this" {
    name = var.name
    range = var.range
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
