module "vm" {
  serves      = "resource"
  title       = "Vm"
  description = "A vm"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }
  variable "network" {
    type        = object({ id = string, name = string, range = string })
    default     = null
    refers_to   = "network"
    description = "Network"
  }

  resource "acme_vm" "this" {
    name = var.name
    network = try(var.network.id, null)
  }

  # Whether it is there is known, and so is its name.
  resource "acme_vm" "known" {
    count = var.network == null || try(var.network.name, "") == "x" ? 0 : 1
    name  = var.name
  }

  resource "acme_vm" "ranged" {
    for_each = toset(var.network[*].range)
    name     = each.key
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
}
