module "uptime" {
  serves       = "monitor"
  title        = "Monitors of a domain"
  description  = "Asks each domain of an app by HTTPS, and a name server for its address"
  environments = ["production"]
  leaves_out = {
    "peekaping_monitor.type"       = "a domain is asked by HTTPS, and its name server by DNS"
    "peekaping_monitor.push_token" = "nobody reports to it"
  }

  each "domain" {
    where = app.monitoring && domain.type != "unmanaged"
  }

  variable "name" {
    type        = string
    from        = "${project.prefix} ${domain.name}"
    description = "Name of the monitors"
  }
  variable "url" {
    type        = string
    from        = "https://${domain.name}${app.build.health_check_path == null ? "" : app.build.health_check_path}"
    description = "What is asked"
  }
  variable "domain" {
    type        = string
    from        = domain.name
    description = "Name whose address is asked for"
  }
  variable "resolver" {
    type        = string
    from        = settings.resolver
    description = "Name server that is asked"
  }
  variable "interval" {
    type        = number
    from        = settings.interval
    description = "Seconds between two questions"
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

  resource "peekaping_monitor" "http" {
    name     = var.name
    type     = "http"
    interval = var.interval
    config = jsonencode({
      url                  = var.url
      method               = "GET"
      encoding             = "json"
      accepted_statuscodes = ["2XX"]
      authMethod           = "none"
      max_redirects        = 3
    })
    timeout          = var.timeout
    max_retries      = var.retries
    retry_interval   = var.retry_interval
    resend_interval  = var.resend_interval
    notification_ids = var.notifications
    tag_ids          = concat([var.tag], var.tags)
  }

  resource "peekaping_monitor" "dns" {
    name     = "${var.name} DNS"
    type     = "dns"
    interval = max(var.interval, 300)
    config = jsonencode({
      host            = var.domain
      resolver_server = var.resolver
      port            = 53
      resolve_type    = "A"
    })
    timeout          = var.timeout
    max_retries      = var.retries
    retry_interval   = var.retry_interval
    resend_interval  = var.resend_interval
    notification_ids = var.notifications
    tag_ids          = concat([var.tag], var.tags)
  }

  output "ids" {
    value       = [peekaping_monitor.http.id, peekaping_monitor.dns.id]
    description = "Ids of the monitors"
  }
}
