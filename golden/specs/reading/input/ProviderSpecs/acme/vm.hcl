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
    type        = strin
    description = "Size"
  }
  variable "region" "again" {
    type        = string
    default     = lower("NORTH")
    aliases     = "area"
    description = "Region"
  }
  rule {
    condition = var.size != var.region
    message   = "Size and region differ."
    severity  = "fatal"
  }
  locale {
    a = 1
  }
  title = "Again"

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
