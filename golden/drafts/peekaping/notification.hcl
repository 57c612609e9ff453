module "notification" {
  # Choose: `resource`, `app`, or `link`, `monitor` or `notification` with `each`; titles, and other words as `aliases`.
  serves      = "resource"
  title       = "Notification"
  description = "Notification"

  variable "config" {
    type        = string
    description = "Config"
  }

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }

  variable "type" {
    type        = string
    description = "Type"
  }

  resource "peekaping_notification" "this" {
    config = var.config
    name   = var.name
    type   = var.type
  }

  output "active" {
    value       = peekaping_notification.this.active
    description = "Active"
  }

  output "id" {
    value       = peekaping_notification.this.id
    description = "Id of the notification"
  }

  output "is_default" {
    value       = peekaping_notification.this.is_default
    description = "Is default"
  }

  output "name" {
    value       = peekaping_notification.this.name
    description = "Name"
  }

  existing "peekaping_notification" "this" {
    name = var.name
  }
}
