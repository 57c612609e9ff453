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
    type        = string
    description = "Network"
    default = null
    refers_to = "net"
  }
  variable "region" {
    type        = string
    description = "Region"
    default = null
    implies = "network"
  }

  resource "acme_vm" "this" {
    name = var.name
    network = var.network
    region  = var.region
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
}
