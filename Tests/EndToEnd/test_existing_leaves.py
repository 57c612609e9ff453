"""Every leaf with stand-ins: one that exists in production is only read there, while staging makes its own."""

import json
import re

from golden import Case, variables_of
from harness import LEAVES, ROOT
from product import Project

#: Leaves that nothing but an id finds.
FOUND_BY_ID = {"digitalocean_reserved_ip": "192.0.2.10"}


def stand_ins(leaf):
    """The data sources that stand in for a leaf's resources."""
    provider, kind = leaf.split("_", 1)
    text = (ROOT / "ProviderSpecs" / provider / f"{kind}.hcl").read_text()
    return re.findall(r'^  existing "([^"]+)"', text, re.M)


def managed_as(manifest, leaf, environments, **management):
    """The manifest in some environments, its items of the leaf with other management in production; their names."""
    provider, kind = leaf.split("_", 1)
    manifest.setdefault("infra", {}).update(environments=environments, backend={"type": "local"})
    names = []
    for item in manifest.get("resources", []) + manifest.get("apps", []):
        place = item.get("infra", item)
        # A domain of an app is of one environment.
        if len(environments) > 1 and "infra" in item:
            place.get("config", {}).pop("domains", None)
        if (place["provider"], place["type"]) == (provider, kind):
            item.update({key: {"production": value} for key, value in management.items() if value})
            names.append(item["name"])
    return names


def without(manifest, outputs):
    """Takes the variables away that refer to some outputs."""
    for app in manifest.get("apps", []):
        for variables in [app.get("env", {}), *app.get("env", {}).values()]:
            for name, entry in list(variables.items()) if isinstance(variables, dict) else []:
                if isinstance(entry, dict) and str(entry.get("value", "")).split(".")[-1] in outputs:
                    del variables[name]


def test_every_leaf_that_can_be_used_as_it_exists(t):
    folders = [path for path in sorted(LEAVES.iterdir()) if (path / "full").is_dir() and stand_ins(path.name)]
    t.check("there are some", len(folders) > 3, folders)
    for folder in folders:
        case = Case(folder / "full")
        manifest = json.loads((case.folder / "input" / "app.json").read_text())
        identity = FOUND_BY_ID.get(folder.name)
        names = managed_as(manifest, folder.name, ["production", "staging"], manage="existing", id=identity)
        t.check(f"{folder.name}: its manifest has one", names != [])
        world = case.setting("world", "production", {}) or {}
        world.setdefault("data", {}).update({kind: [{}] for kind in stand_ins(folder.name)})
        variables = variables_of(case, "production")
        with Project(manifest) as project:
            done = project.run("update")
            # What nothing tells of an existing one is refused; the rest is tried.
            unknown = set(re.findall(r"nothing tells its `(\w+)`", done.stderr))
            if unknown:
                without(manifest, unknown)
                project.write(manifest)
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


#: Ids that the providers take; the others take that of a database.
IDS = {"hetzner": "4711", "turso": "acme/shop-edge", "digitalocean_s3": None}
CANNOT = "manage.not-importable"


def test_every_leaf_can_be_adopted(t):
    """Ids of all parts are found natively, and Terraform finds what they are imported to."""
    for folder in sorted(path for path in LEAVES.iterdir() if (path / "full").is_dir()):
        case = Case(folder / "full")
        manifest = json.loads((case.folder / "input" / "app.json").read_text())
        provider = folder.name.split("_")[0]
        identity = IDS.get(folder.name, IDS.get(provider, "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30"))
        if not managed_as(manifest, folder.name, ["production"], manage="adopt", id=identity):
            continue
        with Project(manifest) as project:
            done = project.run("update")
            if CANNOT in done.stderr:
                continue
            if not t.check(f"{folder.name}: update", done.returncode == 0, done.stderr):
                continue
            workspace = t.workspace(project.folder / "infra", environment="production", world=case.setting("world", "production"), variables=variables_of(case, "production"))
            try:
                for name in workspace.ephemeral_variables():
                    workspace.variables.setdefault(f"TF_VAR_{name}", "made-up-token-".ljust(64, "0"))
                formatted = workspace.terraform("fmt", "-check", "-recursive")
                t.check(f"{folder.name}: is formatted", formatted.code == 0, formatted)
                t.check(f"{folder.name}: init", workspace.init().code == 0)
                plan = workspace.plan(out=None)
                t.check(f"{folder.name}: plans imports", plan.code == 2 and " to import" in plan.words, plan)
            finally:
                workspace.close()
