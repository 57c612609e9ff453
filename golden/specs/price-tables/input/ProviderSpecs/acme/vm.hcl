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
    default     = "small"
    description = "Size"
  }

  resource "acme_vm" "this" {
    name = var.name
    size = var.size
  }

  price "hours" {
    amount = prices.vm[var.size] + prices.extra.adress
  }
  price "address" {
    amount = prices.extra.address
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
}
