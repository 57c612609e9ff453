module "postgres" {
  serves      = "resource"
  title       = "Managed PostgreSQL"
  description = "PostgreSQL cluster with a database, a connection pool in front of it, and a firewall that lets in the project alone"
  aliases     = ["postgresql", "pg"]

  leaves_out = {
    "digitalocean_database_cluster.engine"          = "each engine is a type of its own"
    "digitalocean_database_cluster.eviction_policy" = "for caches alone"
    "digitalocean_database_cluster.sql_mode"        = "for MySQL alone"
    "digitalocean_database_firewall.rule.type"      = "it follows from who is let in"
    "digitalocean_database_user.mysql_auth_plugin"  = "for MySQL alone"
    "digitalocean_database_user.settings"           = "for Kafka and OpenSearch alone"
  }

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
  variable "pools" {
    type = map(object({
      database = optional(string)
      user     = optional(string)
      mode     = optional(string, "transaction")
      size     = optional(number, 10)
    }))
    default     = {}
    aliases     = ["extra_pools"]
    description = "Further connection pools by name"
    field "database" { description = "Database of the pool, the cluster's own unless given" }
    field "user" { description = "User of the pool, the cluster's own unless given" }
    field "mode" { description = "How long a client holds a connection: for a session, a transaction or a statement" }
    field "size" { description = "Number of connections that the pool keeps to the database" }
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
      autovacuum_analyze_scale_factor     = optional(number)
      autovacuum_analyze_threshold        = optional(number)
      autovacuum_freeze_max_age           = optional(number)
      autovacuum_max_workers              = optional(number)
      autovacuum_naptime                  = optional(number)
      autovacuum_vacuum_cost_delay        = optional(number)
      autovacuum_vacuum_cost_limit        = optional(number)
      autovacuum_vacuum_scale_factor      = optional(number)
      autovacuum_vacuum_threshold         = optional(number)
      backup_hour                         = optional(number)
      backup_minute                       = optional(number)
      bgwriter_delay                      = optional(number)
      bgwriter_flush_after                = optional(number)
      bgwriter_lru_maxpages               = optional(number)
      bgwriter_lru_multiplier             = optional(number)
      deadlock_timeout                    = optional(number)
      default_toast_compression           = optional(string)
      idle_in_transaction_session_timeout = optional(number)
      jit                                 = optional(bool)
      log_autovacuum_min_duration         = optional(number)
      log_error_verbosity                 = optional(string)
      log_line_prefix                     = optional(string)
      log_min_duration_statement          = optional(number)
      max_files_per_process               = optional(number)
      max_locks_per_transaction           = optional(number)
      max_logical_replication_workers     = optional(number)
      max_parallel_workers                = optional(number)
      max_parallel_workers_per_gather     = optional(number)
      max_pred_locks_per_transaction      = optional(number)
      max_prepared_transactions           = optional(number)
      max_replication_slots               = optional(number)
      max_stack_depth                     = optional(number)
      max_standby_archive_delay           = optional(number)
      max_standby_streaming_delay         = optional(number)
      max_wal_senders                     = optional(number)
      max_worker_processes                = optional(number)
      pg_partman_bgw_interval             = optional(number)
      pg_partman_bgw_role                 = optional(string)
      pg_stat_statements_track            = optional(string)
      shared_buffers_percentage           = optional(number)
      temp_file_limit                     = optional(number)
      timezone                            = optional(string)
      track_activity_query_size           = optional(number)
      track_commit_timestamp              = optional(string)
      track_functions                     = optional(string)
      track_io_timing                     = optional(string)
      wal_sender_timeout                  = optional(number)
      wal_writer_delay                    = optional(number)
      work_mem                            = optional(number)
      pgbouncer = optional(object({
        autodb_idle_timeout       = optional(number)
        autodb_max_db_connections = optional(number)
        autodb_pool_mode          = optional(string)
        autodb_pool_size          = optional(number)
        ignore_startup_parameters = optional(set(string))
        min_pool_size             = optional(number)
        server_idle_timeout       = optional(number)
        server_lifetime           = optional(number)
        server_reset_query_always = optional(bool)
      }))
      timescaledb = optional(object({ max_background_workers = number }))
    })
    default     = null
    aliases     = ["engine_config"]
    description = "Settings of PostgreSQL under its own names; those that aren't given stay as they are"
    example     = { work_mem = 16, timezone = "Europe/London" }
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
    condition = alltrue([for name, pool in var.pools : name != var.pool.name && can(regex("^[a-zA-Z0-9_-]{3,63}$", name))])
    message   = "Names of pools differ, and have 3 to 63 letters, digits, dashes and underscores."
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

  resource "digitalocean_database_db" "further" {
    for_each   = var.databases
    cluster_id = digitalocean_database_cluster.this.id
    name       = each.value
  }

  resource "digitalocean_database_user" "further" {
    for_each   = var.users
    cluster_id = digitalocean_database_cluster.this.id
    name       = each.value
  }

  resource "digitalocean_database_connection_pool" "further" {
    for_each   = var.pools
    cluster_id = digitalocean_database_cluster.this.id
    name       = each.key
    db_name    = each.value.database == null ? digitalocean_database_db.this.name : each.value.database
    user       = each.value.user == null ? digitalocean_database_cluster.this.user : each.value.user
    mode       = each.value.mode
    size       = each.value.size

    # The database and the user may be ones of this cluster.
    depends_on = [digitalocean_database_db.further, digitalocean_database_user.this, digitalocean_database_user.further]
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

  resource "digitalocean_database_postgresql_config" "this" {
    count = var.settings == null ? 0 : 1

    cluster_id                          = digitalocean_database_cluster.this.id
    autovacuum_analyze_scale_factor     = var.settings.autovacuum_analyze_scale_factor
    autovacuum_analyze_threshold        = var.settings.autovacuum_analyze_threshold
    autovacuum_freeze_max_age           = var.settings.autovacuum_freeze_max_age
    autovacuum_max_workers              = var.settings.autovacuum_max_workers
    autovacuum_naptime                  = var.settings.autovacuum_naptime
    autovacuum_vacuum_cost_delay        = var.settings.autovacuum_vacuum_cost_delay
    autovacuum_vacuum_cost_limit        = var.settings.autovacuum_vacuum_cost_limit
    autovacuum_vacuum_scale_factor      = var.settings.autovacuum_vacuum_scale_factor
    autovacuum_vacuum_threshold         = var.settings.autovacuum_vacuum_threshold
    backup_hour                         = var.settings.backup_hour
    backup_minute                       = var.settings.backup_minute
    bgwriter_delay                      = var.settings.bgwriter_delay
    bgwriter_flush_after                = var.settings.bgwriter_flush_after
    bgwriter_lru_maxpages               = var.settings.bgwriter_lru_maxpages
    bgwriter_lru_multiplier             = var.settings.bgwriter_lru_multiplier
    deadlock_timeout                    = var.settings.deadlock_timeout
    default_toast_compression           = var.settings.default_toast_compression
    idle_in_transaction_session_timeout = var.settings.idle_in_transaction_session_timeout
    jit                                 = var.settings.jit
    log_autovacuum_min_duration         = var.settings.log_autovacuum_min_duration
    log_error_verbosity                 = var.settings.log_error_verbosity
    log_line_prefix                     = var.settings.log_line_prefix
    log_min_duration_statement          = var.settings.log_min_duration_statement
    max_files_per_process               = var.settings.max_files_per_process
    max_locks_per_transaction           = var.settings.max_locks_per_transaction
    max_logical_replication_workers     = var.settings.max_logical_replication_workers
    max_parallel_workers                = var.settings.max_parallel_workers
    max_parallel_workers_per_gather     = var.settings.max_parallel_workers_per_gather
    max_pred_locks_per_transaction      = var.settings.max_pred_locks_per_transaction
    max_prepared_transactions           = var.settings.max_prepared_transactions
    max_replication_slots               = var.settings.max_replication_slots
    max_stack_depth                     = var.settings.max_stack_depth
    max_standby_archive_delay           = var.settings.max_standby_archive_delay
    max_standby_streaming_delay         = var.settings.max_standby_streaming_delay
    max_wal_senders                     = var.settings.max_wal_senders
    max_worker_processes                = var.settings.max_worker_processes
    pg_partman_bgw_interval             = var.settings.pg_partman_bgw_interval
    pg_partman_bgw_role                 = var.settings.pg_partman_bgw_role
    pg_stat_statements_track            = var.settings.pg_stat_statements_track
    shared_buffers_percentage           = var.settings.shared_buffers_percentage
    temp_file_limit                     = var.settings.temp_file_limit
    timezone                            = var.settings.timezone
    track_activity_query_size           = var.settings.track_activity_query_size
    track_commit_timestamp              = var.settings.track_commit_timestamp
    track_functions                     = var.settings.track_functions
    track_io_timing                     = var.settings.track_io_timing
    wal_sender_timeout                  = var.settings.wal_sender_timeout
    wal_writer_delay                    = var.settings.wal_writer_delay
    work_mem                            = var.settings.work_mem

    dynamic "pgbouncer" {
      for_each = var.settings.pgbouncer[*]
      content {
        autodb_idle_timeout       = pgbouncer.value.autodb_idle_timeout
        autodb_max_db_connections = pgbouncer.value.autodb_max_db_connections
        autodb_pool_mode          = pgbouncer.value.autodb_pool_mode
        autodb_pool_size          = pgbouncer.value.autodb_pool_size
        ignore_startup_parameters = pgbouncer.value.ignore_startup_parameters
        min_pool_size             = pgbouncer.value.min_pool_size
        server_idle_timeout       = pgbouncer.value.server_idle_timeout
        server_lifetime           = pgbouncer.value.server_lifetime
        server_reset_query_always = pgbouncer.value.server_reset_query_always
      }
    }
    dynamic "timescaledb" {
      for_each = var.settings.timescaledb[*]
      content {
        max_background_workers = timescaledb.value.max_background_workers
      }
    }
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
  output "pool_urls" {
    value       = { for name, pool in var.pools : name => digitalocean_database_connection_pool.further[name].uri }
    description = "URLs of the further pools by name"
    sensitive   = true
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
  existing "digitalocean_database_connection_pool" "this" {
    cluster_id = digitalocean_database_cluster.this.id
    name       = var.pool.name
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
