backend "local" {
  title          = "File on the machine that applies"
  local          = true
  state_argument = "path"
  state          = "state/{environment}.tfstate"
  place = ["path"]
  upkeep = "`state init` makes nothing: Terraform makes the file at the first apply. No version of it is kept but the copies that webkit keeps; back the folder up, and let nobody else apply."
}
