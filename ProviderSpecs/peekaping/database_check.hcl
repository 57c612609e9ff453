module "database_check" {
  serves       = "monitor"
  title        = "Monitor of a database"
  description  = "Logs in to a PostgreSQL database that monitoring.custom names"
  environments = ["production"]
  leaves_out = {
    "peekaping_monitor.type"       = "other checks have a leaf of their own"
    "peekaping_monitor.push_token" = "nobody reports to it"
  }

  each "check" {
    of = ["postgres"]
  }

  variable "name" {
    type        = string
    from        = "${project.prefix} ${check.name}"
    description = "Name of the monitor"
  }
  variable "check" {
    type        = string
    from        = check.name
    description = "Name of the check in app.json"
  }
  variable "interval" {
    type        = number
    from        = [check.interval, settings.interval]
    description = "Seconds between two questions"
  }
  variable "connection_string" {
    type        = string
    from        = check.config.connection_string
    default     = null
    description = "How it logs in, where nobody minds that app.json says it"
  }
  variable "connection_strings" {
    type        = map(string)
    from        = secret.peekaping_connection_strings
    default     = {}
    sensitive   = true
    description = "How it logs in, by the names of checks"
  }

  secret "peekaping_connection_strings" {
    type        = map(string)
    environment = ["PEEKAPING_CONNECTION_STRINGS"]
    description = "Connection strings of databases that are watched, by the name of the check"
  }
  variable "timeout" {
    type        = number
    from        = settings.timeout
    default     = null
    description = "Seconds for which an answer is waited for"
  }
  variable "retries" {
    type        = number
    from        = settings.retries
    default     = null
    description = "How often it is asked again before somebody is told"
  }
  variable "retry_interval" {
    type        = number
    from        = settings.retry_interval
    default     = null
    description = "Seconds until it is asked again"
  }
  variable "resend_interval" {
    type        = number
    from        = settings.resend_interval
    default     = null
    description = "After how many further failures somebody is told again"
  }
  variable "notifications" {
    type        = list(string)
    from        = settings.notifications
    default     = null
    description = "Ids of the notifications that tell of failures"
  }
  variable "tag" {
    type        = string
    from        = one(peers.peekaping.tag[*].id)
    description = "Id of the project's tag"
  }
  variable "tags" {
    type        = list(string)
    from        = settings.tags
    default     = []
    description = "Ids of further tags"
  }

  rule {
    condition = var.timeout == null ? true : var.timeout < 0.8 * var.interval
    message   = "A monitor waits for less than four fifths of its interval: give a shorter timeout in the settings of the provider, or a longer interval."
  }
  rule {
    condition = var.connection_string != null || contains(keys(var.connection_strings), var.check)
    message   = "Nothing says how a monitor logs in to its database: export PEEKAPING_CONNECTION_STRINGS, as the README of the tree says, with a string for each check."
  }

  resource "peekaping_monitor" "this" {
    name     = var.name
    type     = "postgres"
    interval = var.interval
    config = jsonencode({
      database_connection_string = var.connection_string == null ? var.connection_strings[var.check] : var.connection_string
      database_query             = "SELECT 1"
    })
    timeout          = var.timeout
    max_retries      = var.retries
    retry_interval   = var.retry_interval
    resend_interval  = var.resend_interval
    notification_ids = var.notifications
    tag_ids          = concat([var.tag], var.tags)
  }

  output "id" {
    value       = peekaping_monitor.this.id
    description = "Id of the monitor"
  }
}
