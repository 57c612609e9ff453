"""A rename moves the state, and replaces nothing that holds data."""

from harness import GOLDEN, as_variable

BEFORE = GOLDEN / "rename-before" / "expected" / "infra"
AFTER = GOLDEN / "renamed" / "expected" / "infra"
OLD = {"TF_VAR_secrets": as_variable({"web": {"SESSION_SECRET": "x"}})}
NEW = {"TF_VAR_secrets": as_variable({"storefront": {"SESSION_SECRET": "x"}})}
NAMES = {"db": "orders-db", "files": "uploads", "worker": "jobs", "web": "storefront"}


def renamed(address):
    for old, new in NAMES.items():
        address = address.replace(f'["{old}"]', f'["{new}"]')
    return address


def test_a_rename_moves_the_state(t):
    workspace = t.workspace(BEFORE, environment="production", variables=OLD)
    t.check("init", workspace.init().code == 0)
    result = workspace.apply()
    t.check("apply", result.code == 0, result)
    before = workspace.state()

    workspace.replace_tree(AFTER)
    workspace.variables.update(NEW)
    result = workspace.init()
    t.check("init with the new names", result.code == 0, result)
    result = workspace.plan()
    t.check("plan", result.code in (0, 2), result)
    changes = workspace.changes()
    t.check("nothing is made, deleted or replaced", all(actions == ["update"] for actions in changes.values()), changes)
    moved = {
        item["previous_address"]: item["address"]
        for item in workspace.show("tfplan")["resource_changes"]
        if "previous_address" in item
    }
    wanted = {address: renamed(address) for address in before if renamed(address) != address and ".data." not in address}
    t.check("everything of the renamed items moves", moved == wanted, (moved, wanted))

    result = workspace.terraform("apply", "tfplan")
    t.check("apply of the rename", result.code == 0, result)
    after = workspace.state()
    for old, new in wanted.items():
        t.check(f"{new} is what {old} was", before[old].get("id") == after.get(new, {}).get("id"), (before[old], after.get(new)))
    cluster = after['module.resources.module.digitalocean_postgres["orders-db"].digitalocean_database_cluster.this']
    bucket = after['module.resources.module.digitalocean_s3["uploads"].digitalocean_spaces_bucket.this']
    t.check("the cluster keeps its name in the cloud", cluster["name"] == "market-db", cluster["name"])
    t.check("the bucket keeps its name in the cloud", bucket["name"] == "market-files", bucket["name"])
    t.check("the database keeps its name", any(item.get("name") == "market_db" for item in after.values()))
    again = workspace.plan(out=None)
    t.check("a second plan changes nothing", again.code == 0, again)


def test_a_fresh_stack_needs_no_rename(t):
    workspace = t.workspace(AFTER, environment="production", variables=NEW)
    t.check("init", workspace.init().code == 0)
    result = workspace.apply()
    t.check("the tree with moves applies from nothing", result.code == 0, result)
