module "vm" {
  serves      = "resource"
  title       = "Vm"
  description = "A vm"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }
  variable "network" {
    type        = object({ id = string })
    default     = null
    refers_to   = "network"
    description = "Network"
  }

  resource "acme_vm" "this" {
    name = var.name
    network = try(var.network.id, null)
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
}
