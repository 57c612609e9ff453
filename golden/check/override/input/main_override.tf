terraform {
  backend "local" {}
}

output "a" {
  value = var.a
}

output "b" {
  value = 1
}
