module "vm" {
  serves      = "resource"
  title       = "Vm"
  description = "A vm"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }
  variable "size" {
    type        = string
    default     = null
    description = "Size"
  }

  setting "flavour" {
    type        = string
    default     = null
    description = "Other word for the size"
  }

  secret "licence" {
    environment = ["ACME_LICENCE"]
    description = "Licence"
  }

  locals {
    shown = upper(var.name)
  }

  resource "acme_vm" "this" {
    name = var.name
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
}
