output "addresses" {
  description = "Addresses by name"
  value       = { for name, server in module.server : name => server.address }
}

output "passwords" {
  value     = [for server in module.server : server.password]
  sensitive = true
}

output "network" {
  value      = module.network.id
  depends_on = [module.server]

  precondition {
    condition     = module.network.name != ""
    error_message = "The network has no name."
  }
}

output "texts" {
  value = [local.text, local.either, local.greeting, local.range, local.when, tostring(local.valid), local.picked, local.by_first]
}

output "first" {
  value = one(module.spare[*].id)
}

output "jump" {
  value = length(digitalocean_droplet.jump) > 0 ? digitalocean_droplet.jump[0].ipv4_address : null
}

output "keys" {
  value = { for name, key in digitalocean_ssh_key.admin : name => key.id if name != "x" }
}

output "image" {
  value = "${data.hcloud_image.debian.id}:${data.hcloud_image.debian.name}"
}

output "rest" {
  value = [local.parsed, local.tuple, terraform_data.version.output, local.keys]
}
