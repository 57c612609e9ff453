module "misspelt" {
  serves      = "link"
  title       = "Misspelt"
  description = "Joins"

  each "domains" {}

  variable "name" {
    type        = string
    from        = project.name
    description = "Name"
  }

  resource "acme_network" "this" {
    name = var.name
  }
}
