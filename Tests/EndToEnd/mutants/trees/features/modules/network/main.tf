terraform {
  required_providers {
    hcloud = {
      source = "hetznercloud/hcloud"
    }
  }
}

variable "name" {
  type = string

  validation {
    condition     = length(var.name) <= 40 && can(regex("^[a-z]", var.name))
    error_message = "A name has at most 40 characters."
  }
}

variable "range" {
  type     = string
  nullable = false
}

variable "ranges" {
  type = set(string)
}

resource "hcloud_network" "this" {
  name     = var.name
  ip_range = var.range

  labels = {
    "part-of" = "features"
  }
}

resource "hcloud_network_subnet" "this" {
  for_each     = var.ranges
  network_id   = hcloud_network.this.id
  type         = "cloud"
  network_zone = "eu-central"
  ip_range     = each.value
}

output "id" {
  value = hcloud_network.this.id
}

output "name" {
  value      = hcloud_network.this.name
  depends_on = [hcloud_network_subnet.this]
}
