terraform {
  required_providers {
    hcloud = {
      source  = "hetznercloud/hcloud"
      version = ">= 1.60"
    }
    digitalocean = {
      source = "digitalocean/digitalocean"
    }
  }
}

variable "name" {
  type = string
}

variable "type" {
  type    = string
  default = "cx22"
}

variable "image" {
  type = string
}

variable "volumes" {
  type = list(object({
    size   = number
    format = optional(string)
  }))
  default = []
}

variable "labels" {
  type    = map(string)
  default = {}
}

variable "network_id" {
  type = number
}

variable "user_data" {
  type      = string
  default   = null
  sensitive = true
}

locals {
  volumes = { for index, volume in var.volumes : "${var.name}-${index}" => volume }
  domain  = join(".", [var.name, "example", "invalid"])
}

resource "hcloud_server" "this" {
  name        = var.name
  server_type = var.type
  image       = var.image
  labels      = var.labels
  user_data   = var.user_data

  network {
    network_id = var.network_id
    alias_ips  = []
  }
  public_net {
    ipv4_enabled = true
    ipv6_enabled = false
  }

  lifecycle {
    ignore_changes = [user_data, image]
  }
}

resource "hcloud_volume" "this" {
  for_each  = local.volumes
  name      = each.key
  size      = each.value.size
  format    = each.value.format
  server_id = hcloud_server.this.id
}

resource "digitalocean_record" "this" {
  domain = "example.invalid"
  type   = "A"
  name   = var.name
  value  = hcloud_server.this.ipv4_address
  ttl    = 300
}

output "address" {
  value = hcloud_server.this.ipv4_address
}

output "password" {
  value     = "${local.domain}:${var.user_data == null ? "" : var.user_data}"
  sensitive = true
}

output "volumes" {
  value = [for name, volume in hcloud_volume.this : volume.id]
}
