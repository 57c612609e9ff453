module "uptime" {
  serves       = "monitor"
  title        = "Uptime check of a domain"
  description  = "Asks each domain of an app from several continents, and tells when it doesn't answer, is slow or its certificate ends"
  environments = ["production"]
  leaves_out = {
    "digitalocean_uptime_check.enabled" = "a check that isn't wanted is taken out of app.json"
  }

  each "domain" {
    # Who asks for nothing to be watched, and names nobody to be told, pays for no checks; nor does
    # who has another provider watch.
    where = app.monitoring && domain.type != "unmanaged" && (settings.uptime == null ? (monitoring != null || notifications != null) && length(peers.peekaping.tag[*]) == 0 : settings.uptime)
  }

  variable "name" {
    type        = string
    from        = "${project.prefix} ${domain.name}"
    description = "Name of the check"
  }
  variable "target" {
    type        = string
    from        = "https://${domain.name}${app.build.health_check_path == null ? "" : app.build.health_check_path}"
    description = "What is asked"
  }
  variable "type" {
    type        = string
    default     = "https"
    description = "How it is asked"
  }
  variable "regions" {
    type        = set(string)
    from        = monitoring.regions
    default     = ["us_east", "eu_west", "se_asia"]
    description = "Where from it is asked"
  }
  variable "latency_ms" {
    type        = number
    from        = monitoring.limits.latency_ms
    default     = 2000
    description = "Milliseconds from which an answer counts as slow"
  }
  variable "certificate_days" {
    type        = number
    from        = monitoring.limits.certificate_days
    default     = 14
    description = "Days for which a certificate has to be valid still"
  }
  variable "emails" {
    type        = list(string)
    from        = notifications.emails
    default     = []
    description = "Who is told: members of the DigitalOcean team"
    format      = "email"
  }
  variable "slack_channel" {
    type        = string
    from        = one(peers.slack.channel[*].channel_name)
    default     = null
    description = "Channel in Slack that is told, without #"
  }
  variable "slack_webhook_url" {
    type        = string
    from        = secret.slack_webhook_url
    default     = null
    sensitive   = true
    description = "Address that posts into the channel"
  }

  secret "slack_webhook_url" {
    environment = ["SLACK_WEBHOOK_URL"]
    description = "Incoming webhook of Slack, to which DigitalOcean sends alerts"
  }

  locals {
    certificates = { certificate = { type = "ssl_expiry", threshold = var.certificate_days, comparison = "less_than", period = "2m" } }
    alerts = merge(
      {
        down    = { type = "down_global", threshold = 1, comparison = "less_than", period = "2m" }
        latency = { type = "latency", threshold = var.latency_ms, comparison = "greater_than", period = "10m" }
      },
      { for key, alert in local.certificates : key => alert if var.type == "https" },
    )
    # Whether there is a webhook is no secret, and only with one can the channel be told.
    channels = nonsensitive(var.slack_webhook_url == null) ? [] : var.slack_channel[*]
    is_told  = length(var.emails) + length(local.channels) > 0
  }

  resource "digitalocean_uptime_check" "this" {
    name    = var.name
    target  = var.target
    type    = var.type
    regions = var.regions
  }

  resource "digitalocean_uptime_alert" "this" {
    for_each   = { for key, alert in local.alerts : key => alert if local.is_told }
    check_id   = digitalocean_uptime_check.this.id
    name       = "${var.name} ${each.key}"
    type       = each.value.type
    threshold  = each.value.threshold
    comparison = each.value.comparison
    period     = each.value.period

    notifications {
      email = var.emails

      dynamic "slack" {
        for_each = local.channels
        content {
          channel = "#${slack.value}"
          url     = var.slack_webhook_url
        }
      }
    }
  }
}
