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
    default     = "small"
    description = "Size"
  }
  setting "expected_gb" {
    type        = number
    default     = null
    description = "GB that will be stored"
  }

  resource "acme_vm" "this" {
    name = var.name
    size = var.size
  }

  price "hours" {
    amount = prices.vm[var.size]
  }
  price "two currencies" {
    amount = prices.vm[var.size] + prices.address.ipv4
  }
  price "out of nothing" {
    amount = 5
  }
  price "a text" {
    amount = "${var.size} ${prices.vm.small}"
  }
  price "no function" {
    amount = average(prices.vm.small, prices.vm.large)
  }
  price "the whole table" {
    amount = max(values(prices.vm)...)
  }
  price "what is unset" {
    amount = config.expected_gb * prices.vm.small
  }
  price "nothing by default" {
    amount = inputs.expected_gb * prices.vm.small
  }
  price "no such setting" {
    amount = inputs.expected_gb * prices.vm.small
    usage  = "expected_gib"
  }
  price "once and free" {
    amount = prices.vm.large
    free   = prices.vm.small
    once   = true
  }

  output "id" {
    value       = acme_vm.this.id
    description = "Id"
  }
}
