provider "hetzner" {
  title         = "Hetzner Cloud"
  documentation = "https://docs.hetzner.com/cloud"
  local_name    = "hcloud"
  source        = "hetznercloud/hcloud"
  version       = "~> 1.68"
  aliases       = ["hcloud", "hetzner-cloud", "hetzner_cloud"]

  credential "token" {
    description = "API token of the Hetzner project with leave to read and write, 64 characters long"
    environment = ["HCLOUD_TOKEN"]
  }

  setting "location" {
    type        = string
    default     = null
    aliases     = ["region"]
    description = "Location of every server, volume and load balancer that names none"
    known       = values.locations
    example     = "fsn1"
  }
  setting "ssh_keys" {
    type        = list(string)
    default     = null
    description = "Who may log in to every server: names of keys in the Hetzner project, or public keys"
    aliases     = ["ssh_key_names"]
    example     = ["laptop"]
  }

  setting "dns_ttl" {
    type        = number
    default     = null
    description = "Seconds for which resolvers may keep the records of the apps' domains, as for the zone unless given"
    range       = [60, 2147483647]
    whole       = true
  }

  # Labels, as Hetzner calls them, have the form that Kubernetes asks for.
  tags {
    value = { for key, text in tags : key => text }
    key   = "^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?$"
    text  = "^([a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?)?$"
  }

  # What data sources say of what isn't there. A project has one thing of a name and type.
  type "data.hcloud_server" { absent = ["^no Server found with name "] }
  type "data.hcloud_volume" { absent = ["^no volume found with name "] }
  type "data.hcloud_network" { absent = ["^no network found with name "] }
  type "data.hcloud_load_balancer" { absent = ["^no Load Balancer found with name "] }
  type "data.hcloud_zone" { absent = ["^Resource not found: Resource \\(zone\\) was not found: "] }

  type "hcloud_server" {
    stateful = true
    leaves_out = {
      "rescue"                     = "the rescue system is for repairs by hand, and ends with a restart"
      "iso"                        = "a disc is mounted for repairs by hand"
      "ignore_remote_firewall_ids" = "the server has the firewall of its leaf and no other"
      "network.subnet_id"          = "the network's id and the private address say which subnet it is"
    }
    argument "name" {
      length  = [1, 63]
      pattern = "^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$"
      unique  = "project"
    }
  }
  type "hcloud_primary_ip" {
    stateful = true
    leaves_out = {
      "assignee_id"   = "the server names its addresses"
      "assignee_type" = "there is one type, and the provider warns about it"
    }
    argument "name" {
      length = [1, 64]
      unique = "project"
    }
  }
  type "hcloud_firewall" {
    leaves_out = {
      "apply_to" = "the server names its firewall"
    }
    argument "name" {
      length = [1, 128]
      unique = "project"
    }
  }
  type "hcloud_placement_group" {
    argument "name" {
      length = [1, 64]
      unique = "project"
    }
    argument "type" { one_of = ["spread"] }
  }
  type "hcloud_rdns" {
    import = primary_ip_id == null ? "l-${load_balancer_id}-${ip_address}" : "p-${primary_ip_id}-${ip_address}"
    leaves_out = {
      "server_id"      = "the names are those of the primary addresses, which outlive the server"
      "floating_ip_id" = "no leaf makes floating addresses"
    }
  }

  type "hcloud_volume" {
    stateful = true
    leaves_out = {
      "server_id" = "the link volume_attachment does that, so that the volume needs no server to be there"
      "automount" = "the link volume_attachment does that"
    }
    argument "name" {
      length = [1, 64]
      unique = "project"
    }
    argument "size" { range = [10, 10240] }
    argument "format" { one_of = ["ext4", "xfs"] }
  }
  type "hcloud_volume_attachment" { import = volume_id }

  type "hcloud_network" {
    argument "name" {
      length = [1, 64]
      unique = "project"
    }
  }
  type "hcloud_network_subnet" { import = "${network_id}-${ip_range}" }
  type "hcloud_network_route" { import = "${network_id}-${destination}" }

  type "hcloud_load_balancer" {
    argument "name" {
      length = [1, 64]
      unique = "project"
    }
  }
  type "hcloud_load_balancer_network" {
    import = "${load_balancer_id}-${network_id}"
    leaves_out = {
      "subnet_id" = "the network's id and the private address say which subnet it is"
    }
  }
  type "hcloud_load_balancer_service" { import = "${load_balancer_id}__${listen_port}" }
  type "hcloud_load_balancer_target" {
    import = "${load_balancer_id}__${type}__${type == "server" ? server_id : type == "ip" ? ip : label_selector}"
  }
  type "hcloud_managed_certificate" {
    argument "name" {
      length = [1, 64]
      unique = "project"
    }
  }

  type "hcloud_zone" {
    stateful = true
    import   = name
    argument "name" {
      pattern = "^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?[.])+[a-z][a-z0-9-]*[a-z0-9]$"
      unique  = "global"
    }
    argument "mode" { one_of = ["primary", "secondary"] }
    argument "ttl" { range = [60, 2147483647] }
  }
  type "hcloud_zone_rrset" { import = "${zone}/${name}/${type}" }

  values "locations" {
    entries = {
      ash  = "Ashburn, Virginia"
      fsn1 = "Falkenstein"
      hel1 = "Helsinki"
      hil  = "Hillsboro, Oregon"
      nbg1 = "Nuremberg"
      sin  = "Singapore"
    }
  }
  # What can be in one private network.
  values "network_zones" {
    entries = {
      ash  = "us-east"
      fsn1 = "eu-central"
      hel1 = "eu-central"
      hil  = "us-west"
      nbg1 = "eu-central"
      sin  = "ap-southeast"
    }
  }

  # Prices of the European locations, without VAT, for what is ordered now.
  prices "server" {
    currency   = "EUR"
    as_of      = "2026-09-04"
    confidence = "B"
    source     = "https://docs.hetzner.com/general/infrastructure-and-availability/price-adjustment"
    amounts = {
      cax11 = 5.99
      cax21 = 10.49
      cax31 = 20.99
      cax41 = 40.99
      ccx13 = 42.99
      ccx53 = 533.49
      cpx12 = 11.49
      cpx22 = 19.49
      cpx32 = 35.49
      cpx42 = 69.49
      cpx52 = 100.49
      cpx62 = 129.99
      cx23  = 5.49
      cx33  = 8.49
      cx43  = 15.99
      cx53  = 29.49
    }
  }
  # Types whose price isn't known here; cpx11 and its kin are for the locations outside of Europe.
  values "unpriced_server_types" {
    entries = ["ccx23", "ccx33", "ccx43", "ccx63", "cpx11", "cpx21", "cpx31", "cpx41", "cpx51"]
  }
  prices "load_balancer" {
    currency   = "EUR"
    as_of      = "2026-04-01"
    confidence = "C"
    source     = "Price change of April 2026, second hand"
    amounts = {
      lb11 = 7.49
    }
  }
  # Shares of the server's price.
  prices "backup" {
    currency   = "EUR"
    as_of      = "2026-05-27"
    confidence = "B"
    source     = "The price list of the API, read second hand"
    amounts = {
      share = 0.2
    }
  }
  prices "address" {
    currency   = "EUR"
    as_of      = "2026-09-04"
    confidence = "B"
    source     = "https://docs.hetzner.com/general/infrastructure-and-availability/price-adjustment"
    amounts = {
      ipv4 = 0.5
    }
  }
  prices "volume" {
    currency   = "EUR"
    as_of      = "2026-05-27"
    confidence = "B"
    source     = "The price list of the API, read second hand"
    amounts = {
      gb = 0.0572
    }
  }
}
