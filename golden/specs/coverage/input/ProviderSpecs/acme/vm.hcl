module "vm" {
  serves      = "resource"
  title       = "Vm"
  description = "A vm"
  leaves_out = {
    "acme_vm.backup"   = "backups are made elsewhere"
    "acme_vm.password" = "keys are used"
  }

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
  variable "disks" {
    type        = list(object({ gb = number }))
    default     = []
    description = "Disks"
  }

  resource "acme_vm" "this" {
    name = var.name
    size   = upper(local.size)
    region = "north"

    dynamic "disk" {
      for_each = var.disks
      content {
        gb = disk.value.gb
      }
    }
  }

  locals {
    size = var.size == null ? "small" : var.size
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
}
