backend "local" {
  title          = "File on the machine that applies"
  local          = true
  state_argument = "path"
  state          = "state/{environment}.tfstate"
}
