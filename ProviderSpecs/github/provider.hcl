provider "github" {
  title         = "GitHub"
  documentation = "https://docs.github.com/actions"
  source        = "integrations/github"
  version       = "~> 6.13"

  credential "token" {
    description = "Token that may write the repository's Actions secrets and variables, and with scope environment its environments"
    environment = ["GITHUB_TOKEN"]
  }

  argument "owner" { from = [settings.owner, project.repo.owner] }

  setting "owner" {
    type        = string
    default     = null
    description = "Person or organization that owns the repository, unless project.repo says it"
    example     = "acme"
  }
  setting "repository" {
    type        = string
    default     = null
    description = "Repository whose workflows read the outputs, by its name without the owner, unless project.repo says it"
    example     = "shop"
  }
  setting "outputs" {
    type        = list(string)
    default     = null
    description = "What is handed over: names of resources and apps, or single outputs as name.output; all outputs unless given"
    example     = ["db.connection_url", "files"]
  }
  setting "scope" {
    type        = string
    default     = "repository"
    description = "Where it is kept: in the repository under names that begin with the environment, or in an environment of GitHub's, which only its own jobs read"
    one_of      = ["repository", "environment"]
  }
  setting "environments" {
    type = map(object({
      wait_timer          = optional(number)
      prevent_self_review = optional(bool, false)
      admins_bypass       = optional(bool, true)
      branches            = optional(string, "all")
      reviewers = optional(object({
        users = optional(set(number))
        teams = optional(set(number))
      }))
    }))
    default     = {}
    description = "With scope environment: who lets jobs into GitHub's environments, by the names of the project's"
  }

  type "github_actions_secret" {
    import = "${repository}:${secret_name}"
    leaves_out = {
      key_id          = "the provider encrypts with the repository's own key"
      value_encrypted = "outputs are known to Terraform, so the provider encrypts them"
    }
    argument "secret_name" {
      pattern = "^[A-Z_][A-Z0-9_]*$"
      unique  = "global"
    }
  }
  type "github_actions_variable" {
    import = "${repository}:${variable_name}"
    argument "variable_name" {
      pattern = "^[A-Z_][A-Z0-9_]*$"
      unique  = "global"
    }
  }
  type "github_actions_environment_secret" {
    import = "${repository}:${environment}:${secret_name}"
    leaves_out = {
      key_id          = "the provider encrypts with the environment's own key"
      value_encrypted = "outputs are known to Terraform, so the provider encrypts them"
    }
    argument "secret_name" {
      pattern = "^[A-Z_][A-Z0-9_]*$"
      unique  = "environment"
    }
  }
  type "github_actions_environment_variable" {
    import = "${repository}:${environment}:${variable_name}"
    argument "variable_name" {
      pattern = "^[A-Z_][A-Z0-9_]*$"
      unique  = "environment"
    }
  }
  type "github_repository_environment" {
    import = "${repository}:${environment}"
  }
}
