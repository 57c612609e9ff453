variable "name" {
  type = string
}

variable "range" {
  type = string
}

output "id" {
  value = "${var.name}-${var.range}"
}
