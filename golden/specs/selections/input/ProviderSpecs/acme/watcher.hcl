module "watcher" {
  serves      = "monitor"
  title       = "Watcher"
  description = "Joins"

  each "project" {}

  variable "name" {
    type        = string
    from        = one(peers.acme.wacher[*].id)
    description = "Name"
  }

  resource "acme_network" "this" {
    name = var.name
  }
}
