module "mysql" {
  serves      = "resource"
  title       = "Managed MySQL"
  description = "MySQL cluster with a database and a firewall that lets in the project alone"
  aliases     = ["mariadb"]

  leaves_out = {
    "digitalocean_database_cluster.engine"          = "each engine is a type of its own"
    "digitalocean_database_cluster.eviction_policy" = "for caches alone"
    "digitalocean_database_firewall.rule.type"      = "it follows from who is let in"
    "digitalocean_database_mysql_config.sql_mode"   = "the cluster has it as well"
    "digitalocean_database_user.settings"           = "for Kafka and OpenSearch alone"
  }

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the cluster"
  }
  variable "engine_version" {
    type        = string
    default     = "8"
    aliases     = ["mysql_version", "version"]
    description = "Major version of MySQL; a higher one upgrades the cluster, a lower one is impossible"
    pattern     = "^[1-9][0-9]?(\\.[0-9]+)?$"
    known       = ["8", "8.4"]
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
    description = "Name of a second user with fewer rights; the URLs keep the cluster's own"
    pattern     = "^[a-z_][a-z0-9_]{0,62}$"
  }
  variable "auth_plugin" {
    type        = string
    default     = null
    aliases     = ["mysql_auth_plugin"]
    description = "How the further users prove who they are: caching_sha2_password, or mysql_native_password for old clients"
  }
  variable "sql_mode" {
    type        = string
    default     = null
    description = "Modes of SQL with commas between them, MySQL's own ones unless given"
    pattern     = "^[A-Z_]+(,[A-Z_]+)*$"
    example     = "ANSI,STRICT_ALL_TABLES,NO_ZERO_DATE"
  }
  variable "databases" {
    type        = set(string)
    default     = []
    aliases     = ["extra_databases"]
    description = "Names of further databases"
    pattern     = "^[a-zA-Z_][a-zA-Z0-9_-]{0,62}$"
  }
  variable "users" {
    type        = set(string)
    default     = []
    aliases     = ["extra_users"]
    description = "Names of further users, whose passwords stand in user_passwords"
    pattern     = "^[a-zA-Z_][a-zA-Z0-9_-]{0,62}$"
  }
  variable "storage" {
    type        = number
    default     = null
    aliases     = ["storage_gb"]
    description = "Disk of each node in GB, what the size includes unless given; it can only grow"
    range       = [10, 15000]
    whole       = true
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
  variable "replicas" {
    type = map(object({
      size    = optional(string)
      region  = optional(string)
      storage = optional(number)
    }))
    default     = {}
    aliases     = ["read_replicas"]
    description = "Copies by name that answer questions and take no changes"
    field "size" {
      description = "Size of the copy, the cluster's unless given"
      known       = keys(prices.database)
    }
    field "region" {
      description = "Datacenter of the copy, the cluster's unless given"
      known       = values.regions
    }
    field "storage" {
      description = "Disk of the copy in GB, what the size includes unless given"
      range       = [10, 15000]
      whole       = true
    }
  }
  variable "settings" {
    type = object({
      backup_hour                      = optional(number)
      backup_minute                    = optional(number)
      binlog_retention_period          = optional(number)
      connect_timeout                  = optional(number)
      default_time_zone                = optional(string)
      group_concat_max_len             = optional(number)
      information_schema_stats_expiry  = optional(number)
      innodb_ft_min_token_size         = optional(number)
      innodb_ft_server_stopword_table  = optional(string)
      innodb_lock_wait_timeout         = optional(number)
      innodb_log_buffer_size           = optional(number)
      innodb_online_alter_log_max_size = optional(number)
      innodb_print_all_deadlocks       = optional(bool)
      innodb_rollback_on_timeout       = optional(bool)
      interactive_timeout              = optional(number)
      internal_tmp_mem_storage_engine  = optional(string)
      long_query_time                  = optional(number)
      max_allowed_packet               = optional(number)
      max_heap_table_size              = optional(number)
      net_read_timeout                 = optional(number)
      net_write_timeout                = optional(number)
      slow_query_log                   = optional(bool)
      sort_buffer_size                 = optional(number)
      sql_require_primary_key          = optional(bool)
      tmp_table_size                   = optional(number)
      wait_timeout                     = optional(number)
    })
    default     = null
    aliases     = ["engine_config"]
    description = "Settings of MySQL under its own names; those that aren't given stay as they are"
    example     = { wait_timeout = 600, slow_query_log = true }
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
    condition = !contains(var.databases, "defaultdb") && !contains(var.databases, coalesce(var.database, replace(var.name, "-", "_")))
    message   = "The cluster has a database of this name already: leave it out of databases."
  }
  rule {
    condition = !contains(var.users, "doadmin") && (var.user == null ? true : !contains(var.users, var.user))
    message   = "The cluster has a user of this name already: leave it out of users."
  }
  rule {
    condition = alltrue([for name, replica in var.replicas : can(regex("^[a-z0-9]([a-z0-9-]{0,29}[a-z0-9])?$", name))])
    message   = "Names of copies have up to 31 lower-case letters, digits and dashes."
  }
  rule {
    condition = length(var.replicas) == 0 || var.size != "db-s-1vcpu-1gb"
    message   = "A cluster with copies needs a larger size: db-s-1vcpu-2gb is the smallest."
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
    engine               = "mysql"
    version              = var.engine_version
    size                 = var.size
    region               = var.region
    node_count           = var.node_count
    sql_mode             = var.sql_mode
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
      # So would another DigitalOcean project, into which somebody moved it.
      # Only a new cluster is filled from a backup.
      ignore_changes = [private_network_uuid, project_id, backup_restore]
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
    count             = var.user == null ? 0 : 1
    cluster_id        = digitalocean_database_cluster.this.id
    name              = var.user
    mysql_auth_plugin = var.auth_plugin
  }

  resource "digitalocean_database_db" "further" {
    for_each   = var.databases
    cluster_id = digitalocean_database_cluster.this.id
    name       = each.value
  }

  resource "digitalocean_database_user" "further" {
    for_each          = var.users
    cluster_id        = digitalocean_database_cluster.this.id
    name              = each.value
    mysql_auth_plugin = var.auth_plugin
  }

  resource "digitalocean_database_replica" "this" {
    for_each             = var.replicas
    cluster_id           = digitalocean_database_cluster.this.id
    name                 = "${var.name}-${each.key}"
    size                 = coalesce(each.value.size, var.size)
    region               = coalesce(each.value.region, var.region)
    private_network_uuid = coalesce(each.value.region, var.region) == var.region ? one(var.vpc[*].id) : null
    storage_size_mib     = each.value.storage == null ? null : each.value.storage * 1024
    tags                 = var.tags

    lifecycle {
      # A change of these would replace the copy.
      ignore_changes = [private_network_uuid, tags]
    }
  }

  resource "digitalocean_database_mysql_config" "this" {
    count = var.settings == null ? 0 : 1

    cluster_id                       = digitalocean_database_cluster.this.id
    backup_hour                      = var.settings.backup_hour
    backup_minute                    = var.settings.backup_minute
    binlog_retention_period          = var.settings.binlog_retention_period
    connect_timeout                  = var.settings.connect_timeout
    default_time_zone                = var.settings.default_time_zone
    group_concat_max_len             = var.settings.group_concat_max_len
    information_schema_stats_expiry  = var.settings.information_schema_stats_expiry
    innodb_ft_min_token_size         = var.settings.innodb_ft_min_token_size
    innodb_ft_server_stopword_table  = var.settings.innodb_ft_server_stopword_table
    innodb_lock_wait_timeout         = var.settings.innodb_lock_wait_timeout
    innodb_log_buffer_size           = var.settings.innodb_log_buffer_size
    innodb_online_alter_log_max_size = var.settings.innodb_online_alter_log_max_size
    innodb_print_all_deadlocks       = var.settings.innodb_print_all_deadlocks
    innodb_rollback_on_timeout       = var.settings.innodb_rollback_on_timeout
    interactive_timeout              = var.settings.interactive_timeout
    internal_tmp_mem_storage_engine  = var.settings.internal_tmp_mem_storage_engine
    long_query_time                  = var.settings.long_query_time
    max_allowed_packet               = var.settings.max_allowed_packet
    max_heap_table_size              = var.settings.max_heap_table_size
    net_read_timeout                 = var.settings.net_read_timeout
    net_write_timeout                = var.settings.net_write_timeout
    slow_query_log                   = var.settings.slow_query_log
    sort_buffer_size                 = var.settings.sort_buffer_size
    sql_require_primary_key          = var.settings.sql_require_primary_key
    tmp_table_size                   = var.settings.tmp_table_size
    wait_timeout                     = var.settings.wait_timeout
  }

  locals {
    direct_url = format(
      "mysql://%s:%s@%s:%d/%s?ssl-mode=REQUIRED",
      digitalocean_database_cluster.this.user,
      urlencode(digitalocean_database_cluster.this.password),
      digitalocean_database_cluster.this.host,
      digitalocean_database_cluster.this.port,
      local.database,
    )
    private_direct_url = format(
      "mysql://%s:%s@%s:%d/%s?ssl-mode=REQUIRED",
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
    description = "Port of the cluster"
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
    value       = local.direct_url
    description = "URL for applications and migrations"
    sensitive   = true
  }
  output "private_connection_url" {
    value       = local.private_direct_url
    description = "URL for applications and migrations in the private network"
    sensitive   = true
    instead_of  = "connection_url"
    when        = consumer.provider == resource.provider && consumer.config.vpc != null && consumer.config.vpc == resource.config.vpc
  }
  output "direct_url" {
    value       = local.direct_url
    description = "The same URL, under the name that it has where there is a pool"
    sensitive   = true
  }
  output "private_direct_url" {
    value       = local.private_direct_url
    description = "The same URL in the private network"
    sensitive   = true
    instead_of  = "direct_url"
    when        = consumer.provider == resource.provider && consumer.config.vpc != null && consumer.config.vpc == resource.config.vpc
  }
  output "user_passwords" {
    value       = { for name in var.users : name => digitalocean_database_user.further[name].password }
    description = "Passwords of the further users by name"
    sensitive   = true
  }
  output "read_url" {
    value       = try(values(digitalocean_database_replica.this)[0].uri, local.direct_url)
    description = "URL of the first copy, which takes no changes, and that of the cluster without one"
    sensitive   = true
  }
  output "private_read_url" {
    value       = try(values(digitalocean_database_replica.this)[0].private_uri, local.private_direct_url)
    description = "URL of the first copy in the private network"
    sensitive   = true
    instead_of  = "read_url"
    when        = consumer.provider == resource.provider && consumer.config.vpc != null && consumer.config.vpc == resource.config.vpc
  }
  output "replica_urls" {
    value       = { for name, replica in var.replicas : name => digitalocean_database_replica.this[name].uri }
    description = "URLs of the copies by name"
    sensitive   = true
  }

  existing "digitalocean_database_cluster" "this" {
    name = var.name
  }
  existing "digitalocean_database_user" "this" {
    cluster_id = digitalocean_database_cluster.this.id
    name       = var.user
  }
  price "nodes" {
    amount = prices.database[var.size] * var.node_count
  }
  price "replicas" {
    amount = sum(concat([0], [for r in values(var.replicas) : prices.database[coalesce(r.size, var.size)]]))
  }
  price "storage" {
    amount = var.storage == null ? 0 : max(0, var.storage - values.database_disks[var.size]) * prices.flat.database_disk_gb
  }
}
