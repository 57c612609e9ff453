module "network" {
  serves      = "resource"
  title       = "Network"
  description = "A network"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }
  variable "vm" {
    type        = object({ id = string })
    default     = null
    refers_to   = "vm"
    description = "Vm"
  }

  resource "acme_network" "this" {
    name = var.name
    vm = try(var.vm.id, null)
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
