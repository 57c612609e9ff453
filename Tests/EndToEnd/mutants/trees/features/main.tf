module "network" {
  source = "./modules/network"

  name   = "features-${terraform.workspace}"
  range  = "10.0.0.0/16"
  ranges = var.networks
}

module "server" {
  source   = "./modules/server"
  for_each = var.servers
  providers = {
    hcloud       = hcloud
    digitalocean = digitalocean.second
  }

  name       = each.key
  type       = each.value.type
  image      = each.value.image
  volumes    = each.value.volumes
  labels     = merge(local.labels, each.value.labels, { network = module.network.name })
  network_id = module.network.id
  user_data  = templatestring(local.template, { name = each.key })
  depends_on = [time_sleep.network]
}

module "spare" {
  count  = var.poll_seconds > 10 ? 1 : 0
  source = "./modules/network"

  name   = "spare-${count.index}"
  range  = "10.1.0.0/16"
  ranges = []
}

resource "time_sleep" "network" {
  create_duration = "5s"
  triggers = {
    network = module.network.id
  }
}

resource "digitalocean_ssh_key" "admin" {
  for_each   = toset(local.keys)
  name       = "admin-${each.value}"
  public_key = file("${path.module}/key.pub")
}

resource "digitalocean_droplet" "jump" {
  count    = length(local.doubled) > 2 ? 2 : 0
  provider = digitalocean.second

  name     = format("jump-%02d", count.index + 1)
  image    = "debian-12-x64"
  region   = "fra1"
  size     = "s-1vcpu-1gb"
  ssh_keys = [for key in digitalocean_ssh_key.admin : key.fingerprint]
  tags     = ["jump", "index:${count.index}"]

  connection {
    host        = self.ipv4_address
    user        = "root"
    private_key = file("${path.module}/key.pub")
  }

  provisioner "local-exec" {
    command     = "echo ${self.name} ${self.id}"
    working_dir = path.root
    environment = {
      REGION = self.region
    }
    on_failure = continue
  }

  provisioner "remote-exec" {
    when   = destroy
    inline = ["true", "exit 0"]
  }

  timeouts {
    create = "10m"
  }

  lifecycle {
    create_before_destroy = true
    prevent_destroy       = false
    ignore_changes        = [tags, user_data]
    replace_triggered_by  = [digitalocean_ssh_key.admin["none"], terraform_data.version.output]

    precondition {
      condition     = length(local.keys) > 0
      error_message = "No keys."
    }
    postcondition {
      condition     = self.region == "fra1"
      error_message = "It is in ${self.region}."
    }
  }
}

resource "digitalocean_firewall" "jump" {
  name        = "jump"
  droplet_ids = digitalocean_droplet.jump[*].id

  inbound_rule {
    protocol         = "tcp"
    port_range       = "22"
    source_addresses = ["0.0.0.0/0", "::/0"]
  }
  dynamic "outbound_rule" {
    for_each = { tcp = "1-65535", udp = "1-65535", icmp = null }
    iterator = rule
    content {
      protocol              = rule.key
      port_range            = rule.value
      destination_addresses = tolist(setunion(["0.0.0.0/0"], local.sets))
    }
  }
}

resource "terraform_data" "version" {
  input            = { version = 1, servers = keys(var.servers) }
  triggers_replace = [local.hash]
}

data "digitalocean_account" "current" {}

data "hcloud_image" "debian" {
  name              = "debian-12"
  with_architecture = "x86"
  most_recent       = true
  depends_on        = [terraform_data.version]
}

check "account" {
  data "digitalocean_vpc" "default" {
    name = "default-fra1"
  }

  assert {
    condition     = data.digitalocean_vpc.default.region == "fra1"
    error_message = "The default network is in ${data.digitalocean_vpc.default.region}."
  }
  assert {
    condition     = data.digitalocean_account.current.droplet_limit >= 2
    error_message = "Too few droplets."
  }
}

moved {
  from = digitalocean_droplet.bastion
  to   = digitalocean_droplet.jump
}

moved {
  from = module.net
  to   = module.network
}

removed {
  from = digitalocean_droplet.old

  lifecycle {
    destroy = false
  }
}

import {
  to = digitalocean_firewall.jump
  id = "bb4b2611-3d72-467b-8602-280330ecd65c"
}

import {
  for_each = toset(["none"])
  to       = digitalocean_ssh_key.admin[each.key]
  id       = each.value
}
