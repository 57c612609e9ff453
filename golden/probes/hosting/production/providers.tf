# Asks what exists already; `webkit infra detect` reads the answers.

provider "digitalocean" {}
