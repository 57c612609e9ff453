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
  type "digitalocean_spaces_key" {
    argument "grant.permission" { one_of = ["read", "readwrite", "fullaccess"] }
  }
  type "data.digitalocean_spaces_bucket" {
    credentials = ["spaces_access_id", "spaces_secret_key"]
  }

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
  prices "flat" {
    currency   = "USD"
    as_of      = "2025-06-17"
    confidence = "A"
    source     = "https://www.digitalocean.com/pricing"
    amounts = {
      app_egress_ip    = 25
      database_disk_gb = 0.21
      spaces           = 5
    }
  }
}
