module "network" {
  source = "./network"
  count  = 2

  name  = { a = 1 }
  rnage = "10.0.0.0/16"
}

module "missing" {
  source = "./netwrok"
}

output "id" {
  value = module.network.id
}

output "ids" {
  value = module.network[*].idd
}
