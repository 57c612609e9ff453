module "needy" {
  serves      = "link"
  title       = "Needy"
  description = "Joins"

  each "domain" {
    needs  = [app.outputs, resource.outputs.id]
    unless = ["acme.disk"]
  }

  variable "name" {
    type        = string
    from        = resource.name
    description = "Name"
  }

  resource "acme_network" "this" {
    name = var.name
  }
}
