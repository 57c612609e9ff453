provider "acme" {
  title   = "Acme"
  source  = "acme/acme"
  version = "~> 1.0"

  credential "token" {
    description = "Token of the account"
    environment = ["ACME_TOKEN"]
  }
}
