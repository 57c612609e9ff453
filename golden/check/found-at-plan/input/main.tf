terraform {
  required_providers {
    digitalocean = {
      source = "digitalocean/digitalocean"
    }
  }
}

variable "rules" {
  type = list(object({ protocol = string }))
}

resource "digitalocean_firewall" "door" {
  name = "door"

  dynamic "inbound_rule" {
    for_each = var.rules
    content {
      protocol = local.protocol
    }
  }
}
