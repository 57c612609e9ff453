provider "slack" {
  title         = "Slack"
  documentation = "https://api.slack.com/methods"
  source        = "pablovarela/slack"
  version       = "~> 1.2"

  credential "token" {
    description = "Bot token with channels:manage, channels:read and channels:join, for a private channel with groups:write and groups:read"
    environment = ["SLACK_TOKEN", "SLACK_BOT_TOKEN"]
  }

  type "slack_conversation" {
    argument "name" {
      length  = [1, 80]
      pattern = "^[a-z0-9_-]+$"
      unique  = "account"
    }
    argument "topic" { length = [0, 250] }
    argument "purpose" { length = [0, 250] }
    argument "permanent_members" { pattern = "^[UW][A-Z0-9]+$" }
    argument "action_on_destroy" { one_of = ["archive", "none"] }
    argument "action_on_update_permanent_members" { one_of = ["kick", "none"] }
  }
}
