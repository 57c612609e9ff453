module "vm" {
  serves      = "resource"
  title       = "Vm"
  description = "A vm"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }

  resource "acme_vm" "main" {
    name = var.name
  }

  output "id" {
    value       = acme_vm.main.id
    description = "Id"
  }
}
