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
    type = string
  }
  variable "region" {
    type        = string
    default     = null
    description = "Region."
  }

  resource "acme_vm" "this" {
    name = var.name
    size   = var.size
    region = var.region
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
}
