module "project" {
  serves      = "link"
  title       = "Project"
  description = "DigitalOcean project in which everything of the stack stands"
  leaves_out = {
    "digitalocean_project.resources"  = "members are assigned by a resource of their own"
    "digitalocean_project.is_default" = "what isn't of the stack must not land in it"
    "time_sleep.create_duration"      = "what DigitalOcean needs to find new members"
    "time_sleep.destroy_duration"     = "nothing waits when members leave"
  }

  each "project" {
    # Networks belong to no project.
    unless = ["digitalocean.vpc"]
    # What is given a project of its own stays there: to be in another one than it says would replace it.
    needs = [items.outputs.urn, items.config.project_id == null]
    where = settings.assign_project && length(items) > 0
  }

  variable "existing" {
    type        = string
    from        = settings.project
    default     = null
    description = "Id or name of a project that exists already, in place of one of the stack's own"
  }
  variable "name" {
    type        = string
    from        = environment == "production" ? project.title : "${project.title} (${environment})"
    description = "Name of the project"
  }
  variable "description" {
    type        = string
    from        = project.description
    default     = ""
    description = "What the project is"
  }
  variable "purpose" {
    type        = string
    from        = settings.project_purpose
    default     = "Web Application"
    description = "What the project is for, in DigitalOcean's words or others"
  }
  variable "environment" {
    type        = string
    from        = environment
    description = "Environment of the stack"
  }
  variable "urns" {
    type        = map(string)
    from        = { for i in items : "${i.kind}.${i.name}" => i.outputs.urn }
    description = "Uniform resource names of the members"
  }

  locals {
    is_id   = can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.existing))
    project = var.existing == null ? one(digitalocean_project.this[*].id) : one(data.digitalocean_project.given[*].id)
    stages  = ["development", "staging", "production"]
  }

  data "digitalocean_project" "given" {
    count = var.existing == null ? 0 : 1
    id    = local.is_id ? var.existing : null
    name  = local.is_id ? null : var.existing
  }

  resource "digitalocean_project" "this" {
    count       = var.existing == null ? 1 : 0
    name        = var.name
    description = var.description
    purpose     = var.purpose
    environment = contains(local.stages, var.environment) ? var.environment : "development"

    lifecycle {
      # Members are assigned below.
      ignore_changes = [resources]
    }
  }

  # DigitalOcean doesn't find members that are only some seconds old.
  resource "time_sleep" "members" {
    create_duration = "30s"
    triggers        = var.urns
  }

  resource "digitalocean_project_resources" "this" {
    project   = local.project
    resources = values(time_sleep.members.triggers)
  }


  price "project" {
    amount = prices.network.project
  }
}
