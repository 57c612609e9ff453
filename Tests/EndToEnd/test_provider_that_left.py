"""What a provider made is destroyed after the provider left app.json, though Terraform can't do that without it."""

from harness import GOLDEN
from product import Project

TOKEN = {"TF_VAR_turso_api_token": "made-up-token"}
KINDS = ["turso_database", "turso_database_configuration", "turso_database_token"]


def manifest(case):
    return (GOLDEN / case / "input" / "app.json").read_text()


def normalized(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_provider_that_left_destroys_what_it_made(t):
    with Project(manifest("provider-used")) as project:
        workspace = t.workspace(project.update(), environment="production", variables=TOKEN)
        t.check("init", workspace.init().code == 0)
        result = workspace.apply()
        t.check("apply", result.code == 0, result)
        made = [address for address in workspace.state() if address.split(".")[-2] in KINDS]
        t.check("there is a database with its token", len(made) == len(KINDS), made)

        tree = project.update(manifest("provider-left"))
        t.check("the tree is the recorded one", sorted(normalized(tree)) == sorted(normalized(GOLDEN / "provider-left" / "expected" / "infra")))
        for name in ("versions.tf", "providers.tf", "variables.tf"):
            wanted = (GOLDEN / "provider-left" / "expected" / "infra" / name).read_text()
            t.check(f"{name} is the recorded one", (tree / name).read_text() == wanted, (tree / name).read_text())
        workspace.replace_tree(tree)
        result = workspace.init()
        t.check("init without the database", result.code == 0, result)
        result = workspace.plan()
        t.check("the plan has changes", result.code == 2, result)
        changes = workspace.changes()
        destroyed = {address: actions for address, actions in changes.items() if address.split(".")[-2] in KINDS}
        t.check("it destroys what Turso made", sorted(destroyed) == sorted(made), changes)
        t.check("and does nothing but that", all(actions == ["delete"] for actions in destroyed.values()), changes)
        others = {
            address: actions for address, actions in changes.items() if address not in destroyed and "terraform_data" not in address
        }
        t.check("nothing else is destroyed", not any("delete" in actions for actions in others.values()), others)

        bare = {**workspace.variables}
        del bare["TF_VAR_turso_api_token"]
        workspace.variables = bare
        result = workspace.plan(out=None)
        t.check("without a token it can't be destroyed", result.code == 1, result)
        workspace.variables = {**bare, **TOKEN}
        result = workspace.apply()
        t.check("with a token it can", result.code == 0, result)
        left = [address for address in workspace.state() if "turso" in address]
        t.check("nothing of Turso is left", not left, left)

        workspace.variables = bare
        result = workspace.plan()
        t.check("afterwards no token is needed", result.code == 0, result)

        tree = project.update(None, "--prune-providers")
        texts = "".join(path.read_text() for path in tree.rglob("*") if path.is_file())
        t.check("pruned, the tree doesn't know Turso", "turso" not in texts.lower())
        workspace.replace_tree(tree)
        t.check("pruned: init", workspace.init().code == 0)
        result = workspace.plan()
        t.check("pruned: nothing changes", result.code == 0, result)


def test_a_provider_in_use_wants_its_token(t):
    workspace = t.workspace(GOLDEN / "provider-used" / "expected" / "infra", environment="production")
    t.check("init", workspace.init().code == 0)
    result = workspace.plan()
    t.check("the plan fails without the token", result.code == 1, result)
    t.check("and names the variable", "turso_api_token" in result.words, result)
