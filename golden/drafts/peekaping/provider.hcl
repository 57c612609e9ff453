provider "peekaping" {
  # Choose: what people call it, where its `documentation` is, and other words as `aliases`.
  title  = "Peekaping"
  source = "tafaust/peekaping"
  # Choose: the releases that it is tested with, such as "~> 1.2".
  version = ">= 0.0.0"

  # Choose: the environment variables that hold it; `read = false` if the provider reads none.
  credential "api_key" {
    description = "Api key"
    environment = ["PEEKAPING_API_KEY"]
  }

  # Choose: the environment variables that hold it; `read = false` if the provider reads none.
  credential "password" {
    description = "Password"
    environment = ["PEEKAPING_PASSWORD"]
  }

  # Choose: the environment variables that hold it; `read = false` if the provider reads none.
  credential "totp_token" {
    description = "Totp token"
    environment = ["PEEKAPING_TOTP_TOKEN"]
  }

  # Choose: whether deleting one loses data, and its import id, over its own arguments.
  type "peekaping_notification" {
    stateful = false
  }
}
