module "tag" {
  serves       = "monitor"
  title        = "Tag"
  description  = "Tag that all monitors of the project carry"
  environments = ["production"]

  each "project" {}

  variable "name" {
    type        = string
    from        = project.prefix
    description = "Name of the tag"
  }
  variable "color" {
    type        = string
    from        = settings.tag_color
    description = "Colour of the tag"
  }
  variable "description" {
    type        = string
    from        = "Monitors of ${project.name} in ${environment}"
    description = "What carries it"
  }
  variable "endpoint" {
    type        = string
    from        = settings.endpoint
    default     = null
    description = "Address of the instance"
  }

  rule {
    condition = var.endpoint != null
    message   = "Nothing says where Peekaping runs: give endpoint in the settings of the provider, such as https://status.example.com."
  }

  resource "peekaping_tag" "this" {
    name        = var.name
    color       = var.color
    description = var.description
  }

  output "id" {
    value       = peekaping_tag.this.id
    description = "Id of the tag"
  }
}
