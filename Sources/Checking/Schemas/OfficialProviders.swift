/// The providers that can be used without an entry in `required_providers`.
enum OfficialProviders {
  /// Types of the namespace `hashicorp`, which is what a name without an entry stands for.
  static let names: Set = [
    "ad", "archive", "assert", "aws", "awscc", "azuread", "azurerm", "azurestack", "boundary",
    "cloudinit", "consul", "dns", "external", "google", "google-beta", "googleworkspace",
    "hashicups", "hcp",
    "hcs", "helm", "http", "kubernetes", "local", "nomad", "null", "opc", "oraclepaas", "random",
    "salesforce", "template", "terraform", "tfcoremock", "tfe", "tfmigrate", "time", "tls",
    "vault", "vsphere",
  ]
}
