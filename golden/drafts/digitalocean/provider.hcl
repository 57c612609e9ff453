provider "digitalocean" {
  # Choose: what people call it, where its `documentation` is, and other words as `aliases`.
  title  = "Digitalocean"
  source = "digitalocean/digitalocean"
  # Choose: the releases that it is tested with, such as "~> 1.2".
  version = ">= 0.0.0"

  # Choose: the environment variables that hold it; `read = false` if the provider reads none.
  credential "token" {
    description = "Token"
    environment = ["DIGITALOCEAN_TOKEN"]
  }

  tags {
    value = [for key, text in tags : "${key}:${text}"]
  }

  # Choose: whether deleting one loses data, and its import id, over its own arguments.
  type "digitalocean_kubernetes_cluster" {
    stateful = false
  }
}
