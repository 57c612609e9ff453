module "loadbalancer" {
  serves      = "resource"
  title       = "Load balancer"
  description = "Spreads requests over the machines that carry a tag, the project's own unless given"
  aliases     = ["load_balancer", "load-balancer", "lb"]
  leaves_out = {
    "digitalocean_loadbalancer.ip"                   = "DigitalOcean chooses the address"
    "digitalocean_loadbalancer.size"                 = "the older way to say size_unit"
    "digitalocean_loadbalancer.sticky_sessions.type" = "cookies, where sessions stick"
  }

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the load balancer"
  }
  variable "type" {
    type        = string
    default     = "REGIONAL"
    description = "Where it stands: REGIONAL for HTTP and TCP in one datacenter, REGIONAL_NETWORK for TCP and UDP as they come, GLOBAL in front of load balancers in several"
    also        = { regional = "REGIONAL", regional_network = "REGIONAL_NETWORK", global = "GLOBAL", network = "REGIONAL_NETWORK" }
  }
  variable "region" {
    type        = string
    from        = [config.region, refs.vpc.config.region, settings.region]
    default     = "lon1"
    aliases     = ["location"]
    description = "Datacenter of the load balancer; a global one has none"
    known       = values.regions
  }
  variable "size" {
    type        = number
    default     = 1
    aliases     = ["size_unit", "nodes"]
    description = "Number of nodes"
  }
  variable "vpc" {
    type        = object({ id = string })
    from        = [config.vpc, inputs.type == "GLOBAL" ? null : inputs.region]
    default     = null
    aliases     = ["network", "vpc_uuid"]
    refers_to   = "vpc"
    implies     = "vpc"
    literal     = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
    description = "Private network in which the machines are reached, the project's in that datacenter unless given"
  }
  variable "subnet_uuid" {
    type        = string
    default     = null
    aliases     = ["subnet"]
    description = "Id of the subnet of the private network that it joins"
    pattern     = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
  }
  variable "droplet_tag" {
    type        = string
    from        = [config.droplet_tag, config.droplet_ids == null && inputs.type != "GLOBAL" ? "stack:${project.stack}" : null]
    default     = null
    aliases     = ["tag", "target_tag"]
    description = "Tag of the machines that answer, that of all the project's in this environment unless given"
    pattern     = "^[a-zA-Z0-9:_-]{1,255}$"
    example     = "web"
  }
  variable "droplet_ids" {
    type        = set(number)
    default     = null
    description = "Ids of machines outside of the project that answer, in place of a tag"
  }
  variable "target_load_balancer_ids" {
    type        = set(string)
    default     = null
    description = "Ids of the load balancers that a global one stands in front of"
    pattern     = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
  }
  variable "certificate" {
    type        = object({ name = string })
    default     = null
    aliases     = ["certificate_name"]
    refers_to   = "certificate"
    literal     = "^[a-zA-Z0-9][a-zA-Z0-9._-]*$"
    description = "Certificate of the rules that name none: one of the project, or the name of one in the account"
  }
  variable "port" {
    type        = number
    default     = 80
    aliases     = ["target_port"]
    description = "Port of the machines, where no rules are given"
    range       = [1, 65535]
    whole       = true
  }
  variable "rules" {
    type = list(object({
      entry_port       = number
      entry_protocol   = optional(string)
      target_port      = optional(number)
      target_protocol  = optional(string)
      certificate_name = optional(string)
      tls_passthrough  = optional(bool, false)
    }))
    default     = []
    aliases     = ["forwarding_rules", "forwarding_rule"]
    description = "What is passed on to where: ports 80, and 443 where there is a certificate, unless given"
    field "entry_port" {
      description = "Port of the load balancer"
      range       = [1, 65535]
      whole       = true
    }
    field "entry_protocol" {
      description = "Protocol at the load balancer, http at port 80, https at 443 and tcp elsewhere unless given"
      one_of      = ["http", "https", "http2", "http3", "tcp", "udp"]
    }
    field "target_port" {
      description = "Port of the machines, the common one unless given"
      range       = [1, 65535]
      whole       = true
    }
    field "target_protocol" {
      description = "Protocol of the machines, http behind http and https unless given"
      one_of      = ["http", "https", "http2", "tcp", "udp"]
    }
    field "certificate_name" { description = "Name of the certificate in the account, the common one unless given" }
    field "tls_passthrough" { description = "Leave TLS to the machines" }
  }
  variable "health_check_path" {
    type        = string
    default     = "/"
    description = "Path that answers when a machine works"
    pattern     = "^/"
  }
  variable "health_check" {
    type = object({
      protocol  = optional(string)
      port      = optional(number)
      interval  = optional(number, 10)
      timeout   = optional(number, 5)
      successes = optional(number, 5)
      failures  = optional(number, 3)
    })
    default     = {}
    aliases     = ["healthcheck"]
    description = "How the load balancer learns that a machine can serve"
    field "protocol" {
      description = "Protocol of the question: http, https or tcp, as the first rule has it unless given"
      one_of      = ["http", "https", "tcp"]
    }
    field "port" {
      description = "Port that is asked, that of the first rule unless given"
      range       = [1, 65535]
      whole       = true
    }
    field "interval" { description = "Seconds between two questions" }
    field "timeout" { description = "Seconds that an answer may take" }
    field "successes" { description = "Answers after which a machine can serve" }
    field "failures" { description = "Failures after which it can't" }
  }
  variable "sticky_sessions" {
    type = object({
      enabled = optional(bool, true)
      cookie  = optional(string, "lb")
      ttl     = optional(number, 300)
    })
    default     = { enabled = false }
    description = "Lead a visitor to the same machine each time"
    field "cookie" { description = "Name of the cookie that remembers the machine" }
    field "ttl" {
      description = "Seconds that it is remembered"
      whole       = true
    }
  }
  variable "redirect_http_to_https" {
    type        = bool
    from        = [config.redirect_http_to_https, config.certificate == null ? null : inputs.type != "REGIONAL_NETWORK"]
    default     = false
    description = "Lead visitors from http to https, as where there is a certificate"
  }
  variable "http_idle_timeout" {
    type        = number
    default     = null
    aliases     = ["http_idle_timeout_seconds", "idle_timeout"]
    description = "Seconds after which an idle connection is closed"
    range       = [30, 600]
  }
  variable "backend_keepalive" {
    type        = bool
    default     = false
    aliases     = ["enable_backend_keepalive"]
    description = "Keep connections to the machines open between requests"
  }
  variable "proxy_protocol" {
    type        = bool
    default     = false
    aliases     = ["enable_proxy_protocol"]
    description = "Tell the machines the visitor's address by the PROXY protocol, which they must speak"
  }
  variable "lets_encrypt_records" {
    type        = bool
    default     = true
    description = "Let DigitalOcean write the DNS records of domains that Let's Encrypt certifies"
  }
  variable "tls_cipher_policy" {
    type        = string
    default     = null
    description = "Ciphers that visitors may use"
    also        = { default = "DEFAULT", strong = "STRONG" }
  }
  variable "firewall" {
    type = object({
      allow = optional(list(string), [])
      deny  = optional(list(string), [])
    })
    default     = null
    description = "Who may connect, as ip:203.0.113.7 or cidr:203.0.113.0/24; everybody unless given"
    field "allow" {
      description = "Addresses that may connect, and no others"
      pattern     = "^(ip|cidr):[0-9a-fA-F.:]+(/[0-9]{1,3})?$"
    }
    field "deny" {
      description = "Addresses that may not connect"
      pattern     = "^(ip|cidr):[0-9a-fA-F.:]+(/[0-9]{1,3})?$"
    }
  }
  variable "is_internal" {
    type        = bool
    default     = false
    aliases     = ["internal"]
    description = "Answer in the private network alone"
  }
  variable "network_stack" {
    type        = string
    default     = null
    description = "Whether it answers by IPv4 alone, or by IPv6 as well"
    also        = { ipv4 = "IPV4", dualstack = "DUALSTACK" }
  }
  variable "domains" {
    type = list(object({
      name             = string
      is_managed       = optional(bool, false)
      certificate_name = optional(string)
    }))
    default     = []
    description = "Domains of a global load balancer"
    field "name" {
      description = "Name of the domain"
      pattern     = "^([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\\.)+[a-z0-9][a-z0-9-]*[a-z0-9]$"
      example     = "www.example.com"
    }
    field "is_managed" { description = "Whether its zone is at DigitalOcean, which then writes the records and gets the certificate" }
    field "certificate_name" { description = "Name of the certificate in the account" }
  }
  variable "global" {
    type = object({
      target_protocol    = optional(string, "http")
      target_port        = optional(number, 80)
      failover_threshold = optional(number)
      region_priorities  = optional(map(number))
      cdn                = optional(bool, false)
    })
    default     = null
    aliases     = ["glb_settings"]
    description = "What a global load balancer does"
    field "target_protocol" { description = "Protocol of what stands behind it" }
    field "target_port" { description = "Port of what stands behind it" }
    field "failover_threshold" { description = "Percentage of machines in a datacenter that must fail before another one answers" }
    field "region_priorities" { description = "Datacenters and their order, the lowest number first" }
    field "cdn" { description = "Cache answers close to the visitors" }
  }
  variable "project_id" {
    type        = string
    default     = null
    description = "Id of the DigitalOcean project that the load balancer stands in, that of the rest of the project unless given"
    pattern     = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
  }

  rule {
    condition = refs.vpc == null || var.type == "GLOBAL" ? true : refs.vpc.config.region == var.region
    message   = "The load balancer and its private network must be in one region: leave out region, and the load balancer follows its network."
  }
  rule {
    condition = var.droplet_tag == null || var.droplet_ids == null
    message   = "Machines are named by a tag or by ids: leave out droplet_tag or droplet_ids."
  }
  rule {
    condition = (var.type == "GLOBAL") == (var.global != null)
    message   = "A global load balancer has settings of its own, and no other has them: give both type GLOBAL and global, or neither."
  }
  rule {
    condition = var.type != "GLOBAL" || length(var.rules) == 0
    message   = "A global load balancer has no rules: say in global what it passes on to where."
  }
  rule {
    condition = var.type == "GLOBAL" || length(var.domains) == 0 && var.target_load_balancer_ids == null
    message   = "Only a global load balancer has domains, and load balancers behind it: set type to GLOBAL."
  }
  rule {
    condition = var.type == "REGIONAL_NETWORK" || alltrue([for r in var.rules : r.entry_protocol != "udp" || r.target_protocol == null || r.target_protocol == "udp"])
    message   = "UDP is passed on as UDP alone."
  }
  rule {
    condition = var.type != "REGIONAL_NETWORK" || alltrue([for r in var.rules : r.entry_protocol == null || contains(["tcp", "udp"], coalesce(r.entry_protocol, "tcp"))])
    message   = "A network load balancer passes on TCP and UDP as they come: leave HTTP and TLS to the machines, or set type to REGIONAL."
  }
  rule {
    condition = var.certificate != null || var.type == "GLOBAL" || alltrue([for r in var.rules : r.certificate_name != null || r.tls_passthrough || !(contains(["https", "http2", "http3"], coalesce(r.entry_protocol, r.entry_port == 443 ? "https" : "tcp")))])
    message   = "A rule for https needs a certificate: give certificate, or tls_passthrough where the machines have it."
  }
  rule {
    condition = alltrue([for r in var.rules : !r.tls_passthrough || r.certificate_name == null])
    message   = "A rule leaves TLS to the machines, or has a certificate: not both."
  }
  rule {
    condition = length(distinct([for r in var.rules : "${r.entry_port} ${r.entry_protocol == "udp"}"])) == length(var.rules)
    message   = "Two rules have one port of the load balancer."
  }
  rule {
    condition = !var.redirect_http_to_https || var.certificate != null || anytrue([for r in var.rules : r.certificate_name != null || r.tls_passthrough])
    message   = "Nothing answers https, so http can't be led there: give a certificate, or leave out redirect_http_to_https."
  }
  rule {
    condition = var.subnet_uuid == null || var.vpc != null
    message   = "A subnet belongs to a private network: name it in vpc as well."
  }
  rule {
    condition = var.health_check.timeout <= var.health_check.interval
    message   = "A question of the health check would begin before the last one ended: make its interval longer than its timeout."
  }

  locals {
    is_global = var.type == "GLOBAL"
    # Behind a network load balancer the connection ends at the machines.
    is_network = var.type == "REGIONAL_NETWORK"
    given = length(var.rules) > 0 ? var.rules : concat(
      [{ entry_port = 80, entry_protocol = null, target_port = null, target_protocol = null, certificate_name = null, tls_passthrough = false }],
      [for c in var.certificate[*] : { entry_port = 443, entry_protocol = null, target_port = null, target_protocol = null, certificate_name = null, tls_passthrough = false } if !local.is_network],
    )
    rules = local.is_global ? [] : [
      for r in local.given : merge(r, {
        entry_protocol = coalesce(r.entry_protocol, local.is_network ? "tcp" : r.entry_port == 80 ? "http" : r.entry_port == 443 ? "https" : "tcp")
      })
    ]
    forwarding = [
      for r in local.rules : merge(r, {
        is_secure       = contains(["https", "http2", "http3"], r.entry_protocol)
        target_port     = coalesce(r.target_port, var.port)
        target_protocol = coalesce(r.target_protocol, r.tls_passthrough ? "https" : contains(["tcp", "udp"], r.entry_protocol) ? r.entry_protocol : "http")
      })
    ]
    # UDP has no answer to wait for.
    asked    = local.is_global ? var.global.target_protocol : contains(["tcp", "udp"], local.forwarding[0].target_protocol) ? "tcp" : local.forwarding[0].target_protocol == "https" ? "https" : "http"
    protocol = coalesce(var.health_check.protocol, local.asked)
  }

  resource "digitalocean_loadbalancer" "this" {
    name                             = var.name
    type                             = var.type
    region                           = local.is_global ? null : var.region
    size_unit                        = local.is_global ? null : var.size
    vpc_uuid                         = one(var.vpc[*].id)
    subnet_uuid                      = var.subnet_uuid
    network                          = var.is_internal ? "INTERNAL" : null
    network_stack                    = var.network_stack
    droplet_tag                      = var.droplet_tag
    droplet_ids                      = var.droplet_ids
    target_load_balancer_ids         = var.target_load_balancer_ids
    redirect_http_to_https           = var.redirect_http_to_https
    http_idle_timeout_seconds        = var.http_idle_timeout
    enable_backend_keepalive         = var.backend_keepalive
    enable_proxy_protocol            = var.proxy_protocol
    disable_lets_encrypt_dns_records = !var.lets_encrypt_records
    tls_cipher_policy                = var.tls_cipher_policy
    project_id                       = var.project_id

    dynamic "forwarding_rule" {
      for_each = local.forwarding
      content {
        entry_port       = forwarding_rule.value.entry_port
        entry_protocol   = forwarding_rule.value.entry_protocol
        target_port      = forwarding_rule.value.target_port
        target_protocol  = forwarding_rule.value.target_protocol
        tls_passthrough  = forwarding_rule.value.tls_passthrough
        certificate_name = forwarding_rule.value.is_secure && !forwarding_rule.value.tls_passthrough ? coalesce(forwarding_rule.value.certificate_name, one(var.certificate[*].name)) : null
      }
    }

    healthcheck {
      protocol                 = local.protocol
      port                     = coalesce(var.health_check.port, local.is_global ? var.global.target_port : local.forwarding[0].target_port)
      path                     = local.protocol == "tcp" ? null : var.health_check_path
      check_interval_seconds   = var.health_check.interval
      response_timeout_seconds = var.health_check.timeout
      healthy_threshold        = var.health_check.successes
      unhealthy_threshold      = var.health_check.failures
    }

    dynamic "sticky_sessions" {
      for_each = var.sticky_sessions.enabled ? [var.sticky_sessions] : []
      content {
        type               = "cookies"
        cookie_name        = sticky_sessions.value.cookie
        cookie_ttl_seconds = sticky_sessions.value.ttl
      }
    }
    dynamic "firewall" {
      for_each = var.firewall[*]
      content {
        allow = firewall.value.allow
        deny  = firewall.value.deny
      }
    }
    dynamic "domains" {
      for_each = var.domains
      content {
        name             = domains.value.name
        is_managed       = domains.value.is_managed
        certificate_name = domains.value.certificate_name
      }
    }
    dynamic "glb_settings" {
      for_each = var.global[*]
      content {
        target_protocol    = glb_settings.value.target_protocol
        target_port        = glb_settings.value.target_port
        failover_threshold = glb_settings.value.failover_threshold
        region_priorities  = glb_settings.value.region_priorities
        cdn {
          is_enabled = glb_settings.value.cdn
        }
      }
    }
  }

  output "id" {
    value       = digitalocean_loadbalancer.this.id
    description = "Id of the load balancer"
  }
  output "urn" {
    value       = digitalocean_loadbalancer.this.urn
    description = "Uniform resource name of the load balancer"
  }
  output "name" {
    value       = digitalocean_loadbalancer.this.name
    description = "Name of the load balancer"
  }
  output "ip_address" {
    value       = digitalocean_loadbalancer.this.ip
    description = "Public IPv4 address, or the private one of an internal load balancer"
  }
  output "ipv6_address" {
    value       = digitalocean_loadbalancer.this.ipv6
    description = "Public IPv6 address, empty without one"
  }

  existing "digitalocean_loadbalancer" "this" {
    id   = var.existing_id
    name = var.existing_id == null ? var.name : null
  }

  price "nodes" {
    amount = var.type == "GLOBAL" ? prices.flat.loadbalancer_global : var.size * (var.type == "REGIONAL" ? prices.flat.loadbalancer_node : prices.flat.loadbalancer_network_node)
  }
}
