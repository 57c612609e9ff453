module "sqlite" {
  serves      = "resource"
  title       = "Turso database"
  description = "libSQL database with a token for the project's apps"
  aliases     = ["libsql", "turso"]

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the database"
  }
  variable "organization" {
    type        = string
    from        = [config.organization, settings.organization, secret.turso_organization]
    aliases     = ["organisation", "organization_name", "organization_slug"]
    description = "Organization that owns the database, by its slug: the one in TURSO_ORG_NAME where app.json names none"
    example     = "acme"
  }
  variable "group" {
    type        = string
    default     = "default"
    aliases     = ["group_name"]
    description = "Group of the database, which says where it is and has to exist already; a change replaces it"
    example     = "default"
  }
  variable "size_limit" {
    type        = string
    default     = null
    description = "Largest size that the database may grow to, unlimited unless given"
    pattern     = "^[1-9][0-9]*(b|kb|mb|gb|tb)$"
    example     = "1gb"
  }
  variable "delete_protection" {
    type        = bool
    from        = [config.delete_protection, environment == "production"]
    description = "Refuse to delete the database until this is taken back"
  }
  variable "block_reads" {
    type        = bool
    default     = false
    description = "Refuse reads"
  }
  variable "block_writes" {
    type        = bool
    default     = false
    description = "Refuse writes, as while data is moved elsewhere"
  }
  variable "token" {
    type = object({
      authorization = optional(string, "full-access")
      expiration    = optional(string, "never")
      rotation      = optional(number, 0)
    })
    default     = {}
    description = "Token that the apps connect with"
    field "authorization" { description = "What the token may do" }
    field "expiration" { description = "never, or a span such as 30d; another value makes another token, and the old one lives on" }
    field "rotation" {
      description = "Any other number makes another token; the old one lives until it expires"
      whole       = true
    }
  }

  secret "turso_organization" {
    environment = ["TURSO_ORG_NAME"]
    description = "Organization of the databases for which app.json names none"
    sensitive   = false
  }

  rule {
    condition = var.organization != null
    message   = "Nobody is named who owns the database: set organization below infra.providers.turso in app.json, or TURSO_ORG_NAME."
  }
  rule {
    severity  = "warning"
    condition = !var.block_reads
    message   = "Nobody can read this database while block_reads is true."
  }
  rule {
    severity  = "warning"
    condition = !var.block_writes
    message   = "Nobody can write to this database while block_writes is true."
  }

  resource "turso_database" "this" {
    organization_name = var.organization
    name              = var.name
    group             = var.group
    size_limit        = var.size_limit

    lifecycle {
      # The provider doesn't read the group, so an imported database has none in its state.
      ignore_changes = [group]
    }
  }

  resource "turso_database_configuration" "this" {
    organization_slug = var.organization
    database_name     = turso_database.this.name
    delete_protection = var.delete_protection
    block_reads       = var.block_reads
    block_writes      = var.block_writes
  }

  # Another number in var.token.rotation changes this, and that makes another token.
  resource "terraform_data" "rotation" {
    input = var.token.rotation
  }

  resource "turso_database_token" "this" {
    organization_name = var.organization
    database_name     = turso_database.this.name
    authorization     = var.token.authorization
    expiration        = var.token.expiration

    lifecycle {
      replace_triggered_by = [terraform_data.rotation]
    }
  }

  output "id" {
    value       = turso_database.this.db_id
    description = "Id of the database"
  }
  output "host" {
    value       = turso_database.this.hostname
    description = "Host name of the database"
  }
  output "database" {
    value       = turso_database.this.name
    description = "Name of the database"
  }
  output "connection_url" {
    value       = "libsql://${turso_database.this.hostname}"
    description = "URL for clients of libSQL, which want the token beside it"
  }
  output "auth_token" {
    value       = turso_database_token.this.jwt
    existing    = null
    description = "Token for clients of libSQL"
    sensitive   = true
  }
  output "connection_url_with_token" {
    value       = "libsql://${turso_database.this.hostname}?authToken=${turso_database_token.this.jwt}"
    existing    = null
    description = "URL for clients of libSQL that take the token in it"
    sensitive   = true
  }

  existing "turso_database" "this" {
    known_by          = "db_id"
    organization_name = var.organization
    name              = var.name
  }

  # The plan of the organization costs, not a database.
  price "database" {
    amount = 0
  }
}
