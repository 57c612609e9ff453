module "environment" {
  serves      = "link"
  title       = "Environment"
  description = "Environment of GitHub's, whose secrets and variables only its own jobs read"

  each "project" {
    where = settings.scope == "environment"
  }

  variable "repository" {
    type        = string
    from        = [settings.repository, project.repo.name]
    default     = null
    description = "Repository that it belongs to, by its name without the owner"
  }
  variable "name" {
    type        = string
    from        = environment
    description = "Name of the environment"
  }
  variable "wait_timer" {
    type        = number
    from        = settings.environments[environment].wait_timer
    default     = null
    description = "Minutes for which a job waits before it is let in"
  }
  variable "prevent_self_review" {
    type        = bool
    from        = settings.environments[environment].prevent_self_review
    default     = false
    description = "Let nobody review what they started themselves"
  }
  variable "admins_bypass" {
    type        = bool
    from        = settings.environments[environment].admins_bypass
    default     = true
    description = "Let the repository's administrators pass without a review"
  }
  variable "branches" {
    type        = string
    from        = settings.environments[environment].branches
    default     = "all"
    description = "Which branches may deploy: all, protected ones, or those selected in the repository's settings"
    one_of      = ["all", "protected", "selected"]
  }
  variable "reviewers" {
    type = object({
      users = optional(set(number))
      teams = optional(set(number))
    })
    from        = settings.environments[environment].reviewers
    default     = null
    description = "Who may let a job in"
    field "users" { description = "Ids of people" }
    field "teams" { description = "Ids of teams" }
  }

  rule {
    condition = var.repository != null
    message   = "Nothing says whose workflows read the outputs: give project.repo, or repository in the settings of the provider."
  }
  rule {
    condition = var.reviewers == null ? true : length(var.reviewers.users == null ? [] : var.reviewers.users) + length(var.reviewers.teams == null ? [] : var.reviewers.teams) <= 6
    message   = "An environment has at most six reviewers, people and teams together."
  }

  resource "github_repository_environment" "this" {
    repository          = var.repository
    environment         = var.name
    wait_timer          = var.wait_timer
    prevent_self_review = var.prevent_self_review
    can_admins_bypass   = var.admins_bypass

    dynamic "deployment_branch_policy" {
      for_each = var.branches == "all" ? [] : [var.branches]
      content {
        protected_branches     = deployment_branch_policy.value == "protected"
        custom_branch_policies = deployment_branch_policy.value == "selected"
      }
    }

    dynamic "reviewers" {
      for_each = var.reviewers[*]
      content {
        users = reviewers.value.users
        teams = reviewers.value.teams
      }
    }
  }

  output "name" {
    value       = github_repository_environment.this.environment
    description = "Name of the environment"
  }
}
