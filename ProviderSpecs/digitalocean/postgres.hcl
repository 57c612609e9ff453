module "postgres" {
  serves      = "resource"
  title       = "Managed PostgreSQL"
  description = "PostgreSQL cluster with a database, a connection pool in front of it, and a firewall that lets in the project alone"
  aliases     = ["postgresql", "pg"]

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the cluster"
  }
  variable "engine_version" {
    type        = string
    default     = "17"
    aliases     = ["pg_version", "version"]
    description = "Major version of PostgreSQL; a higher one upgrades the cluster, a lower one is impossible"
    pattern     = "^[1-9][0-9]$"
    known       = ["14", "15", "16", "17", "18"]
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
    description = "Datacenter of the cluster; a change migrates the data, and leaves the private network"
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
  variable "database" {
    type        = string
    default     = null
    aliases     = ["database_name", "db_name"]
    description = "Name of the database, the cluster's with underscores unless given"
    pattern     = "^[a-z_][a-z0-9_]{0,62}$"
  }
  variable "user" {
    type        = string
    default     = null
    aliases     = ["username", "user_name"]
    description = "Name of a second user with fewer rights; the URLs keep the cluster's own, which may create tables"
    pattern     = "^[a-z_][a-z0-9_]{0,62}$"
  }
  variable "pool" {
    type = object({
      enabled = optional(bool, true)
      name    = optional(string, "pool")
      mode    = optional(string, "transaction")
      size    = optional(number, 10)
    })
    default     = {}
    from        = [config.pool, item.existing ? { enabled = false } : null]
    aliases     = ["connection_pool"]
    description = "Connection pool in front of the database; false for none"
    field "name" { description = "Name of the pool, which its URL has in place of the database" }
    field "mode" { description = "How long a client holds a connection: for a session, a transaction or a statement" }
    field "size" { description = "Number of connections that the pool keeps to the database" }
  }
  variable "storage" {
    type        = number
    default     = null
    aliases     = ["storage_gb"]
    description = "Disk of each node in GB, what the size includes unless given; it can only grow"
    range       = [10, 15000]
  }
  variable "storage_autoscale" {
    type = object({
      enabled   = optional(bool, true)
      threshold = optional(number, 80)
      increment = optional(number, 10)
    })
    default     = null
    description = "Let the disk grow by itself when it fills up"
    field "threshold" { description = "Percentage of the disk from which it grows" }
    field "increment" { description = "GB that are added each time" }
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
  variable "backup_restore" {
    type        = object({ cluster = string, created_at = optional(string) })
    default     = null
    aliases     = ["backups_restore"]
    description = "Fill a new cluster from the backup of another one"
    field "cluster" { description = "Name of the cluster that the backup was made of" }
    field "created_at" { description = "Time of the backup as in 2026-01-31T02:00:00Z, the newest unless given" }
  }
  variable "project_id" {
    type        = string
    default     = null
    description = "Id of the DigitalOcean project that the cluster is created in, the account's default one unless given"
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
    condition = var.storage == null || var.storage_autoscale == null
    message   = "A disk that grows by itself has no fixed size: give either storage or storage_autoscale."
  }
  rule {
    condition = var.database != "defaultdb"
    message   = "Every cluster has a database defaultdb from the start: give another name."
  }
  rule {
    condition = var.user != "doadmin"
    message   = "The user doadmin is the cluster's own: name another one, or none."
  }
  rule {
    condition = refs.vpc == null ? true : refs.vpc.config.region == var.region
    message   = "The cluster and its private network must be in one region."
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
    database = coalesce(var.database, replace(var.name, "-", "_"))
    # A network of the project is known by name before it exists; one that is given by id is looked up.
    range = one([for v in var.vpc[*] : v.name == null ? data.digitalocean_vpc.given[0].ip_range : v.ip_range])
  }

  data "digitalocean_vpc" "given" {
    count = var.vpc != null && try(var.vpc.name, null) == null ? 1 : 0
    id    = var.vpc.id
  }

  resource "digitalocean_database_cluster" "this" {
    name                 = var.name
    engine               = "pg"
    version              = var.engine_version
    size                 = var.size
    region               = var.region
    node_count           = var.node_count
    private_network_uuid = one(var.vpc[*].id)
    storage_size_mib     = var.storage == null ? null : var.storage * 1024
    project_id           = var.project_id
    tags                 = var.tags

    dynamic "storage_autoscale" {
      for_each = var.storage_autoscale[*]
      content {
        enabled           = storage_autoscale.value.enabled
        threshold_percent = storage_autoscale.value.threshold
        increment_gib     = storage_autoscale.value.increment
      }
    }
    dynamic "maintenance_window" {
      for_each = var.maintenance_window[*]
      content {
        day  = lower(maintenance_window.value.day)
        hour = maintenance_window.value.hour
      }
    }
    dynamic "backup_restore" {
      for_each = var.backup_restore[*]
      content {
        database_name     = backup_restore.value.cluster
        backup_created_at = backup_restore.value.created_at
      }
    }

    lifecycle {
      # Another network, as another region brings along, would replace the cluster and its data.
      # Only a new cluster is filled from a backup.
      ignore_changes = [private_network_uuid, backup_restore]
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

  resource "digitalocean_database_db" "this" {
    cluster_id = digitalocean_database_cluster.this.id
    name       = local.database
  }

  resource "digitalocean_database_user" "this" {
    count      = var.user == null ? 0 : 1
    cluster_id = digitalocean_database_cluster.this.id
    name       = var.user
  }

  # The cluster's own user, because since PostgreSQL 15 no other may create tables at first.
  # A change of any argument replaces the pool, which is a short interruption.
  resource "digitalocean_database_connection_pool" "this" {
    count      = var.pool.enabled ? 1 : 0
    cluster_id = digitalocean_database_cluster.this.id
    name       = var.pool.name
    db_name    = digitalocean_database_db.this.name
    user       = digitalocean_database_cluster.this.user
    mode       = var.pool.mode
    size       = var.pool.size
  }

  locals {
    direct_url = format(
      "postgresql://%s:%s@%s:%d/%s?sslmode=require",
      digitalocean_database_cluster.this.user,
      urlencode(digitalocean_database_cluster.this.password),
      digitalocean_database_cluster.this.host,
      digitalocean_database_cluster.this.port,
      local.database,
    )
    private_direct_url = format(
      "postgresql://%s:%s@%s:%d/%s?sslmode=require",
      digitalocean_database_cluster.this.user,
      urlencode(digitalocean_database_cluster.this.password),
      digitalocean_database_cluster.this.private_host,
      digitalocean_database_cluster.this.port,
      local.database,
    )
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
    description = "Port of the cluster, past the pool"
  }
  output "database" {
    value       = local.database
    description = "Name of the database"
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
  output "app_user" {
    value       = one(digitalocean_database_user.this[*].name)
    description = "Name of the second user, null without one"
  }
  output "app_password" {
    value       = one(digitalocean_database_user.this[*].password)
    description = "Password of the second user, null without one"
    sensitive   = true
  }
  output "connection_url" {
    value       = var.pool.enabled ? digitalocean_database_connection_pool.this[0].uri : local.direct_url
    description = "URL for applications, through the pool where there is one"
    sensitive   = true
  }
  output "private_connection_url" {
    value       = var.pool.enabled ? digitalocean_database_connection_pool.this[0].private_uri : local.private_direct_url
    description = "URL for applications in the private network, through the pool where there is one"
    sensitive   = true
    instead_of  = "connection_url"
    when        = consumer.provider == resource.provider && consumer.config.vpc != null && consumer.config.vpc == resource.config.vpc
  }
  output "direct_url" {
    value       = local.direct_url
    description = "URL past the pool, for what needs a session, as migrations do"
    sensitive   = true
  }
  output "private_direct_url" {
    value       = local.private_direct_url
    description = "URL past the pool in the private network"
    sensitive   = true
    instead_of  = "direct_url"
    when        = consumer.provider == resource.provider && consumer.config.vpc != null && consumer.config.vpc == resource.config.vpc
  }

  existing "digitalocean_database_cluster" "this" {
    name = var.name
  }
  existing "digitalocean_database_user" "this" {
    cluster_id = digitalocean_database_cluster.this.id
    name       = var.user
  }
  existing "digitalocean_database_connection_pool" "this" {
    cluster_id = digitalocean_database_cluster.this.id
    name       = var.pool.name
  }

  price "nodes" {
    amount = prices.database[var.size] * var.node_count
  }
  price "storage" {
    amount = var.storage == null ? 0 : max(0, var.storage - values.database_disks[var.size]) * prices.flat.database_disk_gb
  }
}
