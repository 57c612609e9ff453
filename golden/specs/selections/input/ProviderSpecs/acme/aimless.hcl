module "aimless" {
  serves      = "link"
  title       = "Aimless"
  description = "Joins"

  variable "name" {
    type        = string
    from        = project.name
    description = "Name"
  }

  resource "acme_network" "this" {
    name = var.name
  }
}
