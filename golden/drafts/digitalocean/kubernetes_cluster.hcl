module "kubernetes_cluster" {
  # Choose: `resource`, `app`, or `link`, `monitor` or `notification` with `each`; titles, and other words as `aliases`.
  serves      = "resource"
  title       = "Kubernetes cluster"
  description = "Kubernetes cluster"

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name"
  }

  variable "region" {
    type        = string
    description = "Region"
  }

  variable "kubernetes_cluster_version" {
    type        = string
    aliases     = ["version"]
    description = "Version"
  }

  variable "auto_upgrade" {
    type        = bool
    default     = null
    description = "Auto upgrade"
  }

  variable "cluster_subnet" {
    type        = string
    default     = null
    description = "Cluster subnet"
  }

  variable "destroy_all_associated_resources" {
    type        = bool
    default     = null
    description = "Destroy all associated resources"
  }

  variable "ha" {
    type        = bool
    default     = null
    description = "Ha"
  }

  variable "isolated_workers" {
    type        = bool
    default     = null
    description = "Isolated workers"
  }

  variable "kubeconfig_expire_seconds" {
    type        = number
    default     = null
    description = "Kubeconfig expire seconds"
  }

  variable "registry_integration" {
    type        = bool
    default     = null
    description = "Registry integration"
  }

  variable "service_subnet" {
    type        = string
    default     = null
    description = "Service subnet"
  }

  variable "surge_upgrade" {
    type        = bool
    default     = null
    description = "Surge upgrade"
  }

  variable "tags" {
    type        = set(string)
    from        = tags
    description = "Tags"
  }

  # Choose: `refers_to = "vpc"` lets it name another item, if there is a leaf for it.
  variable "vpc_uuid" {
    type        = string
    default     = null
    description = "Vpc uuid"
  }

  # Choose: `refers_to = "worker_subnet"` lets it name another item, if there is a leaf for it.
  variable "worker_subnet_uuid" {
    type        = string
    default     = null
    description = "Worker subnet uuid"
  }

  variable "node_pool" {
    type = object({
      name               = string
      size               = string
      auto_scale         = optional(bool)
      gpu_partition_mode = optional(string)
      labels             = optional(map(string))
      max_nodes          = optional(number)
      min_nodes          = optional(number)
      node_count         = optional(number)
      tags               = optional(set(string))
      taint = optional(set(object({
        effect = string
        key    = string
        value  = string
      })), [])
    })
    description = "Node pool"
  }

  variable "amd_gpu_device_metrics_exporter_plugin" {
    type = object({
      enabled = bool
    })
    default     = null
    description = "Amd gpu device metrics exporter plugin"
  }

  variable "amd_gpu_device_plugin" {
    type = object({
      enabled = bool
    })
    default     = null
    description = "Amd gpu device plugin"
  }

  variable "amd_gpu_dra_driver" {
    type = object({
      enabled = bool
    })
    default     = null
    description = "Amd gpu dra driver"
  }

  variable "cluster_autoscaler_configuration" {
    type = list(object({
      expanders                        = optional(list(string))
      scale_down_unneeded_time         = optional(string)
      scale_down_utilization_threshold = optional(number)
    }))
    default     = []
    description = "Cluster autoscaler configuration"
  }

  variable "control_plane_firewall" {
    type = object({
      allowed_addresses = list(string)
      enabled           = bool
    })
    default     = null
    description = "Control plane firewall"
  }

  variable "coredns_autoscaler" {
    type = object({
      enabled = bool
    })
    default     = null
    description = "Coredns autoscaler"
  }

  variable "maintenance_policy" {
    type = object({
      day        = optional(string)
      start_time = optional(string)
    })
    default     = null
    description = "Maintenance policy"
  }

  variable "nvidia_gpu_device_plugin" {
    type = object({
      enabled = bool
    })
    default     = null
    description = "Nvidia gpu device plugin"
  }

  variable "nvidia_gpu_dra_driver" {
    type = object({
      enabled = bool
    })
    default     = null
    description = "Nvidia gpu dra driver"
  }

  variable "p2p_oci_registry_plugin" {
    type = object({
      enabled = bool
    })
    default     = null
    description = "P2p oci registry plugin"
  }

  variable "rdma_shared_device_plugin" {
    type = object({
      enabled = bool
    })
    default     = null
    description = "Rdma shared device plugin"
  }

  variable "routing_agent" {
    type = object({
      enabled = bool
    })
    default     = null
    description = "Routing agent"
  }

  variable "sso" {
    type = object({
      enabled    = bool
      client_id  = optional(string)
      issuer_url = optional(string)
      required   = optional(bool)
    })
    default     = null
    description = "Sso"
  }

  resource "digitalocean_kubernetes_cluster" "this" {
    name                             = var.name
    region                           = var.region
    version                          = var.kubernetes_cluster_version
    auto_upgrade                     = var.auto_upgrade
    cluster_subnet                   = var.cluster_subnet
    destroy_all_associated_resources = var.destroy_all_associated_resources
    ha                               = var.ha
    isolated_workers                 = var.isolated_workers
    kubeconfig_expire_seconds        = var.kubeconfig_expire_seconds
    registry_integration             = var.registry_integration
    service_subnet                   = var.service_subnet
    surge_upgrade                    = var.surge_upgrade
    tags                             = var.tags
    vpc_uuid                         = var.vpc_uuid
    worker_subnet_uuid               = var.worker_subnet_uuid

    dynamic "node_pool" {
      for_each = var.node_pool[*]
      content {
        name               = node_pool.value.name
        size               = node_pool.value.size
        auto_scale         = node_pool.value.auto_scale
        gpu_partition_mode = node_pool.value.gpu_partition_mode
        labels             = node_pool.value.labels
        max_nodes          = node_pool.value.max_nodes
        min_nodes          = node_pool.value.min_nodes
        node_count         = node_pool.value.node_count
        tags               = node_pool.value.tags

        dynamic "taint" {
          for_each = node_pool.value.taint
          content {
            effect = taint.value.effect
            key    = taint.value.key
            value  = taint.value.value
          }
        }
      }
    }

    dynamic "amd_gpu_device_metrics_exporter_plugin" {
      for_each = var.amd_gpu_device_metrics_exporter_plugin[*]
      content {
        enabled = amd_gpu_device_metrics_exporter_plugin.value.enabled
      }
    }

    dynamic "amd_gpu_device_plugin" {
      for_each = var.amd_gpu_device_plugin[*]
      content {
        enabled = amd_gpu_device_plugin.value.enabled
      }
    }

    dynamic "amd_gpu_dra_driver" {
      for_each = var.amd_gpu_dra_driver[*]
      content {
        enabled = amd_gpu_dra_driver.value.enabled
      }
    }

    dynamic "cluster_autoscaler_configuration" {
      for_each = var.cluster_autoscaler_configuration
      content {
        expanders                        = cluster_autoscaler_configuration.value.expanders
        scale_down_unneeded_time         = cluster_autoscaler_configuration.value.scale_down_unneeded_time
        scale_down_utilization_threshold = cluster_autoscaler_configuration.value.scale_down_utilization_threshold
      }
    }

    dynamic "control_plane_firewall" {
      for_each = var.control_plane_firewall[*]
      content {
        allowed_addresses = control_plane_firewall.value.allowed_addresses
        enabled           = control_plane_firewall.value.enabled
      }
    }

    dynamic "coredns_autoscaler" {
      for_each = var.coredns_autoscaler[*]
      content {
        enabled = coredns_autoscaler.value.enabled
      }
    }

    dynamic "maintenance_policy" {
      for_each = var.maintenance_policy[*]
      content {
        day        = maintenance_policy.value.day
        start_time = maintenance_policy.value.start_time
      }
    }

    dynamic "nvidia_gpu_device_plugin" {
      for_each = var.nvidia_gpu_device_plugin[*]
      content {
        enabled = nvidia_gpu_device_plugin.value.enabled
      }
    }

    dynamic "nvidia_gpu_dra_driver" {
      for_each = var.nvidia_gpu_dra_driver[*]
      content {
        enabled = nvidia_gpu_dra_driver.value.enabled
      }
    }

    dynamic "p2p_oci_registry_plugin" {
      for_each = var.p2p_oci_registry_plugin[*]
      content {
        enabled = p2p_oci_registry_plugin.value.enabled
      }
    }

    dynamic "rdma_shared_device_plugin" {
      for_each = var.rdma_shared_device_plugin[*]
      content {
        enabled = rdma_shared_device_plugin.value.enabled
      }
    }

    dynamic "routing_agent" {
      for_each = var.routing_agent[*]
      content {
        enabled = routing_agent.value.enabled
      }
    }

    dynamic "sso" {
      for_each = var.sso[*]
      content {
        enabled    = sso.value.enabled
        client_id  = sso.value.client_id
        issuer_url = sso.value.issuer_url
        required   = sso.value.required
      }
    }
  }

  output "endpoint" {
    value       = digitalocean_kubernetes_cluster.this.endpoint
    description = "Endpoint"
  }

  output "id" {
    value       = digitalocean_kubernetes_cluster.this.id
    description = "Id of the kubernetes cluster"
  }

  output "ipv4_address" {
    value       = digitalocean_kubernetes_cluster.this.ipv4_address
    description = "Ipv4 address"
  }

  output "name" {
    value       = digitalocean_kubernetes_cluster.this.name
    description = "Name"
  }

  output "urn" {
    value       = digitalocean_kubernetes_cluster.this.urn
    description = "Urn"
  }

  existing "digitalocean_kubernetes_cluster" "this" {
    name = var.name
  }
}
