variable "region" {
  type = string
}

locals {
  labels = { project = "demo" }
}

resource "terraform_data" "servers" {
  for_each = toset(["a", "b"])
  input    = local.label
}

resource "terraform_data" "one" {
  input = [var.regoin, terraform_data.servers.id, terraform_data.one[0].id, each.key, path.modul]
}

output "id" {
  value = terraform_data.two.id
}

output "name" {
  value = hello
}
