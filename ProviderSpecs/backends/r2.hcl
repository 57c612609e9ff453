backend "r2" {
  title          = "Cloudflare R2"
  documentation  = "https://developers.cloudflare.com/r2/"
  aliases        = ["cloudflare", "cloudflare_r2"]
  type           = "s3"
  state_argument = "key"
  state          = "projects/{project}/{environment}/terraform.tfstate"
  place = ["bucket", "endpoints", "key"]
  locks          = settings.use_lockfile
  secrets = {
    access_key = "AWS_ACCESS_KEY_ID"
    secret_key = "AWS_SECRET_ACCESS_KEY"
  }
  credentials = [
    { access_key = "TF_STATE_ACCESS_KEY", secret_key = "TF_STATE_SECRET_KEY" },
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
  setting "account_id" {
    type        = string
    pattern     = "^[0-9a-f]{32}$"
    example     = "0123456789abcdef0123456789abcdef"
    description = "Id of the account that has the bucket"
  }
  setting "jurisdiction" {
    type        = string
    default     = null
    one_of      = ["eu", "fedramp"]
    description = "Where the bucket is bound to, if it is"
  }
  setting "use_lockfile" {
    type        = bool
    default     = true
    description = "Lock the state with a file beside it"
  }
  setting "endpoint" {
    type        = string
    default     = null
    pattern     = "^https?://[^/]+$"
    example     = "https://s3.example.com"
    description = "URL of the store, where it isn't the account's"
  }

  argument "account_id" { from = null }
  argument "jurisdiction" { from = null }
  argument "region" { from = "auto" }
  argument "endpoints" {
    from = { s3 = coalesce(settings.endpoint, "https://${settings.account_id}${settings.jurisdiction == null ? "" : ".${settings.jurisdiction}"}.r2.cloudflarestorage.com") }
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
    conditional_writes = true
    workspaces         = "env:/{workspace}/{state}"
  }
}
