module "s3" {
  serves      = "resource"
  title       = "Spaces bucket"
  description = "Private bucket with versions, lifecycle rules and a delivery network where they are wanted, and an access key for the apps that use it"
  aliases     = ["spaces", "bucket"]

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the bucket, unique among all buckets of its region"
  }
  variable "region" {
    type        = string
    from        = [config.region, settings.region]
    default     = "ams3"
    aliases     = ["location"]
    description = "Datacenter of the bucket"
  }
  variable "acl" {
    type        = string
    default     = "private"
    aliases     = ["access"]
    description = "Who may list the bucket: its keys alone, or everybody"
    also        = { allPrivate = "private", allPublic = "public-read", public = "public-read", public_read = "public-read" }
  }
  variable "versioning" {
    type        = bool
    default     = false
    description = "Keep the older versions of objects"
  }
  variable "force_destroy" {
    type        = bool
    default     = false
    description = "Let the bucket be deleted with the objects in it"
  }
  variable "cors" {
    type = list(object({
      id              = optional(string)
      allowed_origins = list(string)
      allowed_methods = optional(list(string), ["GET", "HEAD"])
      allowed_headers = optional(list(string), ["*"])
      expose_headers  = optional(list(string), [])
      max_age_seconds = optional(number, 3600)
    }))
    default     = []
    aliases     = ["cors_rules", "cors_rule"]
    description = "Web pages of other origins that may use the bucket"
    field "id" { description = "Name of the rule" }
    field "allowed_origins" { description = "Origins of the pages, as https://example.com" }
    field "allowed_methods" { description = "What the pages may do" }
    field "allowed_headers" { description = "Headers that the pages may send" }
    field "expose_headers" { description = "Headers that the pages may read" }
    field "max_age_seconds" { description = "Seconds that a browser may remember the answer" }
  }
  variable "lifecycle_rules" {
    type = list(object({
      id                                     = optional(string)
      enabled                                = optional(bool, true)
      prefix                                 = optional(string)
      expiration_days                        = optional(number)
      expiration_date                        = optional(string)
      expired_object_delete_marker           = optional(bool)
      noncurrent_version_expiration_days     = optional(number)
      abort_incomplete_multipart_upload_days = optional(number, 7)
    }))
    default     = []
    aliases     = ["lifecycle_rule"]
    description = "When objects are deleted by themselves"
    field "id" { description = "Name of the rule" }
    field "prefix" { description = "Beginning of the names of the objects, all unless given" }
    field "expiration_days" {
      description = "Days after which an object is deleted"
      range       = [1, 36500]
      whole       = true
    }
    field "expiration_date" {
      description = "Day on which objects are deleted, as 2026-01-31"
      pattern     = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    }
    field "expired_object_delete_marker" { description = "Delete the mark of a deletion that no version stands behind" }
    field "noncurrent_version_expiration_days" { description = "Days after which an older version is deleted" }
    field "abort_incomplete_multipart_upload_days" { description = "Days after which an upload that never ended is deleted" }
  }
  variable "cdn" {
    type = object({
      enabled     = optional(bool, true)
      ttl         = optional(number, 3600)
      domain      = optional(string)
      certificate = optional(string)
    })
    default     = { enabled = false }
    description = "Delivery network in front of the bucket"
    field "ttl" {
      description = "Seconds that an object is cached"
      one_of      = [60, 600, 3600, 86400, 604800]
    }
    field "domain" { description = "Domain of the delivery network, besides its own" }
    field "certificate" { description = "Name of the certificate for that domain, in the account" }
  }
  variable "certificate" {
    type        = object({ name = string })
    default     = null
    refers_to   = "certificate"
    literal     = "^[a-zA-Z0-9][a-zA-Z0-9._-]*$"
    description = "Certificate for the domain of the delivery network: one of the project, or the name of one in the account"
  }
  variable "policy" {
    type        = any
    default     = null
    aliases     = ["bucket_policy"]
    description = "Who may do what with the bucket, as S3 writes policies"
    example     = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = ["s3:GetObject"], Resource = ["arn:aws:s3:::shop-media/public/*"] }] }
  }
  variable "logging" {
    type        = object({ bucket = string, prefix = optional(string, "logs/") })
    default     = null
    aliases     = ["access_logs"]
    description = "Write who uses the bucket into another one"
    field "bucket" {
      description = "Name of the other bucket at DigitalOcean, in the same datacenter"
      pattern     = "^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$"
    }
    field "prefix" { description = "Beginning of the names of the logs" }
  }
  variable "key" {
    type = object({
      enabled    = optional(bool, true)
      permission = optional(string, "readwrite")
    })
    from        = [config.key, length([for c in consumers : c.name]) > 0 ? { enabled = true } : null]
    default     = { enabled = false }
    aliases     = ["access_key"]
    description = "Access key that opens this bucket alone, made where an app uses the bucket; false for none"
    field "permission" {
      description = "What the key may do"
      one_of      = ["read", "readwrite"]
    }
  }

  setting "cdn_id" {
    type        = string
    default     = null
    description = "Id of a delivery network that exists already, for its adoption"
  }

  rule {
    condition = var.cdn.domain == null || var.cdn.certificate != null || var.certificate != null
    message   = "A domain of the delivery network needs the name of its certificate."
  }
  rule {
    condition = var.cdn.certificate == null || var.certificate == null
    message   = "The delivery network has one certificate: give certificate or cdn.certificate."
  }
  rule {
    condition = var.logging == null ? true : var.logging.bucket != var.name
    message   = "A bucket can't write its logs into itself: that would be logged again."
  }
  rule {
    condition = alltrue([for r in var.cors : length(r.allowed_methods) > 0 && length(r.allowed_origins) > 0])
    message   = "A rule for other origins needs allowed_origins and allowed_methods."
  }
  rule {
    condition = alltrue([for r in var.lifecycle_rules : r.expiration_days == null || r.expiration_date == null])
    message   = "A lifecycle rule has either days or a date."
  }
  rule {
    condition = length(distinct(compact([for r in var.lifecycle_rules : r.id]))) == length(compact([for r in var.lifecycle_rules : r.id]))
    message   = "Two lifecycle rules have one id."
  }
  rule {
    severity  = "warning"
    condition = var.acl == "private"
    message   = "Everybody can list this bucket and everything in it; objects can be public in a private bucket."
  }

  resource "digitalocean_spaces_bucket" "this" {
    name          = var.name
    region        = var.region
    acl           = var.acl
    force_destroy = var.force_destroy

    versioning {
      enabled = var.versioning
    }

    dynamic "lifecycle_rule" {
      for_each = var.lifecycle_rules
      content {
        id                                     = lifecycle_rule.value.id
        enabled                                = lifecycle_rule.value.enabled
        prefix                                 = lifecycle_rule.value.prefix
        abort_incomplete_multipart_upload_days = lifecycle_rule.value.abort_incomplete_multipart_upload_days

        dynamic "expiration" {
          for_each = lifecycle_rule.value.expiration_days == null && lifecycle_rule.value.expiration_date == null && lifecycle_rule.value.expired_object_delete_marker == null ? [] : [lifecycle_rule.value]
          content {
            days                         = expiration.value.expiration_days
            date                         = expiration.value.expiration_date
            expired_object_delete_marker = expiration.value.expired_object_delete_marker
          }
        }
        dynamic "noncurrent_version_expiration" {
          for_each = lifecycle_rule.value.noncurrent_version_expiration_days[*]
          content {
            days = noncurrent_version_expiration.value
          }
        }
      }
    }

    lifecycle {
      # A bucket keeps its name. The provider would take another one for done, and everything that
      # uses the bucket would then look for one that isn't there.
      ignore_changes = [name]
    }
  }

  resource "digitalocean_spaces_bucket_cors_configuration" "this" {
    count  = length(var.cors) > 0 ? 1 : 0
    bucket = digitalocean_spaces_bucket.this.id
    region = digitalocean_spaces_bucket.this.region

    dynamic "cors_rule" {
      for_each = var.cors
      content {
        id              = cors_rule.value.id
        allowed_origins = cors_rule.value.allowed_origins
        allowed_methods = cors_rule.value.allowed_methods
        allowed_headers = cors_rule.value.allowed_headers
        expose_headers  = cors_rule.value.expose_headers
        max_age_seconds = cors_rule.value.max_age_seconds
      }
    }
  }

  resource "digitalocean_spaces_bucket_policy" "this" {
    count  = var.policy == null ? 0 : 1
    bucket = digitalocean_spaces_bucket.this.id
    region = digitalocean_spaces_bucket.this.region
    policy = try(tostring(var.policy), jsonencode(var.policy))
  }

  resource "digitalocean_spaces_bucket_logging" "this" {
    count         = var.logging == null ? 0 : 1
    bucket        = digitalocean_spaces_bucket.this.id
    region        = digitalocean_spaces_bucket.this.region
    target_bucket = var.logging.bucket
    target_prefix = var.logging.prefix
  }

  resource "digitalocean_cdn" "this" {
    count            = var.cdn.enabled ? 1 : 0
    origin           = digitalocean_spaces_bucket.this.bucket_domain_name
    ttl              = var.cdn.ttl
    custom_domain    = var.cdn.domain
    certificate_name = var.cdn.certificate == null ? one(var.certificate[*].name) : var.cdn.certificate
  }

  resource "digitalocean_spaces_key" "this" {
    count = var.key.enabled ? 1 : 0
    name  = var.name

    grant {
      bucket     = digitalocean_spaces_bucket.this.name
      permission = var.key.permission
    }
  }

  locals {
    cdn_domain = one([for cdn in digitalocean_cdn.this : coalesce(var.cdn.domain, cdn.endpoint)])
  }

  output "id" {
    value       = digitalocean_spaces_bucket.this.id
    description = "Id of the bucket"
  }
  output "urn" {
    value       = digitalocean_spaces_bucket.this.urn
    description = "Uniform resource name of the bucket"
  }
  output "name" {
    value       = digitalocean_spaces_bucket.this.name
    description = "Name of the bucket"
  }
  output "bucket_name" {
    value       = digitalocean_spaces_bucket.this.name
    description = "Name of the bucket"
  }
  output "region" {
    value       = digitalocean_spaces_bucket.this.region
    description = "Datacenter of the bucket"
  }
  output "endpoint" {
    value       = "https://${digitalocean_spaces_bucket.this.region}.digitaloceanspaces.com"
    description = "URL of the S3 service"
  }
  output "bucket_url" {
    value       = "https://${digitalocean_spaces_bucket.this.bucket_domain_name}"
    description = "URL of the bucket"
  }
  output "domain" {
    value       = digitalocean_spaces_bucket.this.bucket_domain_name
    description = "Domain of the bucket"
  }
  output "cdn_domain" {
    value       = local.cdn_domain
    existing    = null
    description = "Domain of the delivery network, null without one"
  }
  output "cdn_url" {
    value       = one([for cdn in digitalocean_cdn.this : "https://${local.cdn_domain}"])
    existing    = null
    description = "URL of the delivery network, null without one"
  }
  output "access_key" {
    value       = one(digitalocean_spaces_key.this[*].access_key)
    existing    = null
    description = "Access key of the bucket, null without one"
  }
  output "secret_key" {
    value       = one(digitalocean_spaces_key.this[*].secret_key)
    existing    = null
    description = "Secret key of the bucket, null without one"
    sensitive   = true
  }

  import "digitalocean_cdn" "this" { id = config.cdn_id }

  existing "digitalocean_spaces_bucket" "this" {
    name   = var.name
    region = var.region
  }

  price "subscription" {
    amount = prices.flat.spaces
    once   = true
  }
}
