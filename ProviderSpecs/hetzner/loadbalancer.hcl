module "loadbalancer" {
  serves      = "resource"
  title       = "Load balancer"
  description = "Spreads requests over servers, with certificates and health checks"
  aliases     = ["load_balancer", "lb"]
  leaves_out = {
    "hcloud_rdns.primary_ip_id" = "the names are those of the load balancer's own addresses"
  }

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the load balancer"
  }
  variable "load_balancer_type" {
    type        = string
    default     = "lb11"
    aliases     = ["type", "size"]
    description = "Size of the load balancer"
    known       = ["lb11", "lb21", "lb31"]
  }
  variable "location" {
    type        = string
    from        = [config.location, settings.location]
    default     = "nbg1"
    aliases     = ["region"]
    description = "Location of the load balancer; a change replaces it"
    known       = values.locations
  }
  variable "zone" {
    type        = string
    default     = null
    aliases     = ["network_zone"]
    description = "Network zone in which Hetzner chooses the location; a change replaces the load balancer"
    known       = distinct(values(values.network_zones))
  }
  variable "algorithm" {
    type        = string
    default     = "round_robin"
    aliases     = ["algorithm_type"]
    description = "How requests are spread: in turn, or to who has fewest connections"
  }
  variable "network" {
    type        = object({ id = string, subnet_id = optional(string) })
    default     = null
    aliases     = ["vpc", "private_network"]
    refers_to   = "network"
    literal     = "^[0-9]+$"
    description = "Private network over which the servers are reached; their public addresses are used unless given"
  }
  variable "private_ip" {
    type        = string
    default     = null
    aliases     = ["private_address"]
    description = "Address in the private network, a free one unless given; a change makes another"
    format      = "ip"
    pattern     = "^[0-9.]+$"
  }
  variable "public" {
    type        = bool
    default     = true
    aliases     = ["enable_public_interface"]
    description = "Take requests from the internet, not from the private network alone"
  }
  variable "apps" {
    type        = list(string)
    from        = [for app in refs.servers : app.name]
    default     = []
    description = "Apps whose servers take the requests"
  }
  variable "targets" {
    type = list(object({
      label_selector = optional(string)
      server_id      = optional(number)
      ip             = optional(string)
    }))
    default     = []
    aliases     = ["target"]
    description = "Servers that take the requests besides those of apps, each by labels, by id, or by the address of a machine of Hetzner Robot"
    field "label_selector" {
      description = "Labels of the servers, as in role=web"
      length      = [1, 255]
    }
    field "server_id" {
      description = "Id of the server"
      whole       = true
    }
    field "ip" {
      description = "Address of the machine"
      format      = "ip"
    }
  }
  variable "services" {
    type = list(object({
      protocol         = optional(string, "http")
      listen_port      = optional(number)
      destination_port = optional(number)
      proxyprotocol    = optional(bool, false)
      redirect_http    = optional(bool, false)
      certificates     = optional(list(string), [])
      sticky_sessions  = optional(bool, false)
      cookie_name      = optional(string)
      cookie_lifetime  = optional(number)
      timeout_idle     = optional(number)
      health_check = optional(object({
        protocol     = optional(string)
        port         = optional(number)
        interval     = optional(number, 15)
        timeout      = optional(number, 10)
        retries      = optional(number, 3)
        path         = optional(string, "/")
        domain       = optional(string)
        response     = optional(string)
        status_codes = optional(list(string), ["2??", "3??"])
        tls          = optional(bool, false)
      }), {})
    }))
    from        = [config.services, config.certificate_domains == null ? null : [{ protocol = "https", redirect_http = true }]]
    default     = [{}]
    aliases     = ["service"]
    description = "What is served: HTTPS with the managed certificate where there is one, and HTTP on port 80 otherwise"
    field "protocol" {
      description = "Protocol that the load balancer speaks"
      one_of      = ["http", "https", "tcp"]
    }
    field "listen_port" {
      description = "Port of the load balancer, 443 for https and 80 for http unless given"
      range       = [1, 65535]
      whole       = true
    }
    field "destination_port" {
      description = "Port of the servers, 80 for https and the same port otherwise unless given"
      range       = [1, 65535]
      whole       = true
    }
    field "proxyprotocol" { description = "Tell the servers of the visitor's address by the PROXY protocol" }
    field "redirect_http" { description = "Send visitors on port 80 to HTTPS" }
    field "certificates" { description = "Names or ids of certificates in the Hetzner project, besides the managed one" }
    field "sticky_sessions" { description = "Send a visitor to the same server each time" }
    field "cookie_name" { description = "Cookie by which a visitor is known" }
    field "cookie_lifetime" {
      description = "Seconds after which a visitor is forgotten"
      range       = [1, 2147483647]
      whole       = true
    }
    field "timeout_idle" {
      description = "Seconds after which a silent connection is closed"
      range       = [30, 300]
      whole       = true
    }
    field "health_check" {
      description = "How servers are found that work"
      field "protocol" {
        description = "Protocol of the check, tcp for tcp and http otherwise unless given"
        one_of      = ["http", "https", "tcp"]
      }
      field "port" {
        description = "Port of the servers, that of the service unless given"
        range       = [1, 65535]
        whole       = true
      }
      field "interval" {
        description = "Seconds between two checks"
        range       = [3, 60]
        whole       = true
      }
      field "timeout" {
        description = "Seconds to wait for an answer"
        range       = [1, 60]
        whole       = true
      }
      field "retries" {
        description = "Failures after which a server takes no requests"
        range       = [0, 5]
        whole       = true
      }
      field "path" { description = "Path that answers when the app works" }
      field "domain" { description = "Domain that is asked for" }
      field "response" { description = "What the answer holds" }
      field "status_codes" {
        description = "Answers that are right, ? stands for any digit"
        pattern     = "^[1-5?][0-9?][0-9?]$"
      }
      field "tls" { description = "Ask over TLS" }
    }
  }
  variable "certificate_domains" {
    type        = list(string)
    default     = []
    aliases     = ["managed_certificate"]
    description = "Domains of a certificate that Hetzner makes and renews, which have to be in zones of its DNS; a change makes another"
    pattern     = "^([*][.])?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z][a-z0-9-]*[a-z0-9]$"
    example     = ["example.com", "*.example.com"]
  }
  variable "reverse_dns" {
    type        = string
    default     = null
    aliases     = ["rdns", "dns_ptr"]
    description = "Name that the public addresses answer to"
    pattern     = "^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?[.])+[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]$"
    example     = "www.example.com"
  }
  variable "delete_protection" {
    type        = bool
    from        = [config.delete_protection, environment == "production"]
    description = "Refuse to delete the load balancer until this is taken back"
  }
  variable "stack" {
    type        = string
    from        = project.stack
    description = "Label of the servers of this project and environment"
  }
  variable "labels" {
    type        = map(string)
    from        = tags
    description = "Labels of the load balancer and its certificate"
  }

  setting "servers" {
    type        = list(string)
    default     = []
    aliases     = ["apps", "server"]
    refers_to   = "vm"
    description = "Apps whose servers take the requests"
  }

  rule {
    condition = length(var.apps) + length(var.targets) > 0
    message   = "Nothing would answer: name apps in servers, or other machines in targets."
  }
  rule {
    condition = alltrue([for t in var.targets : length([for way in [t.label_selector, tostring(t.server_id), t.ip] : way if way != null]) == 1])
    message   = "A target is given by label_selector, server_id or ip, and by one of them."
  }
  rule {
    condition = length(distinct([for t in var.targets : jsonencode(t)])) == length(var.targets)
    message   = "A target is given twice."
  }
  rule {
    condition = var.network == null || alltrue([for t in var.targets : t.ip == null])
    message   = "Machines that are given by ip are reached at that address: leave network out, or give them by server_id."
  }
  rule {
    condition = var.network != null || var.private_ip == null
    message   = "A private address needs a private network: name it in network."
  }
  rule {
    condition = var.network != null || var.public
    message   = "Nothing reaches a load balancer that is neither public nor in a private network: name one in network."
  }
  rule {
    condition = refs.network == null ? true : refs.network.config.zone == (var.zone == null ? values.network_zones[var.location] : var.zone)
    message   = "The load balancer must be in the network zone of its private network: fsn1, nbg1 and hel1 are in eu-central, ash in us-east, hil in us-west, and sin in ap-southeast."
  }
  rule {
    condition = length(var.services) > 0
    message   = "A load balancer without a service does nothing: leave services out for the usual one."
  }
  rule {
    condition = alltrue([for s in var.services : s.protocol != "tcp" || s.listen_port != null && s.destination_port != null])
    message   = "A service of protocol tcp needs listen_port and destination_port."
  }
  rule {
    condition = length(distinct([
      for s in var.services : s.listen_port == null ? (s.protocol == "https" ? 443 : 80) : s.listen_port
    ])) == length(var.services)
    message = "Two services listen on one port."
  }
  rule {
    condition = alltrue([
      for s in var.services : s.protocol != "https" || length(s.certificates) + length(var.certificate_domains) > 0
    ])
    message = "A service of protocol https needs a certificate: name its domains in certificate_domains, or give certificates."
  }
  rule {
    condition = alltrue([for s in var.services : s.protocol == "https" || length(s.certificates) == 0 && !s.redirect_http])
    message   = "certificates and redirect_http are for services of protocol https."
  }
  rule {
    condition = alltrue([
      for s in var.services : s.protocol != "tcp" || !s.sticky_sessions && s.cookie_name == null && s.cookie_lifetime == null && s.timeout_idle == null
    ])
    message = "Sessions, cookies and timeout_idle are for services of protocol http and https."
  }
  rule {
    condition = alltrue([
      for s in var.services : s.sticky_sessions || s.cookie_name == null && s.cookie_lifetime == null
    ])
    message = "A cookie is set where sticky_sessions is true."
  }
  rule {
    condition = alltrue([for s in var.services : s.health_check.timeout <= s.health_check.interval])
    message   = "The timeout of a health check can't be longer than its interval."
  }
  rule {
    condition = anytrue([for s in var.services : s.protocol == "https"]) || length(var.certificate_domains) == 0
    message   = "Nothing uses the certificate: add a service of protocol https, or leave certificate_domains out."
  }

  locals {
    services = {
      for s in var.services : tostring(s.listen_port == null ? (s.protocol == "https" ? 443 : 80) : s.listen_port) => s
    }
    destinations = {
      for port, s in local.services : port => s.destination_port == null ? (s.protocol == "https" ? 80 : tonumber(port)) : s.destination_port
    }
    targets = merge(
      { for app in var.apps : "label_selector__stack=${var.stack},app=${app}" => { type = "label_selector", value = "stack=${var.stack},app=${app}" } },
      { for t in var.targets : "label_selector__${t.label_selector}" => { type = "label_selector", value = t.label_selector } if t.label_selector != null },
      { for t in var.targets : "server__${t.server_id}" => { type = "server", value = tostring(t.server_id) } if t.server_id != null },
      { for t in var.targets : "ip__${t.ip}" => { type = "ip", value = t.ip } if t.ip != null },
    )
    certificate_names = toset([
      for c in flatten(var.services[*].certificates) : c if !can(tonumber(c))
    ])
  }

  data "hcloud_certificate" "named" {
    for_each = local.certificate_names
    name     = each.value
  }

  resource "hcloud_load_balancer" "this" {
    name               = var.name
    load_balancer_type = var.load_balancer_type
    location           = var.zone == null ? var.location : null
    network_zone       = var.zone
    delete_protection  = var.delete_protection
    labels             = var.labels

    algorithm {
      type = var.algorithm
    }
  }

  resource "hcloud_load_balancer_network" "this" {
    count                   = var.network == null ? 0 : 1
    load_balancer_id        = hcloud_load_balancer.this.id
    network_id              = var.network.id
    ip                      = var.private_ip
    enable_public_interface = var.public
  }

  resource "hcloud_managed_certificate" "this" {
    count        = length(var.certificate_domains) > 0 ? 1 : 0
    name         = var.name
    domain_names = var.certificate_domains
    labels       = var.labels

    lifecycle {
      # The load balancer needs one at any time.
      create_before_destroy = true
    }
  }

  resource "hcloud_load_balancer_service" "this" {
    for_each         = local.services
    load_balancer_id = hcloud_load_balancer.this.id
    protocol         = each.value.protocol
    listen_port      = tonumber(each.key)
    destination_port = local.destinations[each.key]
    proxyprotocol    = each.value.proxyprotocol

    dynamic "http" {
      for_each = each.value.protocol == "tcp" ? [] : [each.value]
      content {
        sticky_sessions = http.value.sticky_sessions
        cookie_name     = http.value.cookie_name
        cookie_lifetime = http.value.cookie_lifetime
        timeout_idle    = http.value.timeout_idle
        redirect_http   = http.value.redirect_http
        certificates = http.value.protocol != "https" ? [] : concat(
          [for c in hcloud_managed_certificate.this : tonumber(c.id)],
          [for c in http.value.certificates : can(tonumber(c)) ? tonumber(c) : data.hcloud_certificate.named[c].id],
        )
      }
    }

    health_check {
      protocol = each.value.health_check.protocol != null ? each.value.health_check.protocol : each.value.protocol == "tcp" ? "tcp" : "http"
      port     = each.value.health_check.port != null ? each.value.health_check.port : local.destinations[each.key]
      interval = each.value.health_check.interval
      timeout  = each.value.health_check.timeout
      retries  = each.value.health_check.retries

      dynamic "http" {
        for_each = (each.value.health_check.protocol != null ? each.value.health_check.protocol : each.value.protocol) == "tcp" ? [] : [each.value.health_check]
        content {
          path         = http.value.path
          domain       = http.value.domain
          response     = http.value.response
          status_codes = http.value.status_codes
          tls          = http.value.tls
        }
      }
    }
  }

  resource "hcloud_load_balancer_target" "this" {
    for_each         = local.targets
    load_balancer_id = hcloud_load_balancer.this.id
    type             = each.value.type
    label_selector   = each.value.type == "label_selector" ? each.value.value : null
    server_id        = each.value.type == "server" ? tonumber(each.value.value) : null
    ip               = each.value.type == "ip" ? each.value.value : null
    use_private_ip   = each.value.type == "ip" ? null : var.network != null

    # Private addresses can be used once the load balancer is in their network.
    depends_on = [hcloud_load_balancer_network.this]
  }

  resource "hcloud_rdns" "ipv4" {
    count            = var.reverse_dns == null ? 0 : 1
    load_balancer_id = hcloud_load_balancer.this.id
    ip_address       = hcloud_load_balancer.this.ipv4
    dns_ptr          = var.reverse_dns
  }

  resource "hcloud_rdns" "ipv6" {
    count            = var.reverse_dns == null ? 0 : 1
    load_balancer_id = hcloud_load_balancer.this.id
    ip_address       = hcloud_load_balancer.this.ipv6
    dns_ptr          = var.reverse_dns
  }

  output "id" {
    value       = hcloud_load_balancer.this.id
    description = "Id of the load balancer"
  }
  output "name" {
    value       = hcloud_load_balancer.this.name
    description = "Name of the load balancer"
  }
  output "ip_address" {
    value       = hcloud_load_balancer.this.ipv4
    description = "Public IPv4 address"
  }
  output "ipv6_address" {
    value       = hcloud_load_balancer.this.ipv6
    description = "Public IPv6 address"
  }
  output "private_ip" {
    value       = one(hcloud_load_balancer_network.this[*].ip)
    existing    = data.hcloud_load_balancer.this[0].network_ip
    description = "Address in the private network, null without one"
  }
  output "dns_records" {
    value = [
      { type = "A", value = hcloud_load_balancer.this.ipv4 },
      { type = "AAAA", value = hcloud_load_balancer.this.ipv6 },
    ]
    description = "What domains behind it point to"
  }

  existing "hcloud_load_balancer" "this" {
    id   = var.existing_id
    name = var.existing_id == null ? var.name : null
  }

  price "load_balancer" {
    amount = contains(["fsn1", "hel1", "nbg1"], var.location) ? prices.load_balancer[var.load_balancer_type] : null
  }
}
