provider "acme" {
  title   = "Acme"
  source  = "acme/acme"
  version = "~> 1.0"

  credential "token" {
    description = "Token of the account"
    environment = ["ACME_TOKEN"]
  }

  type "data.acme_vm" {
    absent    = ["^no vm called "]
    ambiguous = ["^(several vms"]
  }
  type "acme_vm" {
    absent = ["^no vm called "]
  }
}
