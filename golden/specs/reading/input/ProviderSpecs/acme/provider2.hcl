provider "acme" {}
