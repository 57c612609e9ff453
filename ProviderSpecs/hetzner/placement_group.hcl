module "placement_group" {
  serves      = "resource"
  title       = "Placement group"
  description = "Spreads its servers over different hosts, so that one broken host doesn't take all of them down"
  aliases     = ["spread_group"]

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the group"
  }
  variable "type" {
    type        = string
    default     = "spread"
    aliases     = ["strategy"]
    description = "How the group places its servers"
  }
  variable "labels" {
    type        = map(string)
    from        = tags
    description = "Labels of the group"
  }

  resource "hcloud_placement_group" "this" {
    name   = var.name
    type   = var.type
    labels = var.labels
  }

  output "id" {
    value       = hcloud_placement_group.this.id
    description = "Id of the group"
  }
  output "name" {
    value       = hcloud_placement_group.this.name
    description = "Name of the group"
  }

  existing "hcloud_placement_group" "this" {
    id   = var.existing_id
    name = var.existing_id == null ? var.name : null
  }
}
