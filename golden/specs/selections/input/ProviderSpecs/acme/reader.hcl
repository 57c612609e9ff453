module "reader" {
  serves      = "monitor"
  title       = "Reader"
  description = "Joins"

  each "check" {
    of = ["anything"]
  }

  variable "name" {
    type        = string
    from        = one(peers.acme.watcher[*].id)
    description = "Name"
  }

  resource "acme_network" "this" {
    name = var.name
  }
}
