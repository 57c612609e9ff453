module "volume" {
  serves      = "resource"
  title       = "Volume"
  description = "Block storage that outlives the machine it is attached to"
  aliases     = ["block_storage", "block-storage", "disk"]

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the volume"
  }
  variable "size" {
    type        = number
    default     = 10
    aliases     = ["size_gb"]
    description = "Size in GB; it can only grow"
  }
  variable "region" {
    type        = string
    from        = [config.region, refs.server.config.region, settings.region]
    default     = "lon1"
    aliases     = ["location"]
    description = "Datacenter of the volume, that of its machine unless given"
    known       = values.regions
  }
  variable "description" {
    type        = string
    from        = [item.description, "Volume of ${project.title}"]
    description = "What the volume is for"
  }
  variable "filesystem" {
    type        = string
    default     = "ext4"
    aliases     = ["format", "filesystem_type", "initial_filesystem_type"]
    description = "File system of a new volume; none for a raw one"
    one_of      = ["ext4", "xfs", "none"]
  }
  variable "filesystem_label" {
    type        = string
    default     = null
    aliases     = ["label", "initial_filesystem_label"]
    description = "Label of the file system of a new volume"
    pattern     = "^[A-Za-z0-9_.-]{1,16}$"
  }
  variable "snapshot_id" {
    type        = string
    default     = null
    aliases     = ["snapshot"]
    description = "Id of the snapshot that a new volume is filled from"
    pattern     = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
  }
  variable "tags" {
    type        = set(string)
    from        = tags
    description = "Tags of the volume"
  }

  setting "server" {
    type        = string
    default     = null
    aliases     = ["attach_to", "droplet", "vm"]
    refers_to   = "vm"
    description = "App whose machine the volume is attached to"
  }

  rule {
    condition = refs.server == null ? true : refs.server.config.region == var.region
    message   = "A volume and its machine must be in one region: leave out the volume's, and it follows its machine."
  }
  rule {
    condition = var.filesystem_label == null || var.filesystem != "none"
    message   = "A raw volume has no file system to label: give filesystem, or leave out filesystem_label."
  }
  rule {
    condition = var.filesystem != "xfs" || var.filesystem_label == null ? true : length(var.filesystem_label) <= 12
    message   = "The label of an XFS file system has at most 12 characters."
  }

  resource "digitalocean_volume" "this" {
    name                     = var.name
    region                   = var.region
    size                     = var.size
    description              = var.description
    initial_filesystem_type  = var.filesystem == "none" ? null : var.filesystem
    initial_filesystem_label = var.filesystem_label
    snapshot_id              = var.snapshot_id
    tags                     = var.tags

    lifecycle {
      # Only a new volume reads these, and a change of them would replace it and its data.
      ignore_changes = [description, initial_filesystem_type, initial_filesystem_label, snapshot_id]
    }
  }

  output "id" {
    value       = digitalocean_volume.this.id
    description = "Id of the volume"
  }
  output "urn" {
    value       = digitalocean_volume.this.urn
    description = "Uniform resource name of the volume"
  }
  output "name" {
    value       = digitalocean_volume.this.name
    description = "Name of the volume"
  }
  output "region" {
    value       = digitalocean_volume.this.region
    description = "Datacenter of the volume"
  }
  output "device" {
    value       = "/dev/disk/by-id/scsi-0DO_Volume_${digitalocean_volume.this.name}"
    description = "Path of the device on the machine that the volume is attached to"
  }

  output "mount_path" {
    value       = "/mnt/${replace(digitalocean_volume.this.name, "-", "_")}"
    description = "Folder in which the machine that the volume is attached to has its files, and the apps on it as well"
  }

  existing "digitalocean_volume" "this" {
    name   = var.name
    region = var.region
  }

  price "storage" {
    amount = prices.volume.gb * var.size
  }
}
