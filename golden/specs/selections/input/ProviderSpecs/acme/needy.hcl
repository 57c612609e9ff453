module "needy" {
  serves      = "monitor"
  title       = "Join"
  description = "Joins"

  each "resource" {
    of    = ["vm"]
    needs = [resource.config.size]
  }

  variable "name" {
    type        = string
    from        = project.prefix
    description = "Name"
  }

  resource "acme_network" "this" {
    name = var.name
  }
}
