provider "digitalocean" {
  title         = "DigitalOcean"
  documentation = "https://docs.digitalocean.com"
  source        = "digitalocean/digitalocean"
  version       = "~> 2.99"
  aliases       = ["do", "digital-ocean", "digital_ocean"]

  credential "token" {
    description = "API token that may read and write what the project uses"
    environment = ["DIGITALOCEAN_TOKEN", "DIGITALOCEAN_ACCESS_TOKEN"]
  }
  credential "spaces_access_id" {
    description = "Access key of Spaces, since the API token doesn't open buckets"
    environment = ["SPACES_ACCESS_KEY_ID"]
  }
  credential "spaces_secret_key" {
    description = "Secret key of Spaces"
    environment = ["SPACES_SECRET_ACCESS_KEY"]
  }

  setting "region" {
    type        = string
    default     = null
    description = "Region of every database, machine, network and bucket that names none"
    known       = values.regions
    example     = "fra1"
  }
  setting "ssh_keys" {
    type        = list(string)
    default     = null
    description = "Who may log in to every machine: names of keys in the account, or public keys"
    aliases     = ["ssh_key_names"]
    example     = ["laptop"]
  }

  setting "project" {
    type        = string
    default     = null
    description = "Id or name of a DigitalOcean project that everything is put into, in place of one of the stack's own"
    example     = "Shop"
  }
  setting "project_purpose" {
    type        = string
    default     = null
    description = "What the stack's own DigitalOcean project is for"
    length      = [1, 255]
    example     = "Web Application"
  }
  setting "assign_project" {
    type        = bool
    default     = true
    description = "Put everything into a DigitalOcean project; false leaves it in the account's default one"
  }
  setting "uptime" {
    type        = bool
    default     = null
    description = "Whether DigitalOcean asks the apps' domains and the project's own URLs and machines; unless given, what no other provider of the project asks"
  }
  setting "dns_ttl" {
    type        = number
    default     = null
    description = "Seconds for which resolvers may keep the records of the apps' domains"
    range       = [30, 86400]
    example     = 300
    whole       = true
  }

  tags {
    value = [for key, text in tags : "${key}:${text}"]
    key   = "^[a-zA-Z0-9_-]+$"
    text  = "^[a-zA-Z0-9:_-]*$"
    limit = 255
  }

  type "digitalocean_database_cluster" {
    stateful = true
    argument "name" {
      length  = [3, 63]
      pattern = "^[a-z][a-z0-9-]*[a-z0-9]$"
      unique  = "account"
    }
    argument "node_count" { range = [1, 3] }
    argument "maintenance_window.day" { ignore_case = true }
    argument "maintenance_window.hour" { pattern = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$" }
  }
  type "digitalocean_database_db" {
    stateful = true
    import   = "${cluster_id},${name}"
    argument "name" { length = [1, 63] }
  }
  type "digitalocean_database_user" {
    import = "${cluster_id},${name}"
    argument "name" { length = [1, 63] }
  }
  type "digitalocean_database_connection_pool" {
    import = "${cluster_id},${name}"
    argument "size" { range = [1, 1000] }
  }
  type "digitalocean_database_firewall" { import = cluster_id }

  type "digitalocean_spaces_bucket" {
    stateful    = true
    credentials = ["spaces_access_id", "spaces_secret_key"]
    id          = name
    import      = "${region},${name}"
    argument "name" {
      frozen  = true # a change is accepted, and ignored
      length  = [3, 63]
      pattern = "^[a-z0-9][a-z0-9-]*[a-z0-9]$"
      unique  = "global"
    }
    argument "acl" { one_of = ["private", "public-read"] }
    argument "lifecycle_rule.abort_incomplete_multipart_upload_days" { range = [1, 3650] }
  }
  type "digitalocean_spaces_bucket_cors_configuration" {
    credentials = ["spaces_access_id", "spaces_secret_key"]
    import      = "${region},${bucket}"
    argument "cors_rule.allowed_methods" { one_of = ["GET", "PUT", "DELETE", "HEAD", "POST"] }
    argument "cors_rule.max_age_seconds" { range = [0, 86400] }
  }
  type "digitalocean_spaces_bucket_policy" {
    credentials = ["spaces_access_id", "spaces_secret_key"]
    import      = "${region},${bucket}"
  }
  type "digitalocean_spaces_bucket_logging" {
    credentials = ["spaces_access_id", "spaces_secret_key"]
    import      = "${region},${bucket}"
  }
  type "digitalocean_spaces_key" {
    argument "grant.permission" { one_of = ["read", "readwrite", "fullaccess"] }
  }

  # What data sources say, word for word; "Not found" in any other words may be a lack of rights.
  type "data.digitalocean_spaces_bucket" {
    credentials = ["spaces_access_id", "spaces_secret_key"]
    absent      = ["^Spaces Bucket \\(.+\\) not found$"]
  }
  type "data.digitalocean_vpc" {
    absent    = ["^no VPCs found with name "]
    ambiguous = ["^too many VPCs found with name "]
  }
  type "data.digitalocean_droplet" {
    absent    = ["^no droplet found with name "]
    ambiguous = ["^too many droplets found with name "]
  }
  type "data.digitalocean_loadbalancer" {
    absent    = ["^no load balancers? found with name "]
    ambiguous = ["^too many load balancers found with name "]
  }
  type "data.digitalocean_volume" {
    absent    = ["^no volumes? found with name "]
    ambiguous = ["^too many volumes found with name "]
  }
  type "data.digitalocean_kubernetes_cluster" { absent = ["^Unable to find cluster with name: "] }
  type "data.digitalocean_domain" { absent = ["^domain not found: "] }
  type "data.digitalocean_certificate" { absent = ["^certificate not found"] }
  # Where there are others, an absent one is a null id.
  type "data.digitalocean_database_cluster" { absent = ["^Unable to find any database clusters"] }

  type "digitalocean_droplet" {
    stateful = true
    argument "name" {
      length  = [1, 63]
      pattern = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"
    }
    argument "region" { ignore_case = true }
    argument "size" { ignore_case = true }
  }
  type "digitalocean_firewall" {
    argument "name" {
      length  = [1, 255]
      pattern = "^[a-zA-Z0-9][a-zA-Z0-9.-]*$"
      unique  = "account"
    }
  }
  type "digitalocean_reserved_ip" { import = ip_address }

  type "digitalocean_vpc" {
    argument "name" {
      length  = [1, 255]
      pattern = "^[a-zA-Z0-9.-]+$"
      unique  = "account"
    }
  }

  type "digitalocean_app" {
    argument "spec.name" {
      pattern = "^[a-z][a-z0-9-]*[a-z0-9]$"
      unique  = "account"
    }
    argument "spec.domain.type" { ignore_case = true }
    argument "spec.service.instance_count" { range = [1, 250] }
    argument "spec.service.http_port" { range = [1, 65535] }
  }

  type "digitalocean_database_replica" {
    import = "${cluster_id},${name}"
    argument "name" {
      length  = [3, 63]
      pattern = "^[a-z][a-z0-9-]*[a-z0-9]$"
    }
  }
  type "digitalocean_database_mysql_config" {
    import = cluster_id
    argument "backup_hour" { range = [0, 23] }
    argument "backup_minute" { range = [0, 59] }
    argument "binlog_retention_period" { range = [600, 86400] }
    argument "connect_timeout" { range = [2, 3600] }
    argument "group_concat_max_len" { range = [4, 18446744073709551600] }
    argument "information_schema_stats_expiry" { range = [900, 31536000] }
    argument "innodb_ft_min_token_size" { range = [0, 16] }
    argument "innodb_lock_wait_timeout" { range = [1, 3600] }
    argument "innodb_log_buffer_size" { range = [1048576, 4294967295] }
    argument "innodb_online_alter_log_max_size" { range = [65536, 1099511627776] }
    argument "interactive_timeout" { range = [30, 604800] }
    argument "long_query_time" { range = [0, 3600] }
    argument "max_allowed_packet" { range = [102400, 1073741824] }
    argument "max_heap_table_size" { range = [1048576, 1073741824] }
    argument "net_read_timeout" { range = [1, 3600] }
    argument "net_write_timeout" { range = [1, 3600] }
    argument "sort_buffer_size" { range = [262144, 1073741824] }
    argument "tmp_table_size" { range = [1048576, 1073741824] }
    argument "wait_timeout" { range = [1, 2147483] }
  }
  type "digitalocean_database_postgresql_config" {
    import = cluster_id
    argument "log_line_prefix" {
      one_of = ["pid=%p,user=%u,db=%d,app=%a,client=%h", "%m [%p] %q[user=%u,db=%d,app=%a]", "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h"]
    }
    argument "pg_stat_statements_track" { one_of = ["all", "top", "none"] }
    argument "pgbouncer.autodb_pool_mode" { one_of = ["session", "transaction", "statement"] }
    argument "autovacuum_analyze_scale_factor" { range = [0, 1] }
    argument "autovacuum_analyze_threshold" { range = [0, 2147483647] }
    argument "autovacuum_freeze_max_age" { range = [200000000, 1500000000] }
    argument "autovacuum_max_workers" { range = [1, 20] }
    argument "autovacuum_naptime" { range = [0, 86400] }
    argument "autovacuum_vacuum_cost_delay" { range = [-1, 100] }
    argument "autovacuum_vacuum_cost_limit" { range = [-1, 10000] }
    argument "autovacuum_vacuum_scale_factor" { range = [0, 1] }
    argument "autovacuum_vacuum_threshold" { range = [0, 2147483647] }
    argument "backup_hour" { range = [0, 23] }
    argument "backup_minute" { range = [0, 59] }
    argument "bgwriter_delay" { range = [10, 10000] }
    argument "bgwriter_flush_after" { range = [0, 2048] }
    argument "bgwriter_lru_maxpages" { range = [0, 1073741823] }
    argument "bgwriter_lru_multiplier" { range = [0, 10] }
    argument "deadlock_timeout" { range = [500, 1800000] }
    argument "idle_in_transaction_session_timeout" { range = [0, 604800000] }
    argument "log_autovacuum_min_duration" { range = [-1, 2147483647] }
    argument "log_min_duration_statement" { range = [-1, 86400000] }
    argument "max_files_per_process" { range = [1000, 4096] }
    argument "max_locks_per_transaction" { range = [64, 6400] }
    argument "max_logical_replication_workers" { range = [4, 64] }
    argument "max_parallel_workers" { range = [0, 96] }
    argument "max_parallel_workers_per_gather" { range = [0, 96] }
    argument "max_pred_locks_per_transaction" { range = [64, 640] }
    argument "max_prepared_transactions" { range = [0, 10000] }
    argument "max_replication_slots" { range = [8, 64] }
    argument "max_stack_depth" { range = [2097152, 6291456] }
    argument "max_standby_archive_delay" { range = [1, 43200000] }
    argument "max_standby_streaming_delay" { range = [1, 43200000] }
    argument "max_wal_senders" { range = [20, 64] }
    argument "max_worker_processes" { range = [8, 96] }
    argument "pg_partman_bgw_interval" { range = [3600, 604800] }
    argument "temp_file_limit" { range = [-1, 2147483647] }
    argument "track_activity_query_size" { range = [1024, 10240] }
    argument "wal_sender_timeout" { range = [0, 10800000] }
    argument "wal_writer_delay" { range = [10, 200] }
    argument "work_mem" { range = [1, 1024] }
    argument "pgbouncer.autodb_idle_timeout" { range = [0, 86400] }
    argument "pgbouncer.autodb_max_db_connections" { range = [0, 2147483647] }
    argument "pgbouncer.autodb_pool_size" { range = [0, 10000] }
    argument "pgbouncer.min_pool_size" { range = [0, 10000] }
    argument "pgbouncer.server_idle_timeout" { range = [0, 86400] }
    argument "pgbouncer.server_lifetime" { range = [60, 86400] }
    argument "timescaledb.max_background_workers" { range = [1, 4096] }
  }
  type "digitalocean_database_valkey_config" {
    import = cluster_id
    argument "timeout" { range = [0, 31536000] }
  }

  type "digitalocean_kubernetes_cluster" {
    stateful = true
    argument "name" {
      length  = [1, 255]
      pattern = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"
    }
    argument "node_pool.name" { pattern = "^[a-z]([a-z0-9-]{0,53}[a-z0-9])?$" }
    argument "node_pool.min_nodes" { range = [0, 512] }
    argument "node_pool.max_nodes" { range = [1, 512] }
    argument "node_pool.node_count" { range = [0, 512] }
  }
  type "digitalocean_kubernetes_node_pool" {
    argument "min_nodes" { range = [0, 512] }
    argument "max_nodes" { range = [1, 512] }
    argument "node_count" { range = [0, 512] }
  }
  type "digitalocean_container_registries" {
    stateful = true
    import   = name
    id       = name
    argument "name" {
      length  = [3, 63]
      pattern = "^[a-z0-9][a-z0-9-]*[a-z0-9]$"
      unique  = "global"
    }
  }
  type "digitalocean_loadbalancer" {
    argument "name" {
      length  = [1, 255]
      pattern = "^[a-zA-Z0-9.-]+$"
      unique  = "account"
    }
  }
  type "digitalocean_volume" {
    stateful = true
    argument "name" {
      length  = [1, 64]
      pattern = "^[a-z]([a-z0-9-]*[a-z0-9])?$"
    }
    argument "size" { range = [1, 16384] }
  }
  type "digitalocean_domain" {
    import = name
    id     = name
    argument "name" { unique = "global" }
  }
  type "digitalocean_record" {
    argument "flags" { range = [0, 255] }
    argument "ttl" { range = [30, 86400] }
  }
  type "digitalocean_certificate" {
    import = name
    id     = name
    argument "name" {
      length  = [1, 255]
      pattern = "^[a-zA-Z0-9][a-zA-Z0-9._-]*$"
      unique  = "account"
    }
  }
  type "digitalocean_reserved_ipv6" { import = ip }
  type "digitalocean_reserved_ip_assignment" { import = "${ip_address},${droplet_id}" }
  type "digitalocean_reserved_ipv6_assignment" { import = "${ip},${droplet_id}" }

  type "digitalocean_project" {
    argument "name" {
      length = [1, 175]
      unique = "account"
    }
  }
  type "digitalocean_uptime_check" {
    argument "regions" { one_of = ["us_east", "us_west", "eu_west", "se_asia"] }
  }

  values "regions" {
    entries = {
      ams3 = "Amsterdam 3"
      atl1 = "Atlanta 1"
      blr1 = "Bangalore 1"
      fra1 = "Frankfurt 1"
      lon1 = "London 1"
      nyc1 = "New York 1"
      nyc2 = "New York 2"
      nyc3 = "New York 3"
      sfo2 = "San Francisco 2"
      sfo3 = "San Francisco 3"
      sgp1 = "Singapore 1"
      syd1 = "Sydney 1"
      tor1 = "Toronto 1"
    }
  }
  values "registry_regions" {
    entries = {
      ams3 = "Amsterdam 3"
      blr1 = "Bangalore 1"
      fra1 = "Frankfurt 1"
      nyc3 = "New York 3"
      sfo2 = "San Francisco 2"
      sfo3 = "San Francisco 3"
      sgp1 = "Singapore 1"
      syd1 = "Sydney 1"
    }
  }
  # App Platform names cities, and runs in one datacenter of each.
  values "app_regions" {
    entries = {
      ams = "Amsterdam"
      atl = "Atlanta"
      blr = "Bangalore"
      fra = "Frankfurt"
      lon = "London"
      nyc = "New York"
      sfo = "San Francisco"
      sgp = "Singapore"
      syd = "Sydney"
      tor = "Toronto"
    }
  }
  values "datacenters" {
    entries = {
      ams = "ams3"
      atl = "atl1"
      blr = "blr1"
      fra = "fra1"
      lon = "lon1"
      nyc = "nyc1"
      sfo = "sfo3"
      sgp = "sgp1"
      syd = "syd1"
      tor = "tor1"
    }
  }

  prices "droplet" {
    currency   = "USD"
    as_of      = "2022-07-01"
    confidence = "B"
    source     = "Price change of July 2022"
    amounts = {
      "s-1vcpu-512mb-10gb" = 4
      "s-1vcpu-1gb"        = 6
      "s-1vcpu-1gb-amd"    = 7
      "s-1vcpu-1gb-intel"  = 7
      "s-1vcpu-2gb"        = 12
      "s-1vcpu-2gb-amd"    = 14
      "s-1vcpu-2gb-intel"  = 14
      "s-2vcpu-2gb"        = 18
      "s-2vcpu-2gb-amd"    = 21
      "s-2vcpu-2gb-intel"  = 21
      "s-2vcpu-4gb"        = 24
      "s-2vcpu-4gb-amd"    = 28
      "s-2vcpu-4gb-intel"  = 28
      "s-2vcpu-8gb-amd"    = 42
      "s-4vcpu-8gb"        = 48
      "s-4vcpu-8gb-amd"    = 56
      "s-4vcpu-8gb-intel"  = 56
      "s-4vcpu-16gb-amd"   = 84
      "s-8vcpu-16gb"       = 96
      "s-8vcpu-16gb-amd"   = 112
      "s-8vcpu-16gb-intel" = 112
      "s-8vcpu-32gb-amd"   = 168
      "c-2"                = 42
      "c-4"                = 84
      "g-2vcpu-8gb"        = 63
      "g-4vcpu-16gb"       = 126
      "g-8vcpu-32gb"       = 252
      "m-2vcpu-16gb"       = 84
      "m-4vcpu-32gb"       = 168
    }
    confidences = {
      "s-2vcpu-8gb-amd"  = "C"
      "s-4vcpu-16gb-amd" = "C"
      "s-8vcpu-32gb-amd" = "C"
      "c-2"              = "C"
      "c-4"              = "C"
      "g-2vcpu-8gb"      = "C"
      "g-4vcpu-16gb"     = "C"
      "g-8vcpu-32gb"     = "C"
      "m-2vcpu-16gb"     = "C"
      "m-4vcpu-32gb"     = "C"
    }
  }
  # Shares of the machine's price.
  prices "droplet_backup" {
    currency   = "USD"
    as_of      = "2026-05-28"
    confidence = "C"
    source     = "Other people's programs"
    amounts = {
      daily  = 0.3
      weekly = 0.2
    }
  }
  prices "database" {
    currency   = "USD"
    as_of      = "2025-06-17"
    confidence = "C"
    source     = "https://docs.digitalocean.com/products/databases/postgresql/details/pricing"
    amounts = {
      "db-s-1vcpu-1gb"  = 15
      "db-s-1vcpu-2gb"  = 30
      "db-s-2vcpu-4gb"  = 60
      "db-s-4vcpu-8gb"  = 120
      "db-s-6vcpu-16gb" = 240
      "db-s-8vcpu-32gb" = 480
    }
  }
  # What a node's price includes, in GB.
  values "database_disks" {
    entries = {
      "db-s-1vcpu-1gb"  = 10
      "db-s-1vcpu-2gb"  = 25
      "db-s-2vcpu-4gb"  = 38
      "db-s-4vcpu-8gb"  = 115
      "db-s-6vcpu-16gb" = 270
      "db-s-8vcpu-32gb" = 580
    }
  }
  prices "app" {
    currency   = "USD"
    as_of      = "2026-08-07"
    confidence = "A"
    source     = "https://docs.digitalocean.com/products/app-platform/details/pricing"
    amounts = {
      "apps-s-1vcpu-0.5gb"     = 5
      "apps-s-1vcpu-1gb-fixed" = 10
      "apps-s-1vcpu-1gb"       = 12
      "apps-s-1vcpu-2gb"       = 25
      "apps-s-2vcpu-4gb"       = 50
      "apps-d-1vcpu-0.5gb"     = 29
      "apps-d-1vcpu-1gb"       = 34
      "apps-d-1vcpu-2gb"       = 39
      "apps-d-1vcpu-4gb"       = 49
      "apps-d-2vcpu-4gb"       = 78
      "apps-d-2vcpu-8gb"       = 98
      "apps-d-4vcpu-8gb"       = 156
      "apps-d-4vcpu-16gb"      = 196
      "apps-d-8vcpu-32gb"      = 392
    }
  }
  prices "registry" {
    currency   = "USD"
    as_of      = "2025-06-11"
    confidence = "A"
    source     = "https://docs.digitalocean.com/products/container-registry/details/pricing"
    amounts = {
      starter      = 0
      basic        = 5
      professional = 20
    }
  }
  prices "app_extra" {
    currency   = "USD"
    as_of      = "2026-08-07"
    confidence = "A"
    source     = "https://docs.digitalocean.com/products/app-platform/details/pricing"
    amounts = {
      egress_ip   = 25
      static_site = 3
    }
  }
  prices "database_disk" {
    currency   = "USD"
    as_of      = "2025-06-17"
    confidence = "A"
    source     = "https://docs.digitalocean.com/products/databases/postgresql/details/pricing"
    amounts = {
      gb = 0.21
    }
  }
  prices "kubernetes" {
    currency   = "USD"
    as_of      = "2025-06-17"
    confidence = "A"
    source     = "https://docs.digitalocean.com/products/kubernetes/details/pricing"
    amounts = {
      control_plane    = 0
      control_plane_ha = 40
    }
  }
  prices "loadbalancer" {
    currency   = "USD"
    as_of      = "2025-02-28"
    confidence = "A"
    source     = "https://docs.digitalocean.com/products/networking/load-balancers/details/pricing"
    amounts = {
      GLOBAL           = 15
      REGIONAL         = 12
      REGIONAL_NETWORK = 15
    }
  }
  # What the subscription includes it includes once an account.
  prices "spaces" {
    currency   = "USD"
    as_of      = "2025-06-17"
    confidence = "A"
    source     = "https://docs.digitalocean.com/products/spaces/details/pricing"
    amounts = {
      gb           = 0.02
      subscription = 5
    }
  }
  values "spaces_included" {
    entries = { gb = 250 }
  }
  prices "volume" {
    currency   = "USD"
    as_of      = "2025-06-17"
    confidence = "A"
    source     = "https://docs.digitalocean.com/products/volumes/details/pricing"
    amounts = {
      gb = 0.10
    }
  }
  prices "network" {
    currency   = "USD"
    as_of      = "2025-06-17"
    confidence = "C"
    source     = "Second hand"
    amounts = {
      alert                  = 0
      domain                 = 0
      firewall               = 0
      project                = 0
      record                 = 0
      reserved_ip_unassigned = 5
      uptime_check           = 1
      vpc                    = 0
    }
  }
}
