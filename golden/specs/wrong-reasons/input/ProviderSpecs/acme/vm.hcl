module "vm" {
  serves      = "resource"
  title       = "Vm"
  description = "A vm"
  leaves_out = {
    "acme_vm.name"        = "names are made"
    "acme_vm.backup.hours" = "never at night"
    "acme_vm.address"     = "the provider makes it"
    "acme_vm.region"      = "There is only one."
    "acme_disk.size"      = "no such thing"
  }

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
