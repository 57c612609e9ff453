provider "acme" {
  title   = "Acme"
  source  = "acme/acme"
  version = "~> 1.0"

  credential "token" {
    description = "Token of the account"
    environment = ["ACME_TOKEN"]
  }

  type "acme_disk" {}
  type "acme_vm" {
    credentials = ["key"]
    argument "sise" { range = [1, 2] }
    argument "size" { pattern = "[" }
  }
}
