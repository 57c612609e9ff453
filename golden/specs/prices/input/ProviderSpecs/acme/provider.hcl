provider "acme" {
  title   = "Acme"
  source  = "acme/acme"
  version = "~> 1.0"

  credential "token" {
    description = "Token of the account"
    environment = ["ACME_TOKEN"]
  }

  prices "vm" {
    currency = "EUR"
    as_of    = "2026-01-01"
    amounts  = { small = 1, large = 2 }
  }
  prices "address" {
    currency = "USD"
    as_of    = "2026-01-01"
    amounts  = { ipv4 = 1 }
  }
}
