module "container" {
  serves      = "app"
  title       = "App Platform"
  description = "Container on App Platform, from an image or built from a repository"
  aliases     = ["app", "app-platform", "app_platform"]

  variable "name" {
    type        = string
    from        = item.cloud_name
    description = "Name of the app"
  }
  variable "region" {
    type        = string
    from        = [config.region, settings.region]
    default     = "lon"
    aliases     = ["location"]
    description = "City that the app runs in"
    known       = values.app_regions
    also = {
      ams3 = "ams"
      atl1 = "atl"
      blr1 = "blr"
      fra1 = "fra"
      lon1 = "lon"
      nyc1 = "nyc"
      nyc2 = "nyc"
      nyc3 = "nyc"
      sfo2 = "sfo"
      sfo3 = "sfo"
      sgp1 = "sgp"
      syd1 = "syd"
      tor1 = "tor"
    }
  }
  variable "size" {
    type        = string
    default     = "apps-s-1vcpu-1gb"
    aliases     = ["instance_size", "instance_size_slug"]
    description = "Size of each instance"
    known       = keys(prices.app)
  }
  variable "instance_count" {
    type        = number
    default     = 1
    aliases     = ["instances"]
    description = "Number of instances"
  }
  variable "autoscaling" {
    type        = object({ min = number, max = number, cpu_percent = optional(number, 80) })
    default     = null
    description = "Let the number of instances follow the load"
    field "min" { description = "Smallest number of instances" }
    field "max" { description = "Largest number of instances" }
    field "cpu_percent" { description = "Use of the processors from which instances are added" }
  }
  variable "port" {
    type        = number
    from        = [config.port, app.build.port]
    default     = 3000
    aliases     = ["http_port"]
    description = "Port that the app listens on"
  }
  variable "internal_ports" {
    type        = set(number)
    default     = []
    description = "Ports that other parts of the app and its private network may reach"
    range       = [1, 65535]
  }
  variable "image" {
    type = string
    from = [
      config.image,
      config.git == null && config.github == null ? lower("ghcr.io/${project.repo.owner}/${project.repo.name}-${app.name}") : null,
    ]
    default     = null
    description = "Image as ghcr.io/owner/name:tag, also of docker.io or registry.digitalocean.com; the project's own unless git is given. A later change of the tag is left to the deployment; a digest, given from the start, is always deployed"
    pattern     = "^((ghcr\\.io|docker\\.io|registry\\.digitalocean\\.com)/)?([a-z0-9_-]+/)*[a-z0-9][a-z0-9._-]*(:[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?$"
    example     = "ghcr.io/acme/shop-web:latest"
  }
  variable "registry_credentials" {
    type        = string
    from        = secret.registry_credentials
    default     = null
    sensitive   = true
    description = "Credentials for a private image, as user:token"
  }
  variable "git" {
    type = object({
      github         = optional(string)
      gitlab         = optional(string)
      bitbucket      = optional(string)
      clone_url      = optional(string)
      branch         = optional(string, "main")
      deploy_on_push = optional(bool, true)
    })
    from        = [config.git, config.github == null ? null : { github = config.github }]
    default     = null
    aliases     = ["source"]
    description = "Repository that App Platform builds, in place of an image"
    field "github" {
      description = "Repository on GitHub as owner/name"
      pattern     = "^[a-zA-Z0-9_.-]+/[a-zA-Z0-9_.-]+$"
    }
    field "gitlab" {
      description = "Repository on GitLab as owner/name"
      pattern     = "^[a-zA-Z0-9_.-]+(/[a-zA-Z0-9_.-]+)+$"
    }
    field "bitbucket" {
      description = "Repository on Bitbucket as owner/name"
      pattern     = "^[a-zA-Z0-9_.-]+/[a-zA-Z0-9_.-]+$"
    }
    field "clone_url" {
      description = "URL of a public repository"
      pattern     = "^https?://"
    }
    field "branch" { description = "Branch that is built" }
    field "deploy_on_push" { description = "Deploy each push to the branch; not for clone_url" }
  }
  variable "source_dir" {
    type        = string
    from        = [config.source_dir, inputs.git == null ? null : app.build.context]
    default     = null
    description = "Folder of the app in the repository"
  }
  variable "dockerfile" {
    type        = string
    from        = [config.dockerfile, inputs.git == null || config.environment_slug != null ? null : "${app.path}/${app.build.dockerfile}"]
    default     = null
    aliases     = ["dockerfile_path"]
    description = "Dockerfile that builds the app, from the root of the repository"
  }
  variable "environment_slug" {
    type        = string
    default     = null
    description = "Buildpack that builds the app, in place of a Dockerfile"
    example     = "node-js"
  }
  variable "build_command" {
    type        = string
    default     = null
    description = "Command that builds the app, where a buildpack does"
  }
  variable "run_command" {
    type        = string
    default     = null
    description = "Command that starts the app, in place of the image's own"
  }
  variable "health_check_path" {
    type        = string
    from        = [config.health_check_path, app.build.health_check_path]
    default     = "/"
    description = "Path that answers when the app works"
    pattern     = "^/"
  }
  variable "health_check" {
    type = object({
      port          = optional(number)
      initial_delay = optional(number, 30)
      period        = optional(number, 10)
      timeout       = optional(number, 5)
      successes     = optional(number, 1)
      failures      = optional(number, 6)
    })
    default     = {}
    description = "How App Platform learns that an instance can serve"
    field "port" { description = "Port that is asked, the app's own unless given" }
    field "initial_delay" { description = "Seconds before an instance is asked first" }
    field "period" { description = "Seconds between two questions" }
    field "timeout" { description = "Seconds that an answer may take" }
    field "successes" { description = "Answers after which an instance can serve" }
    field "failures" { description = "Failures after which it can't" }
  }
  variable "liveness_check" {
    type = object({
      path          = optional(string, "/")
      port          = optional(number)
      initial_delay = optional(number, 30)
      period        = optional(number, 10)
      timeout       = optional(number, 5)
      successes     = optional(number, 1)
      failures      = optional(number, 18)
    })
    default     = null
    aliases     = ["liveness_health_check"]
    description = "When App Platform restarts an instance that hangs; never unless given"
    field "path" {
      description = "Path that answers while the instance lives"
      pattern     = "^/"
    }
    field "port" { description = "Port that is asked, the app's own unless given" }
    field "initial_delay" { description = "Seconds before an instance is asked first" }
    field "period" { description = "Seconds between two questions" }
    field "timeout" { description = "Seconds that an answer may take" }
    field "successes" { description = "Answers after which an instance lives" }
    field "failures" { description = "Failures after which it is restarted" }
  }
  variable "domains" {
    type = list(object({
      name     = string
      type     = optional(string)
      wildcard = optional(bool, false)
      zone     = optional(string)
    }))
    from = [
      config.domains,
      # A domain leads to one place: to the app in production, or where nothing else is deployed.
      environment == project.main_environment ? [for d in app.domains : { name = d.name, type = d.type, wildcard = d.wildcard, zone = d.zone } if d.type != "unmanaged"] : null,
    ]
    default     = []
    description = "Domains of the app in this environment; those of the app itself belong to production"
    field "name" {
      description = "Name of the domain"
      pattern     = "^([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\\.)+[a-z0-9][a-z0-9-]*[a-z0-9]$"
      example     = "www.example.com"
    }
    field "type" {
      description = "The one primary domain, or an alias of it; the first is primary unless one says so"
      one_of      = ["primary", "alias"]
    }
    field "wildcard" { description = "Serve all subdomains as well" }
    field "zone" { description = "Zone at DigitalOcean in which App Platform writes the records itself" }
  }
  variable "env" {
    type = map(object({
      value   = string
      secret  = optional(bool, false)
      encrypt = optional(bool, false)
      scope   = optional(string, "run")
    }))
    from        = app.env
    default     = {}
    description = "Environment variables of the app"
    field "value" { description = "Value of the variable" }
    field "secret" { description = "Whether the value is a secret" }
    field "encrypt" { description = "Let App Platform encrypt the value, after which every plan shows a change of it" }
    field "scope" {
      description = "When the variable is set: run, build or both"
      one_of      = ["run", "build", "both"]
    }
  }
  variable "vpc" {
    type = object({ id = string })
    from = [
      config.vpc,
      [for u in uses : u.config.vpc if u.provider == provider.name && contains(["postgres", "mysql", "valkey"], u.type) && u.config.region == values.datacenters[inputs.region]][0],
    ]
    default     = null
    aliases     = ["network"]
    refers_to   = "vpc"
    implies     = "vpc"
    literal     = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
    description = "Private network that the app joins, that of a database which it uses in the same datacenter unless given"
  }
  variable "dedicated_egress_ip" {
    type        = bool
    default     = false
    description = "Let the app connect from addresses of its own"
  }
  variable "alerts" {
    type = object({
      enabled        = optional(bool, true)
      cpu_percent    = optional(number, 80)
      memory_percent = optional(number, 80)
      restarts       = optional(number, 3)
    })
    default     = {}
    description = "When somebody is told; false for failed deployments and domains only"
    field "cpu_percent" {
      description = "Use of the processors over five minutes"
      range       = [1, 100]
    }
    field "memory_percent" {
      description = "Use of the memory over five minutes"
      range       = [1, 100]
    }
    field "restarts" {
      description = "Restarts within five minutes"
      range       = [1, 1000]
    }
  }
  variable "emails" {
    type        = list(string)
    from        = notifications.emails
    default     = []
    description = "Who is told: members of the DigitalOcean team"
    format      = "email"
  }
  variable "termination" {
    type        = object({ drain = optional(number), grace_period = optional(number) })
    default     = null
    description = "How long an instance may take to end"
    field "drain" { description = "Seconds between the last request and the signal to end" }
    field "grace_period" { description = "Seconds between that signal and the kill" }
  }
  variable "maintenance" {
    type = object({
      enabled          = optional(bool, true)
      archive          = optional(bool, false)
      offline_page_url = optional(string)
    })
    default     = null
    description = "Take the app off the net, with a page in its place"
    field "archive" { description = "Stop the instances as well" }
    field "offline_page_url" { description = "Page that is shown" }
  }
  variable "features" {
    type        = set(string)
    default     = null
    description = "Features of App Platform to switch on, as its documentation names them"
    example     = ["buildpack-stack=ubuntu-22"]
  }
  variable "edge_cache" {
    type        = bool
    default     = true
    description = "Cache answers close to the visitors"
  }
  variable "email_obfuscation" {
    type        = bool
    default     = true
    description = "Hide email addresses in pages from collectors"
  }
  variable "threat_control" {
    type        = bool
    default     = false
    description = "Ask suspicious visitors to prove that they are people"
  }
  variable "project_id" {
    type        = string
    default     = null
    description = "Id of the DigitalOcean project that the app is created in, the account's default one unless given"
    pattern     = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
  }

  setting "github" {
    type        = string
    default     = null
    description = "Repository on GitHub as owner/name, the short form of git"
  }

  secret "registry_credentials" {
    environment = ["REGISTRY_CREDENTIALS"]
    description = "Credentials that pull the project's private images, as user:token"
  }

  rule {
    condition = var.image != null || var.git != null
    message   = "The app has no source: give image, git or github, or project.repo, whose image is taken."
  }
  rule {
    condition = var.image == null || var.git == null
    message   = "The app has two sources: give either an image or a repository."
  }
  rule {
    condition = var.git == null ? true : length(compact([var.git.github, var.git.gitlab, var.git.bitbucket, var.git.clone_url])) == 1
    message   = "A repository is given by one of github, gitlab, bitbucket and clone_url."
  }
  rule {
    condition = var.autoscaling == null || startswith(var.size, "apps-d-")
    message   = "Only dedicated sizes (apps-d-...) follow the load."
  }
  rule {
    condition = var.autoscaling == null ? true : var.autoscaling.min <= var.autoscaling.max
    message   = "The smallest number of instances is above the largest."
  }
  rule {
    condition = var.instance_count == 1 || !(endswith(var.size, "-0.5gb") || endswith(var.size, "-fixed"))
    message   = "This size can't have more than one instance: apps-s-1vcpu-1gb is the smallest that can."
  }
  rule {
    condition = length([for d in var.domains : d if d.type == "primary"]) <= 1
    message   = "An app has one primary domain."
  }
  rule {
    condition = length(distinct([for d in var.domains : d.name])) == length(var.domains)
    message   = "A domain is given twice."
  }
  rule {
    severity  = "warning"
    condition = refs.vpc == null ? true : refs.vpc.config.region == values.datacenters[var.region]
    message   = "App Platform runs in one datacenter of each city, and this network is in another one: the app may not reach it."
  }

  locals {
    # Host, owner, name, tag and digest of the image; what is left out is null.
    image = one([for image in var.image[*] : regex("^(?:(?P<host>ghcr\\.io|docker\\.io|registry\\.digitalocean\\.com)/)?(?:(?P<owner>[a-z0-9_-]+)/)?(?P<name>[a-z0-9._/-]+)(?::(?P<tag>[a-zA-Z0-9._-]+))?(?:@(?P<digest>sha256:[0-9a-f]{64}))?$", image)])
    registries = {
      "docker.io"                 = "DOCKER_HUB"
      "ghcr.io"                   = "GHCR"
      "registry.digitalocean.com" = "DOCR"
    }
    scopes = {
      run   = "RUN_TIME"
      build = "BUILD_TIME"
      both  = "RUN_AND_BUILD_TIME"
    }
    alerts = {
      for rule, limit in {
        CPU_UTILIZATION = var.alerts.cpu_percent
        MEM_UTILIZATION = var.alerts.memory_percent
        RESTART_COUNT   = var.alerts.restarts
      } : rule => limit if var.alerts.enabled
    }
    has_primary = contains(var.domains[*].type, "primary")
  }

  resource "digitalocean_app" "this" {
    project_id = var.project_id

    spec {
      name                            = var.name
      region                          = var.region
      features                        = var.features
      disable_edge_cache              = !var.edge_cache
      disable_email_obfuscation       = !var.email_obfuscation
      enhanced_threat_control_enabled = var.threat_control

      dynamic "alert" {
        for_each = ["DEPLOYMENT_FAILED", "DOMAIN_FAILED"]
        content {
          rule = alert.value
          dynamic "destinations" {
            for_each = length(var.emails) > 0 ? [var.emails] : []
            content {
              emails = destinations.value
            }
          }
        }
      }

      dynamic "domain" {
        for_each = var.domains
        content {
          name     = domain.value.name
          type     = upper(coalesce(domain.value.type, domain.key == 0 && !local.has_primary ? "primary" : "alias"))
          wildcard = domain.value.wildcard
          zone     = domain.value.zone
        }
      }

      dynamic "vpc" {
        for_each = var.vpc[*]
        content {
          id = vpc.value.id
        }
      }

      dynamic "egress" {
        for_each = var.dedicated_egress_ip ? ["DEDICATED_IP"] : []
        content {
          type = egress.value
        }
      }

      dynamic "maintenance" {
        for_each = var.maintenance[*]
        content {
          enabled          = maintenance.value.enabled
          archive          = maintenance.value.archive
          offline_page_url = maintenance.value.offline_page_url
        }
      }

      service {
        name               = "app"
        instance_size_slug = var.size
        instance_count     = var.autoscaling == null ? var.instance_count : null
        http_port          = var.port
        internal_ports     = var.internal_ports
        source_dir         = var.source_dir
        dockerfile_path    = var.dockerfile
        environment_slug   = var.environment_slug
        build_command      = var.build_command
        run_command        = var.run_command

        dynamic "image" {
          for_each = local.image[*]
          content {
            registry_type        = local.registries[coalesce(image.value.host, "docker.io")]
            registry             = image.value.host == "registry.digitalocean.com" ? null : coalesce(image.value.owner, "library")
            repository           = image.value.name
            tag                  = image.value.digest == null ? coalesce(image.value.tag, "latest") : null
            digest               = image.value.digest
            registry_credentials = var.registry_credentials
          }
        }
        dynamic "github" {
          for_each = [for git in var.git[*] : git if git.github != null]
          content {
            repo           = github.value.github
            branch         = github.value.branch
            deploy_on_push = github.value.deploy_on_push
          }
        }
        dynamic "gitlab" {
          for_each = [for git in var.git[*] : git if git.gitlab != null]
          content {
            repo           = gitlab.value.gitlab
            branch         = gitlab.value.branch
            deploy_on_push = gitlab.value.deploy_on_push
          }
        }
        dynamic "bitbucket" {
          for_each = [for git in var.git[*] : git if git.bitbucket != null]
          content {
            repo           = bitbucket.value.bitbucket
            branch         = bitbucket.value.branch
            deploy_on_push = bitbucket.value.deploy_on_push
          }
        }
        dynamic "git" {
          for_each = [for git in var.git[*] : git if git.clone_url != null]
          content {
            repo_clone_url = git.value.clone_url
            branch         = git.value.branch
          }
        }

        dynamic "autoscaling" {
          for_each = var.autoscaling[*]
          content {
            min_instance_count = autoscaling.value.min
            max_instance_count = autoscaling.value.max
            metrics {
              cpu {
                percent = autoscaling.value.cpu_percent
              }
            }
          }
        }

        health_check {
          http_path             = var.health_check_path
          port                  = var.health_check.port
          initial_delay_seconds = var.health_check.initial_delay
          period_seconds        = var.health_check.period
          timeout_seconds       = var.health_check.timeout
          success_threshold     = var.health_check.successes
          failure_threshold     = var.health_check.failures
        }
        dynamic "liveness_health_check" {
          for_each = var.liveness_check[*]
          content {
            http_path             = liveness_health_check.value.path
            port                  = liveness_health_check.value.port
            initial_delay_seconds = liveness_health_check.value.initial_delay
            period_seconds        = liveness_health_check.value.period
            timeout_seconds       = liveness_health_check.value.timeout
            success_threshold     = liveness_health_check.value.successes
            failure_threshold     = liveness_health_check.value.failures
          }
        }
        dynamic "termination" {
          for_each = var.termination[*]
          content {
            drain_seconds        = termination.value.drain
            grace_period_seconds = termination.value.grace_period
          }
        }

        dynamic "alert" {
          for_each = local.alerts
          content {
            rule     = alert.key
            operator = "GREATER_THAN"
            value    = alert.value
            window   = "FIVE_MINUTES"
            dynamic "destinations" {
              for_each = length(var.emails) > 0 ? [var.emails] : []
              content {
                emails = destinations.value
              }
            }
          }
        }

        dynamic "env" {
          for_each = var.env
          content {
            key   = env.key
            value = env.value.value
            type  = env.value.encrypt ? "SECRET" : "GENERAL"
            scope = local.scopes[env.value.scope]
          }
        }
      }
    }

    lifecycle {
      # Deployments move the tag, and a plan must not roll them back. An app that began with a tag
      # keeps it, and App Platform takes none beside a digest: give that from the start.
      ignore_changes = [spec[0].service[0].image[0].tag]
    }
  }

  output "id" {
    value       = digitalocean_app.this.id
    description = "Id of the app"
  }
  output "urn" {
    value       = digitalocean_app.this.urn
    description = "Uniform resource name of the app"
  }
  output "url" {
    value       = digitalocean_app.this.live_url
    description = "URL of the app, with its primary domain where it has one"
  }
  output "live_domain" {
    value       = digitalocean_app.this.live_domain
    description = "Domain of the app, the primary one where it has one"
  }
  output "default_ingress" {
    value       = digitalocean_app.this.default_ingress
    description = "URL that App Platform gives to the app"
  }
  output "dns_records" {
    value       = [{ type = "CNAME", value = "${trimprefix(digitalocean_app.this.default_ingress, "https://")}." }]
    description = "What the app's domains point to"
  }
  output "database_source" {
    value       = { type = "app", value = digitalocean_app.this.id }
    description = "How the firewall of a database knows the app"
  }

  price "instances" {
    amount = prices.app[var.size] * (var.autoscaling == null ? var.instance_count : var.autoscaling.min)
  }
  price "egress" {
    amount = var.dedicated_egress_ip ? prices.flat.app_egress_ip : 0
  }
}
