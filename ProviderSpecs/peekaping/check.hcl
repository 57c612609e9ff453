module "check" {
  serves       = "monitor"
  title        = "Monitor of the project's own"
  description  = "Asks what monitoring.custom names, or waits for somebody to report in time"
  environments = ["production"]
  leaves_out = {
    "random_password.length"  = "it is long enough that nobody guesses it"
    "random_password.special" = "a token stands in an address"
  }

  each "check" {
    of = ["http", "http-keyword", "dns", "push"]
  }

  variable "name" {
    type        = string
    from        = "${project.prefix} ${check.name}"
    description = "Name of the monitor"
  }
  variable "type" {
    type        = string
    from        = check.type
    description = "How it is asked"
    one_of      = ["http", "http-keyword", "dns", "push"]
  }
  variable "interval" {
    type        = number
    from        = [check.interval, { dns = 300, push = 90000 }[check.type], settings.interval]
    description = "Seconds between two questions, or for which a report may fail to come"
  }
  variable "url" {
    type        = string
    from        = check.config.url
    default     = null
    description = "What is asked"
  }
  variable "method" {
    type        = string
    from        = check.config.method
    default     = "GET"
    description = "Method of HTTP that it is asked by"
    one_of      = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
  }
  variable "max_redirects" {
    type        = number
    from        = check.config.max_redirects
    default     = 3
    description = "How many redirections are followed"
    range       = [0, 30]
  }
  variable "keyword" {
    type        = string
    from        = check.config.keyword
    default     = null
    description = "Text that the answer has to hold"
  }
  variable "invert_keyword" {
    type        = bool
    from        = check.config.invert_keyword
    default     = false
    description = "Whether the answer must not hold it"
  }
  variable "domain" {
    type        = string
    from        = check.config.domain
    default     = null
    description = "Name whose records are asked for"
  }
  variable "record_type" {
    type        = string
    from        = check.config.resolver_type
    default     = "A"
    description = "Type of the records"
    one_of      = ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"]
  }
  variable "resolver" {
    type        = string
    from        = settings.resolver
    description = "Name server that is asked"
  }
  variable "endpoint" {
    type        = string
    from        = settings.endpoint
    default     = null
    description = "Address of the instance"
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

  locals {
    web = {
      url                  = var.url
      method               = var.method
      encoding             = "json"
      accepted_statuscodes = ["2XX"]
      authMethod           = "none"
      max_redirects        = var.max_redirects
    }
    configs = {
      http         = jsonencode(local.web)
      http-keyword = jsonencode(merge(local.web, { keyword = var.keyword, invert_keyword = var.invert_keyword }))
      dns          = jsonencode({ host = var.domain, resolver_server = var.resolver, port = 53, resolve_type = var.record_type })
      push         = jsonencode({})
    }
    token = one(random_password.push[*].result)
  }

  resource "random_password" "push" {
    count   = var.type == "push" ? 1 : 0
    length  = 32
    special = false
  }

  resource "peekaping_monitor" "this" {
    name             = var.name
    type             = var.type
    interval         = var.interval
    config           = local.configs[var.type]
    push_token       = local.token
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
  output "ping_url" {
    value       = var.type == "push" ? "${trimsuffix(var.endpoint, "/")}/api/v1/push/${local.token}?status=up&msg=OK&ping=" : null
    description = "Address that reports are sent to"
    sensitive   = true
  }
}
