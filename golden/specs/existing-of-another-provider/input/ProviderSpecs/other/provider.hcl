provider "other" {
  title   = "Other"
  source  = "other/other"
  version = "~> 1.0"

  credential "token" {
    description = "Token of the account"
    environment = ["ACME_TOKEN"]
  }
}
