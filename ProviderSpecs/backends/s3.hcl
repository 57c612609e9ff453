backend "s3" {
  title          = "Bucket that speaks S3"
  documentation  = "https://developer.hashicorp.com/terraform/language/backend/s3"
  aliases        = ["aws"]
  state_argument = "key"
  state          = "projects/{project}/{environment}/terraform.tfstate"
  place = ["bucket", "endpoints", "key"]
  locks          = settings.use_lockfile
  secrets = {
    access_key = "AWS_ACCESS_KEY_ID"
    secret_key = "AWS_SECRET_ACCESS_KEY"
    token      = "AWS_SESSION_TOKEN"
  }
  optional    = ["token"]
  credentials = [{ access_key = "TF_STATE_ACCESS_KEY", secret_key = "TF_STATE_SECRET_KEY" }]
  ambient = [
    "AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME",
    "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  ]
  from_environment = { bucket = "TF_STATE_BUCKET" }
  # Amazon takes the checksums that Terraform sends by itself; others refuse or don't know them.
  variables = settings.endpoints == null ? {} : {
    AWS_REQUEST_CHECKSUM_CALCULATION = "when_required"
    AWS_RESPONSE_CHECKSUM_VALIDATION = "when_required"
  }

  setting "bucket" {
    type        = string
    description = "Name of the bucket"
  }
  setting "region" {
    type        = string
    example     = "eu-west-1"
    description = "Region of the bucket; any word where the store has none"
  }
  setting "endpoints" {
    type        = object({ s3 = string })
    default     = null
    aliases     = ["endpoint"]
    description = "URL of a store that isn't Amazon's; the checksums that only Amazon takes for sure aren't sent then"
  }
  setting "use_lockfile" {
    type        = bool
    default     = true
    description = "Lock the state with a file beside it; false where the store can't"
  }
  setting "encrypt" {
    type        = bool
    default     = null
    description = "Ask the store to encrypt the state"
  }
  setting "use_path_style" {
    type        = bool
    default     = null
    description = "Name the bucket in the path instead of the host"
  }
  setting "skip_credentials_validation" {
    type        = bool
    default     = null
    description = "Don't ask Amazon who the credentials belong to"
  }
  setting "skip_requesting_account_id" {
    type        = bool
    default     = null
    description = "Don't ask Amazon for the account"
  }
  setting "skip_metadata_api_check" {
    type        = bool
    default     = null
    description = "Don't look for credentials of an Amazon machine"
  }
  setting "skip_region_validation" {
    type        = bool
    default     = null
    description = "Accept regions that Amazon doesn't have"
  }
  setting "skip_s3_checksum" {
    type        = bool
    default     = null
    description = "Send no checksums, for stores that refuse them"
  }

  # How it is reached for what Terraform doesn't do: making it, listing what it held.
  bucket {
    setting   = "bucket"
    endpoint  = settings.endpoints == null ? "https://s3.${settings.region}.amazonaws.com${startswith(settings.region, "cn-") ? ".cn" : ""}" : settings.endpoints.s3
    signature = "aws:amz:${settings.region}:s3"
    # Amazon's first region is the one that must not be named.
    location           = settings.endpoints != null || settings.region == "us-east-1" ? null : settings.region
    conditional_writes = settings.endpoints == null ? true : null
    workspaces         = "env:/{workspace}/{state}"
  }
}
