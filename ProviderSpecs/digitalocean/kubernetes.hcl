module "kubernetes" {
  serves      = "resource"
  title       = "Kubernetes"
  description = "Managed Kubernetes cluster in the project's private network, with its node pools"
  aliases     = ["k8s", "doks", "kubernetes_cluster"]

  leaves_out = {
    "digitalocean_kubernetes_cluster.control_plane_firewall.enabled" = "it is on where addresses are given"
  }

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the cluster"
  }
  variable "engine_version" {
    type        = string
    default     = ""
    aliases     = ["version", "kubernetes_version", "version_prefix"]
    description = "Minor version as 1.33, of which the newest patch is taken, or one patch as 1.33.1-do.0; a higher one upgrades the cluster, and the newest of all is taken unless given"
    pattern     = "^(1\\.[1-9][0-9]?(\\.[0-9]+-do\\.[0-9]+)?)?$"
    example     = "1.33"
  }
  variable "region" {
    type        = string
    from        = [config.region, refs.vpc.config.region, settings.region]
    default     = "lon1"
    aliases     = ["location"]
    description = "Datacenter of the cluster"
    known       = values.regions
  }
  variable "vpc" {
    type        = object({ id = string })
    from        = [config.vpc, inputs.region]
    default     = null
    aliases     = ["network", "vpc_uuid"]
    refers_to   = "vpc"
    implies     = "vpc"
    literal     = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
    description = "Private network of the cluster, the project's in that datacenter unless given"
  }
  variable "cluster_subnet" {
    type        = string
    default     = null
    aliases     = ["pod_subnet"]
    description = "Addresses of the pods as 10.244.0.0/16, chosen by DigitalOcean unless given"
    format      = "cidr"
    example     = "192.168.0.0/20"
  }
  variable "service_subnet" {
    type        = string
    default     = null
    description = "Addresses of the services as 10.245.0.0/16, chosen by DigitalOcean unless given"
    format      = "cidr"
    example     = "192.168.16.0/22"
  }
  variable "worker_subnet_uuid" {
    type        = string
    default     = null
    description = "Id of the subnet of the private network that the nodes join"
    pattern     = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
  }
  variable "isolated_workers" {
    type        = bool
    default     = false
    aliases     = ["private_nodes"]
    description = "Give the nodes no public addresses"
  }
  variable "node_pool" {
    type = object({
      name               = optional(string, "default")
      size               = optional(string, "s-2vcpu-4gb")
      node_count         = optional(number, 2)
      min_nodes          = optional(number)
      max_nodes          = optional(number)
      labels             = optional(map(string), {})
      taints             = optional(list(object({ key = string, value = string, effect = string })), [])
      gpu_partition_mode = optional(string)
    })
    default     = {}
    aliases     = ["default_node_pool"]
    description = "The first node pool; another size replaces the whole cluster"
    field "name" { description = "Name of the pool" }
    field "size" {
      description = "Size of each node"
      known       = keys(prices.droplet)
    }
    field "node_count" { description = "Number of nodes, where it doesn't follow the load" }
    field "min_nodes" { description = "Smallest number of nodes that the load leaves" }
    field "max_nodes" { description = "Largest number of nodes that the load brings" }
    field "labels" { description = "Labels of the nodes in Kubernetes" }
    field "taints" { description = "Taints of the nodes, which keep pods away that don't tolerate them" }
    field "gpu_partition_mode" { description = "How the graphics processors of a node are divided" }
  }
  variable "node_pools" {
    type = map(object({
      size               = optional(string, "s-2vcpu-4gb")
      node_count         = optional(number, 1)
      min_nodes          = optional(number)
      max_nodes          = optional(number)
      labels             = optional(map(string), {})
      taints             = optional(list(object({ key = string, value = string, effect = string })), [])
      gpu_partition_mode = optional(string)
    }))
    default     = {}
    description = "Further node pools by name"
    field "size" {
      description = "Size of each node"
      known       = keys(prices.droplet)
    }
    field "node_count" { description = "Number of nodes, where it doesn't follow the load" }
    field "min_nodes" { description = "Smallest number of nodes that the load leaves" }
    field "max_nodes" { description = "Largest number of nodes that the load brings" }
    field "labels" { description = "Labels of the nodes in Kubernetes" }
    field "taints" { description = "Taints of the nodes, which keep pods away that don't tolerate them" }
    field "gpu_partition_mode" { description = "How the graphics processors of a node are divided" }
  }
  variable "ha" {
    type        = bool
    default     = false
    aliases     = ["high_availability"]
    description = "Control plane with several replicas, which can't be taken back"
  }
  variable "auto_upgrade" {
    type        = bool
    default     = true
    description = "Let DigitalOcean install patch releases"
  }
  variable "surge_upgrade" {
    type        = bool
    default     = true
    description = "Make new nodes before the old ones go while upgrading"
  }
  variable "maintenance" {
    type        = object({ day = optional(string, "any"), start_time = optional(string, "02:00") })
    default     = {}
    aliases     = ["maintenance_policy", "maintenance_window"]
    description = "When DigitalOcean may work on the cluster"
    field "day" { description = "Day of the week, or any" }
    field "start_time" {
      description = "Start of the four hours in UTC, as 02:00"
      pattern     = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
    }
  }
  variable "autoscaler" {
    type = object({
      expanders                        = optional(list(string))
      scale_down_unneeded_time         = optional(string)
      scale_down_utilization_threshold = optional(number)
    })
    default     = null
    aliases     = ["cluster_autoscaler_configuration", "cluster_autoscaler"]
    description = "How pools follow the load"
    field "expanders" {
      description = "Which pool grows: random, priority or least-waste, the first that decides"
      one_of      = ["random", "priority", "least-waste"]
    }
    field "scale_down_unneeded_time" {
      description = "How long a node must be idle before it goes, as 10m"
      pattern     = "^([0-9]+(s|m|h))+$"
    }
    field "scale_down_utilization_threshold" {
      description = "Share of a node's processors and memory below which it is idle"
      range       = [0, 1]
    }
  }
  variable "control_plane_addresses" {
    type        = list(string)
    default     = []
    aliases     = ["allowed_addresses", "control_plane_firewall"]
    description = "Addresses that reach the API server; everybody unless given"
    format      = "cidr"
    example     = ["203.0.113.0/24"]
  }
  variable "registry" {
    type        = object({ name = string })
    default     = null
    refers_to   = "registry"
    description = "Registry of the project whose images the cluster may pull"
  }
  variable "registry_integration" {
    type        = bool
    default     = false
    description = "Let the cluster pull the images of the account's registry"
  }
  variable "plugins" {
    type        = map(bool)
    default     = {}
    description = "Plugins to switch on or off: routing_agent, coredns_autoscaler, nvidia_gpu_device_plugin, nvidia_gpu_dra_driver, amd_gpu_device_plugin, amd_gpu_device_metrics_exporter_plugin, amd_gpu_dra_driver, rdma_shared_device_plugin, p2p_oci_registry_plugin"
    example     = { routing_agent = true }
  }
  variable "sso" {
    type = object({
      enabled    = optional(bool, true)
      required   = optional(bool, false)
      issuer_url = optional(string)
      client_id  = optional(string)
    })
    default     = null
    description = "Log in by an OpenID Connect provider"
    field "required" { description = "Refuse every other way in" }
    field "issuer_url" {
      description = "URL of the provider"
      pattern     = "^https://"
    }
    field "client_id" { description = "Id of the cluster at the provider" }
  }
  variable "kubeconfig_expire_seconds" {
    type        = number
    default     = null
    description = "Seconds after which the credentials in kube_config end, seven days unless given"
  }
  variable "destroy_all_associated_resources" {
    type        = bool
    default     = false
    description = "Delete load balancers, volumes and snapshots of the cluster together with it"
  }
  variable "tags" {
    type        = set(string)
    from        = tags
    description = "Tags of the cluster and its nodes"
  }

  rule {
    condition = refs.vpc == null ? true : refs.vpc.config.region == var.region
    message   = "The cluster and its private network must be in one region: leave out region, and the cluster follows its network."
  }
  rule {
    condition = alltrue([for p in concat([var.node_pool], values(var.node_pools)) : (p.min_nodes == null) == (p.max_nodes == null)])
    message   = "A node pool that follows the load has both min_nodes and max_nodes."
  }
  rule {
    condition = alltrue([for p in concat([var.node_pool], values(var.node_pools)) : p.min_nodes == null || p.max_nodes == null ? true : p.min_nodes <= p.max_nodes])
    message   = "The smallest number of nodes of a pool is above the largest: swap min_nodes and max_nodes."
  }
  rule {
    condition = var.node_pool.node_count >= 1
    message   = "A cluster has at least one node: its own pods need one."
  }
  rule {
    condition = alltrue([for name, pool in var.node_pools : can(regex("^[a-z]([a-z0-9-]{0,53}[a-z0-9])?$", name)) && name != var.node_pool.name])
    message   = "Names of node pools differ, begin with a letter, and have lower-case letters, digits and dashes."
  }
  rule {
    condition = !strcontains(var.engine_version, "-do.") || !var.auto_upgrade
    message   = "DigitalOcean would upgrade the cluster past this patch, and the next plan would replace it by an older one: give the minor version alone, or set auto_upgrade to false."
  }
  rule {
    condition = alltrue([for name, on in var.plugins : contains(["routing_agent", "coredns_autoscaler", "nvidia_gpu_device_plugin", "nvidia_gpu_dra_driver", "amd_gpu_device_plugin", "amd_gpu_device_metrics_exporter_plugin", "amd_gpu_dra_driver", "rdma_shared_device_plugin", "p2p_oci_registry_plugin"], name)])
    message   = "A plugin is none that the cluster has: see the description of plugins."
  }
  rule {
    condition = !(can(var.plugins.nvidia_gpu_device_plugin) && can(var.plugins.nvidia_gpu_dra_driver)) && !(can(var.plugins.amd_gpu_device_plugin) && can(var.plugins.amd_gpu_dra_driver))
    message   = "Graphics processors are handed out either by the device plugin or by the DRA driver: name one of the two."
  }
  rule {
    condition = var.sso == null ? true : !var.sso.enabled || var.sso.issuer_url != null && var.sso.client_id != null
    message   = "Logging in by a provider needs its issuer_url and client_id."
  }
  rule {
    condition = var.worker_subnet_uuid == null || var.vpc != null
    message   = "A subnet belongs to a private network: name it in vpc as well."
  }
  rule {
    severity  = "warning"
    condition = var.engine_version != ""
    message   = "No version is named: the first plan after a release of Kubernetes at DigitalOcean upgrades the cluster. Give engine_version to decide when."
  }

  locals {
    # A patch is taken as it is; of a minor version, and of all of them, the newest patch.
    is_patch = strcontains(var.engine_version, "-do.")
    scales   = var.node_pool.max_nodes != null
  }

  data "digitalocean_kubernetes_versions" "this" {
    count          = local.is_patch ? 0 : 1
    version_prefix = var.engine_version == "" ? null : "${var.engine_version}."
  }

  resource "digitalocean_kubernetes_cluster" "this" {
    name                             = var.name
    region                           = var.region
    version                          = local.is_patch ? var.engine_version : data.digitalocean_kubernetes_versions.this[0].latest_version
    vpc_uuid                         = one(var.vpc[*].id)
    cluster_subnet                   = var.cluster_subnet
    service_subnet                   = var.service_subnet
    worker_subnet_uuid               = var.worker_subnet_uuid
    isolated_workers                 = var.isolated_workers
    ha                               = var.ha
    auto_upgrade                     = var.auto_upgrade
    surge_upgrade                    = var.surge_upgrade
    registry_integration             = var.registry_integration || var.registry != null
    kubeconfig_expire_seconds        = var.kubeconfig_expire_seconds
    destroy_all_associated_resources = var.destroy_all_associated_resources
    tags                             = var.tags

    node_pool {
      name               = var.node_pool.name
      size               = var.node_pool.size
      node_count         = local.scales ? null : var.node_pool.node_count
      auto_scale         = local.scales
      min_nodes          = var.node_pool.min_nodes
      max_nodes          = var.node_pool.max_nodes
      labels             = var.node_pool.labels
      gpu_partition_mode = var.node_pool.gpu_partition_mode
      tags               = var.tags

      dynamic "taint" {
        for_each = var.node_pool.taints
        content {
          key    = taint.value.key
          value  = taint.value.value
          effect = taint.value.effect
        }
      }
    }

    maintenance_policy {
      day        = var.maintenance.day
      start_time = var.maintenance.start_time
    }

    dynamic "cluster_autoscaler_configuration" {
      for_each = var.autoscaler[*]
      content {
        expanders                        = cluster_autoscaler_configuration.value.expanders
        scale_down_unneeded_time         = cluster_autoscaler_configuration.value.scale_down_unneeded_time
        scale_down_utilization_threshold = cluster_autoscaler_configuration.value.scale_down_utilization_threshold
      }
    }
    dynamic "control_plane_firewall" {
      for_each = length(var.control_plane_addresses) > 0 ? [var.control_plane_addresses] : []
      content {
        enabled           = true
        allowed_addresses = control_plane_firewall.value
      }
    }
    dynamic "sso" {
      for_each = var.sso[*]
      content {
        enabled    = sso.value.enabled
        required   = sso.value.required
        issuer_url = sso.value.issuer_url
        client_id  = sso.value.client_id
      }
    }
    dynamic "routing_agent" {
      for_each = [for name, on in var.plugins : on if name == "routing_agent"]
      content {
        enabled = routing_agent.value
      }
    }
    dynamic "coredns_autoscaler" {
      for_each = [for name, on in var.plugins : on if name == "coredns_autoscaler"]
      content {
        enabled = coredns_autoscaler.value
      }
    }
    dynamic "nvidia_gpu_device_plugin" {
      for_each = [for name, on in var.plugins : on if name == "nvidia_gpu_device_plugin"]
      content {
        enabled = nvidia_gpu_device_plugin.value
      }
    }
    dynamic "nvidia_gpu_dra_driver" {
      for_each = [for name, on in var.plugins : on if name == "nvidia_gpu_dra_driver"]
      content {
        enabled = nvidia_gpu_dra_driver.value
      }
    }
    dynamic "amd_gpu_device_plugin" {
      for_each = [for name, on in var.plugins : on if name == "amd_gpu_device_plugin"]
      content {
        enabled = amd_gpu_device_plugin.value
      }
    }
    dynamic "amd_gpu_device_metrics_exporter_plugin" {
      for_each = [for name, on in var.plugins : on if name == "amd_gpu_device_metrics_exporter_plugin"]
      content {
        enabled = amd_gpu_device_metrics_exporter_plugin.value
      }
    }
    dynamic "amd_gpu_dra_driver" {
      for_each = [for name, on in var.plugins : on if name == "amd_gpu_dra_driver"]
      content {
        enabled = amd_gpu_dra_driver.value
      }
    }
    dynamic "rdma_shared_device_plugin" {
      for_each = [for name, on in var.plugins : on if name == "rdma_shared_device_plugin"]
      content {
        enabled = rdma_shared_device_plugin.value
      }
    }
    dynamic "p2p_oci_registry_plugin" {
      for_each = [for name, on in var.plugins : on if name == "p2p_oci_registry_plugin"]
      content {
        enabled = p2p_oci_registry_plugin.value
      }
    }
  }

  resource "digitalocean_kubernetes_node_pool" "this" {
    for_each           = var.node_pools
    cluster_id         = digitalocean_kubernetes_cluster.this.id
    name               = each.key
    size               = each.value.size
    node_count         = each.value.max_nodes == null ? each.value.node_count : null
    auto_scale         = each.value.max_nodes != null
    min_nodes          = each.value.min_nodes
    max_nodes          = each.value.max_nodes
    labels             = each.value.labels
    gpu_partition_mode = each.value.gpu_partition_mode
    tags               = var.tags

    dynamic "taint" {
      for_each = each.value.taints
      content {
        key    = taint.value.key
        value  = taint.value.value
        effect = taint.value.effect
      }
    }
  }

  output "id" {
    value       = digitalocean_kubernetes_cluster.this.id
    description = "Id of the cluster"
  }
  output "urn" {
    value       = digitalocean_kubernetes_cluster.this.urn
    description = "Uniform resource name of the cluster"
  }
  output "name" {
    value       = digitalocean_kubernetes_cluster.this.name
    description = "Name of the cluster"
  }
  output "region" {
    value       = digitalocean_kubernetes_cluster.this.region
    description = "Datacenter of the cluster"
  }
  output "endpoint" {
    value       = digitalocean_kubernetes_cluster.this.endpoint
    description = "URL of the API server"
  }
  output "ipv4_address" {
    value       = digitalocean_kubernetes_cluster.this.ipv4_address
    description = "Public address of the API server"
  }
  output "version" {
    value       = digitalocean_kubernetes_cluster.this.version
    description = "Version of Kubernetes"
  }
  output "kube_config" {
    value       = one(digitalocean_kubernetes_cluster.this.kube_config[*].raw_config)
    description = "Configuration for kubectl"
    sensitive   = true
  }
  output "cluster_ca_certificate" {
    value       = one(digitalocean_kubernetes_cluster.this.kube_config[*].cluster_ca_certificate)
    description = "Certificate of the API server's authority, in Base64"
    sensitive   = true
  }
  output "token" {
    value       = one(digitalocean_kubernetes_cluster.this.kube_config[*].token)
    description = "Token for the API server, as long as it lasts"
    sensitive   = true
  }

  existing "digitalocean_kubernetes_cluster" "this" {
    name = var.name
  }

  price "nodes" {
    amount = prices.droplet[var.node_pool.size] * (var.node_pool.min_nodes == null ? var.node_pool.node_count : var.node_pool.min_nodes)
  }
  price "further nodes" {
    amount = sum(concat([0], [for p in values(var.node_pools) : prices.droplet[p.size] * (p.min_nodes == null ? p.node_count : p.min_nodes)]))
  }
  price "control plane" {
    amount = var.ha ? prices.kubernetes.control_plane_ha : prices.kubernetes.control_plane
  }

  price "nodes beyond the fewest" {
    amount  = anytrue([for p in concat([var.node_pool], values(var.node_pools)) : p.min_nodes != null]) ? null : 0
    metered = true
  }
}
