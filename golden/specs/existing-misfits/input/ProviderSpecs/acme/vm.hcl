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

  existing "acme_vm" "this" {
    name = var.name

    candidates "acme_vm" {
      list  = "vms"
      shows = ["id"]
      names = [var.name]
    }
    candidates "acme_vms" {
      list = "vms"
    }
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
  output "address" {
    value       = acme_vm.this.address
    description = "Address"
  }
  output "password" {
    value       = acme_vm.this.root_password
    existing    = null
    description = "Password"
    sensitive   = true
  }

  import "acme_volume" "this" { id = item.name }
}
