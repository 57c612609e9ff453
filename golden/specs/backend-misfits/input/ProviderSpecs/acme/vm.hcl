module "vm" {
  serves      = "resource"
  title       = "Vm"
  description = "A vm"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }

  resource "acme_vm" "this" {
    name = var.name
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
}
