"""Every leaf with stand-ins: one that exists in production is only read there, while staging makes its own."""

import json
import re

from golden import Case
from harness import GOLDEN, ROOT, as_variable
from product import Project

LEAVES = GOLDEN.parent / "leaves"


def stand_ins(leaf):
    """The data sources that stand in for a leaf's resources."""
    provider, kind = leaf.split("_", 1)
    text = (ROOT / "ProviderSpecs" / provider / f"{kind}.hcl").read_text()
    return re.findall(r'^  existing "([^"]+)"', text, re.M)


def exists(manifest, leaf):
    """The manifest in two environments, its items of the leaf existing in production; their names."""
    provider, kind = leaf.split("_", 1)
    manifest.setdefault("infra", {}).update(environments=["production", "staging"], backend={"type": "local"})
    names = []
    for item in manifest.get("resources", []) + manifest.get("apps", []):
        place = item.get("infra", item)
        if (place["provider"], place["type"]) == (provider, kind):
            item["manage"] = {"production": "existing"}
            names.append(item["name"])
    return names


def test_every_leaf_that_can_be_used_as_it_exists(t):
    folders = [path for path in sorted(LEAVES.iterdir()) if (path / "full").is_dir() and stand_ins(path.name)]
    t.check("there are some", len(folders) > 3, folders)
    for folder in folders:
        case = Case(folder / "full")
        manifest = json.loads((case.folder / "input" / "app.json").read_text())
        names = exists(manifest, folder.name)
        t.check(f"{folder.name}: its manifest has one", names != [])
        world = case.setting("world", "production", {}) or {}
        world.setdefault("data", {}).update({kind: [{}] for kind in stand_ins(folder.name)})
        variables = {f"TF_VAR_{name}": as_variable(value) for name, value in case.setting("variables", "production", {}).items()}
        variables.update(case.setting("environment", "production", {}))
        secrets = case.setting("secrets", "production")
        if secrets is not None:
            variables["TF_VAR_secrets"] = as_variable(secrets)
        with Project(manifest) as project:
            done = project.run("update")
            if not t.check(f"{folder.name}: update", done.returncode == 0, done.stderr):
                continue
            workspace = t.workspace(project.folder / "infra", environment="production", world=world, variables=variables)
            try:
                for name in workspace.ephemeral_variables():
                    workspace.variables.setdefault(f"TF_VAR_{name}", "made-up-token-".ljust(64, "0"))
                formatted = workspace.terraform("fmt", "-check", "-recursive")
                t.check(f"{folder.name}: is formatted", formatted.code == 0, formatted)
                t.check(f"{folder.name}: init", workspace.init().code == 0)
                result = workspace.apply()
                if not t.check(f"{folder.name}: applies", result.code == 0, result):
                    continue
                owned = [
                    address
                    for address in workspace.terraform("state", "list").stdout.splitlines()
                    if ".data." not in address and any(f'module.{folder.name}["{name}"]' in address for name in names)
                ]
                t.check(f"{folder.name}: nothing of it is managed", owned == [], owned)
                again = workspace.plan(out=None)
                t.check(f"{folder.name}: a second plan changes nothing", again.code == 0, again)
            finally:
                workspace.close()
