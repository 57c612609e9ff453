module "vm" {
  serves      = "resource"
  title       = "Vm"
  description = "A vm"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }
  variable "region" {
    type        = string
    default     = "south"
    description = "Region"
  }

  resource "acme_vm" "this" {
    name = var.name
    region = var.region
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
}
