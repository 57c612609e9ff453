# Asks what exists already; `webkit infra detect` reads the answers.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    b2 = {
      source  = "Backblaze/b2"
      version = "~> 0.13"
    }
    hcloud = {
      source  = "hetznercloud/hcloud"
      version = "~> 1.68"
    }
    turso = {
      source  = "jpedroh/turso"
      version = "~> 1.2"
    }
  }
}
