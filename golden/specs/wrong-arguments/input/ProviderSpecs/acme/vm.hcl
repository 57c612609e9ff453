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
    siz     = "x"
    address = "x"
    old     = "x"

    disk {
      label = "x"
    }
    lifecycle {
      ignore_changes = [
        disk[0].label,
        disk[1].label,
      ]
    }
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
}
