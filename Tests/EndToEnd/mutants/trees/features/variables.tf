variable "digitalocean_token" {
  type      = string
  sensitive = true
  ephemeral = true
  default   = ""
}

variable "hcloud_token" {
  description = "The token of Hetzner Cloud"
  type        = string
  sensitive   = true
  nullable    = false
}

variable "poll_seconds" {
  type    = number
  default = 1

  validation {
    condition     = var.poll_seconds > 0 && floor(var.poll_seconds) == var.poll_seconds
    error_message = "A whole number of seconds, not ${var.poll_seconds}."
  }
  validation {
    condition     = var.poll_seconds <= 60
    error_message = "At most a minute."
  }
}

variable "servers" {
  type = map(object({
    type    = optional(string, "cx22")
    image   = string
    volumes = optional(list(object({ size = number, format = optional(string) })), [])
    labels  = optional(map(string), {})
    backups = optional(bool, false)
  }))
  default = {
    web = { image = "debian-12" }
    db = {
      image   = "debian-12"
      type    = "cx32"
      volumes = [{ size = 20 }, { size = 40, format = "ext4" }]
    }
  }
}

variable "networks" {
  type    = set(string)
  default = ["10.0.1.0/24", "10.0.2.0/24"]
}

variable "pair" {
  type    = tuple([string, number])
  default = ["a", 1]
}

variable "anything" {
  type    = any
  default = { list = [1, "two", false] }
}

variable "admin_keys" {
  type     = list(string)
  default  = null
  nullable = true
}
