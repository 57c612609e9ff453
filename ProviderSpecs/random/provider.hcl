provider "random" {
  title         = "Random"
  documentation = "https://registry.terraform.io/providers/hashicorp/random/latest/docs"
  source        = "hashicorp/random"
  version       = "~> 3.9"
  utility       = true

  type "random_password" {
    leaves_out = {
      keepers          = "a token stays until its monitor goes"
      lower            = "all letters and digits may occur"
      upper            = "all letters and digits may occur"
      numeric          = "all letters and digits may occur"
      min_lower        = "length alone is enough"
      min_upper        = "length alone is enough"
      min_numeric      = "length alone is enough"
      min_special      = "a token stands in an address"
      override_special = "a token stands in an address"
    }
  }
}
