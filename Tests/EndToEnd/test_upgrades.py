"""A tree of a later webkit takes over what a former one made: nothing is replaced, and no firewall is opened.

`former-trees/` holds trees as an earlier webkit wrote them, for app.json files that are golden cases still.
"""

import json

import golden
from harness import GOLDEN, HERE, as_variable

FORMER = HERE / "former-trees"

#: What may change in place, and why.
HARMLESS = {
    'module.resources.module.turso_sqlite["edge"].turso_database_configuration.this': {"block_reads"},  # false, as it is unless set
}


def former(t, case):
    """The former tree, applied, and the case that is the present one."""
    present = golden.Case(GOLDEN / case)
    variables = {f"TF_VAR_{name}": as_variable(value) for name, value in present.setting("variables", "production", {}).items()}
    secrets = present.setting("secrets", "production")
    if secrets is not None:
        variables["TF_VAR_secrets"] = as_variable(secrets)
    workspace = t.workspace(FORMER / case, environment="production", world=present.setting("world", "production"), variables=variables)
    add_tokens(workspace)
    workspace.init()
    applied = workspace.apply()
    t.check(f"{case}: the former tree applies", applied.code == 0, applied)
    return workspace, present


def add_tokens(workspace):
    for name in workspace.ephemeral_variables():
        workspace.variables.setdefault(f"TF_VAR_{name}", "made-up-token-".ljust(64, "0"))


def changed_arguments(change):
    before, after = change["before"] or {}, change["after"] or {}
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def test_what_a_former_webkit_made_stays(t):
    for case in sorted(path.name for path in FORMER.iterdir()):
        workspace, present = former(t, case)
        workspace.replace_tree(present.tree)
        add_tokens(workspace)
        workspace.init()
        plan = workspace.plan()
        if not t.check(f"{case}: the present tree plans", plan.code in (0, 2), plan):
            continue
        lost, firewalls, unexpected = [], [], []
        for item in workspace.show("tfplan")["resource_changes"]:
            address, actions = item["address"], item["change"]["actions"]
            if "delete" in actions or "forget" in actions:
                lost.append(address)
            if "firewall" in address and actions != ["no-op"]:
                firewalls.append(f"{address}: {actions}")
            if actions == ["update"] and not changed_arguments(item["change"]) <= HARMLESS.get(address, set()):
                unexpected.append(f"{address}: {sorted(changed_arguments(item['change']))}")
        t.check(f"{case}: nothing is replaced or deleted", lost == [], lost)
        t.check(f"{case}: every firewall stays as it is", firewalls == [], firewalls)
        t.check(f"{case}: nothing else changes either", unexpected == [], unexpected)
        applied = workspace.terraform("apply", "tfplan")
        t.check(f"{case}: the present tree applies", applied.code == 0, applied)
        again = workspace.plan(out=None)
        t.check(f"{case}: and changes nothing more", again.code == 0, again)


def test_what_has_a_project_of_its_own_is_not_moved_into_another(t):
    """Being in another project than its argument says would replace a cluster at the next plan."""
    workspace, present = former(t, "given-ids")
    workspace.replace_tree(present.tree)
    workspace.init()
    applied = workspace.apply()
    t.check("applies", applied.code == 0, applied)
    state = workspace.state()
    members = state['module.links.module.digitalocean_project["project"].digitalocean_project_resources.this']["resources"]
    cluster = state['module.resources.module.digitalocean_postgres["db"].digitalocean_database_cluster.this']["urn"]
    app = state['module.apps.module.digitalocean_container["web"].digitalocean_app.this']["urn"]
    t.check("the project has what names no other", app in members, members)
    t.check("and not the cluster that does", cluster not in members, members)

    # Somebody moves both by hand.
    pulled = json.loads(workspace.terraform("state", "pull").stdout)
    moved = 0
    for resource in pulled["resources"]:
        if resource["type"] in ("digitalocean_database_cluster", "digitalocean_app") and resource["mode"] == "managed":
            resource["instances"][0]["attributes"]["project_id"] = "00000000-1111-4222-8333-444444444444"
            moved += 1
    pulled["serial"] += 1
    workspace.write("moved.tfstate", pulled)
    pushed = workspace.terraform("state", "push", "moved.tfstate")
    t.check("they are elsewhere", moved == 2 and pushed.code == 0, pushed)
    plan = workspace.plan()
    t.check("nothing is replaced for it", plan.code == 0, plan)
