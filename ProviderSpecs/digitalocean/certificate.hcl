module "certificate" {
  serves      = "resource"
  title       = "Certificate"
  description = "TLS certificate for load balancers and delivery networks, from Let's Encrypt or your own"
  aliases     = ["tls_certificate", "ssl_certificate", "cert"]

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the certificate"
  }
  variable "edition" {
    type        = number
    default     = 1
    aliases     = ["version"]
    description = "Another number with every change: the new certificate gets a name of its own, and the old one goes when nothing uses it any more"
    range       = [1, 9999]
    whole       = true
  }
  variable "domains" {
    type        = set(string)
    default     = []
    aliases     = ["domain"]
    description = "Domains that Let's Encrypt certifies and renews, in zones at DigitalOcean"
    pattern     = "^(\\*\\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\\.)+[a-z0-9][a-z0-9-]*[a-z0-9]$"
    example     = ["example.com", "www.example.com"]
  }
  variable "leaf_certificate" {
    type        = string
    default     = null
    aliases     = ["certificate"]
    description = "Certificate of your own as PEM, in place of domains; its key is a secret"
    pattern     = "^-----BEGIN CERTIFICATE-----"
  }
  variable "certificate_chain" {
    type        = string
    default     = null
    aliases     = ["chain"]
    description = "Certificates between yours and the authority's, as PEM"
    pattern     = "^-----BEGIN CERTIFICATE-----"
  }
  variable "private_key" {
    type        = string
    from        = try(secret.certificate_keys[item.name], null)
    default     = null
    sensitive   = true
    description = "Private key of a certificate of your own, as PEM"
  }

  secret "certificate_keys" {
    type        = map(string)
    environment = ["CERTIFICATE_KEYS"]
    description = "Private keys of certificates as PEM, by the name of the resource"
  }

  rule {
    condition = length(var.domains) > 0 || var.leaf_certificate != null
    message   = "The certificate certifies nothing: give domains for one of Let's Encrypt, or leaf_certificate for your own."
  }
  rule {
    condition = length(var.domains) == 0 || var.leaf_certificate == null
    message   = "A certificate is either of Let's Encrypt or your own: give domains or leaf_certificate."
  }
  rule {
    condition = length(var.domains) == 0 || var.certificate_chain == null
    message   = "Let's Encrypt sends its own chain: leave out certificate_chain."
  }
  rule {
    condition = var.leaf_certificate == null ? true : !strcontains(var.leaf_certificate, "PRIVATE KEY")
    message   = "This holds a private key, which belongs in no file of the project: give it as the secret certificate_keys, and the certificate alone here."
  }

  locals {
    is_custom = length(var.domains) == 0
  }

  resource "digitalocean_certificate" "this" {
    name              = var.edition == 1 ? var.name : "${var.name}-${var.edition}"
    type              = local.is_custom ? "custom" : "lets_encrypt"
    domains           = local.is_custom ? null : var.domains
    leaf_certificate  = var.leaf_certificate
    certificate_chain = var.certificate_chain
    private_key       = var.private_key

    lifecycle {
      # What uses the old certificate has to get the new one first.
      create_before_destroy = true

      precondition {
        condition     = local.is_custom == (var.private_key != null)
        error_message = "A certificate of your own has a private key, and one of Let's Encrypt has none: TF_VAR_certificate_keys is a map of those keys by the names of the resources, and it doesn't fit ${var.name}."
      }
    }
  }

  output "id" {
    value       = digitalocean_certificate.this.id
    description = "Name of the certificate, once it is there"
  }
  output "name" {
    value       = digitalocean_certificate.this.name
    description = "Name of the certificate"
  }
  output "uuid" {
    value       = digitalocean_certificate.this.uuid
    description = "Id of the certificate"
  }
  output "not_after" {
    value       = digitalocean_certificate.this.not_after
    description = "When the certificate ends"
  }
  output "sha1_fingerprint" {
    value       = digitalocean_certificate.this.sha1_fingerprint
    description = "Fingerprint of the certificate"
  }

  existing "digitalocean_certificate" "this" {
    name = var.edition == 1 ? var.name : "${var.name}-${var.edition}"
  }
}
