# Asks what exists already; `webkit infra detect` reads the answers.

provider "b2" {}

provider "hcloud" {}

provider "turso" {
  api_token = var.turso_api_token
}
