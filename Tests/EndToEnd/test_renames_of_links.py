"""Links and monitors whose key is an item's name move with the item; those of a domain stay where they are."""

from product import Project


def manifest(name, was=None):
    app = {
        "name": name,
        "path": "api",
        "domains": [{"name": "api.example.com", "zone": "example.com"}],
        "infra": {"provider": "digitalocean", "type": "vm"},
    }
    if was:
        app["was"] = was
    return {
        "project": {"name": "shop"},
        "infra": {"providers": {"digitalocean": {"ssh_keys": ["laptop"]}}},
        "notifications": {"emails": ["ops@example.com"]},
        "resources": [
            {"name": "data", "type": "volume", "provider": "digitalocean", "config": {"size": 10, "server": name}},
        ],
        "apps": [app],
    }


def test_links_and_monitors_move_with_their_items(t):
    with Project(manifest("api")) as project:
        written = project.run("update")
        t.check("update", written.returncode == 0, written.stderr)
        workspace = t.workspace(project.folder / "infra", environment="production", variables={})
        t.check("init", workspace.init().code == 0)
        result = workspace.apply()
        t.check("apply", result.code == 0, result)

        project.write(manifest("backend", was="api"))
        written = project.run("update")
        t.check("update after the rename", written.returncode == 0, written.stderr)
        workspace.replace_tree(project.folder / "infra")
        t.check("init after the rename", workspace.init().code == 0)
        result = workspace.plan()
        t.check("plan", result.code in (0, 2), result)
        changes = workspace.show("tfplan")["resource_changes"]
        moved = {item["address"] for item in changes if "previous_address" in item}
        alerts = {address for address in moved if ".digitalocean_droplet_alerts[" in address}
        t.check("the machine's alerts move", len(alerts) == 3 and all('["backend"]' in address for address in alerts), moved)
        kept = {
            item["address"]
            for item in changes
            if item["address"].startswith(("module.links", "module.monitoring")) and "api.example.com" in item["address"]
        }
        t.check("what is the domain's keeps its address", kept and kept.isdisjoint(moved), kept)
        lost = {item["address"] for item in changes if "delete" in item["change"]["actions"]}
        t.check("nothing is deleted or replaced", not lost, lost)
