module "environment_variable" {
  serves      = "link"
  title       = "Environment variable"
  description = "Hands an output of a resource or app that nobody has to hide to the jobs of an environment"

  each "output" {
    where = settings.scope == "environment" && !output.sensitive && (settings.outputs == null ? true : contains(settings.outputs, item.name) || contains(settings.outputs, "${item.name}.${output.name}"))
  }

  variable "repository" {
    type        = string
    from        = [settings.repository, project.repo.name]
    default     = null
    description = "Repository whose workflows read it, by its name without the owner"
  }
  variable "environment" {
    type        = string
    from        = one(peers.github.environment[*].name)
    description = "Environment of GitHub's"
  }
  variable "name" {
    type        = string
    from        = upper(replace("${item.name}_${output.name}", "-", "_"))
    description = "Name that workflows read it by"
  }
  variable "value" {
    type        = string
    from        = output.value
    description = "Output that it holds"
  }

  rule {
    condition = var.repository != null
    message   = "Nothing says whose workflows read the outputs: give project.repo, or repository in the settings of the provider."
  }
  rule {
    condition = !startswith(var.name, "GITHUB_")
    message   = "GitHub keeps names that begin with GITHUB_ to itself: give the item another name."
  }

  resource "github_actions_environment_variable" "this" {
    repository    = var.repository
    environment   = var.environment
    variable_name = var.name
    value         = var.value
  }
}
