provider "turso" {
  title         = "Turso"
  documentation = "https://docs.turso.tech"
  source        = "jpedroh/turso"
  version       = "~> 1.2"

  credential "api_token" {
    description = "Platform token of the organization"
    environment = ["TURSO_API_TOKEN"]
    read        = false # the provider reads no environment variable
  }

  setting "organization" {
    type        = string
    default     = null
    aliases     = ["organisation"]
    description = "Organization that owns every database that names none"
    example     = "acme"
  }

  type "turso_database" {
    stateful = true
    import   = "${organization_name}/${name}"
    argument "name" {
      length  = [1, 64]
      pattern = "^[a-z0-9][a-z0-9-]*$"
      unique  = "account"
    }
    argument "group" {
      length  = [1, 64]
      pattern = "^[a-z0-9][a-z0-9-]*$"
    }
  }
  type "turso_database_configuration" {
    import = "${organization_slug}/${database_name}"
    leaves_out = {
      "size_limit" = "the database itself has it"
    }
  }
  type "turso_database_token" {
    argument "authorization" { one_of = ["full-access", "read-only"] }
    argument "expiration" { pattern = "^(never|[1-9][0-9]*[smhdw])$" }
  }


  # The plan of the organization costs.
  prices "database" {
    currency   = "USD"
    as_of      = "2026-06-12"
    confidence = "B"
    source     = "https://turso.tech/pricing"
    amounts = {
      database = 0
    }
  }
}
