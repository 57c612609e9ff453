# Asks what exists already; `webkit infra detect` reads the answers.

check "resource_db" {
  data "digitalocean_database_cluster" "resource_db" {
    name = "shop-db"
  }

  assert {
    condition = try(data.digitalocean_database_cluster.resource_db.id, null) == null
    error_message = jsonencode({
      found = {
        id        = tostring(data.digitalocean_database_cluster.resource_db.id)
        import_id = tostring(data.digitalocean_database_cluster.resource_db.id)
      }
    })
  }
}

check "resource_files" {
  data "digitalocean_spaces_bucket" "resource_files" {
    name   = "shop-files"
    region = "ams3"
  }

  assert {
    condition = try(data.digitalocean_spaces_bucket.resource_files.id, null) == null
    error_message = jsonencode({
      found = {
        id        = tostring(data.digitalocean_spaces_bucket.resource_files.id)
        import_id = tostring("${data.digitalocean_spaces_bucket.resource_files.region},${data.digitalocean_spaces_bucket.resource_files.name}")
      }
    })
  }
}

check "resource_cert" {
  data "digitalocean_certificate" "resource_cert" {
    name = "shop-cert-2"
  }

  assert {
    condition = try(data.digitalocean_certificate.resource_cert.id, null) == null
    error_message = jsonencode({
      found = {
        id        = tostring(data.digitalocean_certificate.resource_cert.id)
        import_id = tostring(data.digitalocean_certificate.resource_cert.name)
      }
    })
  }
}

check "resource_balancer" {
  data "digitalocean_loadbalancer" "resource_balancer" {
    id = "4de7ac8b-495b-4884-9a69-1050c6793cd6"
  }

  assert {
    condition = try(data.digitalocean_loadbalancer.resource_balancer.id, null) == null
    error_message = jsonencode({
      found = {
        id        = tostring(data.digitalocean_loadbalancer.resource_balancer.id)
        import_id = tostring(data.digitalocean_loadbalancer.resource_balancer.id)
      }
    })
  }
}

check "resource_images" {
  data "digitalocean_container_registries" "resource_images" {
    name = "acme-images"
  }

  assert {
    condition = try(data.digitalocean_container_registries.resource_images.id, null) == null
    error_message = jsonencode({
      found = {
        id        = tostring(data.digitalocean_container_registries.resource_images.id)
        import_id = tostring(data.digitalocean_container_registries.resource_images.name)
      }
    })
  }
}

check "resource_old-address" {
  data "digitalocean_reserved_ip" "resource_old-address" {
    ip_address = "203.0.113.7"
  }

  assert {
    condition = try(data.digitalocean_reserved_ip.resource_old-address.id, null) == null
    error_message = jsonencode({
      found = {
        id        = tostring(data.digitalocean_reserved_ip.resource_old-address.id)
        import_id = tostring(data.digitalocean_reserved_ip.resource_old-address.ip_address)
      }
    })
  }
}

check "app_worker" {
  data "digitalocean_droplet" "app_worker" {
    name = "shop-worker"
  }

  assert {
    condition = try(data.digitalocean_droplet.app_worker.id, null) == null
    error_message = jsonencode({
      found = {
        id        = tostring(data.digitalocean_droplet.app_worker.id)
        import_id = tostring(data.digitalocean_droplet.app_worker.id)
      }
    })
  }
}

check "candidates_of_app_worker" {
  data "digitalocean_droplets" "candidates_of_app_worker" {
    filter {
      key    = "name"
      values = ["shop-worker"]
    }
  }

  assert {
    condition = length(data.digitalocean_droplets.candidates_of_app_worker.droplets) <= 1
    error_message = jsonencode({
      candidates = [for c in data.digitalocean_droplets.candidates_of_app_worker.droplets : { id = tostring(c.id), region = tostring(c.region), created_at = tostring(c.created_at) }]
    })
  }
}

check "resource_vpc-fra1" {
  data "digitalocean_vpc" "resource_vpc-fra1" {
    name = "shop-vpc-fra1"
  }

  assert {
    condition = try(data.digitalocean_vpc.resource_vpc-fra1.id, null) == null
    error_message = jsonencode({
      found = {
        id        = tostring(data.digitalocean_vpc.resource_vpc-fra1.id)
        import_id = tostring(data.digitalocean_vpc.resource_vpc-fra1.id)
      }
    })
  }
}
