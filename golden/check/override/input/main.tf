terraform {
  backend "s3" {}
}

variable "a" {}

output "a" {
  value = var.nope
}
