backend "remote" {
  title          = "HCP Terraform or Terraform Enterprise"
  documentation  = "https://developer.hashicorp.com/terraform/language/backend/remote"
  aliases        = ["hcp", "cloud", "terraform_cloud"]
  state_argument = "workspaces.name"
  state          = "{project}-{environment}"
  place = ["hostname", "organization", "workspaces"]
  upkeep = "The service makes a workspace at the first `init`, locks it and keeps every version of its state: they are listed on the workspace's page, under States."
  note           = "Each workspace has to run locally (Settings, Execution Mode): what runs elsewhere has neither the project's data nor its credentials."
  # `terraform login` keeps it in a file.
  secrets     = { token = "TF_TOKEN_${replace(replace(settings.hostname, "-", "__"), ".", "_")}" }
  optional    = ["token"]
  credentials = [{ token = "TF_API_TOKEN" }]

  setting "organization" {
    type        = string
    pattern     = "^[A-Za-z0-9_-]+$"
    description = "Organization that has the workspaces"
  }
  setting "hostname" {
    type        = string
    default     = "app.terraform.io"
    pattern     = "^[a-z0-9.-]+$"
    description = "Host of the service"
  }

  rule {
    condition = length(state) <= 90
    message   = "The name of a workspace has at most 90 characters"
  }
}
