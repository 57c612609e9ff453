module "s3" {
  serves      = "resource"
  title       = "B2 bucket"
  description = "Private, encrypted bucket with lifecycle rules, and an application key that opens nothing else for the apps that use it"
  aliases     = ["bucket"]

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the bucket, unique among all buckets of B2"
  }
  variable "region" {
    type        = string
    from        = [config.region, settings.region]
    default     = null
    aliases     = ["location"]
    description = "Region of the account, as in s3.<region>.backblazeb2.com, looked up unless given; it moves no bucket"
    pattern     = "^[a-z]+-[a-z]+-[0-9]{3}$"
    example     = "eu-central-003"
  }
  variable "acl" {
    type        = string
    default     = "private"
    aliases     = ["access", "bucket_type"]
    description = "Who may read the files: keys alone, or everybody"
    one_of      = ["private", "public-read"]
    also        = { allPrivate = "private", allPublic = "public-read", public = "public-read", public_read = "public-read" }
  }
  variable "lifecycle_rules" {
    type = list(object({
      file_name_prefix                                       = optional(string, "")
      days_from_uploading_to_hiding                          = optional(number)
      days_from_hiding_to_deleting                           = optional(number)
      days_from_starting_to_canceling_unfinished_large_files = optional(number)
    }))
    from = [
      config.lifecycle_rules,
      config.days_from_uploading_to_hiding == null && config.days_from_hiding_to_deleting == null ? null : [{
        file_name_prefix              = config.lifecycle_rule_file_name_prefix
        days_from_uploading_to_hiding = config.days_from_uploading_to_hiding
        days_from_hiding_to_deleting  = config.days_from_hiding_to_deleting
      }],
    ]
    default     = []
    description = "When files are hidden and deleted by themselves; otherwise B2 keeps every version"
    field "file_name_prefix" { description = "Beginning of the names of the files, all unless given" }
    field "days_from_uploading_to_hiding" {
      description = "Days after which a file is hidden"
      range       = [1, 36500]
    }
    field "days_from_hiding_to_deleting" {
      description = "Days after which a hidden file or an older version is deleted"
      range       = [1, 36500]
    }
    field "days_from_starting_to_canceling_unfinished_large_files" {
      description = "Days after which an upload that never ended is deleted"
      range       = [1, 36500]
    }
  }
  variable "encryption" {
    type        = bool
    default     = true
    description = "Encrypt the files with keys that Backblaze keeps"
  }
  variable "file_lock" {
    type        = object({ mode = optional(string, "governance"), days = optional(number, 30) })
    default     = null
    description = "Refuse changes and deletions of each new file for some days"
    field "mode" { description = "Who may lift the lock: governance keys that are allowed to, compliance nobody, none has no lock unless a file asks for it" }
    field "days" {
      description = "Days that a file is locked"
      range       = [1, 3000]
      whole       = true
    }
  }
  variable "cors" {
    type = list(object({
      name               = optional(string)
      allowed_origins    = list(string)
      allowed_operations = optional(list(string), ["b2_download_file_by_name", "s3_get", "s3_head"])
      allowed_headers    = optional(list(string), ["*"])
      expose_headers     = optional(list(string), [])
      max_age_seconds    = optional(number, 3600)
    }))
    default     = []
    aliases     = ["cors_rules", "cors_rule"]
    description = "Web pages of other origins that may use the bucket"
    field "name" {
      description = "Name of the rule"
      length      = [6, 50]
      pattern     = "^[a-zA-Z0-9-]+$"
    }
    field "allowed_origins" { description = "Origins of the pages, as https://example.com" }
    field "allowed_operations" { description = "What the pages may do" }
    field "allowed_headers" { description = "Headers that the pages may send" }
    field "expose_headers" { description = "Headers that the pages may read" }
    field "max_age_seconds" { description = "Seconds that a browser may remember the answer" }
  }
  variable "key" {
    type = object({
      enabled      = optional(bool, true)
      permission   = optional(string, "readwrite")
      capabilities = optional(list(string))
      prefix       = optional(string)
      valid_days   = optional(number)
    })
    from        = [config.key, length([for c in consumers : c.name]) > 0 ? { enabled = true } : null]
    default     = { enabled = false }
    aliases     = ["application_key"]
    description = "Application key that opens this bucket alone, made where an app uses the bucket; false for none"
    field "permission" {
      description = "What the key may do"
      one_of      = ["read", "write", "readwrite"]
    }
    field "capabilities" {
      description = "Capabilities of the key in B2's words, in place of the permission"
      one_of = [
        "bypassGovernance", "deleteFiles", "listAllBucketNames", "listBuckets", "listFiles", "readBucketEncryption",
        "readBucketLifecycleRules", "readBucketLogging", "readBucketNotifications", "readBucketReplications",
        "readBucketRetentions", "readBuckets", "readFileLegalHolds", "readFileRetentions", "readFiles", "shareFiles",
        "writeBucketEncryption", "writeBucketLifecycleRules", "writeBucketLogging", "writeBucketNotifications",
        "writeBucketReplications", "writeBucketRetentions", "writeFileLegalHolds", "writeFileRetentions", "writeFiles",
      ]
    }
    field "prefix" { description = "Beginning of the names of the files that the key opens, all unless given" }
    field "valid_days" {
      description = "Days after which the key opens nothing any more, and a new one is made by the next apply; it lasts unless given"
      range       = [1, 1000]
      whole       = true
    }
  }
  variable "info" {
    type        = map(string)
    default     = {}
    aliases     = ["bucket_info"]
    description = "Notes that are kept with the bucket"
    example     = { owner = "web" }
  }

  setting "days_from_uploading_to_hiding" {
    type        = number
    default     = null
    description = "Days after which files are hidden"
    deprecated  = "use lifecycle_rules"
    whole       = true
  }
  setting "days_from_hiding_to_deleting" {
    type        = number
    default     = null
    description = "Days after which hidden files are deleted"
    deprecated  = "use lifecycle_rules"
    whole       = true
  }
  setting "lifecycle_rule_file_name_prefix" {
    type        = string
    default     = null
    description = "Beginning of the names of the files that are hidden and deleted"
    deprecated  = "use lifecycle_rules"
  }
  setting "expected_gb" {
    type        = number
    default     = null
    description = "GB that will be stored, for the estimate of the cost"
  }

  rule {
    condition = !startswith(lower(var.name), "b2-")
    message   = "Backblaze keeps bucket names that begin with b2- for itself."
  }
  rule {
    condition = length(distinct([for r in var.lifecycle_rules : r.file_name_prefix])) == length(var.lifecycle_rules)
    message   = "Two lifecycle rules are for files of one prefix."
  }
  rule {
    condition = alltrue([
      for r in var.lifecycle_rules :
      r.days_from_uploading_to_hiding != null || r.days_from_hiding_to_deleting != null || r.days_from_starting_to_canceling_unfinished_large_files != null
    ])
    message = "A lifecycle rule does something after some days: give it one of the settings that begin with days_from."
  }
  rule {
    condition = length(distinct([for i, rule in var.cors : coalesce(rule.name, "cors-rule-${i + 1}")])) == length(var.cors)
    message   = "Two CORS rules have one name."
  }
  rule {
    condition = length(var.info) <= 10
    message   = "B2 keeps up to 10 notes with a bucket."
  }
  rule {
    condition = var.key.capabilities == null ? true : length(var.key.capabilities) > 0
    message   = "A key without capabilities opens nothing: leave capabilities out, or say false in place of the key."
  }
  rule {
    severity  = "warning"
    condition = var.file_lock == null ? true : var.file_lock.mode != "compliance"
    message   = "Nobody can delete a file before its lock ends, not even who owns the account, and the bucket can't be deleted either."
  }
  rule {
    severity  = "warning"
    condition = var.acl == "private"
    message   = "Everybody can read the files of this bucket."
  }

  locals {
    capabilities = {
      read      = ["listBuckets", "listFiles", "readFiles"]
      write     = ["listBuckets", "listFiles", "writeFiles"]
      readwrite = ["listBuckets", "listFiles", "readFiles", "writeFiles", "deleteFiles"]
    }
    region   = coalesce(var.region, one([for url in data.b2_account_info.this[*].s3_api_url : regex("^https://s3\\.([a-z0-9-]+)\\.", url)[0]]))
    endpoint = "https://s3.${local.region}.backblazeb2.com"
    domain   = "${b2_bucket.this.bucket_name}.s3.${local.region}.backblazeb2.com"
  }

  # Buckets are in the region of their account.
  data "b2_account_info" "this" {
    count = var.region == null ? 1 : 0
  }

  resource "b2_bucket" "this" {
    bucket_name = var.name
    bucket_type = var.acl == "private" ? "allPrivate" : "allPublic"
    bucket_info = var.info

    dynamic "lifecycle_rules" {
      for_each = var.lifecycle_rules
      content {
        file_name_prefix                                       = lifecycle_rules.value.file_name_prefix
        days_from_uploading_to_hiding                          = lifecycle_rules.value.days_from_uploading_to_hiding
        days_from_hiding_to_deleting                           = lifecycle_rules.value.days_from_hiding_to_deleting
        days_from_starting_to_canceling_unfinished_large_files = lifecycle_rules.value.days_from_starting_to_canceling_unfinished_large_files
      }
    }

    default_server_side_encryption {
      mode      = var.encryption ? "SSE-B2" : "none"
      algorithm = var.encryption ? "AES256" : null
    }

    dynamic "file_lock_configuration" {
      for_each = var.file_lock[*]
      content {
        is_file_lock_enabled = true
        default_retention {
          mode = file_lock_configuration.value.mode
          dynamic "period" {
            for_each = file_lock_configuration.value.mode == "none" ? [] : [file_lock_configuration.value.days]
            content {
              duration = period.value
              unit     = "days"
            }
          }
        }
      }
    }

    dynamic "cors_rules" {
      for_each = var.cors
      content {
        cors_rule_name     = coalesce(cors_rules.value.name, "cors-rule-${cors_rules.key + 1}")
        allowed_origins    = cors_rules.value.allowed_origins
        allowed_operations = cors_rules.value.allowed_operations
        allowed_headers    = cors_rules.value.allowed_headers
        expose_headers     = cors_rules.value.expose_headers
        max_age_seconds    = cors_rules.value.max_age_seconds
      }
    }
  }

  # A change of any argument makes a new key.
  resource "b2_application_key" "this" {
    count        = var.key.enabled ? 1 : 0
    key_name     = var.name
    bucket_ids   = [b2_bucket.this.bucket_id]
    capabilities = coalesce(var.key.capabilities, local.capabilities[var.key.permission])
    name_prefix  = var.key.prefix

    valid_duration_in_seconds = var.key.valid_days == null ? null : var.key.valid_days * 86400
  }

  output "id" {
    value       = b2_bucket.this.bucket_id
    description = "Id of the bucket"
  }
  output "name" {
    value       = b2_bucket.this.bucket_name
    description = "Name of the bucket"
  }
  output "bucket_name" {
    value       = b2_bucket.this.bucket_name
    description = "Name of the bucket"
  }
  output "region" {
    value       = local.region
    description = "Region of the bucket"
  }
  output "endpoint" {
    value       = local.endpoint
    description = "URL of the S3 service"
  }
  output "bucket_url" {
    value       = "https://${local.domain}"
    description = "URL of the bucket"
  }
  output "domain" {
    value       = local.domain
    description = "Domain of the bucket"
  }
  output "access_key" {
    value       = one(b2_application_key.this[*].application_key_id)
    existing    = null
    description = "Id of the application key, null without one"
  }
  output "secret_key" {
    value       = one(b2_application_key.this[*].application_key)
    existing    = null
    description = "The application key itself, null without one"
    sensitive   = true
  }

  existing "b2_bucket" "this" {
    bucket_name = var.name
  }

  price "storage" {
    amount = config.expected_gb == null ? null : max(0, config.expected_gb - prices.storage.free_gb) * prices.storage.gb
    usage  = "expected_gb"
  }
}
