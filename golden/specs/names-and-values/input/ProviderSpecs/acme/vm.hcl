module "vm" {
  serves      = "resource"
  title       = "Vm"
  description = "A vm"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }
  variable "size" {
    type        = string
    description = "Size"
    default = "small"
    aliases = ["flavour"]
    known = ["large"]
  }
  variable "flavour" {
    type        = string
    description = "Flavour"
    default = null
    pattern = "("
  }
  variable "count_of" {
    type        = number
    description = "Count_of"
    default = "many"
  }
  variable "region" {
    type        = string
    description = "Region"
    from = environment
    aliases = ["area"]
  }
  variable "labels" {
    type        = any
    description = "Labels"
    from = { all = tags, own = config.labels }
  }
  variable "disk" {
    type        = object({ gb = number })
    description = "Disk"
    field "tb" { description = "Size" }
  }
  variable "parts" {
    type        = list(string)
    description = "Parts"
    keeps_places {
      of   = "tag"
      help = "Do something first."
    }
  }
  rule {
    condition = environment == "production"
    message   = "Only in production"
  }

  resource "acme_vm" "this" {
    name = var.name
    size     = var.size
    region   = var.flavour
    network  = var.region
    count_of = var.count_of
    disk {
      gb    = var.disk.gb
      label = jsonencode([var.labels, var.parts])
    }
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
  output "urn" {
    value       = [acme_vm.this.id]
    description = "Name"
  }
  output "ip_address" {
    value       = acme_vm.this.address
    description = "Address"
    instead_of  = "id"
  }
}
