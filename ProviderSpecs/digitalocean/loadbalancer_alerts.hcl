module "loadbalancer_alerts" {
  serves       = "monitor"
  title        = "Alerts of a load balancer"
  description  = "Tells when a load balancer runs short of processor or connections, or its machines of health"
  environments = ["production"]
  leaves_out = {
    "digitalocean_monitor_alert.enabled" = "an alert that isn't wanted is taken out of app.json"
    "digitalocean_monitor_alert.compare" = "each of these limits is an upper one"
    "digitalocean_monitor_alert.window"  = "ten minutes pass over peaks and don't miss a shortage"
    "digitalocean_monitor_alert.tags"    = "each load balancer has alerts of its own"
  }

  each "resource" {
    of    = ["loadbalancer"]
    where = resource.monitoring && notifications != null
  }

  variable "name" {
    type        = string
    from        = resource.cloud_name
    description = "Name of the load balancer"
  }
  variable "entity" {
    type        = string
    from        = resource.outputs.id
    description = "Id of the load balancer"
  }
  variable "cpu_percent" {
    type        = number
    from        = monitoring.limits.cpu_percent
    default     = 90
    description = "Use of the processors over ten minutes from which somebody is told"
  }
  variable "connections_percent" {
    type        = number
    from        = monitoring.limits.connections_percent
    default     = 90
    description = "Use of the connections over ten minutes from which somebody is told"
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
    limits = {
      cpu         = { type = "v1/insights/lbaas/avg_cpu_utilization_percent", limit = var.cpu_percent }
      connections = { type = "v1/insights/lbaas/connection_utilization_percent", limit = var.connections_percent }
    }
    # Whether there is a webhook is no secret, and only with one can the channel be told.
    channels = nonsensitive(var.slack_webhook_url == null) ? [] : var.slack_channel[*]
    is_told  = length(var.emails) + length(local.channels) > 0
  }

  resource "digitalocean_monitor_alert" "this" {
    for_each    = { for key, alert in local.limits : key => alert if alert.limit != null && local.is_told }
    description = "${var.name} ${each.key}"
    type        = each.value.type
    compare     = "GreaterThan"
    value       = each.value.limit
    window      = "10m"
    entities    = [var.entity]

    alerts {
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


  price "alerts" {
    amount = prices.network.alert
  }
}
