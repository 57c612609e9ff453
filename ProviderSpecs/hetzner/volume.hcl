module "volume" {
  serves      = "resource"
  title       = "Volume"
  description = "Disk that outlives the server that it is attached to"
  aliases     = ["disk", "block_storage"]

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the volume"
  }
  variable "size" {
    type        = number
    default     = 10
    aliases     = ["size_gb"]
    description = "Size in GB, which can only grow"
  }
  variable "location" {
    type        = string
    from        = [config.location, refs.server.config.location, settings.location]
    default     = "nbg1"
    aliases     = ["region"]
    description = "Location of the volume, that of its server unless given; a change replaces it"
    known       = values.locations
  }
  variable "format" {
    type        = string
    default     = "ext4"
    aliases     = ["filesystem", "filesystem_type"]
    description = "File system of a new volume"
  }
  variable "delete_protection" {
    type        = bool
    from        = [config.delete_protection, environment == "production"]
    description = "Refuse to delete the volume until this is taken back"
  }
  variable "labels" {
    type        = map(string)
    from        = tags
    description = "Labels of the volume"
  }

  setting "server" {
    type        = string
    default     = null
    aliases     = ["app", "vm"]
    refers_to   = "vm"
    description = "App on whose server the volume is"
  }
  setting "automount" {
    type        = bool
    default     = true
    description = "Mount the volume when it is attached, below /mnt"
  }

  rule {
    condition = refs.server == null ? true : refs.server.config.location == var.location
    message   = "The volume and its server must be in one location: leave location out, and it is the server's."
  }

  resource "hcloud_volume" "this" {
    name              = var.name
    size              = var.size
    location          = var.location
    format            = var.format
    delete_protection = var.delete_protection
    labels            = var.labels

    lifecycle {
      # Only a new volume is formatted.
      ignore_changes = [format]
    }
  }

  output "id" {
    value       = hcloud_volume.this.id
    description = "Id of the volume"
  }
  output "name" {
    value       = hcloud_volume.this.name
    description = "Name of the volume"
  }
  output "device" {
    value       = hcloud_volume.this.linux_device
    description = "Path of the device on the server"
  }

  output "mount_path" {
    value       = "/mnt/HC_Volume_${hcloud_volume.this.id}"
    description = "Folder in which the server that the volume is attached to has its files, and the apps on it as well"
  }

  existing "hcloud_volume" "this" {
    id   = var.existing_id
    name = var.existing_id == null ? var.name : null
  }

  price "storage" {
    amount = contains(["fsn1", "hel1", "nbg1"], var.location) ? prices.volume.gb * var.size : null
  }
}
