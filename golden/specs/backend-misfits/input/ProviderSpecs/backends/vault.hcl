backend "vault" {
  title            = "Vault"
  type             = "s3"
  state_argument   = "key"
  state            = "{project}/{environment}"
  locks            = settings.use_lokfile
  secrets          = { access_key = "VAULT_${environment}", secret_key = "VAULT_KEY" }
  optional         = ["tokn"]
  credentials      = [{ secret_kye = "STATE_KEY" }]
  from_environment = { buckets = "STATE_BUCKET" }

  setting "bucket" {
    type        = string
    description = "Name of the bucket"
  }
  setting "use_lockfile" {
    type        = bool
    default     = true
    description = "Lock the state"
  }
  setting "secret_key" {
    type        = string
    default     = null
    description = "Key"
  }

  argument "endpoints" {
    from = { s3 = "https://${settings.regoin}.example/${state}" }
  }
  argument "endpoints" { from = null }
  argument "region" {
    from  = "x"
    value = "y"
  }

  rule {
    condition = length(stat) < 10
    message   = "Too long"
  }
}
