provider "backblaze" {
  title         = "Backblaze B2"
  documentation = "https://www.backblaze.com/docs/cloud-storage"
  local_name    = "b2"
  source        = "Backblaze/b2"
  version       = "~> 0.13"
  aliases       = ["b2", "back-blaze", "back_blaze"]

  credential "application_key_id" {
    description = "Id of an application key that may manage buckets and keys"
    environment = ["B2_APPLICATION_KEY_ID"]
  }
  credential "application_key" {
    description = "The application key itself"
    environment = ["B2_APPLICATION_KEY"]
  }

  setting "region" {
    type        = string
    default     = null
    description = "Region of the account, as in s3.<region>.backblazeb2.com, looked up unless given"
    example     = "eu-central-003"
  }

  type "b2_bucket" {
    stateful = true
    import   = bucket_id
    leaves_out = {
      "file_lock_configuration.is_file_lock_enabled"          = "a lock that is given is on"
      "file_lock_configuration.default_retention.period.unit" = "days say what years would"
    }
    argument "bucket_name" {
      length  = [6, 63]
      pattern = "^[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]$"
      unique  = "global"
    }
    argument "bucket_type" { one_of = ["allPrivate", "allPublic"] }
    argument "cors_rules.cors_rule_name" {
      length  = [6, 50]
      pattern = "^[a-zA-Z0-9-]+$"
    }
    argument "cors_rules.allowed_operations" {
      one_of = [
        "b2_download_file_by_id", "b2_download_file_by_name", "b2_upload_file", "b2_upload_part",
        "s3_delete", "s3_get", "s3_head", "s3_post", "s3_put",
      ]
    }
    argument "cors_rules.max_age_seconds" { range = [0, 86400] }
  }
  type "b2_application_key" {
    import = application_key_id
    argument "key_name" {
      length  = [1, 100]
      pattern = "^[a-zA-Z0-9-]+$"
    }
  }

  prices "storage" {
    currency   = "USD"
    as_of      = "2026-09-07"
    confidence = "B"
    source     = "https://www.backblaze.com/cloud-storage/pricing"
    amounts = {
      gb = 0.00695
    }
  }
  # What an account stores for nothing, in GB.
  values "included" {
    entries = { gb = 10 }
  }
}
