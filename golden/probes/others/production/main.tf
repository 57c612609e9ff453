# Asks what exists already; `webkit infra detect` reads the answers.

check "resource_sql" {
  data "turso_database" "resource_sql" {
    organization_name = "acme"
    name              = "sql-of-shop-production"
  }

  assert {
    condition = try(data.turso_database.resource_sql.db_id, null) == null
    error_message = jsonencode({
      found = {
        id        = tostring(data.turso_database.resource_sql.db_id)
        import_id = tostring("${data.turso_database.resource_sql.organization_name}/${data.turso_database.resource_sql.name}")
      }
    })
  }
}

check "resource_archive" {
  data "b2_bucket" "resource_archive" {
    bucket_name = "archive-of-shop-production"
  }

  assert {
    condition = try(data.b2_bucket.resource_archive.id, null) == null
    error_message = jsonencode({
      found = {
        id        = tostring(data.b2_bucket.resource_archive.id)
        import_id = tostring(data.b2_bucket.resource_archive.bucket_id)
      }
    })
  }
}

check "resource_lan" {
  data "hcloud_network" "resource_lan" {
    name = "lan-of-shop-production"
  }

  assert {
    condition = try(data.hcloud_network.resource_lan.id, null) == null
    error_message = jsonencode({
      found = {
        id        = tostring(data.hcloud_network.resource_lan.id)
        import_id = tostring(data.hcloud_network.resource_lan.id)
      }
    })
  }
}

check "resource_names" {
  data "hcloud_zone" "resource_names" {
    name = "shop.example"
  }

  assert {
    condition = try(data.hcloud_zone.resource_names.id, null) == null
    error_message = jsonencode({
      found = {
        id        = tostring(data.hcloud_zone.resource_names.id)
        import_id = tostring(data.hcloud_zone.resource_names.name)
      }
    })
  }
}

check "app_api" {
  data "hcloud_server" "app_api" {
    name = "api-of-shop-production"
  }

  assert {
    condition = try(data.hcloud_server.app_api.id, null) == null
    error_message = jsonencode({
      found = {
        id        = tostring(data.hcloud_server.app_api.id)
        import_id = tostring(data.hcloud_server.app_api.id)
      }
    })
  }
}
