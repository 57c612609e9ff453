variable "unused" {
  type = string
}

locals {
  unused = 1
}

data "terraform_remote_state" "unused" {
  backend = "local"
}

module "m" {
  source = "./m"
}
