module "channel" {
  serves       = "notification"
  title        = "Alert channel"
  description  = "Channel that hears of what breaks: one of that name is adopted, and nobody is removed from it"
  environments = ["production"]
  leaves_out = {
    "slack_conversation.adopt_existing_channel"             = "the name of an archived channel stays taken, so a second apply would fail"
    "slack_conversation.action_on_update_permanent_members" = "people who joined by themselves must not be removed"
    "slack_conversation.is_archived"                        = "nobody hears of anything in an archived channel"
  }

  each "project" {}

  variable "channel" {
    type        = string
    from        = [config.channel, "alerts-${project.prefix}"]
    description = "Name of the channel, without #"
    example     = "alerts-shop"
  }
  variable "private" {
    type        = bool
    default     = false
    description = "Let only its members see the channel"
  }
  variable "topic" {
    type = string
    # Slack makes links of what looks like an address, and the next plan would change it back.
    from        = [config.topic, replace("Alerts of ${project.title} in ${environment}", "/[.:@/&<>]+/", " ")]
    description = "Topic of the channel"
  }
  variable "purpose" {
    type        = string
    default     = null
    description = "What the channel is for, as its members see it"
  }
  variable "members" {
    type        = set(string)
    default     = []
    description = "Ids of people who are invited; who is taken off this list stays in the channel"
    example     = ["U012AB3CDE4"]
  }
  variable "archive" {
    type        = bool
    from        = [config.archive, config.channel == null]
    description = "Archive the channel when it is destroyed here, as unless it is named: then others may use it as well. Its name stays taken either way"
  }

  rule {
    severity  = "warning"
    condition = var.topic == null ? true : !can(regex("[.:@/&<>]", var.topic))
    message   = "Slack rewrites addresses and the characters & < > in a topic, so that every plan changes it back: leave them out."
  }

  resource "slack_conversation" "this" {
    name                               = var.channel
    topic                              = var.topic
    purpose                            = var.purpose
    is_private                         = var.private
    permanent_members                  = var.members
    adopt_existing_channel             = true
    action_on_destroy                  = var.archive ? "archive" : "none"
    action_on_update_permanent_members = "none"
  }

  output "id" {
    value       = slack_conversation.this.id
    description = "Id of the channel"
  }
  output "channel_name" {
    value       = slack_conversation.this.name
    description = "Name of the channel"
  }
}
