module "nothing" {
  serves      = "link"
  title       = "Join"
  description = "Joins"

  variable "name" {
    type        = string
    from        = project.prefix
    description = "Name"
  }

  resource "acme_network" "this" {
    name = var.name
  }
}
