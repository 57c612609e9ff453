module "volume_attachment" {
  serves      = "link"
  title       = "Volume attachment"
  description = "Attaches a volume to the server of the app that it names"

  each "resource" {
    of    = ["volume"]
    where = refs.server != null
  }

  variable "volume_id" {
    type        = string
    from        = resource.outputs.id
    description = "Id of the volume"
  }
  variable "server_id" {
    type        = string
    from        = refs.server.outputs.id
    description = "Id of the server"
  }
  variable "automount" {
    type        = bool
    from        = resource.config.automount
    default     = true
    description = "Mount the volume when it is attached, below /mnt"
  }

  resource "hcloud_volume_attachment" "this" {
    volume_id = var.volume_id
    server_id = var.server_id
    automount = var.automount

    lifecycle {
      # The provider forgets what it was told, and an attachment can't be changed.
      ignore_changes = [automount]
    }
  }
}
