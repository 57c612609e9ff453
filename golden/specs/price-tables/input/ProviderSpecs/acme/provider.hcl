provider "acme" {
  title   = "Acme"
  source  = "acme/acme"
  version = "~> 1.0"

  credential "token" {
    description = "Token of the account"
    environment = ["ACME_TOKEN"]
  }

  prices "vm" {
    currency   = "Euro"
    as_of      = "1/1/2026"
    confidence = "sure"
    amounts    = { small = 1, large = -2 }
    confidences = {
      large = "D"
      lrage = "C"
    }
  }
  prices "forgotten" {
    currency = "EUR"
    as_of    = "2026-01-01"
    amounts  = { gb = 1 }
  }
  prices "extra" {
    currency = "EUR"
    as_of    = "2026-01-01"
    amounts  = { address = 1, backup = 2 }
  }
}
