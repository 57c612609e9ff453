module "vm" {
  serves      = "app"
  title       = "Server"
  description = "Virtual machine of an app, reached by key alone, with a firewall and addresses of its own"
  aliases     = ["server", "cloud_server"]
  members     = "host"
  leaves_out = {
    "hcloud_firewall.rule.direction" = "ports that are open and what may be reached are settings of their own"
    "hcloud_primary_ip.auto_delete"  = "the addresses outlive the server"
    "hcloud_primary_ip.type"         = "ipv4 and ipv6 are settings of their own"
    "hcloud_rdns.load_balancer_id"   = "the names are those of the server's addresses"
  }

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the server"
  }
  variable "app" {
    type        = string
    from        = item.name
    default     = null
    description = "Name of the app, by which load balancers find the server"
  }
  variable "server_type" {
    type        = string
    default     = "cx23"
    aliases     = ["size", "instance_size", "instance_size_slug"]
    description = "Size of the server; a change turns it off for some minutes"
    known       = concat(keys(prices.server), values.unpriced_server_types)
    retired = {
      ccx11 = "ccx13"
      ccx12 = "ccx13"
      ccx21 = "ccx23"
      ccx22 = "ccx23"
      ccx31 = "ccx33"
      ccx32 = "ccx33"
      ccx41 = "ccx43"
      ccx42 = "ccx43"
      ccx51 = "ccx53"
      ccx52 = "ccx53"
      ccx62 = "ccx63"
      cx11  = "cx23"
      cx21  = "cx23"
      cx22  = "cx23"
      cx31  = "cx33"
      cx32  = "cx33"
      cx41  = "cx43"
      cx42  = "cx43"
      cx51  = "cx53"
      cx52  = "cx53"
    }
  }
  variable "location" {
    type        = string
    from        = [config.location, config.datacenter == null ? null : split("-", config.datacenter)[0], settings.location]
    default     = "nbg1"
    aliases     = ["region"]
    description = "Location of the server and its addresses; a change replaces them"
    known       = values.locations
  }
  variable "image" {
    type        = string
    default     = "ubuntu-24.04"
    aliases     = ["os_image"]
    description = "Operating system of a new server"
  }
  variable "network" {
    type        = object({ id = string, subnet_id = optional(string) })
    default     = null
    aliases     = ["vpc", "private_network"]
    refers_to   = "network"
    literal     = "^[0-9]+$"
    description = "Private network of the server, none unless given"
  }
  variable "private_ip" {
    type        = string
    default     = null
    aliases     = ["private_address"]
    description = "Address of the server in the private network, a free one unless given"
    format      = "ip"
    pattern     = "^[0-9.]+$"
  }
  variable "alias_ips" {
    type        = list(string)
    default     = []
    description = "Further addresses of the server in the private network"
    format      = "ip"
    pattern     = "^[0-9.]+$"
  }
  variable "ssh_keys" {
    type        = list(string)
    from        = [config.ssh_keys, settings.ssh_keys]
    default     = []
    aliases     = ["ssh_key_names"]
    description = "Who may log in: names of keys in the Hetzner project, or public keys"
    example     = ["laptop"]
  }
  variable "ssh_addresses" {
    type        = list(string)
    default     = ["0.0.0.0/0", "::/0"]
    description = "Addresses that may log in"
    format      = "cidr"
  }
  variable "open_ports" {
    type = list(object({
      port        = optional(string)
      protocol    = optional(string, "tcp")
      addresses   = optional(list(string), ["0.0.0.0/0", "::/0"])
      description = optional(string)
    }))
    default     = []
    description = "Ports that are open besides 22, 80 and 443; a server that runs already has to be told of another one by ufw allow"
    field "port" {
      description = "Port, range of ports as in 8000-8999, or any; none where the protocol has no ports"
      pattern     = "^([0-9]{1,5}(-[0-9]{1,5})?|any)$"
    }
    field "protocol" {
      description = "Protocol of the port"
      one_of      = ["tcp", "udp", "icmp", "esp", "gre"]
    }
    field "addresses" {
      description = "Addresses that may connect"
      format      = "cidr"
    }
    field "description" {
      description = "What the port is for"
      length      = [0, 255]
    }
  }
  variable "outbound_ports" {
    type = list(object({
      port        = optional(string)
      protocol    = optional(string, "tcp")
      addresses   = optional(list(string), ["0.0.0.0/0", "::/0"])
      description = optional(string)
    }))
    default     = []
    description = "What the server may reach, everything unless given; names and time need port 53 and 123 of udp"
    field "port" {
      description = "Port, range of ports as in 8000-8999, or any; none where the protocol has no ports"
      pattern     = "^([0-9]{1,5}(-[0-9]{1,5})?|any)$"
    }
    field "protocol" {
      description = "Protocol of the port"
      one_of      = ["tcp", "udp", "icmp", "esp", "gre"]
    }
    field "addresses" {
      description = "Addresses that the server may reach"
      format      = "cidr"
    }
    field "description" {
      description = "What is there"
      length      = [0, 255]
    }
  }
  variable "backups" {
    type        = bool
    default     = false
    description = "Daily backups of the whole disk, for a fifth of the server's price"
  }
  variable "ipv4" {
    type        = bool
    default     = true
    description = "Give the server a public IPv4 address, which outlives it"
  }
  variable "ipv6" {
    type        = bool
    default     = true
    description = "Give the server public IPv6 addresses, which outlive it"
  }
  variable "reverse_dns" {
    type        = string
    default     = null
    aliases     = ["rdns", "dns_ptr"]
    description = "Name that the public addresses answer to, as servers of mail need it"
    pattern     = "^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?[.])+[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]$"
    example     = "mail.example.com"
  }
  variable "placement_group" {
    type        = object({ id = string })
    default     = null
    refers_to   = "placement_group"
    literal     = "^[0-9]+$"
    description = "Placement group of the server, none unless given"
  }
  variable "keep_disk" {
    type        = bool
    default     = false
    description = "Leave the disk as it is when the size changes, so that the server can become smaller again"
  }
  variable "shutdown_before_deletion" {
    type        = bool
    default     = true
    aliases     = ["graceful_shutdown"]
    description = "Let the server end its work before it is deleted"
  }
  variable "delete_protection" {
    type        = bool
    from        = [config.delete_protection, environment == "production"]
    aliases     = ["rebuild_protection"]
    description = "Refuse to delete or replace the server and its addresses until this is taken back"
  }
  variable "rebuild" {
    type        = number
    default     = 0
    description = "Any other number replaces the server by a new one, with the present image and keys, at the same addresses"
    whole       = true
  }
  variable "apps" {
    type = map(object({
      image             = optional(string)
      port              = number
      health_check_path = optional(string, "/")
      domains           = optional(list(string), [])
    }))
    from        = members
    default     = {}
    description = "Apps on the server"
    field "image" {
      from        = [config.container_image, lower("ghcr.io/${project.repo.owner}/${project.repo.name}-${item.name}:latest")]
      description = "Container image that is run until a deployment names another one"
      pattern     = "^[a-z0-9]([a-z0-9._/:-]*[a-z0-9])?(:[a-zA-Z0-9._-]+)?(@sha256:[0-9a-f]{64})?$"
    }
    field "port" {
      from        = [config.port, app.build.port, 3000]
      description = "Port that the app listens on"
      range       = [1, 65535]
    }
    field "health_check_path" {
      from        = [config.health_check_path, app.build.health_check_path]
      description = "Path that answers when the app works"
      pattern     = "^/[a-zA-Z0-9._~/?=&+,:@-]*$"
    }
    field "domains" {
      from        = flatten([for d in app.domains : d.wildcard ? [d.name, "*.${d.name}"] : [d.name] if d.type != "unmanaged"])
      description = "Domains of the app in this environment"
    }
  }
  variable "https" {
    type        = bool
    default     = true
    description = "Serve the domains over HTTPS, with certificates that renew themselves"
  }
  variable "admin_email" {
    type        = string
    default     = null
    description = "Address that hears of certificates which can't be renewed"
    format      = "email"
  }
  variable "env" {
    type        = map(map(object({ value = string, secret = optional(bool, false), scope = optional(string, "run") })))
    from        = { for m in members : m.name => m.env }
    default     = {}
    description = "Environment variables of each app on the server"
  }
  variable "labels" {
    type        = map(string)
    from        = tags
    description = "Labels of the server and what belongs to it"
  }

  setting "datacenter" {
    type        = string
    default     = null
    description = "Datacenter of the server, which Hetzner chooses by now"
    deprecated  = "use location"
  }
  setting "host" {
    type        = string
    default     = null
    description = "App on whose server this one runs, instead of one of its own"
  }
  setting "container_image" {
    type        = string
    default     = null
    description = "Container image of the app, the repository's own in GHCR unless given"
    example     = "ghcr.io/owner/name:latest"
  }
  setting "domains" {
    type = list(object({
      name     = string
      type     = optional(string)
      wildcard = optional(bool, false)
      zone     = optional(string)
    }))
    default     = null
    description = "Domains of the app in this environment; those of the app itself belong to production"
    field "name" {
      description = "Name of the domain"
      pattern     = "^([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\\.)+[a-z0-9][a-z0-9-]*[a-z0-9]$"
      example     = "www.example.com"
    }
    field "type" {
      description = "The one primary domain, an alias of it, or one that nothing here manages"
      one_of      = ["primary", "alias", "unmanaged"]
    }
    field "wildcard" { description = "Serve all subdomains as well, without HTTPS" }
    field "zone" { description = "DNS zone in which the records are written" }
  }
  setting "port" {
    type        = number
    default     = null
    aliases     = ["http_port"]
    description = "Port that the app listens on, that of its build or 3000 unless given"
    whole       = true
  }
  setting "health_check_path" {
    type        = string
    default     = null
    description = "Path that answers when the app works, that of its build or / unless given"
  }

  rule {
    condition = refs.network == null ? true : values.network_zones[var.location] == refs.network.config.zone
    message   = "The server's location must be in the network zone of its private network: fsn1, nbg1 and hel1 are in eu-central, ash in us-east, hil in us-west, and sin in ap-southeast."
  }
  rule {
    condition = refs.network == null || var.private_ip == null ? true : (
      cidrhost("${var.private_ip}/${split("/", refs.network.config.ip_range)[1]}", 0) == cidrhost(refs.network.config.ip_range, 0)
    )
    message = "private_ip must be an address of the private network."
  }
  rule {
    condition = var.network != null || var.private_ip == null && length(var.alias_ips) == 0
    message   = "A private address needs a private network: name it in network."
  }
  rule {
    condition = var.ipv4 || var.ipv6 || var.network != null
    message   = "Without a public address the server needs a private network: name it in network, or leave ipv4 or ipv6 on."
  }
  rule {
    condition = var.reverse_dns == null || var.ipv4 || var.ipv6
    message   = "reverse_dns is the name of a public address, and the server has none."
  }
  rule {
    condition = alltrue([for key in var.ssh_keys : !strcontains(key, "PRIVATE KEY")])
    message   = "This is a private key, which belongs in no file of the project: give the public one, and make a new pair."
  }
  rule {
    condition = alltrue([for p in concat(var.open_ports, var.outbound_ports) : contains(["tcp", "udp"], p.protocol) == (p.port != null)])
    message   = "A port belongs to tcp and udp, which need one, and not to other protocols."
  }
  rule {
    condition = alltrue(flatten([
      for p in concat(var.open_ports, var.outbound_ports) : p.port == null || p.port == "any" ? [] : [
        for n in split("-", p.port) : tonumber(n) >= 1 && tonumber(n) <= 65535
      ]
    ]))
    message = "Ports are 1 to 65535."
  }
  rule {
    condition = alltrue([
      for p in concat(var.open_ports, var.outbound_ports) : p.port == null || p.port == "any" ? true :
      tonumber(split("-", p.port)[0]) <= tonumber(reverse(split("-", p.port))[0])
    ])
    message = "A range of ports begins with its smaller one."
  }
  rule {
    severity  = "warning"
    condition = alltrue([for a in var.apps : a.image != null])
    message   = "Nothing runs this app: give container_image, or project.repo, whose image is taken."
  }
  rule {
    condition = length(distinct([for a in var.apps : a.port])) == length(var.apps)
    message   = "Two apps on this server listen on one port: give each a port of its own."
  }
  rule {
    condition = !var.https || alltrue(flatten([for a in var.apps : [for d in a.domains : !startswith(d, "*.")]]))
    message   = "A server can't get a certificate for a wildcard: name the subdomains, or set https to false."
  }
  rule {
    severity  = "warning"
    condition = length(var.ssh_keys) > 0
    message   = "Nobody can log in to this server: name its keys in ssh_keys, here or in the settings of the provider."
  }
  rule {
    severity  = "warning"
    condition = !can(regex("^(cx|cax)[0-9]+$", var.server_type)) || contains(["fsn1", "hel1", "nbg1"], var.location)
    message   = "Server types that begin with cx or cax are offered in fsn1, nbg1 and hel1 only; cpx and ccx are elsewhere too."
  }
  rule {
    severity  = "warning"
    condition = !can(regex("^cpx[1-5]1$", var.server_type)) || !contains(["fsn1", "hel1", "nbg1"], var.location)
    message   = "Server types cpx11 to cpx51 can't be ordered in fsn1, nbg1 and hel1 any more; cpx12 to cpx52 take their place there."
  }

  locals {
    public_keys = [for key in var.ssh_keys : trimspace(key) if anytrue([for kind in local.key_kinds : startswith(key, kind)])]
    key_names   = [for key in var.ssh_keys : key if !anytrue([for kind in local.key_kinds : startswith(key, kind)])]
    key_kinds   = ["ssh-", "ecdsa-", "sk-"]
    authorized_keys = sort(distinct(concat(
      local.public_keys,
      [for key in data.hcloud_ssh_key.named : trimspace(key.public_key)],
    )))

    labels    = merge(var.labels, { for app in var.app[*] : "app" => app })
    everybody = ["0.0.0.0/0", "::/0"]
    inbound_rules = concat(
      [
        { port = "22", protocol = "tcp", addresses = var.ssh_addresses, description = "SSH" },
        { port = "80", protocol = "tcp", addresses = local.everybody, description = "HTTP" },
        { port = "443", protocol = "tcp", addresses = local.everybody, description = "HTTPS" },
        { port = null, protocol = "icmp", addresses = local.everybody, description = "Ping, and sizes of packets" },
      ],
      var.open_ports,
    )
  }

  locals {
    user_data = templatefile("${path.module}/templates/cloud-init.yaml.tftpl", {
      folder      = "${path.module}/templates"
      hostname    = var.name
      keys        = local.authorized_keys
      apps        = { for name, app in var.apps : name => app if app.image != null }
      ports       = [for rule in local.inbound_rules : merge(rule, { port = rule.port == "any" ? "1-65535" : rule.port }) if rule.protocol != "icmp"]
      https       = var.https
      admin_email = var.admin_email
    })
    # Four characters of base64 stand for three bytes.
    user_data_bytes = floor(length(replace(base64encode(local.user_data), "=", "")) * 3 / 4)
  }

  data "hcloud_ssh_key" "named" {
    for_each = toset(local.key_names)
    name     = each.value
  }

  # The addresses outlive the server, so that DNS stays right when it is replaced.
  resource "hcloud_primary_ip" "ipv4" {
    count             = var.ipv4 ? 1 : 0
    name              = "${var.name}-ipv4"
    type              = "ipv4"
    location          = var.location
    auto_delete       = false
    delete_protection = var.delete_protection
    labels            = local.labels
  }

  resource "hcloud_primary_ip" "ipv6" {
    count             = var.ipv6 ? 1 : 0
    name              = "${var.name}-ipv6"
    type              = "ipv6"
    location          = var.location
    auto_delete       = false
    delete_protection = var.delete_protection
    labels            = local.labels
  }

  # What goes out is free unless a rule says what may.
  resource "hcloud_firewall" "this" {
    name   = var.name
    labels = local.labels

    dynamic "rule" {
      for_each = [for r in local.inbound_rules : r if length(r.addresses) > 0]
      content {
        direction   = "in"
        protocol    = rule.value.protocol
        port        = rule.value.port
        source_ips  = [for address in rule.value.addresses : cidrsubnet(address, 0, 0)]
        description = rule.value.description
      }
    }
    dynamic "rule" {
      for_each = var.outbound_ports
      content {
        direction       = "out"
        protocol        = rule.value.protocol
        port            = rule.value.port
        destination_ips = [for address in rule.value.addresses : cidrsubnet(address, 0, 0)]
        description     = rule.value.description
      }
    }
  }

  # Another number in var.rebuild changes this, and that replaces the server.
  resource "terraform_data" "rebuild" {
    input = var.rebuild
  }

  resource "hcloud_server" "this" {
    name                     = var.name
    server_type              = var.server_type
    location                 = var.location
    image                    = var.image
    ssh_keys                 = sort([for key in data.hcloud_ssh_key.named : tostring(key.id)])
    firewall_ids             = [hcloud_firewall.this.id]
    placement_group_id       = one(var.placement_group[*].id)
    backups                  = var.backups
    keep_disk                = var.keep_disk
    shutdown_before_deletion = var.shutdown_before_deletion
    # Hetzner wants these two to be equal.
    delete_protection  = var.delete_protection
    rebuild_protection = var.delete_protection
    labels             = local.labels

    user_data = local.user_data

    public_net {
      ipv4_enabled = var.ipv4
      ipv4         = one(hcloud_primary_ip.ipv4[*].id)
      ipv6_enabled = var.ipv6
      ipv6         = one(hcloud_primary_ip.ipv6[*].id)
    }

    # A server can join a network that has a subnet, so var.network holds the subnet's id too.
    dynamic "network" {
      for_each = var.network[*]
      content {
        network_id = network.value.id
        ip         = var.private_ip
        alias_ips  = var.alias_ips
      }
    }

    lifecycle {
      # Only a new server reads these, so a change of them must not replace the one that runs.
      ignore_changes       = [image, ssh_keys, user_data]
      replace_triggered_by = [terraform_data.rebuild]

      precondition {
        condition     = local.user_data_bytes <= 32768
        error_message = "A new server ${var.name} would read ${local.user_data_bytes} bytes about its ${length(var.apps)} apps, keys and ports, and Hetzner takes 32768: let some of the apps run on another server."
      }
    }
  }

  resource "hcloud_rdns" "ipv4" {
    count         = var.reverse_dns != null && var.ipv4 ? 1 : 0
    primary_ip_id = hcloud_primary_ip.ipv4[0].id
    ip_address    = hcloud_primary_ip.ipv4[0].ip_address
    dns_ptr       = var.reverse_dns
  }

  resource "hcloud_rdns" "ipv6" {
    count         = var.reverse_dns != null && var.ipv6 ? 1 : 0
    primary_ip_id = hcloud_primary_ip.ipv6[0].id
    ip_address    = hcloud_server.this.ipv6_address
    dns_ptr       = var.reverse_dns
  }

  output "id" {
    value       = hcloud_server.this.id
    description = "Id of the server"
  }
  output "ip_address" {
    value       = one(hcloud_primary_ip.ipv4[*].ip_address)
    existing    = data.hcloud_server.this[0].ipv4_address
    description = "Public IPv4 address, which outlives the server; null without one"
  }
  output "private_ip" {
    value       = var.network == null ? null : one([for network in hcloud_server.this.network : network.ip])
    existing    = one([for network in data.hcloud_server.this[0].network : network.ip])
    description = "Address in the private network, null without one"
  }
  output "ipv6_address" {
    value       = var.ipv6 ? hcloud_server.this.ipv6_address : null
    description = "Public IPv6 address, null without one"
  }
  output "addresses" {
    value       = hcloud_primary_ip.ipv4[*].ip_address
    existing    = [data.hcloud_server.this[0].ipv4_address]
    description = "Addresses that the server connects from"
  }
  output "dns_records" {
    value = concat(
      [for address in hcloud_primary_ip.ipv4[*].ip_address : { type = "A", value = address }],
      [for address in var.ipv6 ? [hcloud_server.this.ipv6_address] : [] : { type = "AAAA", value = address }],
    )
    existing    = [{ type = "A", value = data.hcloud_server.this[0].ipv4_address }]
    description = "What the app's domains point to"
  }
  output "authorized_keys" {
    value       = tolist(local.authorized_keys)
    existing    = []
    description = "Public keys that may log in, which reach a server that runs already by webkit env push"
  }
  output "environment_files" {
    value       = { for app, variables in var.env : app => { for key, entry in variables : key => entry.value if entry.scope != "build" } }
    description = "Environment variables of each app on the server, for its deployment"
    sensitive   = true
  }

  existing "hcloud_server" "this" {
    id   = var.existing_id
    name = var.existing_id == null ? var.name : null
  }

  price "server" {
    amount = contains(["fsn1", "hel1", "nbg1"], var.location) ? prices.server[var.server_type] : null
  }
  price "backups" {
    amount = !var.backups ? 0 : contains(["fsn1", "hel1", "nbg1"], var.location) ? prices.server[var.server_type] * prices.backup.share : null
  }
  price "address" {
    amount = !var.ipv4 ? 0 : contains(["fsn1", "hel1", "nbg1"], var.location) ? prices.address.ipv4 : null
  }
}
