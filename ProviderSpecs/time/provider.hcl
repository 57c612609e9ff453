provider "time" {
  title         = "Time"
  documentation = "https://registry.terraform.io/providers/hashicorp/time/latest/docs"
  source        = "hashicorp/time"
  version       = "~> 0.14"
  utility       = true
}
