module "vm" {
  serves      = "resource"
  title       = "Vm"
  description = "A vm"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }
  variable "password" {
    type        = string
    default     = null
    description = "Password"
  }

  resource "acme_vm" "this" {
    name = var.name
    password = var.password
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
  output "login" {
    value       = "root:${acme_vm.this.root_password}"
    description = "Login"
  }
  output "address" {
    value       = acme_vm.this.address
    description = "Address"
    sensitive   = true
  }
}
