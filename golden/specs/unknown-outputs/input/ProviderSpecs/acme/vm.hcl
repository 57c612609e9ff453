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
    type        = object({ id = string, urn = string })
    default     = null
    refers_to   = "network"
    description = "Network"
  }
  variable "region" {
    type        = string
    from        = [config.region, refs.network.config.location]
    default     = null
    description = "Region"
  }
  variable "size" {
    type        = list(string)
    from        = [for c in consumers : c.outputs.adress]
    default     = []
    description = "Sizes"
  }

  resource "acme_vm" "this" {
    name = var.name
    network = try(var.network.id, null)
    region  = var.region
    size    = join(",", var.size)
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
  output "address" {
    value       = acme_vm.this.address
    description = "Address"
    instead_of  = "ip"
    when        = consumer.provider == "acme"
  }
}
