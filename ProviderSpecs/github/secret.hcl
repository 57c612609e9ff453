module "secret" {
  serves      = "link"
  title       = "Actions secret"
  description = "Hands a hidden output of a resource or app to the repository's workflows"

  each "output" {
    where = settings.scope == "repository" && output.sensitive && (settings.outputs == null ? true : contains(settings.outputs, item.name) || contains(settings.outputs, "${item.name}.${output.name}"))
  }

  variable "repository" {
    type        = string
    from        = [settings.repository, project.repo.name]
    default     = null
    description = "Repository whose workflows read it, by its name without the owner"
  }
  variable "name" {
    type        = string
    from        = upper(replace("${environment}_${item.name}_${output.name}", "-", "_"))
    description = "Name that workflows read it by"
  }
  variable "value" {
    type        = string
    from        = output.value
    sensitive   = true
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

  resource "github_actions_secret" "this" {
    repository  = var.repository
    secret_name = var.name
    value       = var.value
  }
}
