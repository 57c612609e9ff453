provider "peekaping" {
  title         = "Peekaping"
  documentation = "https://docs.peekaping.com"
  source        = "tafaust/peekaping"
  version       = "~> 0.2"

  credential "api_key" {
    description = "API key of the instance"
    environment = ["PEEKAPING_API_KEY"]
    read        = false
  }

  argument "endpoint" { from = settings.endpoint }

  setting "endpoint" {
    type        = string
    default     = null
    description = "Address of the instance, which has to run already"
    pattern     = "^https?://[^/ ]+(/[^ ]*)?$"
    aliases     = ["url"]
    example     = "https://status.example.com"
  }
  setting "interval" {
    type        = number
    default     = 60
    description = "Seconds between two questions to a domain or a custom check that says no other"
    range       = [20, 86400]
    whole       = true
  }
  setting "timeout" {
    type        = number
    default     = null
    description = "Seconds for which an answer is waited for: less than four fifths of the interval"
    range       = [16, 69119]
    example     = 30
    whole       = true
  }
  setting "retries" {
    type        = number
    default     = null
    description = "How often it is asked again before somebody is told"
    range       = [0, 100]
    example     = 3
    whole       = true
  }
  setting "retry_interval" {
    type        = number
    default     = null
    description = "Seconds until it is asked again"
    range       = [20, 86400]
    example     = 60
    whole       = true
  }
  setting "resend_interval" {
    type        = number
    default     = null
    description = "After how many further failures somebody is told again; 0 never does"
    range       = [0, 10000]
    example     = 10
    whole       = true
  }
  setting "notifications" {
    type        = list(string)
    default     = null
    description = "Ids of notifications of the instance that tell of failures; its default ones unless given"
  }
  setting "tags" {
    type        = list(string)
    default     = []
    description = "Ids of tags of the instance that the monitors carry beside the project's own"
  }
  setting "tag_color" {
    type        = string
    default     = "#3B82F6"
    description = "Colour of the project's tag"
    pattern     = "^#[0-9A-Fa-f]{6}$"
    aliases     = ["tag_colour"]
  }
  setting "resolver" {
    type        = string
    default     = "1.1.1.1"
    description = "Address of the name server that is asked for records"
    format      = "ip"
  }
  setting "footer" {
    type        = string
    default     = null
    description = "Text at the foot of the status page"
    length      = [1, 200]
  }
  setting "icon" {
    type        = string
    default     = null
    description = "Address of the status page's picture"
  }

  type "peekaping_monitor" {
    import = id
    leaves_out = {
      active   = "a monitor that isn't wanted is taken out of app.json"
      proxy_id = "the instance asks without a detour"
    }
    argument "interval" { range = [20, 31536000] }
    argument "timeout" { range = [16, 25228800] }
    argument "max_retries" { range = [0, 100] }
    argument "retry_interval" { range = [20, 31536000] }
    argument "resend_interval" { range = [0, 10000] }
  }
  type "peekaping_status_page" {
    import = id
    leaves_out = {
      published = "a page that isn't wanted is taken out of app.json"
    }
    argument "slug" { pattern = "^[a-z0-9]+(-[a-z0-9]+)*$" }
    argument "theme" { one_of = ["auto", "light", "dark"] }
    argument "description" { length = [0, 500] }
    argument "footer_text" { length = [0, 200] }
  }
  type "peekaping_tag" {
    import = id
    argument "color" { pattern = "^#[0-9A-Fa-f]{6}$" }
    argument "description" { length = [0, 200] }
  }
}
