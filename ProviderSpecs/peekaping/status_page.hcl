module "status_page" {
  serves       = "monitor"
  title        = "Status page"
  description  = "Page that shows how the project's monitors fare"
  environments = ["production"]

  each "project" {
    where = monitoring.statusPage != null
  }

  variable "title" {
    type        = string
    from        = project.title
    description = "Title of the page"
  }
  variable "description" {
    type        = string
    from        = project.description
    default     = null
    description = "What stands below the title"
  }
  variable "slug" {
    type        = string
    from        = [monitoring.statusPage.slug, project.prefix]
    description = "Path of the page in the instance"
  }
  variable "domain" {
    type        = string
    from        = monitoring.statusPage.domain
    default     = null
    description = "Domain of the page's own, which leads to the instance"
  }
  variable "theme" {
    type        = string
    from        = monitoring.statusPage.theme
    default     = "auto"
    description = "Colours of the page"
  }
  variable "footer" {
    type        = string
    from        = settings.footer
    default     = null
    description = "Text at the foot of the page"
  }
  variable "icon" {
    type        = string
    from        = settings.icon
    default     = null
    description = "Address of the page's picture"
  }
  variable "domain_monitors" {
    type        = list(string)
    from        = flatten(peers.peekaping.uptime[*].ids)
    default     = []
    description = "Monitors of domains"
  }
  variable "check_monitors" {
    type        = list(string)
    from        = peers.peekaping.check[*].id
    default     = []
    description = "Monitors of custom checks"
  }
  variable "database_monitors" {
    type        = list(string)
    from        = peers.peekaping.database_check[*].id
    default     = []
    description = "Monitors of databases"
  }

  resource "peekaping_status_page" "this" {
    title       = var.title
    description = var.description
    slug        = var.slug
    domains     = var.domain[*]
    theme       = var.theme
    footer_text = var.footer
    icon        = var.icon
    published   = true
    monitor_ids = concat(var.domain_monitors, var.check_monitors, var.database_monitors)

    lifecycle {
      # The provider doesn't read them back, and every plan would set them anew.
      ignore_changes = [domains]
    }
  }
}
