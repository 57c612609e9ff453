module "vpc" {
  serves      = "resource"
  title       = "Private network"
  description = "Network of a datacenter in which the project's databases, machines and apps reach each other"
  aliases     = ["network"]

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the network"
  }
  variable "region" {
    type        = string
    from        = [config.region, item.value, settings.region]
    default     = "lon1"
    aliases     = ["location"]
    description = "Datacenter of the network"
    known       = values.regions
  }
  variable "ip_range" {
    type        = string
    default     = null
    aliases     = ["cidr"]
    description = "Private addresses of the network as 10.10.0.0/20, chosen by DigitalOcean unless given"
    format      = "cidr"
    example     = "10.10.0.0/20"
  }
  variable "description" {
    type        = string
    from        = [item.description, "Private network of ${project.title}"]
    description = "What the network is for"
  }

  rule {
    condition = var.ip_range == null ? true : can(cidrnetmask(var.ip_range)) && tonumber(split("/", var.ip_range)[1]) >= 16 && tonumber(split("/", var.ip_range)[1]) <= 28
    message   = "The range of a network must be one of IPv4 between /16 and /28."
  }

  rule {
    condition = var.ip_range == null ? true : can(regex("^(10|172\\.(1[6-9]|2[0-9]|3[01])|192\\.168)\\.", var.ip_range))
    message   = "The range of a network must be private: below 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16."
  }

  resource "digitalocean_vpc" "this" {
    name        = var.name
    region      = var.region
    ip_range    = var.ip_range
    description = var.description
  }

  output "id" {
    value       = digitalocean_vpc.this.id
    description = "Id of the network"
  }
  output "urn" {
    value       = digitalocean_vpc.this.urn
    description = "Uniform resource name of the network"
  }
  output "name" {
    value       = digitalocean_vpc.this.name
    description = "Name of the network"
  }
  output "region" {
    value       = digitalocean_vpc.this.region
    description = "Datacenter of the network"
  }
  output "ip_range" {
    value       = digitalocean_vpc.this.ip_range
    description = "Private addresses of the network"
  }

  existing "digitalocean_vpc" "this" {
    id   = var.existing_id
    name = var.existing_id == null ? var.name : null
  }


  price "network" {
    amount = prices.network.vpc
  }
}
