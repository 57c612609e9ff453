"""`--local-infra`: another tree, run with this project's data and state."""

import shutil

from running import Surroundings

MANIFEST = {
    "project": {"name": "shop"},
    "infra": {"environments": ["production", "staging"], "providers": {"turso": {"organization": "acme"}}},
    "resources": [{"name": "db", "provider": "turso", "type": "sqlite", "config": {"group": "default"}}],
}
TOKEN = {"TURSO_API_TOKEN": "made-up-token", "TF_VAR_turso_api_token": "made-up-token"}
STAGING = ("--environment", "staging")


def test_another_tree_works_on_this_project_s_state(t):
    s = Surroundings(t, MANIFEST)
    s.variables.update(TOKEN)
    t.check("applied", s.webkit("apply", *STAGING, "--auto-approve").returncode == 0)
    other = s.project.folder / "other tree"
    shutil.copytree(s.project.folder / "infra", other, ignore=shutil.ignore_patterns(".terraform", "state"))
    (other / "project.auto.tfvars.json").write_text('{"project": "somebody-else"}')
    (other / "more.tf").write_text('resource "terraform_data" "more" {\n  input = var.environment\n}\n')
    before = {str(path): path.read_bytes() for path in other.rglob("*") if path.is_file()}
    elsewhere = (*STAGING, "--local-infra", "other tree")
    planned = s.webkit("plan", *elsewhere)
    plain = planned.returncode == 0 and "terraform_data.more" in planned.stdout and "staging: 1 to create\n" in planned.stdout
    t.check("it plans what is new in it, and nothing else", plain, planned)
    applied = s.webkit("apply", *elsewhere, "--auto-approve")
    t.check("applied there", applied.returncode == 0, applied)
    state = s.project.folder / "infra" / "state" / "staging.tfstate"
    t.check("into this project's state", '"more"' in state.read_text())
    again = s.webkit("plan", *elsewhere, "--detailed-exitcode")
    t.check("a second plan is empty", again.returncode == 0, again)
    own = s.webkit("plan", *STAGING)
    t.check("the own tree would take it away", "delete" in own.stdout and "terraform_data.more" in own.stdout, own)
    after = {str(path): path.read_bytes() for path in other.rglob("*") if path.is_file()}
    t.check("nothing is written into the other tree", before == after, sorted(set(after) ^ set(before)))
    for folder, word in (("absent", "there is no folder absent"), (".webkit", "there is no tree in .webkit")):
        wrong = s.webkit("plan", *STAGING, "--local-infra", folder)
        t.check(f"{folder}: said", wrong.returncode == 1 and word in wrong.stderr, wrong)
