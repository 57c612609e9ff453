module "network" {
  serves      = "resource"
  title       = "Network"
  description = "A network"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }

  resource "acme_network" "this" {
    name = var.name
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
