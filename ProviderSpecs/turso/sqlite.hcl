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
    from        = [config.organization, settings.organization]
    aliases     = ["organisation", "organization_name", "organization_slug"]
    description = "Organization that owns the database"
    example     = "acme"
  }
  variable "group" {
    type        = string
    default     = "default"
    description = "Group of the database, which has to exist already"
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
  variable "block_writes" {
    type        = bool
    default     = false
    description = "Refuse writes, as while data is moved elsewhere"
  }
  variable "token" {
    type = object({
      authorization = optional(string, "full-access")
      expiration    = optional(string, "never")
    })
    default     = {}
    description = "Token that the apps connect with"
    field "authorization" { description = "What the token may do" }
    field "expiration" { description = "never, or a span such as 30d; another value makes another token, and the old one lives on" }
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
    block_writes      = var.block_writes
  }

  resource "turso_database_token" "this" {
    organization_name = var.organization
    database_name     = turso_database.this.name
    authorization     = var.token.authorization
    expiration        = var.token.expiration
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
}
