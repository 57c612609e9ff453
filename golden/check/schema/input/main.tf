terraform {
  required_providers {
    digitalocean = {
      source  = "digitalocean/digitalocean"
      version = "~> 2.99"
    }
  }
}

resource "digitalocean_vpc" "network" {
  nam         = "demo"
  region      = ["fra1"]
  created_at  = "now"
  description = null
  timeouts    = { delete = "1m" }
}

resource "digitalocean_firewall" "door" {
  name = "door"

  inbound_rule {
    protocol = "tpc"
  }

  dynamic "inbound_rules" {
    for_each = [1]
    content {}
  }
}

resource "digitalocean_vcp" "other" {}
