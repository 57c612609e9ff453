# Asks what exists already; `webkit infra detect` reads the answers.

variable "turso_api_token" {
  description = "Platform token of the organization"
  type        = string
  sensitive   = true
  ephemeral   = true
}
