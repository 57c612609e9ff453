module "everything" {
  serves      = "link"
  title       = "Join"
  description = "Joins"

  each "thing" {
    of = ["vm"]
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
