locals {
  a = local.b
  b = module.m.out
}

module "m" {
  source = "./m"
  in     = local.a
}

output "a" {
  value = local.a
}
