module "join" {
  serves      = "link"
  title       = "Join"
  description = "Joins"

  each "resource" {
    of         = ["vm", "disk"]
    where      = resource.config.size != null
    takes_over = "acme_disk.this"
  }

  variable "name" {
    type        = string
    from        = resource.outputs.name
    description = "Name"
  }

  resource "acme_network" "this" {
    name = var.name

    subnet {
      range = "x"
    }
  }

  resource "acme_disk" {
    name = "x"
  }

  resource "acme_disk" "this" {
    name = "x"
  }

  output "id" {
    value       = acme_network.this.id
    description = "Id"
  }
}
