terraform {
  required_version = ">= 1.11.0, < 2.0.0"

  required_providers {
    digitalocean = {
      source                = "digitalocean/digitalocean"
      version               = "~> 2.99"
      configuration_aliases = []
    }
    hcloud = {
      source  = "hetznercloud/hcloud"
      version = ">= 1.60, != 1.61.0"
    }
    time = {
      source = "hashicorp/time"
    }
  }

  backend "local" {
    path = "state/features.tfstate"
  }
}

provider "digitalocean" {
  token = var.digitalocean_token
}

provider "digitalocean" {
  alias               = "second"
  token               = var.digitalocean_token
  spaces_access_id    = null
  http_retry_max      = 4
  requests_per_second = 2.5
}

provider "hcloud" {
  token         = var.hcloud_token
  poll_interval = "${var.poll_seconds}s"
}
