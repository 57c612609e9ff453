backend "backblaze" {
  title          = "Backblaze B2"
  documentation  = "https://www.backblaze.com/docs/cloud-storage-s3-compatible-api"
  aliases        = ["b2"]
  type           = "s3"
  state_argument = "key"
  state          = "projects/{project}/{environment}/terraform.tfstate"
  place = ["bucket", "endpoints", "key"]
  # It answers a conditional write with 501, so that `use_lockfile` would stop every run.
  locks    = false
  unlocked = "Backblaze B2 refuses the conditional writes that a lock needs"
  secrets = {
    access_key = "AWS_ACCESS_KEY_ID"
    secret_key = "AWS_SECRET_ACCESS_KEY"
  }
  credentials = [
    { access_key = "TF_STATE_ACCESS_KEY", secret_key = "TF_STATE_SECRET_KEY" },
    { access_key = "B2_APPLICATION_KEY_ID", secret_key = "B2_APPLICATION_KEY" },
  ]
  from_environment = { bucket = "TF_STATE_BUCKET" }
  # Without them Terraform sends checksums that such stores refuse or don't know.
  variables = {
    AWS_REQUEST_CHECKSUM_CALCULATION = "when_required"
    AWS_RESPONSE_CHECKSUM_VALIDATION = "when_required"
  }

  setting "bucket" {
    type        = string
    description = "Name of the bucket"
  }
  setting "region" {
    type        = string
    pattern     = "^[a-z]{2}-[a-z]+-[0-9]{3}$"
    example     = "eu-central-003"
    description = "Region of the bucket, as its S3 endpoint says it"
  }
  setting "endpoint" {
    type        = string
    default     = null
    pattern     = "^https?://[^/]+$"
    example     = "https://s3.example.com"
    description = "URL of the store, where it isn't the region's"
  }

  argument "endpoints" {
    from = { s3 = coalesce(settings.endpoint, "https://s3.${settings.region}.backblazeb2.com") }
  }
  argument "endpoint" { from = null }

  # A store that isn't Amazon's has none of what Terraform would ask Amazon for.
  argument "skip_credentials_validation" { from = true }
  argument "skip_requesting_account_id" { from = true }
  argument "skip_metadata_api_check" { from = true }
  argument "skip_region_validation" { from = true }
  argument "skip_s3_checksum" { from = true }
  argument "use_path_style" { from = true }

  # How it is reached for what Terraform doesn't do: making it, listing what it held.
  bucket {
    setting            = "bucket"
    endpoint           = arguments.endpoints.s3
    signature          = "aws:amz:${arguments.region}:s3"
    conditional_writes = false
    workspaces         = "env:/{workspace}/{state}"
  }
}
