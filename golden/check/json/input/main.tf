output "a" {
  value = var.declared_elsewhere
}
