backend "s3" {
  title          = "Bucket that speaks S3"
  state_argument = "key"
  state          = "projects/{project}/{environment}/terraform.tfstate"
  secrets = {
    access_key = "AWS_ACCESS_KEY_ID"
    secret_key = "AWS_SECRET_ACCESS_KEY"
    token      = "AWS_SESSION_TOKEN"
  }

  setting "bucket" {
    type        = string
    description = "Name of the bucket"
  }
  setting "region" {
    type        = string
    description = "Region of the bucket; any word where the store has none"
  }
  setting "endpoints" {
    type        = object({ s3 = string })
    default     = null
    aliases     = ["endpoint"]
    description = "URL of a store that isn't Amazon's"
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
}
