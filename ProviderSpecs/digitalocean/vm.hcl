module "vm" {
  serves      = "app"
  title       = "Droplet"
  description = "Virtual machine of an app, reached by key alone, with a firewall of its own"
  aliases     = ["droplet"]
  members     = "host"

  leaves_out = {
    "digitalocean_droplet.ipv6_address"   = "DigitalOcean chooses the address"
    "digitalocean_droplet.volume_ids"     = "volumes name their machine"
    "digitalocean_firewall.tags"          = "the firewall holds for this machine alone"
    "digitalocean_reserved_ip.ip_address" = "DigitalOcean chooses the address"
  }

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the machine"
  }
  variable "size" {
    type        = string
    default     = "s-1vcpu-1gb"
    aliases     = ["instance_size", "instance_size_slug", "server_type"]
    description = "Size of the machine; a change turns it off for some minutes"
    known       = keys(prices.droplet)
  }
  variable "region" {
    type        = string
    from        = [config.region, refs.vpc.config.region, settings.region]
    default     = "lon1"
    aliases     = ["location"]
    description = "Datacenter of the machine"
    known       = values.regions
  }
  variable "image" {
    type        = string
    default     = "ubuntu-24-04-x64"
    aliases     = ["os_image"]
    description = "Operating system of a new machine"
  }
  variable "vpc" {
    type        = object({ id = string })
    from        = [config.vpc, inputs.region]
    default     = null
    aliases     = ["network"]
    refers_to   = "vpc"
    implies     = "vpc"
    literal     = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
    description = "Private network of the machine, the project's in that datacenter unless given"
  }
  variable "ssh_keys" {
    type        = list(string)
    from        = [config.ssh_keys, settings.ssh_keys]
    default     = []
    aliases     = ["ssh_key_names"]
    description = "Who may log in: names of keys in the account, or public keys"
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
      port              = string
      protocol          = optional(string, "tcp")
      addresses         = optional(list(string))
      tags              = optional(list(string), [])
      droplet_ids       = optional(list(number), [])
      kubernetes_ids    = optional(list(string), [])
      load_balancer_ids = optional(list(string), [])
    }))
    default     = []
    description = "Ports that are open besides 22, 80 and 443; a machine that runs already has to be told of another one by ufw allow"
    field "port" {
      description = "Port, or range of ports as in 8000-8999"
      pattern     = "^[0-9]{1,5}(-[0-9]{1,5})?$"
    }
    field "protocol" {
      description = "Protocol of the port"
      one_of      = ["tcp", "udp"]
    }
    field "addresses" {
      description = "Addresses that may connect, all unless others are named"
      format      = "cidr"
    }
    field "tags" { description = "Tags of machines that may connect" }
    field "droplet_ids" {
      description = "Ids of machines that may connect"
      whole       = true
    }
    field "kubernetes_ids" { description = "Ids of Kubernetes clusters that may connect" }
    field "load_balancer_ids" { description = "Ids of load balancers that may connect" }
  }
  variable "outbound" {
    type = list(object({
      port              = optional(string)
      protocol          = optional(string, "tcp")
      addresses         = optional(list(string))
      tags              = optional(list(string), [])
      droplet_ids       = optional(list(number), [])
      kubernetes_ids    = optional(list(string), [])
      load_balancer_ids = optional(list(string), [])
    }))
    default = [
      { port = "1-65535", protocol = "tcp" },
      { port = "1-65535", protocol = "udp" },
      { protocol = "icmp" },
    ]
    aliases     = ["outbound_rules", "egress"]
    description = "What the machine may connect to; everything unless given"
    field "port" {
      description = "Port, or range of ports as in 8000-8999; none for icmp"
      pattern     = "^[0-9]{1,5}(-[0-9]{1,5})?$"
    }
    field "protocol" {
      description = "Protocol of the port"
      one_of      = ["tcp", "udp", "icmp"]
    }
    field "addresses" {
      description = "Addresses that it may connect to, all unless others are named"
      format      = "cidr"
    }
    field "tags" { description = "Tags of machines that it may connect to" }
    field "droplet_ids" {
      description = "Ids of machines that it may connect to"
      whole       = true
    }
    field "kubernetes_ids" { description = "Ids of Kubernetes clusters that it may connect to" }
    field "load_balancer_ids" { description = "Ids of load balancers that it may connect to" }
  }
  variable "backups" {
    type = object({
      plan    = optional(string, "daily")
      weekday = optional(string, "SUN")
      hour    = optional(number, 4)
    })
    default     = null
    description = "Backups of the whole disk; none unless given"
    field "plan" { description = "How often: daily or weekly" }
    field "weekday" {
      description = "Day of the weekly backup"
      one_of      = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    }
    field "hour" {
      description = "Start of the four hours, in UTC, in which the backup is made"
      one_of      = [0, 4, 8, 12, 16, 20]
    }
  }
  variable "reserved_ip" {
    type        = bool
    default     = false
    description = "Give the machine an address that outlives it"
  }
  variable "ipv6" {
    type        = bool
    default     = true
    description = "Give the machine an IPv6 address as well"
  }
  variable "resize_disk" {
    type        = bool
    default     = true
    description = "Let a larger size enlarge the disk, which can't be undone"
  }
  variable "droplet_agent" {
    type        = bool
    default     = null
    description = "Install the agent of DigitalOcean's web console, tried where the image allows it unless given"
  }
  variable "monitoring" {
    type        = bool
    default     = true
    description = "Install the agent that measures memory and disk; a change replaces the machine"
  }
  variable "graceful_shutdown" {
    type        = bool
    default     = true
    description = "Let the machine end its work before it is deleted"
  }
  variable "public_networking" {
    type        = bool
    default     = null
    description = "Whether the machine has public addresses, as unless given; a change replaces it"
  }
  variable "gpu_partition_mode" {
    type        = string
    default     = null
    description = "How the graphics processors of the machine are divided"
  }
  variable "extra_tags" {
    type        = list(string)
    default     = []
    description = "Tags of the machine besides those of the project, as a load balancer may ask for"
    pattern     = "^[a-zA-Z0-9:_-]{1,255}$"
    example     = ["web"]
  }
  variable "rebuild" {
    type        = number
    default     = 0
    description = "Any other number replaces the machine by a new one, with the present image and keys"
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
    description = "Apps on the machine"
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
    description = "Environment variables of each app on the machine"
  }
  variable "tags" {
    type        = set(string)
    from        = tags
    description = "Tags of the machine"
  }

  setting "host" {
    type        = string
    default     = null
    description = "App on whose machine this one runs, instead of one of its own"
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
    condition = refs.vpc == null ? true : refs.vpc.config.region == var.region
    message   = "The machine and its private network must be in one region: leave out region, and the machine follows its network."
  }
  rule {
    condition = alltrue([for key in var.ssh_keys : !strcontains(key, "PRIVATE KEY")])
    message   = "This is a private key, which belongs in no file of the project: give the public one, and make a new pair."
  }
  rule {
    condition = alltrue(flatten([for p in var.open_ports : [for n in split("-", p.port) : tonumber(n) >= 1 && tonumber(n) <= 65535]]))
    message   = "Ports are 1 to 65535."
  }
  rule {
    condition = alltrue([for p in var.open_ports : tonumber(split("-", p.port)[0]) <= tonumber(reverse(split("-", p.port))[0])])
    message   = "A range of ports begins with its smaller one."
  }
  rule {
    condition = alltrue([for o in var.outbound : (o.port == null) == (o.protocol == "icmp")])
    message   = "What may go out by tcp and udp needs a port, as 443 or 1-65535, and icmp has none."
  }
  rule {
    condition = var.public_networking == null ? true : var.public_networking || !var.reserved_ip
    message   = "A machine without public addresses can't have a reserved one: leave out reserved_ip or public_networking."
  }
  rule {
    severity  = "warning"
    condition = alltrue([for a in var.apps : a.image != null])
    message   = "Nothing runs this app: give container_image, or project.repo, whose image is taken."
  }
  rule {
    condition = length(distinct([for a in var.apps : a.port])) == length(var.apps)
    message   = "Two apps on this machine listen on one port: give each a port of its own."
  }
  rule {
    condition = !var.https || alltrue(flatten([for a in var.apps : [for d in a.domains : !startswith(d, "*.")]]))
    message   = "A machine can't get a certificate for a wildcard: name the subdomains, or set https to false."
  }
  rule {
    severity  = "warning"
    condition = length(var.ssh_keys) > 0
    message   = "Nobody can log in to this machine: name its keys in ssh_keys, here or in the settings of the provider."
  }

  locals {
    public_keys = [for key in var.ssh_keys : trimspace(key) if anytrue([for kind in local.key_kinds : startswith(key, kind)])]
    key_names   = [for key in var.ssh_keys : key if !anytrue([for kind in local.key_kinds : startswith(key, kind)])]
    key_kinds   = ["ssh-", "ecdsa-", "sk-"]
    authorized_keys = sort(distinct(concat(
      local.public_keys,
      [for key in data.digitalocean_ssh_key.named : trimspace(key.public_key)],
    )))

    everybody = ["0.0.0.0/0", "::/0"]
    open_ports = concat(
      [
        { port = "22", protocol = "tcp", addresses = var.ssh_addresses, tags = [], droplet_ids = [], kubernetes_ids = [], load_balancer_ids = [] },
        { port = "80", protocol = "tcp", addresses = local.everybody, tags = [], droplet_ids = [], kubernetes_ids = [], load_balancer_ids = [] },
        { port = "443", protocol = "tcp", addresses = local.everybody, tags = [], droplet_ids = [], kubernetes_ids = [], load_balancer_ids = [] },
      ],
      local.rules.inbound,
    )
    # Who names nobody means everybody.
    rules = {
      for direction, rules in { inbound = var.open_ports, outbound = var.outbound } : direction => [
        for r in rules : merge(r, {
          addresses = r.addresses != null ? r.addresses : length(r.tags) + length(r.droplet_ids) + length(r.kubernetes_ids) + length(r.load_balancer_ids) > 0 ? [] : local.everybody
        })
      ]
    }
  }

  locals {
    user_data = templatefile("${path.module}/templates/cloud-init.yaml.tftpl", {
      folder      = "${path.module}/templates"
      hostname    = var.name
      keys        = local.authorized_keys
      apps        = { for name, app in var.apps : name => app if app.image != null }
      ports       = local.open_ports
      https       = var.https
      admin_email = var.admin_email
    })
    # Four characters of base64 stand for three bytes.
    user_data_bytes = floor(length(replace(base64encode(local.user_data), "=", "")) * 3 / 4)
  }

  data "digitalocean_ssh_key" "named" {
    for_each = toset(local.key_names)
    name     = each.value
  }

  # Another number in var.rebuild changes this, and that replaces the machine.
  resource "terraform_data" "rebuild" {
    input = var.rebuild
  }

  resource "digitalocean_droplet" "this" {
    name               = var.name
    image              = var.image
    size               = var.size
    region             = var.region
    vpc_uuid           = one(var.vpc[*].id)
    ssh_keys           = sort([for key in data.digitalocean_ssh_key.named : tostring(key.id)])
    ipv6               = var.ipv6
    monitoring         = var.monitoring
    droplet_agent      = var.droplet_agent
    graceful_shutdown  = var.graceful_shutdown
    public_networking  = var.public_networking
    gpu_partition_mode = var.gpu_partition_mode
    resize_disk        = var.resize_disk
    backups            = var.backups != null
    tags               = setunion(var.tags, var.extra_tags)

    user_data = local.user_data

    dynamic "backup_policy" {
      for_each = var.backups[*]
      content {
        plan    = backup_policy.value.plan
        weekday = backup_policy.value.plan == "weekly" ? backup_policy.value.weekday : null
        hour    = backup_policy.value.hour
      }
    }

    lifecycle {
      # Only a new machine reads these, so a change of them must not replace the one that runs.
      ignore_changes       = [image, ssh_keys, user_data]
      replace_triggered_by = [terraform_data.rebuild]

      precondition {
        condition     = local.user_data_bytes <= 65536
        error_message = "A new machine ${var.name} would read ${local.user_data_bytes} bytes about its ${length(var.apps)} apps, keys and ports, and DigitalOcean takes 65536: let some of the apps run on another machine."
      }
    }
  }

  resource "digitalocean_firewall" "this" {
    name        = var.name
    droplet_ids = [digitalocean_droplet.this.id]

    dynamic "inbound_rule" {
      for_each = [for p in local.open_ports : p if length(p.addresses) + length(p.tags) + length(p.droplet_ids) + length(p.kubernetes_ids) + length(p.load_balancer_ids) > 0]
      content {
        protocol                  = inbound_rule.value.protocol
        port_range                = inbound_rule.value.port
        source_addresses          = length(inbound_rule.value.addresses) > 0 ? inbound_rule.value.addresses : null
        source_tags               = length(inbound_rule.value.tags) > 0 ? inbound_rule.value.tags : null
        source_droplet_ids        = length(inbound_rule.value.droplet_ids) > 0 ? inbound_rule.value.droplet_ids : null
        source_kubernetes_ids     = length(inbound_rule.value.kubernetes_ids) > 0 ? inbound_rule.value.kubernetes_ids : null
        source_load_balancer_uids = length(inbound_rule.value.load_balancer_ids) > 0 ? inbound_rule.value.load_balancer_ids : null
      }
    }
    inbound_rule {
      protocol         = "icmp"
      source_addresses = local.everybody
    }

    dynamic "outbound_rule" {
      for_each = local.rules.outbound
      content {
        protocol                       = outbound_rule.value.protocol
        port_range                     = outbound_rule.value.port
        destination_addresses          = length(outbound_rule.value.addresses) > 0 ? outbound_rule.value.addresses : null
        destination_tags               = length(outbound_rule.value.tags) > 0 ? outbound_rule.value.tags : null
        destination_droplet_ids        = length(outbound_rule.value.droplet_ids) > 0 ? outbound_rule.value.droplet_ids : null
        destination_kubernetes_ids     = length(outbound_rule.value.kubernetes_ids) > 0 ? outbound_rule.value.kubernetes_ids : null
        destination_load_balancer_uids = length(outbound_rule.value.load_balancer_ids) > 0 ? outbound_rule.value.load_balancer_ids : null
      }
    }
  }

  resource "digitalocean_reserved_ip" "this" {
    count      = var.reserved_ip ? 1 : 0
    region     = var.region
    droplet_id = digitalocean_droplet.this.id
  }

  locals {
    ip_address = var.reserved_ip ? digitalocean_reserved_ip.this[0].ip_address : digitalocean_droplet.this.ipv4_address
  }

  output "id" {
    value       = digitalocean_droplet.this.id
    description = "Id of the machine"
  }
  output "urn" {
    value       = digitalocean_droplet.this.urn
    description = "Uniform resource name of the machine"
  }
  output "ip_address" {
    value       = local.ip_address
    existing    = data.digitalocean_droplet.this[0].ipv4_address
    description = "Public IPv4 address, the reserved one where there is one"
  }
  output "private_ip" {
    value       = digitalocean_droplet.this.ipv4_address_private
    description = "Address in the private network"
  }
  output "ipv6_address" {
    value       = var.ipv6 ? digitalocean_droplet.this.ipv6_address : null
    description = "Public IPv6 address, null without one"
  }
  output "addresses" {
    value       = [digitalocean_droplet.this.ipv4_address]
    description = "Addresses that the machine connects from"
  }
  output "dns_records" {
    value = concat(
      [{ type = "A", value = local.ip_address }],
      [for ipv6 in var.ipv6 ? [digitalocean_droplet.this.ipv6_address] : [] : { type = "AAAA", value = ipv6 }],
    )
    existing    = [{ type = "A", value = data.digitalocean_droplet.this[0].ipv4_address }]
    description = "What the app's domains point to"
  }
  output "authorized_keys" {
    value       = tolist(local.authorized_keys)
    existing    = []
    description = "Public keys that may log in, which reach a machine that runs already by webkit env push"
  }
  output "environment_files" {
    value       = { for app, variables in var.env : app => { for key, entry in variables : key => entry.value if entry.scope != "build" } }
    description = "Environment variables of each app on the machine, for its deployment"
    sensitive   = true
  }

  existing "digitalocean_droplet" "this" {
    id   = var.existing_id
    name = var.existing_id == null ? var.name : null

    candidates "digitalocean_droplets" {
      list  = "droplets"
      shows = ["id", "region", "created_at"]
      filter {
        key    = "name"
        values = [var.name]
      }
    }
  }

  price "machine" {
    amount = prices.droplet[var.size]
  }
  price "backups" {
    amount = var.backups == null ? 0 : prices.droplet[var.size] * prices.droplet_backup[var.backups.plan]
  }
}
