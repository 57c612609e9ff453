module "volume_attachment" {
  serves      = "link"
  title       = "Volume attachment"
  description = "Attaches a volume to the machine of the app that it names"

  each "resource" {
    of    = ["volume"]
    where = refs.server != null
  }

  variable "volume_id" {
    type        = string
    from        = resource.outputs.id
    description = "Id of the volume"
  }
  variable "droplet_id" {
    type        = number
    from        = refs.server.outputs.id
    description = "Id of the machine"
  }

  resource "digitalocean_volume_attachment" "this" {
    volume_id  = var.volume_id
    droplet_id = var.droplet_id
  }
}
