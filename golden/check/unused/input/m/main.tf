output "unused" {
  value = 1
}
