module "network" {
  serves      = "resource"
  title       = "Private network"
  description = "Private network with its subnets and routes, for servers and load balancers of one network zone"
  aliases     = ["vpc", "private_network"]

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the network"
  }
  variable "ip_range" {
    type        = string
    default     = "10.0.0.0/16"
    aliases     = ["cidr", "cidr_block"]
    description = "Addresses of the network, which hold those of all subnets; a change replaces it"
    format      = "cidr"
    pattern     = "^[0-9.]+/[0-9]+$"
  }
  variable "zone" {
    type        = string
    from        = [config.zone, values.network_zones[settings.location]]
    default     = "eu-central"
    aliases     = ["network_zone"]
    description = "Network zone of the subnets that name none: that of the locations of the servers"
    known       = distinct(values(values.network_zones))
  }
  variable "subnets" {
    type = list(object({
      ip_range   = string
      type       = optional(string, "cloud")
      zone       = optional(string)
      vswitch_id = optional(number)
    }))
    default     = null
    aliases     = ["subnet"]
    description = "Parts of the network that hold servers, one of its first 256 addresses unless given"
    example     = [{ ip_range = "10.0.1.0/24" }]
    field "ip_range" {
      description = "Addresses of the subnet; a change replaces it"
      format      = "cidr"
      pattern     = "^[0-9.]+/[0-9]+$"
    }
    field "type" {
      description = "What is in it: cloud for servers and load balancers, vswitch for machines of Hetzner Robot"
      one_of      = ["cloud", "server", "vswitch"]
    }
    field "zone" { description = "Network zone of the subnet, that of the network unless given" }
    field "vswitch_id" {
      description = "Id of the vSwitch at Hetzner Robot"
      whole       = true
    }
  }
  variable "routes" {
    type        = list(object({ destination = string, gateway = string }))
    default     = []
    aliases     = ["route"]
    description = "Ways to addresses outside of the network, through servers in it"
    field "destination" {
      description = "Addresses that the route leads to"
      format      = "cidr"
    }
    field "gateway" {
      description = "Private address of the server that passes on what comes"
      format      = "ip"
      pattern     = "^[0-9.]+$"
    }
  }
  variable "expose_routes_to_vswitch" {
    type        = bool
    default     = false
    description = "Tell the machines behind a vSwitch of the routes"
  }
  variable "delete_protection" {
    type        = bool
    from        = [config.delete_protection, environment == "production"]
    description = "Refuse to delete the network until this is taken back"
  }
  variable "labels" {
    type        = map(string)
    from        = tags
    description = "Labels of the network"
  }

  rule {
    condition = anytrue([
      for private in ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] :
      tonumber(split("/", var.ip_range)[1]) >= tonumber(split("/", private)[1]) &&
      cidrhost("${split("/", var.ip_range)[0]}/${split("/", private)[1]}", 0) == split("/", private)[0]
    ])
    message = "A private network lies in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16."
  }
  rule {
    condition = var.subnets == null ? true : length(var.subnets) > 0
    message   = "A network without a subnet can hold nothing: leave subnets out for one of the first addresses."
  }
  rule {
    condition = var.subnets == null ? true : alltrue([
      for s in var.subnets :
      tonumber(split("/", s.ip_range)[1]) >= tonumber(split("/", var.ip_range)[1]) &&
      cidrhost("${split("/", s.ip_range)[0]}/${split("/", var.ip_range)[1]}", 0) == cidrhost(var.ip_range, 0)
    ])
    message = "Each subnet must be a part of the network's ip_range."
  }
  rule {
    condition = var.subnets == null ? true : alltrue(flatten([
      for i, a in var.subnets : [
        for j, b in var.subnets : i >= j ? true :
        cidrhost("${split("/", a.ip_range)[0]}/${min(tonumber(split("/", a.ip_range)[1]), tonumber(split("/", b.ip_range)[1]))}", 0)
        != cidrhost("${split("/", b.ip_range)[0]}/${min(tonumber(split("/", a.ip_range)[1]), tonumber(split("/", b.ip_range)[1]))}", 0)
      ]
    ]))
    message = "The subnets overlap: give each addresses of its own."
  }
  rule {
    condition = var.subnets == null ? true : alltrue([for s in var.subnets : (s.type == "vswitch") == (s.vswitch_id != null)])
    message   = "A subnet of type vswitch needs its vswitch_id, and no other subnet has one."
  }
  rule {
    condition = length(distinct([for r in var.routes : r.destination])) == length(var.routes)
    message   = "Two routes lead to the same destination."
  }
  rule {
    condition = alltrue([
      for r in var.routes :
      cidrhost("${r.gateway}/${split("/", var.ip_range)[1]}", 0) == cidrhost(var.ip_range, 0)
    ])
    message = "The gateway of a route must be an address of the network."
  }

  locals {
    # Some addresses are left, so that another subnet replaces nothing.
    first   = cidrsubnet(var.ip_range, max(0, 24 - tonumber(split("/", var.ip_range)[1])), 0)
    subnets = var.subnets == null ? [{ ip_range = local.first, type = "cloud", zone = var.zone, vswitch_id = null }] : var.subnets
  }

  resource "hcloud_network" "this" {
    name                     = var.name
    ip_range                 = var.ip_range
    expose_routes_to_vswitch = var.expose_routes_to_vswitch
    delete_protection        = var.delete_protection
    labels                   = var.labels
  }

  resource "hcloud_network_subnet" "this" {
    for_each     = { for s in local.subnets : s.ip_range => s }
    network_id   = hcloud_network.this.id
    ip_range     = each.value.ip_range
    type         = each.value.type
    network_zone = each.value.zone == null ? var.zone : each.value.zone
    vswitch_id   = each.value.vswitch_id
  }

  resource "hcloud_network_route" "this" {
    for_each    = { for r in var.routes : r.destination => r }
    network_id  = hcloud_network.this.id
    destination = each.value.destination
    gateway     = each.value.gateway

    # The gateway is an address of a subnet.
    depends_on = [hcloud_network_subnet.this]
  }

  output "id" {
    value       = hcloud_network.this.id
    description = "Id of the network"
  }
  output "name" {
    value       = hcloud_network.this.name
    description = "Name of the network"
  }
  output "ip_range" {
    value       = hcloud_network.this.ip_range
    description = "Addresses of the network"
  }
  output "subnet_id" {
    value       = hcloud_network_subnet.this[local.subnets[0].ip_range].id
    existing    = null
    description = "Id of the first subnet"
  }

  existing "hcloud_network" "this" {
    id   = var.existing_id
    name = var.existing_id == null ? var.name : null
  }
}
