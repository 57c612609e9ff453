module "registry" {
  serves      = "resource"
  title       = "Container registry"
  description = "Private registry of images, with credentials where an app asks for them"
  aliases     = ["container_registry", "container-registry", "docr"]

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the registry, unique at DigitalOcean"
  }
  variable "tier" {
    type        = string
    default     = "basic"
    aliases     = ["subscription_tier_slug", "subscription_tier", "plan"]
    description = "Subscription of the account: starter holds one repository, basic five, and professional any number in up to ten registries"
  }
  variable "region" {
    type        = string
    from        = [config.region, contains(keys(values.registry_regions), settings.region) ? settings.region : null]
    default     = null
    aliases     = ["location"]
    description = "Datacenter of the images, chosen by DigitalOcean unless given"
    known       = values.registry_regions
  }
  variable "credentials" {
    type = object({
      enabled        = optional(bool, true)
      write          = optional(bool, false)
      expiry_seconds = optional(number, 1576800000)
    })
    from        = [config.credentials, length([for c in consumers : c.name]) > 0 ? { enabled = true } : null]
    default     = { enabled = false }
    aliases     = ["docker_credentials"]
    description = "Credentials for Docker, made where an app uses the registry; false for none"
    field "write" { description = "Let them push images as well" }
    field "expiry_seconds" { description = "Seconds after which they are made anew, fifty years unless given" }
  }

  resource "digitalocean_container_registries" "this" {
    name                   = var.name
    subscription_tier_slug = var.tier
    region                 = var.region
  }

  resource "digitalocean_container_registry_docker_credentials" "this" {
    count          = var.credentials.enabled ? 1 : 0
    registry_name  = digitalocean_container_registries.this.name
    write          = var.credentials.write
    expiry_seconds = var.credentials.expiry_seconds
  }

  output "id" {
    value       = digitalocean_container_registries.this.id
    description = "Id of the registry"
  }
  output "name" {
    value       = digitalocean_container_registries.this.name
    description = "Name of the registry"
  }
  output "endpoint" {
    value       = digitalocean_container_registries.this.endpoint
    description = "What names of images begin with, as registry.digitalocean.com/shop"
  }
  output "server_url" {
    value       = digitalocean_container_registries.this.server_url
    description = "Host of the registry"
  }
  output "docker_credentials" {
    value       = one(digitalocean_container_registry_docker_credentials.this[*].docker_credentials)
    description = "Content of a config.json for Docker, null without credentials"
    sensitive   = true
  }

  existing "digitalocean_container_registries" "this" {
    name = var.name
  }

  price "subscription of the registry" {
    amount = prices.registry[var.tier]
    once   = true
  }
}
