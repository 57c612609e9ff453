module "container" {
  serves      = "app"
  title       = "App Platform"
  description = "Container on App Platform, from an image or built from a repository"
  aliases     = ["app", "app-platform", "app_platform"]

  leaves_out = {
    "digitalocean_app.dedicated_ips"               = "App Platform gives the addresses"
    "digitalocean_app.deployment_per_page"         = "it only parts what the provider reads"
    "digitalocean_app.spec.alert.disabled"         = "an alert that isn't wanted isn't there"
    "digitalocean_app.spec.database"               = "databases are resources, whose outputs come in variables"
    "digitalocean_app.spec.env.scope"              = "shared variables are there whenever"
    "digitalocean_app.spec.env.type"               = "values that need encryption belong to the environment of the app"
    "digitalocean_app.spec.function.alert"         = "all that it can measure is instances, which functions don't have"
    "digitalocean_app.spec.job.alert.disabled"     = "an alert that isn't wanted isn't there"
    "digitalocean_app.spec.job.alert.operator"     = "alerts tell of too much"
    "digitalocean_app.spec.service.alert.disabled" = "an alert that isn't wanted isn't there"
    "digitalocean_app.spec.service.alert.operator" = "alerts tell of too much"
    "digitalocean_app.spec.worker.alert.disabled"  = "an alert that isn't wanted isn't there"
    "digitalocean_app.spec.worker.alert.operator"  = "alerts tell of too much"
  }

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
  variable "service" {
    type        = bool
    default     = true
    description = "Whether the app itself is a service; false where its workers, jobs, sites and functions are all there is"
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
    whole       = true
    range       = [1, 250]
  }
  variable "autoscaling" {
    type        = object({ min = number, max = number, cpu_percent = optional(number, 80) })
    default     = null
    description = "Let the number of instances follow the load"
    field "min" {
      description = "Smallest number of instances"
      whole       = true
      range       = [1, null]
    }
    field "max" {
      description = "Largest number of instances"
      whole       = true
      range       = [1, null]
    }
    field "cpu_percent" {
      description = "Use of the processors from which instances are added"
      whole       = true
      range       = [1, 100]
    }
  }
  variable "port" {
    type        = number
    from        = [config.port, app.build.port]
    default     = 3000
    aliases     = ["http_port"]
    description = "Port that the app listens on"
    whole       = true
    range       = [1, 65535]
  }
  variable "internal_ports" {
    type        = set(number)
    default     = []
    description = "Ports that other parts of the app and its private network may reach"
    whole       = true
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
  variable "image_deploy_on_push" {
    type        = bool
    default     = null
    description = "Deploy each push to an image in DigitalOcean's registry"
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
    field "port" {
      description = "Port that is asked, the app's own unless given"
      whole       = true
      range       = [1, 65535]
    }
    field "initial_delay" {
      description = "Seconds before an instance is asked first"
      whole       = true
    }
    field "period" {
      description = "Seconds between two questions"
      whole       = true
    }
    field "timeout" {
      description = "Seconds that an answer may take"
      whole       = true
    }
    field "successes" {
      description = "Answers after which an instance can serve"
      whole       = true
    }
    field "failures" {
      description = "Failures after which it can't"
      whole       = true
    }
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
    field "port" {
      description = "Port that is asked, the app's own unless given"
      whole       = true
      range       = [1, 65535]
    }
    field "initial_delay" {
      description = "Seconds before an instance is asked first"
      whole       = true
    }
    field "period" {
      description = "Seconds between two questions"
      whole       = true
    }
    field "timeout" {
      description = "Seconds that an answer may take"
      whole       = true
    }
    field "successes" {
      description = "Answers after which an instance lives"
      whole       = true
    }
    field "failures" {
      description = "Failures after which it is restarted"
      whole       = true
    }
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
      environment == project.main_environment ? [for d in app.domains : { name = d.name, type = d.type, wildcard = d.wildcard, zone = d.dns == null || d.dns == provider.name ? d.zone : null } if d.type != "unmanaged"] : null,
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
    field "zone" {
      refers_to   = "domain.name"
      match       = config.domain
      literal     = "\\."
      description = "Zone at DigitalOcean in which App Platform writes the records itself"
    }
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
  variable "shared_env" {
    type        = map(string)
    default     = {}
    description = "Environment variables of all parts of the app, while they are built and while they run"
  }
  variable "vpc" {
    type = object({ id = string })
    from = [
      config.vpc,
      # Of a database that exists already only app.json may tell where it is, so it comes last.
      [for u in uses : u.config.vpc if u.provider == provider.name && contains(["postgres", "mysql", "valkey"], u.type) && !u.existing && u.config.region == values.datacenters[inputs.region]][0],
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
      window         = optional(string, "FIVE_MINUTES")
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
      whole       = true
    }
    field "window" {
      description = "Time over which all of these are measured"
      one_of      = ["FIVE_MINUTES", "TEN_MINUTES", "THIRTY_MINUTES", "ONE_HOUR", "UNSPECIFIED_WINDOW"]
    }
  }
  variable "event_alerts" {
    type        = list(string)
    default     = ["DEPLOYMENT_FAILED", "DOMAIN_FAILED"]
    aliases     = ["app_alerts"]
    description = "Events of which somebody is told"
  }
  variable "slack_channel" {
    type        = string
    default     = null
    description = "Channel in Slack that is told as well; its webhook is a secret"
    pattern     = "^#?[a-z0-9_-]{1,80}$"
  }
  variable "slack_webhook_url" {
    type        = string
    from        = secret.slack_webhook_url
    default     = null
    sensitive   = true
    description = "Webhook of the channel in Slack"
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
    field "drain" {
      description = "Seconds between the last request and the signal to end"
      whole       = true
      range       = [1, 110]
    }
    field "grace_period" {
      description = "Seconds between that signal and the kill"
      whole       = true
      range       = [1, 600]
    }
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
  variable "services" {
    type = map(object({
      size           = optional(string)
      instance_count = optional(number, 1)
      autoscaling    = optional(object({ min = number, max = number, cpu_percent = optional(number, 80) }))
      port           = optional(number, 3000)
      internal_ports = optional(set(number), [])
      routes         = optional(list(string), [])
      image          = optional(string)
      git = optional(object({
        github         = optional(string)
        gitlab         = optional(string)
        bitbucket      = optional(string)
        clone_url      = optional(string)
        branch         = optional(string, "main")
        deploy_on_push = optional(bool, true)
      }))
      source_dir       = optional(string)
      dockerfile       = optional(string)
      environment_slug = optional(string)
      build_command    = optional(string)
      run_command      = optional(string)
      health_check = optional(object({
        path          = optional(string, "/")
        port          = optional(number)
        initial_delay = optional(number, 30)
        period        = optional(number, 10)
        timeout       = optional(number, 5)
        successes     = optional(number, 1)
        failures      = optional(number, 6)
      }))
      liveness_check = optional(object({
        path          = optional(string, "/")
        port          = optional(number)
        initial_delay = optional(number, 30)
        period        = optional(number, 10)
        timeout       = optional(number, 5)
        successes     = optional(number, 1)
        failures      = optional(number, 18)
      }))
      termination = optional(object({ drain = optional(number), grace_period = optional(number) }))
      alerts = optional(object({
        enabled        = optional(bool, true)
        cpu_percent    = optional(number, 80)
        memory_percent = optional(number, 80)
        restarts       = optional(number, 3)
        window         = optional(string, "FIVE_MINUTES")
      }))
      inherit_env = optional(bool, true)
      env         = optional(map(string), {})
      build_env   = optional(map(string), {})
    }))
    default     = {}
    aliases     = ["components"]
    description = "Further services of the app by name, which answer requests"
    field "size" {
      description = "Size of each instance, that of the app unless given"
      known       = keys(prices.app)
    }
    field "instance_count" { description = "Number of instances" }
    field "autoscaling" { description = "Let the number of instances follow the load" }
    field "port" { description = "Port that it listens on" }
    field "internal_ports" { description = "Ports that other parts of the app and its private network may reach" }
    field "routes" { description = "Paths that lead to it from the internet; none unless given" }
    field "image" {
      description = "Image, that of the app unless an image or a repository is given"
      pattern     = "^((ghcr\\.io|docker\\.io|registry\\.digitalocean\\.com)/)?([a-z0-9_-]+/)*[a-z0-9][a-z0-9._-]*(:[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?$"
    }
    field "git" { description = "Repository that App Platform builds, that of the app unless an image or a repository is given" }
    field "source_dir" { description = "Folder in the repository" }
    field "dockerfile" { description = "Dockerfile that builds it, from the root of the repository" }
    field "environment_slug" { description = "Buildpack that builds it, in place of a Dockerfile" }
    field "build_command" { description = "Command that builds it, where a buildpack does" }
    field "run_command" { description = "Command that starts it, in place of the image's own" }
    field "health_check" { description = "How App Platform learns that an instance can serve" }
    field "liveness_check" { description = "When App Platform restarts an instance that hangs; never unless given" }
    field "termination" { description = "How long an instance may take to end" }
    field "alerts" {
      description = "When somebody is told, as for the app unless given"
      field "restarts" {
        description = "Restarts within the window"
        whole       = true
      }
    }
    field "inherit_env" { description = "Whether it gets the environment variables of the app" }
    field "env" { description = "Environment variables of its own while it runs" }
    field "build_env" { description = "Environment variables of its own while it is built" }
  }
  variable "workers" {
    type = map(object({
      size           = optional(string)
      instance_count = optional(number, 1)
      autoscaling    = optional(object({ min = number, max = number, cpu_percent = optional(number, 80) }))
      image          = optional(string)
      git = optional(object({
        github         = optional(string)
        gitlab         = optional(string)
        bitbucket      = optional(string)
        clone_url      = optional(string)
        branch         = optional(string, "main")
        deploy_on_push = optional(bool, true)
      }))
      source_dir       = optional(string)
      dockerfile       = optional(string)
      environment_slug = optional(string)
      build_command    = optional(string)
      run_command      = optional(string)
      liveness_check = optional(object({
        path          = optional(string, "/")
        port          = optional(number)
        initial_delay = optional(number, 30)
        period        = optional(number, 10)
        timeout       = optional(number, 5)
        successes     = optional(number, 1)
        failures      = optional(number, 18)
      }))
      termination = optional(object({ grace_period = optional(number) }))
      alerts = optional(object({
        enabled        = optional(bool, true)
        cpu_percent    = optional(number, 80)
        memory_percent = optional(number, 80)
        restarts       = optional(number, 3)
        window         = optional(string, "FIVE_MINUTES")
      }))
      inherit_env = optional(bool, true)
      env         = optional(map(string), {})
      build_env   = optional(map(string), {})
    }))
    default     = {}
    description = "Workers of the app by name, which run beside it and answer nobody"
    field "size" {
      description = "Size of each instance, that of the app unless given"
      known       = keys(prices.app)
    }
    field "instance_count" { description = "Number of instances" }
    field "autoscaling" { description = "Let the number of instances follow the load" }
    field "image" {
      description = "Image, that of the app unless an image or a repository is given"
      pattern     = "^((ghcr\\.io|docker\\.io|registry\\.digitalocean\\.com)/)?([a-z0-9_-]+/)*[a-z0-9][a-z0-9._-]*(:[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?$"
    }
    field "git" { description = "Repository that App Platform builds, that of the app unless an image or a repository is given" }
    field "source_dir" { description = "Folder in the repository" }
    field "dockerfile" { description = "Dockerfile that builds it, from the root of the repository" }
    field "environment_slug" { description = "Buildpack that builds it, in place of a Dockerfile" }
    field "build_command" { description = "Command that builds it, where a buildpack does" }
    field "run_command" { description = "Command that starts it, in place of the image's own" }
    field "liveness_check" { description = "When App Platform restarts an instance that hangs; never unless given" }
    field "termination" { description = "How long an instance may take to end" }
    field "alerts" {
      description = "When somebody is told, as for the app unless given"
      field "restarts" {
        description = "Restarts within the window"
        whole       = true
      }
    }
    field "inherit_env" { description = "Whether it gets the environment variables of the app" }
    field "env" { description = "Environment variables of its own while it runs" }
    field "build_env" { description = "Environment variables of its own while it is built" }
  }
  variable "jobs" {
    type = map(object({
      kind           = optional(string, "pre_deploy")
      size           = optional(string)
      instance_count = optional(number, 1)
      image          = optional(string)
      git = optional(object({
        github         = optional(string)
        gitlab         = optional(string)
        bitbucket      = optional(string)
        clone_url      = optional(string)
        branch         = optional(string, "main")
        deploy_on_push = optional(bool, true)
      }))
      source_dir       = optional(string)
      dockerfile       = optional(string)
      environment_slug = optional(string)
      build_command    = optional(string)
      run_command      = optional(string)
      termination      = optional(object({ grace_period = optional(number) }))
      alerts = optional(object({
        enabled        = optional(bool, true)
        cpu_percent    = optional(number, 80)
        memory_percent = optional(number, 80)
        restarts       = optional(number, 3)
        window         = optional(string, "FIVE_MINUTES")
      }))
      inherit_env = optional(bool, true)
      env         = optional(map(string), {})
      build_env   = optional(map(string), {})
    }))
    default     = {}
    description = "Jobs of the app by name, which run with each deployment"
    field "kind" {
      description = "When it runs: pre_deploy, post_deploy or failed_deploy"
      one_of      = ["pre_deploy", "post_deploy", "failed_deploy"]
    }
    field "size" {
      description = "Size of each instance, that of the app unless given"
      known       = keys(prices.app)
    }
    field "instance_count" { description = "Number of instances" }
    field "image" {
      description = "Image, that of the app unless an image or a repository is given"
      pattern     = "^((ghcr\\.io|docker\\.io|registry\\.digitalocean\\.com)/)?([a-z0-9_-]+/)*[a-z0-9][a-z0-9._-]*(:[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?$"
    }
    field "git" { description = "Repository that App Platform builds, that of the app unless an image or a repository is given" }
    field "source_dir" { description = "Folder in the repository" }
    field "dockerfile" { description = "Dockerfile that builds it, from the root of the repository" }
    field "environment_slug" { description = "Buildpack that builds it, in place of a Dockerfile" }
    field "build_command" { description = "Command that builds it, where a buildpack does" }
    field "run_command" { description = "Command that starts it, in place of the image's own" }
    field "termination" { description = "How long an instance may take to end" }
    field "alerts" {
      description = "When somebody is told, as for the app unless given"
      field "restarts" {
        description = "Restarts within the window"
        whole       = true
      }
    }
    field "inherit_env" { description = "Whether it gets the environment variables of the app" }
    field "env" { description = "Environment variables of its own while it runs" }
    field "build_env" { description = "Environment variables of its own while it is built" }
  }
  variable "service_places" {
    type = list(string)
    from = concat(
      inputs.service && inputs.image != null ? ["app"] : [],
      [for name, c in inputs.services : name if c.git == null && (c.image != null || inputs.image != null)],
    )
    default     = []
    description = "Services that run an image, the app itself among them, in the order in which they came"
    keeps_places {
      of    = "deployed tag"
      among = concat(inputs.service ? ["app"] : [], keys(inputs.services))
      help  = "First take what leaves out of the running app, with what leads to it: `doctl apps spec get <id> > spec.yaml`, change `services`, and `doctl apps update <id> --spec spec.yaml`. All others keep their tags then."
    }
  }
  variable "worker_places" {
    type        = list(string)
    from        = [for name, c in inputs.workers : name if c.git == null && (c.image != null || inputs.image != null)]
    default     = []
    description = "Workers that run an image, in the order in which they came"
    keeps_places {
      of    = "deployed tag"
      among = keys(inputs.workers)
      help  = "First take what leaves out of the running app: `doctl apps spec get <id> > spec.yaml`, change `workers`, and `doctl apps update <id> --spec spec.yaml`. All others keep their tags then."
    }
  }
  variable "job_places" {
    type        = list(string)
    from        = [for name, c in inputs.jobs : name if c.git == null && (c.image != null || inputs.image != null)]
    default     = []
    description = "Jobs that run an image, in the order in which they came"
    keeps_places {
      of    = "deployed tag"
      among = keys(inputs.jobs)
      help  = "First take what leaves out of the running app: `doctl apps spec get <id> > spec.yaml`, change `jobs`, and `doctl apps update <id> --spec spec.yaml`. All others keep their tags then."
    }
  }
  variable "static_sites" {
    type = map(object({
      routes = optional(list(string), [])
      git = optional(object({
        github         = optional(string)
        gitlab         = optional(string)
        bitbucket      = optional(string)
        clone_url      = optional(string)
        branch         = optional(string, "main")
        deploy_on_push = optional(bool, true)
      }))
      source_dir        = optional(string)
      dockerfile        = optional(string)
      environment_slug  = optional(string)
      build_command     = optional(string)
      output_dir        = optional(string)
      index_document    = optional(string)
      error_document    = optional(string)
      catchall_document = optional(string)
      inherit_env       = optional(bool, true)
      env               = optional(map(string), {})
      build_env         = optional(map(string), {})
    }))
    default     = {}
    aliases     = ["sites"]
    description = "Static sites of the app by name"
    field "routes" { description = "Paths that lead to it from the internet; none unless given" }
    field "git" { description = "Repository that App Platform builds, that of the app unless an image or a repository is given" }
    field "source_dir" { description = "Folder in the repository" }
    field "dockerfile" { description = "Dockerfile that builds it, from the root of the repository" }
    field "environment_slug" { description = "Buildpack that builds it, in place of a Dockerfile" }
    field "build_command" { description = "Command that builds it, where a buildpack does" }
    field "output_dir" { description = "Folder that the build leaves the pages in" }
    field "index_document" { description = "Page of a folder, index.html unless given" }
    field "error_document" { description = "Page that is shown where there is none, 404.html unless given" }
    field "catchall_document" { description = "Page that is shown for every path where there is none, as apps of one page want" }
    field "inherit_env" { description = "Whether it gets the environment variables of the app" }
    field "env" { description = "Environment variables of its own" }
    field "build_env" { description = "Environment variables of its own while it is built" }
  }
  variable "functions" {
    type = map(object({
      routes = optional(list(string), [])
      git = optional(object({
        github         = optional(string)
        gitlab         = optional(string)
        bitbucket      = optional(string)
        clone_url      = optional(string)
        branch         = optional(string, "main")
        deploy_on_push = optional(bool, true)
      }))
      source_dir  = optional(string)
      inherit_env = optional(bool, true)
      env         = optional(map(string), {})
      build_env   = optional(map(string), {})
    }))
    default     = {}
    description = "Functions of the app by name"
    field "routes" { description = "Paths that lead to it from the internet; none unless given" }
    field "git" { description = "Repository that App Platform builds, that of the app unless an image or a repository is given" }
    field "source_dir" { description = "Folder in the repository" }
    field "inherit_env" { description = "Whether it gets the environment variables of the app" }
    field "env" { description = "Environment variables of its own while it runs" }
    field "build_env" { description = "Environment variables of its own while it is built" }
  }
  variable "routes" {
    type        = list(string)
    default     = []
    description = "Paths that lead to the app itself, / unless given where other parts of it have paths"
    pattern     = "^/"
  }
  variable "ingress" {
    type = list(object({
      component            = optional(string)
      path                 = optional(string, "/")
      authority            = optional(string)
      preserve_path_prefix = optional(bool, false)
      rewrite              = optional(string)
      redirect = optional(object({
        uri       = optional(string)
        authority = optional(string)
        port      = optional(number)
        scheme    = optional(string)
        code      = optional(number, 302)
      }))
      cors = optional(object({
        origin            = optional(string)
        origin_regex      = optional(string)
        allow_methods     = optional(set(string))
        allow_headers     = optional(set(string))
        expose_headers    = optional(set(string))
        max_age           = optional(string)
        allow_credentials = optional(bool, false)
      }))
    }))
    default     = []
    aliases     = ["ingress_rules"]
    description = "Rules for requests that routes can't express, first that fits"
    field "component" { description = "Part of the app that answers" }
    field "path" {
      description = "Beginning of the paths that the rule is for"
      pattern     = "^/"
    }
    field "authority" { description = "Domain that the rule is for, all unless given" }
    field "preserve_path_prefix" { description = "Leave that beginning in the path" }
    field "rewrite" { description = "What stands in place of that beginning" }
    field "redirect" {
      description = "Where visitors are led instead"
      field "port" {
        description = "Port that visitors are led to, that of the scheme unless given"
        whole       = true
      }
      field "code" {
        description = "Status code that says so"
        whole       = true
      }
    }
    field "cors" { description = "Web pages of other origins that may ask" }
  }
  variable "secure_header" {
    type        = object({ key = string, value = string })
    default     = null
    description = "Header that every request must carry, as a delivery network in front of the app sends it"
    field "key" { description = "Name of the header" }
    field "value" { description = "Its value" }
  }
  variable "log_destinations" {
    type = map(object({
      papertrail = optional(string)
      datadog    = optional(string)
      logtail    = optional(bool, false)
      open_search = optional(object({
        endpoint     = optional(string)
        cluster_name = optional(string)
        index        = optional(string)
        user         = optional(string)
      }))
      components = optional(set(string))
    }))
    default     = {}
    aliases     = ["logs"]
    description = "Where logs go, by name"
    field "papertrail" { description = "Host and port of Papertrail" }
    field "datadog" { description = "URL of Datadog, as https://http-intake.logs.datadoghq.com; its key is a secret" }
    field "logtail" { description = "Whether it is Better Stack; its token is a secret" }
    field "open_search" { description = "OpenSearch by its endpoint, or by the name of a cluster at DigitalOcean; its password is a secret" }
    field "components" { description = "Parts of the app whose logs go there, all unless given; the app itself is app" }
  }
  variable "log_tokens" {
    type        = map(string)
    from        = secret.log_tokens
    default     = {}
    sensitive   = true
    description = "Keys, tokens and passwords of the places where logs go, by their names"
  }
  variable "project_id" {
    type        = string
    default     = null
    description = "Id of the DigitalOcean project that the app is created in and stays in, that of the rest of the project unless given"
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

  secret "slack_webhook_url" {
    environment = ["SLACK_WEBHOOK_URL"]
    description = "Incoming webhook of Slack, to which DigitalOcean sends alerts"
  }
  secret "log_tokens" {
    type        = map(string)
    environment = ["LOG_TOKENS"]
    description = "Keys, tokens and passwords of the places where the logs of apps go, by their names"
  }

  rule {
    condition = var.slack_channel == null || var.slack_webhook_url != null
    message   = "A channel in Slack is told by its webhook, which is a secret: TF_VAR_slack_webhook_url has to hold it."
  }
  rule {
    condition = var.service || length(var.services) + length(var.workers) + length(var.jobs) + length(var.static_sites) + length(var.functions) > 0
    message   = "The app has no part: leave out service, or give workers, jobs, static_sites or functions."
  }
  rule {
    condition = !var.service || var.image != null || var.git != null
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
    condition = alltrue([for name in concat(keys(var.services), keys(var.workers), keys(var.jobs), keys(var.static_sites), keys(var.functions)) : can(regex("^[a-z][a-z0-9-]{0,30}[a-z0-9]$", name))])
    message   = "Names of the parts of an app have 2 to 32 lower-case letters, digits and dashes, and begin with a letter."
  }
  rule {
    condition = length(distinct(concat(keys(var.services), keys(var.workers), keys(var.jobs), keys(var.static_sites), keys(var.functions)))) == length(concat(keys(var.services), keys(var.workers), keys(var.jobs), keys(var.static_sites), keys(var.functions))) && !contains(var.service ? concat(keys(var.services), keys(var.workers), keys(var.jobs), keys(var.static_sites), keys(var.functions)) : [], "app")
    message   = "Two parts of the app have one name: services, workers, jobs, sites and functions share their names, and the app itself is app."
  }
  rule {
    condition = length(var.services) <= 9 && length(var.workers) <= 10 && length(var.jobs) <= 10
    message   = "An app has up to nine further services, ten workers and ten jobs here: make another app of what is left."
  }
  rule {
    condition = alltrue([for c in concat(values(var.services), values(var.workers)) : c.autoscaling == null ? true : c.autoscaling.min <= c.autoscaling.max])
    message   = "The smallest number of instances of a part is above the largest."
  }
  rule {
    condition = alltrue([for c in concat([for c in values(var.services) : { size = c.size, autoscaling = c.autoscaling }], [for c in values(var.workers) : { size = c.size, autoscaling = c.autoscaling }]) : c.autoscaling == null || startswith(coalesce(c.size, var.size), "apps-d-")])
    message   = "Only dedicated sizes (apps-d-...) follow the load: give the part one, or leave out its autoscaling."
  }
  rule {
    condition = alltrue([for c in concat([for c in values(var.services) : { size = c.size, count = c.instance_count }], [for c in values(var.workers) : { size = c.size, count = c.instance_count }], [for c in values(var.jobs) : { size = c.size, count = c.instance_count }]) : c.count == 1 || !(endswith(coalesce(c.size, var.size), "-0.5gb") || endswith(coalesce(c.size, var.size), "-fixed"))])
    message   = "This size can't have more than one instance of a part: apps-s-1vcpu-1gb is the smallest that can."
  }
  rule {
    condition = alltrue([for c in concat([for c in values(var.services) : { image = c.image, git = c.git }], [for c in values(var.workers) : { image = c.image, git = c.git }], [for c in values(var.jobs) : { image = c.image, git = c.git }]) : c.image == null || c.git == null])
    message   = "A part of the app has two sources: give it either an image or a repository."
  }
  rule {
    condition = var.image != null || var.git != null || alltrue([for c in concat([for c in values(var.services) : { image = c.image, git = c.git }], [for c in values(var.workers) : { image = c.image, git = c.git }], [for c in values(var.jobs) : { image = c.image, git = c.git }]) : c.image != null || c.git != null])
    message   = "A part of the app has no source: give it an image or git, or give the app one."
  }
  rule {
    condition = var.git != null || alltrue([for c in concat([for c in values(var.static_sites) : c.git], [for c in values(var.functions) : c.git]) : c != null])
    message   = "Static sites and functions are built from a repository: give them git, or give the app one."
  }
  rule {
    condition = alltrue([for git in concat([for c in values(var.services) : c.git], [for c in values(var.workers) : c.git], [for c in values(var.jobs) : c.git], [for c in values(var.static_sites) : c.git], [for c in values(var.functions) : c.git]) : git == null ? true : length(compact([git.github, git.gitlab, git.bitbucket, git.clone_url])) == 1])
    message   = "The repository of a part is given by one of github, gitlab, bitbucket and clone_url."
  }
  rule {
    condition = alltrue([for path in flatten(concat([for c in values(var.services) : c.routes], [for c in values(var.static_sites) : c.routes], [for c in values(var.functions) : c.routes])) : startswith(path, "/")])
    message   = "Paths begin with a slash."
  }
  rule {
    condition = length(distinct(flatten(concat(var.routes, [for c in values(var.services) : c.routes], [for c in values(var.static_sites) : c.routes], [for c in values(var.functions) : c.routes])))) == length(flatten(concat(var.routes, [for c in values(var.services) : c.routes], [for c in values(var.static_sites) : c.routes], [for c in values(var.functions) : c.routes])))
    message   = "One path leads to two parts of the app."
  }
  rule {
    condition = alltrue([for r in var.ingress : (r.component == null) != (r.redirect == null)])
    message   = "A rule for requests names either the component that answers or a redirect."
  }
  rule {
    condition = alltrue([for r in var.ingress : r.component == null ? true : contains(concat(var.service ? ["app"] : [], keys(var.services), keys(var.static_sites), keys(var.functions)), r.component)])
    message   = "A rule for requests names a part of the app that there isn't, or that answers nobody: services, static sites and functions do, and the app itself is app."
  }
  rule {
    condition = alltrue([for r in var.ingress : r.cors == null ? true : (r.cors.origin == null) != (r.cors.origin_regex == null)])
    message   = "Pages of other origins are given by one origin, or by the pattern origin_regex."
  }
  rule {
    condition = alltrue([for d in values(var.log_destinations) : length([for given in [d.papertrail != null, d.datadog != null, d.logtail, d.open_search != null] : given if given]) == 1])
    message   = "A place for logs is one of papertrail, datadog, logtail and open_search."
  }
  rule {
    condition = alltrue([for d in values(var.log_destinations) : d.open_search == null ? true : (d.open_search.endpoint == null) != (d.open_search.cluster_name == null)])
    message   = "OpenSearch is given by its endpoint or by the name of a cluster at DigitalOcean."
  }
  rule {
    severity  = "warning"
    condition = refs.vpc == null ? true : refs.vpc.config.region == values.datacenters[var.region]
    message   = "App Platform runs in one datacenter of each city, and this network is in another one: the app may not reach it."
  }

  locals {
    # Host, owner, name, tag and digest of the image; what is left out is null.
    image_pattern = "^(?:(?P<host>ghcr\\.io|docker\\.io|registry\\.digitalocean\\.com)/)?(?:(?P<owner>[a-z0-9_-]+)/)?(?P<name>[a-z0-9._/-]+)(?::(?P<tag>[a-zA-Z0-9._-]+))?(?:@(?P<digest>sha256:[0-9a-f]{64}))?$"
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
    has_primary = contains(var.domains[*].type, "primary")
  }

  locals {
    # The app itself is a service like the others, of which more can be said.
    itself = {
      for name in var.service ? ["app"] : [] : name => {
        size             = var.size
        instance_count   = var.instance_count
        autoscaling      = var.autoscaling
        port             = var.port
        internal_ports   = var.internal_ports
        image            = var.image
        git              = var.git
        source_dir       = var.source_dir
        dockerfile       = var.dockerfile
        environment_slug = var.environment_slug
        build_command    = var.build_command
        run_command      = var.run_command
        health_check     = merge(var.health_check, { path = var.health_check_path })
        liveness_check   = var.liveness_check
        termination      = var.termination
        alerts           = var.alerts
        inherit_env      = true
        env              = {}
        build_env        = {}
      }
    }
    services = merge(var.services, local.itself)

    # App Platform keeps the tag of a place, whoever stands there: nobody who has one may move, and
    # those without an image come behind.
    service_names = distinct(concat(
      [for name in var.service_places : name if contains(keys(local.services), name)],
      [for name in concat(keys(local.itself), keys(var.services)) : name if length(local.images[name]) > 0],
      keys(local.itself), keys(var.services),
    ))
    worker_names = distinct(concat(
      [for name in var.worker_places : name if contains(keys(var.workers), name)],
      [for name in keys(var.workers) : name if length(local.images[name]) > 0], keys(var.workers),
    ))
    job_names = distinct(concat(
      [for name in var.job_places : name if contains(keys(var.jobs), name)],
      [for name in keys(var.jobs) : name if length(local.images[name]) > 0], keys(var.jobs),
    ))
  }

  locals {
    # What is common to all parts of the app, whatever they are.
    parts = merge(
      { for name, c in local.services : name => { image = c.image, git = c.git, builds = true, env = c.env, build_env = c.build_env, inherit_env = c.inherit_env } },
      { for name, c in var.workers : name => { image = c.image, git = c.git, builds = true, env = c.env, build_env = c.build_env, inherit_env = c.inherit_env } },
      { for name, c in var.jobs : name => { image = c.image, git = c.git, builds = true, env = c.env, build_env = c.build_env, inherit_env = c.inherit_env } },
      { for name, c in var.static_sites : name => { image = null, git = c.git, builds = false, env = c.env, build_env = c.build_env, inherit_env = c.inherit_env } },
      { for name, c in var.functions : name => { image = null, git = c.git, builds = false, env = c.env, build_env = c.build_env, inherit_env = c.inherit_env } },
    )
    # A part without a source is made of what the app is made of.
    images = {
      for name, part in local.parts : name => [
        for image in part.image != null ? [part.image] : part.git == null && part.builds ? var.image[*] : [] : regex(local.image_pattern, image)
      ]
    }
    repositories = { for name, part in local.parts : name => part.git != null ? [part.git] : part.image == null ? var.git[*] : [] }
    is_inherited = { for name, part in local.parts : name => part.git == null && part.image == null && var.git != null }
    environments = {
      for name, part in local.parts : name => merge(
        { for key, entry in var.env : key => entry if part.inherit_env },
        { for key, value in part.build_env : key => { value = value, secret = false, encrypt = false, scope = contains(keys(part.env), key) ? "both" : "build" } },
        { for key, value in part.env : key => { value = value, secret = false, encrypt = false, scope = contains(keys(part.build_env), key) ? "both" : "run" } },
      )
    }
    logs = {
      for name in keys(local.parts) : name => {
        for place, d in var.log_destinations : place => d if d.components == null ? true : contains(d.components, name)
      }
    }
    warnings = {
      for name, part in merge({ for name, c in local.services : name => c.alerts }, { for name, c in var.workers : name => c.alerts }, { for name, c in var.jobs : name => c.alerts }) : name => {
        for rule, limit in {
          CPU_UTILIZATION = (part == null ? var.alerts : part).cpu_percent
          MEM_UTILIZATION = (part == null ? var.alerts : part).memory_percent
          RESTART_COUNT   = (part == null ? var.alerts : part).restarts
        } : rule => { limit = limit, window = (part == null ? var.alerts : part).window } if(part == null ? var.alerts : part).enabled
      }
    }
    tells = length(var.emails) > 0 || var.slack_channel != null
  }

  locals {
    # Paths of parts become rules, and what is left leads to the app itself.
    paths = concat(
      flatten([for name, c in var.services : [for path in c.routes : { component = name, path = path }]]),
      flatten([for name, c in var.static_sites : [for path in c.routes : { component = name, path = path }]]),
      flatten([for name, c in var.functions : [for path in c.routes : { component = name, path = path }]]),
    )
    own_paths = !var.service ? [] : length(var.routes) > 0 ? var.routes : length(local.paths) > 0 && !contains(local.paths[*].path, "/") ? ["/"] : []
    rules = concat(
      var.ingress,
      [
        for route in concat(local.paths, [for path in local.own_paths : { component = "app", path = path }]) : {
          component            = route.component
          path                 = route.path
          authority            = null
          preserve_path_prefix = true
          rewrite              = null
          redirect             = null
          cors                 = null
        }
      ],
    )
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
        for_each = var.event_alerts
        content {
          rule = alert.value
          dynamic "destinations" {
            for_each = local.tells ? [var.emails] : []
            content {
              emails = destinations.value
              dynamic "slack_webhooks" {
                for_each = var.slack_channel[*]
                content {
                  channel = slack_webhooks.value
                  url     = var.slack_webhook_url
                }
              }
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

      dynamic "env" {
        for_each = var.shared_env
        content {
          key   = env.key
          value = env.value
          type  = "GENERAL"
          scope = "RUN_AND_BUILD_TIME"
        }
      }

      dynamic "ingress" {
        for_each = length(local.rules) > 0 || var.secure_header != null ? [local.rules] : []
        content {
          dynamic "rule" {
            for_each = ingress.value
            content {
              match {
                path {
                  prefix = rule.value.path
                }
                dynamic "authority" {
                  for_each = rule.value.authority[*]
                  content {
                    exact = authority.value
                  }
                }
              }
              dynamic "component" {
                for_each = rule.value.component[*]
                content {
                  name                 = component.value
                  preserve_path_prefix = rule.value.rewrite == null ? rule.value.preserve_path_prefix : null
                  rewrite              = rule.value.rewrite
                }
              }
              dynamic "redirect" {
                for_each = rule.value.redirect[*]
                content {
                  uri           = redirect.value.uri
                  authority     = redirect.value.authority
                  port          = redirect.value.port
                  scheme        = redirect.value.scheme
                  redirect_code = redirect.value.code
                }
              }
              dynamic "cors" {
                for_each = rule.value.cors[*]
                content {
                  allow_methods     = cors.value.allow_methods
                  allow_headers     = cors.value.allow_headers
                  expose_headers    = cors.value.expose_headers
                  max_age           = cors.value.max_age
                  allow_credentials = cors.value.allow_credentials
                  allow_origins {
                    exact = cors.value.origin
                    regex = cors.value.origin_regex
                  }
                }
              }
            }
          }
          dynamic "secure_header" {
            for_each = var.secure_header[*]
            content {
              key   = secure_header.value.key
              value = secure_header.value.value
            }
          }
        }
      }

      dynamic "service" {
        for_each = local.service_names
        content {
          name               = service.value
          instance_size_slug = coalesce(local.services[service.value].size, var.size)
          instance_count     = local.services[service.value].autoscaling == null ? local.services[service.value].instance_count : null
          http_port          = local.services[service.value].port
          internal_ports     = local.services[service.value].internal_ports
          source_dir         = local.services[service.value].source_dir == null && local.is_inherited[service.value] ? var.source_dir : local.services[service.value].source_dir
          dockerfile_path    = local.services[service.value].dockerfile == null && local.services[service.value].environment_slug == null && local.is_inherited[service.value] ? var.dockerfile : local.services[service.value].dockerfile
          environment_slug   = local.services[service.value].dockerfile == null && local.services[service.value].environment_slug == null && local.is_inherited[service.value] ? var.environment_slug : local.services[service.value].environment_slug
          build_command      = local.services[service.value].build_command
          run_command        = local.services[service.value].run_command

          dynamic "image" {
            for_each = local.images[service.value]
            content {
              registry_type        = local.registries[coalesce(image.value.host, "docker.io")]
              registry             = image.value.host == "registry.digitalocean.com" ? null : coalesce(image.value.owner, "library")
              repository           = image.value.name
              tag                  = image.value.digest == null ? coalesce(image.value.tag, "latest") : null
              digest               = image.value.digest
              registry_credentials = var.registry_credentials
              dynamic "deploy_on_push" {
                for_each = var.image_deploy_on_push[*]
                content {
                  enabled = deploy_on_push.value
                }
              }
            }
          }
          dynamic "github" {
            for_each = [for git in local.repositories[service.value] : git if git.github != null]
            content {
              repo           = github.value.github
              branch         = github.value.branch
              deploy_on_push = github.value.deploy_on_push
            }
          }
          dynamic "gitlab" {
            for_each = [for git in local.repositories[service.value] : git if git.gitlab != null]
            content {
              repo           = gitlab.value.gitlab
              branch         = gitlab.value.branch
              deploy_on_push = gitlab.value.deploy_on_push
            }
          }
          dynamic "bitbucket" {
            for_each = [for git in local.repositories[service.value] : git if git.bitbucket != null]
            content {
              repo           = bitbucket.value.bitbucket
              branch         = bitbucket.value.branch
              deploy_on_push = bitbucket.value.deploy_on_push
            }
          }
          dynamic "git" {
            for_each = [for git in local.repositories[service.value] : git if git.clone_url != null]
            content {
              repo_clone_url = git.value.clone_url
              branch         = git.value.branch
            }
          }
          dynamic "autoscaling" {
            for_each = local.services[service.value].autoscaling[*]
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
          dynamic "health_check" {
            for_each = local.services[service.value].health_check[*]
            content {
              http_path             = health_check.value.path
              port                  = health_check.value.port
              initial_delay_seconds = health_check.value.initial_delay
              period_seconds        = health_check.value.period
              timeout_seconds       = health_check.value.timeout
              success_threshold     = health_check.value.successes
              failure_threshold     = health_check.value.failures
            }
          }
          dynamic "liveness_health_check" {
            for_each = local.services[service.value].liveness_check[*]
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
            for_each = local.services[service.value].termination[*]
            content {
              drain_seconds        = termination.value.drain
              grace_period_seconds = termination.value.grace_period
            }
          }
          dynamic "alert" {
            for_each = local.warnings[service.value]
            content {
              rule     = alert.key
              operator = "GREATER_THAN"
              value    = alert.value.limit
              window   = alert.value.window
              dynamic "destinations" {
                for_each = local.tells ? [var.emails] : []
                content {
                  emails = destinations.value
                  dynamic "slack_webhooks" {
                    for_each = var.slack_channel[*]
                    content {
                      channel = slack_webhooks.value
                      url     = var.slack_webhook_url
                    }
                  }
                }
              }
            }
          }
          dynamic "env" {
            for_each = local.environments[service.value]
            content {
              key   = env.key
              value = env.value.value
              type  = env.value.encrypt ? "SECRET" : "GENERAL"
              scope = local.scopes[env.value.scope]
            }
          }
          dynamic "log_destination" {
            for_each = local.logs[service.value]
            content {
              name = log_destination.key
              dynamic "papertrail" {
                for_each = log_destination.value.papertrail[*]
                content {
                  endpoint = papertrail.value
                }
              }
              dynamic "datadog" {
                for_each = log_destination.value.datadog[*]
                content {
                  endpoint = datadog.value
                  api_key  = var.log_tokens[log_destination.key]
                }
              }
              dynamic "logtail" {
                for_each = log_destination.value.logtail ? [log_destination.key] : []
                content {
                  token = var.log_tokens[logtail.value]
                }
              }
              dynamic "open_search" {
                for_each = log_destination.value.open_search[*]
                content {
                  endpoint     = open_search.value.endpoint
                  cluster_name = open_search.value.cluster_name
                  index_name   = open_search.value.index
                  basic_auth {
                    user     = open_search.value.user
                    password = lookup(var.log_tokens, log_destination.key, null)
                  }
                }
              }
            }
          }
        }
      }

      dynamic "worker" {
        for_each = local.worker_names
        content {
          name               = worker.value
          instance_size_slug = coalesce(var.workers[worker.value].size, var.size)
          instance_count     = var.workers[worker.value].autoscaling == null ? var.workers[worker.value].instance_count : null
          source_dir         = var.workers[worker.value].source_dir == null && local.is_inherited[worker.value] ? var.source_dir : var.workers[worker.value].source_dir
          dockerfile_path    = var.workers[worker.value].dockerfile == null && var.workers[worker.value].environment_slug == null && local.is_inherited[worker.value] ? var.dockerfile : var.workers[worker.value].dockerfile
          environment_slug   = var.workers[worker.value].dockerfile == null && var.workers[worker.value].environment_slug == null && local.is_inherited[worker.value] ? var.environment_slug : var.workers[worker.value].environment_slug
          build_command      = var.workers[worker.value].build_command
          run_command        = var.workers[worker.value].run_command

          dynamic "image" {
            for_each = local.images[worker.value]
            content {
              registry_type        = local.registries[coalesce(image.value.host, "docker.io")]
              registry             = image.value.host == "registry.digitalocean.com" ? null : coalesce(image.value.owner, "library")
              repository           = image.value.name
              tag                  = image.value.digest == null ? coalesce(image.value.tag, "latest") : null
              digest               = image.value.digest
              registry_credentials = var.registry_credentials
              dynamic "deploy_on_push" {
                for_each = var.image_deploy_on_push[*]
                content {
                  enabled = deploy_on_push.value
                }
              }
            }
          }
          dynamic "github" {
            for_each = [for git in local.repositories[worker.value] : git if git.github != null]
            content {
              repo           = github.value.github
              branch         = github.value.branch
              deploy_on_push = github.value.deploy_on_push
            }
          }
          dynamic "gitlab" {
            for_each = [for git in local.repositories[worker.value] : git if git.gitlab != null]
            content {
              repo           = gitlab.value.gitlab
              branch         = gitlab.value.branch
              deploy_on_push = gitlab.value.deploy_on_push
            }
          }
          dynamic "bitbucket" {
            for_each = [for git in local.repositories[worker.value] : git if git.bitbucket != null]
            content {
              repo           = bitbucket.value.bitbucket
              branch         = bitbucket.value.branch
              deploy_on_push = bitbucket.value.deploy_on_push
            }
          }
          dynamic "git" {
            for_each = [for git in local.repositories[worker.value] : git if git.clone_url != null]
            content {
              repo_clone_url = git.value.clone_url
              branch         = git.value.branch
            }
          }
          dynamic "autoscaling" {
            for_each = var.workers[worker.value].autoscaling[*]
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
          dynamic "liveness_health_check" {
            for_each = var.workers[worker.value].liveness_check[*]
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
            for_each = var.workers[worker.value].termination[*]
            content {
              grace_period_seconds = termination.value.grace_period
            }
          }
          dynamic "alert" {
            for_each = local.warnings[worker.value]
            content {
              rule     = alert.key
              operator = "GREATER_THAN"
              value    = alert.value.limit
              window   = alert.value.window
              dynamic "destinations" {
                for_each = local.tells ? [var.emails] : []
                content {
                  emails = destinations.value
                  dynamic "slack_webhooks" {
                    for_each = var.slack_channel[*]
                    content {
                      channel = slack_webhooks.value
                      url     = var.slack_webhook_url
                    }
                  }
                }
              }
            }
          }
          dynamic "env" {
            for_each = local.environments[worker.value]
            content {
              key   = env.key
              value = env.value.value
              type  = env.value.encrypt ? "SECRET" : "GENERAL"
              scope = local.scopes[env.value.scope]
            }
          }
          dynamic "log_destination" {
            for_each = local.logs[worker.value]
            content {
              name = log_destination.key
              dynamic "papertrail" {
                for_each = log_destination.value.papertrail[*]
                content {
                  endpoint = papertrail.value
                }
              }
              dynamic "datadog" {
                for_each = log_destination.value.datadog[*]
                content {
                  endpoint = datadog.value
                  api_key  = var.log_tokens[log_destination.key]
                }
              }
              dynamic "logtail" {
                for_each = log_destination.value.logtail ? [log_destination.key] : []
                content {
                  token = var.log_tokens[logtail.value]
                }
              }
              dynamic "open_search" {
                for_each = log_destination.value.open_search[*]
                content {
                  endpoint     = open_search.value.endpoint
                  cluster_name = open_search.value.cluster_name
                  index_name   = open_search.value.index
                  basic_auth {
                    user     = open_search.value.user
                    password = lookup(var.log_tokens, log_destination.key, null)
                  }
                }
              }
            }
          }
        }
      }

      dynamic "job" {
        for_each = local.job_names
        content {
          name               = job.value
          kind               = upper(var.jobs[job.value].kind)
          instance_size_slug = coalesce(var.jobs[job.value].size, var.size)
          instance_count     = var.jobs[job.value].instance_count
          source_dir         = var.jobs[job.value].source_dir == null && local.is_inherited[job.value] ? var.source_dir : var.jobs[job.value].source_dir
          dockerfile_path    = var.jobs[job.value].dockerfile == null && var.jobs[job.value].environment_slug == null && local.is_inherited[job.value] ? var.dockerfile : var.jobs[job.value].dockerfile
          environment_slug   = var.jobs[job.value].dockerfile == null && var.jobs[job.value].environment_slug == null && local.is_inherited[job.value] ? var.environment_slug : var.jobs[job.value].environment_slug
          build_command      = var.jobs[job.value].build_command
          run_command        = var.jobs[job.value].run_command

          dynamic "image" {
            for_each = local.images[job.value]
            content {
              registry_type        = local.registries[coalesce(image.value.host, "docker.io")]
              registry             = image.value.host == "registry.digitalocean.com" ? null : coalesce(image.value.owner, "library")
              repository           = image.value.name
              tag                  = image.value.digest == null ? coalesce(image.value.tag, "latest") : null
              digest               = image.value.digest
              registry_credentials = var.registry_credentials
              dynamic "deploy_on_push" {
                for_each = var.image_deploy_on_push[*]
                content {
                  enabled = deploy_on_push.value
                }
              }
            }
          }
          dynamic "github" {
            for_each = [for git in local.repositories[job.value] : git if git.github != null]
            content {
              repo           = github.value.github
              branch         = github.value.branch
              deploy_on_push = github.value.deploy_on_push
            }
          }
          dynamic "gitlab" {
            for_each = [for git in local.repositories[job.value] : git if git.gitlab != null]
            content {
              repo           = gitlab.value.gitlab
              branch         = gitlab.value.branch
              deploy_on_push = gitlab.value.deploy_on_push
            }
          }
          dynamic "bitbucket" {
            for_each = [for git in local.repositories[job.value] : git if git.bitbucket != null]
            content {
              repo           = bitbucket.value.bitbucket
              branch         = bitbucket.value.branch
              deploy_on_push = bitbucket.value.deploy_on_push
            }
          }
          dynamic "git" {
            for_each = [for git in local.repositories[job.value] : git if git.clone_url != null]
            content {
              repo_clone_url = git.value.clone_url
              branch         = git.value.branch
            }
          }
          dynamic "termination" {
            for_each = var.jobs[job.value].termination[*]
            content {
              grace_period_seconds = termination.value.grace_period
            }
          }
          dynamic "alert" {
            for_each = local.warnings[job.value]
            content {
              rule     = alert.key
              operator = "GREATER_THAN"
              value    = alert.value.limit
              window   = alert.value.window
              dynamic "destinations" {
                for_each = local.tells ? [var.emails] : []
                content {
                  emails = destinations.value
                  dynamic "slack_webhooks" {
                    for_each = var.slack_channel[*]
                    content {
                      channel = slack_webhooks.value
                      url     = var.slack_webhook_url
                    }
                  }
                }
              }
            }
          }
          dynamic "env" {
            for_each = local.environments[job.value]
            content {
              key   = env.key
              value = env.value.value
              type  = env.value.encrypt ? "SECRET" : "GENERAL"
              scope = local.scopes[env.value.scope]
            }
          }
          dynamic "log_destination" {
            for_each = local.logs[job.value]
            content {
              name = log_destination.key
              dynamic "papertrail" {
                for_each = log_destination.value.papertrail[*]
                content {
                  endpoint = papertrail.value
                }
              }
              dynamic "datadog" {
                for_each = log_destination.value.datadog[*]
                content {
                  endpoint = datadog.value
                  api_key  = var.log_tokens[log_destination.key]
                }
              }
              dynamic "logtail" {
                for_each = log_destination.value.logtail ? [log_destination.key] : []
                content {
                  token = var.log_tokens[logtail.value]
                }
              }
              dynamic "open_search" {
                for_each = log_destination.value.open_search[*]
                content {
                  endpoint     = open_search.value.endpoint
                  cluster_name = open_search.value.cluster_name
                  index_name   = open_search.value.index
                  basic_auth {
                    user     = open_search.value.user
                    password = lookup(var.log_tokens, log_destination.key, null)
                  }
                }
              }
            }
          }
        }
      }

      dynamic "static_site" {
        for_each = var.static_sites
        content {
          name              = static_site.key
          source_dir        = static_site.value.source_dir == null && local.is_inherited[static_site.key] ? var.source_dir : static_site.value.source_dir
          dockerfile_path   = static_site.value.dockerfile
          environment_slug  = static_site.value.environment_slug
          build_command     = static_site.value.build_command
          output_dir        = static_site.value.output_dir
          index_document    = static_site.value.index_document
          error_document    = static_site.value.error_document
          catchall_document = static_site.value.catchall_document

          dynamic "github" {
            for_each = [for git in local.repositories[static_site.key] : git if git.github != null]
            content {
              repo           = github.value.github
              branch         = github.value.branch
              deploy_on_push = github.value.deploy_on_push
            }
          }
          dynamic "gitlab" {
            for_each = [for git in local.repositories[static_site.key] : git if git.gitlab != null]
            content {
              repo           = gitlab.value.gitlab
              branch         = gitlab.value.branch
              deploy_on_push = gitlab.value.deploy_on_push
            }
          }
          dynamic "bitbucket" {
            for_each = [for git in local.repositories[static_site.key] : git if git.bitbucket != null]
            content {
              repo           = bitbucket.value.bitbucket
              branch         = bitbucket.value.branch
              deploy_on_push = bitbucket.value.deploy_on_push
            }
          }
          dynamic "git" {
            for_each = [for git in local.repositories[static_site.key] : git if git.clone_url != null]
            content {
              repo_clone_url = git.value.clone_url
              branch         = git.value.branch
            }
          }
          dynamic "env" {
            for_each = local.environments[static_site.key]
            content {
              key   = env.key
              value = env.value.value
              type  = env.value.encrypt ? "SECRET" : "GENERAL"
              scope = local.scopes[env.value.scope]
            }
          }
        }
      }

      dynamic "function" {
        for_each = var.functions
        content {
          name       = function.key
          source_dir = function.value.source_dir == null && local.is_inherited[function.key] ? var.source_dir : function.value.source_dir

          dynamic "github" {
            for_each = [for git in local.repositories[function.key] : git if git.github != null]
            content {
              repo           = github.value.github
              branch         = github.value.branch
              deploy_on_push = github.value.deploy_on_push
            }
          }
          dynamic "gitlab" {
            for_each = [for git in local.repositories[function.key] : git if git.gitlab != null]
            content {
              repo           = gitlab.value.gitlab
              branch         = gitlab.value.branch
              deploy_on_push = gitlab.value.deploy_on_push
            }
          }
          dynamic "bitbucket" {
            for_each = [for git in local.repositories[function.key] : git if git.bitbucket != null]
            content {
              repo           = bitbucket.value.bitbucket
              branch         = bitbucket.value.branch
              deploy_on_push = bitbucket.value.deploy_on_push
            }
          }
          dynamic "git" {
            for_each = [for git in local.repositories[function.key] : git if git.clone_url != null]
            content {
              repo_clone_url = git.value.clone_url
              branch         = git.value.branch
            }
          }
          dynamic "env" {
            for_each = local.environments[function.key]
            content {
              key   = env.key
              value = env.value.value
              type  = env.value.encrypt ? "SECRET" : "GENERAL"
              scope = local.scopes[env.value.scope]
            }
          }
          dynamic "log_destination" {
            for_each = local.logs[function.key]
            content {
              name = log_destination.key
              dynamic "papertrail" {
                for_each = log_destination.value.papertrail[*]
                content {
                  endpoint = papertrail.value
                }
              }
              dynamic "datadog" {
                for_each = log_destination.value.datadog[*]
                content {
                  endpoint = datadog.value
                  api_key  = var.log_tokens[log_destination.key]
                }
              }
              dynamic "logtail" {
                for_each = log_destination.value.logtail ? [log_destination.key] : []
                content {
                  token = var.log_tokens[logtail.value]
                }
              }
              dynamic "open_search" {
                for_each = log_destination.value.open_search[*]
                content {
                  endpoint     = open_search.value.endpoint
                  cluster_name = open_search.value.cluster_name
                  index_name   = open_search.value.index
                  basic_auth {
                    user     = open_search.value.user
                    password = lookup(var.log_tokens, log_destination.key, null)
                  }
                }
              }
            }
          }
        }
      }
    }

    lifecycle {
      # Deployments move the tag, and a plan must not roll them back. An app that began with a tag
      # keeps it, and App Platform takes none beside a digest: give that from the start. Another
      # DigitalOcean project, into which somebody moved the app, would replace it.
      ignore_changes = [
        project_id,
        spec[0].service[0].image[0].tag,
        spec[0].service[1].image[0].tag,
        spec[0].service[2].image[0].tag,
        spec[0].service[3].image[0].tag,
        spec[0].service[4].image[0].tag,
        spec[0].service[5].image[0].tag,
        spec[0].service[6].image[0].tag,
        spec[0].service[7].image[0].tag,
        spec[0].service[8].image[0].tag,
        spec[0].service[9].image[0].tag,
        spec[0].worker[0].image[0].tag,
        spec[0].worker[1].image[0].tag,
        spec[0].worker[2].image[0].tag,
        spec[0].worker[3].image[0].tag,
        spec[0].worker[4].image[0].tag,
        spec[0].worker[5].image[0].tag,
        spec[0].worker[6].image[0].tag,
        spec[0].worker[7].image[0].tag,
        spec[0].worker[8].image[0].tag,
        spec[0].worker[9].image[0].tag,
        spec[0].job[0].image[0].tag,
        spec[0].job[1].image[0].tag,
        spec[0].job[2].image[0].tag,
        spec[0].job[3].image[0].tag,
        spec[0].job[4].image[0].tag,
        spec[0].job[5].image[0].tag,
        spec[0].job[6].image[0].tag,
        spec[0].job[7].image[0].tag,
        spec[0].job[8].image[0].tag,
        spec[0].job[9].image[0].tag,
      ]
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
    amount = var.service ? prices.app[var.size] * (var.autoscaling == null ? var.instance_count : var.autoscaling.min) : 0
  }
  price "services" {
    amount = sum(concat([0], [for c in values(var.services) : prices.app[coalesce(c.size, var.size)] * (c.autoscaling == null ? c.instance_count : c.autoscaling.min)]))
  }
  price "workers" {
    amount = sum(concat([0], [for c in values(var.workers) : prices.app[coalesce(c.size, var.size)] * (c.autoscaling == null ? c.instance_count : c.autoscaling.min)]))
  }
  price "egress" {
    amount = var.dedicated_egress_ip ? prices.flat.app_egress_ip : 0
  }
}
