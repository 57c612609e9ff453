module "valkey" {
  serves      = "resource"
  title       = "Managed Valkey"
  description = "Cache that speaks Redis, with a firewall that lets in the project alone"
  aliases     = ["redis", "cache"]

  leaves_out = {
    "digitalocean_database_cluster.backup_restore"                = "a cache has no backups"
    "digitalocean_database_cluster.engine"                        = "each engine is a type of its own"
    "digitalocean_database_cluster.sql_mode"                      = "for MySQL alone"
    "digitalocean_database_cluster.storage_autoscale"             = "the size decides what a cache holds"
    "digitalocean_database_cluster.storage_size_mib"              = "the size decides what a cache holds"
    "digitalocean_database_firewall.rule.type"                    = "it follows from who is let in"
    "digitalocean_database_valkey_config.valkey_maxmemory_policy" = "eviction_policy says it"
  }

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the cluster"
  }
  variable "engine_version" {
    type        = string
    default     = "8"
    aliases     = ["valkey_version", "version"]
    description = "Major version of Valkey; a higher one upgrades the cluster, a lower one is impossible"
    pattern     = "^[1-9][0-9]?$"
    known       = ["8"]
  }
  variable "size" {
    type        = string
    default     = "db-s-1vcpu-1gb"
    aliases     = ["instance_size", "instance_size_slug"]
    description = "Size of each node"
    known       = keys(prices.database)
  }
  variable "region" {
    type        = string
    from        = [config.region, refs.vpc.config.region, settings.region]
    default     = "lon1"
    aliases     = ["location"]
    description = "Datacenter of the cluster; a change migrates what it holds, and leaves the private network"
    known       = values.regions
  }
  variable "node_count" {
    type        = number
    default     = 1
    aliases     = ["nodes"]
    description = "Number of nodes: with 2 or 3 a standby takes over when the first one fails"
  }
  variable "vpc" {
    type        = object({ id = string, name = optional(string), ip_range = optional(string) })
    from        = [config.vpc, inputs.region]
    default     = null
    aliases     = ["network"]
    refers_to   = "vpc"
    implies     = "vpc"
    literal     = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
    description = "Private network of the cluster, the project's in that datacenter unless given"
  }
  variable "eviction_policy" {
    type        = string
    default     = null
    aliases     = ["maxmemory_policy"]
    description = "What goes when the memory is full: noeviction refuses new keys, as unless given"
    one_of      = ["noeviction", "allkeys_lru", "allkeys_random", "volatile_lru", "volatile_random", "volatile_ttl"]
    also        = { allkeys-lru = "allkeys_lru", allkeys-random = "allkeys_random", volatile-lru = "volatile_lru", volatile-random = "volatile_random", volatile-ttl = "volatile_ttl" }
  }
  variable "settings" {
    type = object({
      acl_channels_default              = optional(string)
      frequent_snapshots                = optional(bool)
      io_threads                        = optional(number)
      lfu_decay_time                    = optional(number)
      lfu_log_factor                    = optional(number)
      notify_keyspace_events            = optional(string)
      number_of_databases               = optional(number)
      persistence                       = optional(string)
      pubsub_client_output_buffer_limit = optional(number)
      ssl                               = optional(bool)
      timeout                           = optional(number)
      valkey_active_expire_effort       = optional(number)
    })
    default     = null
    aliases     = ["engine_config"]
    description = "Settings of Valkey under its own names; those that aren't given stay as they are"
    example     = { timeout = 600, persistence = "off" }
  }
  variable "maintenance_window" {
    type        = object({ day = string, hour = optional(string, "02:00") })
    default     = null
    aliases     = ["maintenance"]
    description = "When DigitalOcean may update the cluster"
    field "day" {
      description = "Day of the week"
      one_of      = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
      ignore_case = true
    }
    field "hour" { description = "Start of the window in UTC, as 02:00" }
  }
  variable "project_id" {
    type        = string
    default     = null
    description = "Id of the DigitalOcean project that the cluster is created in and stays in, that of the rest of the project unless given"
    pattern     = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
  }
  variable "allowed_addresses" {
    type        = list(string)
    default     = []
    from        = config.allowed_droplet_ips == null ? config.allowed_addresses : concat(config.allowed_addresses == null ? [] : config.allowed_addresses, config.allowed_droplet_ips)
    aliases     = ["allowed_ips_addr", "allowed_ips"]
    description = "IPv4 addresses or ranges that may connect besides the project itself"
    pattern     = "^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(/([0-9]|[12][0-9]|3[0-2]))?$"
    example     = ["203.0.113.7"]
  }
  variable "trusted_tag" {
    type        = string
    from        = "stack:${project.stack}"
    description = "Tag of the machines that may connect"
  }
  variable "firewall" {
    type        = bool
    from        = alltrue([for c in consumers : c.type != "container" || c.config.vpc == inputs.vpc]) && !linked ? null : false
    default     = true
    description = "Whether the firewall stands here; apps in another datacenter are only known after the database"
  }
  variable "tags" {
    type        = set(string)
    from        = tags
    description = "Tags of the cluster"
  }

  setting "allowed_droplet_ips" {
    type        = list(string)
    default     = null
    description = "Addresses of machines outside of the project that may connect"
    deprecated  = "use allowed_addresses"
  }

  rule {
    condition = var.node_count == 1 || var.size != "db-s-1vcpu-1gb"
    message   = "Standby nodes need a larger size: db-s-1vcpu-2gb is the smallest."
  }
  rule {
    condition = refs.vpc == null ? true : refs.vpc.config.region == var.region
    message   = "The cluster and its private network must be in one region: leave out region, and the cluster follows its network."
  }
  rule {
    severity  = "warning"
    condition = !contains(var.allowed_addresses, "0.0.0.0/0")
    message   = "The range 0.0.0.0/0 lets the whole internet try passwords; list the addresses that need access."
  }
  rule {
    severity  = "warning"
    condition = inputs.firewall || linked
    message   = "An app in another datacenter uses this database. It is trusted by its id, which exists only after its first deployment has begun: that deployment may fail to connect, and the next one succeeds. An app in the database's own datacenter is trusted from the start."
  }

  locals {
    # A network of the project is known by name before it exists; one that is given by id is looked up.
    range = one([for v in var.vpc[*] : v.name == null ? data.digitalocean_vpc.given[0].ip_range : v.ip_range])
  }

  data "digitalocean_vpc" "given" {
    count = var.vpc != null && try(var.vpc.name, null) == null ? 1 : 0
    id    = var.vpc.id
  }

  resource "digitalocean_database_cluster" "this" {
    name                 = var.name
    engine               = "valkey"
    version              = var.engine_version
    size                 = var.size
    region               = var.region
    node_count           = var.node_count
    eviction_policy      = var.eviction_policy
    private_network_uuid = one(var.vpc[*].id)
    project_id           = var.project_id
    tags                 = var.tags

    dynamic "maintenance_window" {
      for_each = var.maintenance_window[*]
      content {
        day  = lower(maintenance_window.value.day)
        hour = maintenance_window.value.hour
      }
    }

    lifecycle {
      # Another network, as another region brings along, would replace the cluster and what it holds.
      # So would another DigitalOcean project, into which somebody moved it.
      ignore_changes = [private_network_uuid, project_id]
    }
  }

  # A cluster without rules is open to the internet, so these never become empty.
  resource "digitalocean_database_firewall" "this" {
    count      = var.firewall ? 1 : 0
    cluster_id = digitalocean_database_cluster.this.id

    dynamic "rule" {
      for_each = var.vpc[*]
      content {
        type  = "ip_addr"
        value = local.range
      }
    }
    rule {
      type  = "tag"
      value = var.trusted_tag
    }
    dynamic "rule" {
      for_each = var.allowed_addresses
      content {
        type  = "ip_addr"
        value = rule.value
      }
    }
  }

  resource "digitalocean_database_valkey_config" "this" {
    count = var.settings == null ? 0 : 1

    cluster_id                        = digitalocean_database_cluster.this.id
    acl_channels_default              = var.settings.acl_channels_default
    frequent_snapshots                = var.settings.frequent_snapshots
    io_threads                        = var.settings.io_threads
    lfu_decay_time                    = var.settings.lfu_decay_time
    lfu_log_factor                    = var.settings.lfu_log_factor
    notify_keyspace_events            = var.settings.notify_keyspace_events
    number_of_databases               = var.settings.number_of_databases
    persistence                       = var.settings.persistence
    pubsub_client_output_buffer_limit = var.settings.pubsub_client_output_buffer_limit
    ssl                               = var.settings.ssl
    timeout                           = var.settings.timeout
    valkey_active_expire_effort       = var.settings.valkey_active_expire_effort
  }

  output "id" {
    value       = digitalocean_database_cluster.this.id
    description = "Id of the cluster"
  }
  output "urn" {
    value       = digitalocean_database_cluster.this.urn
    description = "Uniform resource name of the cluster"
  }
  output "host" {
    value       = digitalocean_database_cluster.this.host
    description = "Host name of the cluster on the internet"
  }
  output "private_host" {
    value       = digitalocean_database_cluster.this.private_host
    description = "Host name of the cluster in its private network"
    instead_of  = "host"
    when        = consumer.provider == resource.provider && consumer.config.vpc != null && consumer.config.vpc == resource.config.vpc
  }
  output "port" {
    value       = digitalocean_database_cluster.this.port
    description = "Port of the cluster"
  }
  output "user" {
    value       = digitalocean_database_cluster.this.user
    description = "Name of the cluster's own user"
  }
  output "password" {
    value       = digitalocean_database_cluster.this.password
    description = "Password of the cluster's own user"
    sensitive   = true
  }
  output "connection_url" {
    value       = digitalocean_database_cluster.this.uri
    description = "URL for applications"
    sensitive   = true
  }
  output "private_connection_url" {
    value       = digitalocean_database_cluster.this.private_uri
    description = "URL for applications in the private network"
    sensitive   = true
    instead_of  = "connection_url"
    when        = consumer.provider == resource.provider && consumer.config.vpc != null && consumer.config.vpc == resource.config.vpc
  }

  existing "digitalocean_database_cluster" "this" {
    name = var.name
  }
  price "nodes" {
    amount = prices.database[var.size] * var.node_count
  }
}
