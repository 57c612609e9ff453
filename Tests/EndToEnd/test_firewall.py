"""A database is never without its firewall: not when an app in another datacenter comes, nor when it goes."""

from product import Project


def manifest(app_region):
    return {
        "project": {"name": "shop"},
        "resources": [{"name": "db", "type": "postgres", "provider": "digitalocean", "config": {"region": "lon1"}}],
        "apps": [
            {
                "name": "web",
                "path": "web",
                "infra": {"provider": "digitalocean", "type": "container", "config": {"region": app_region, "image": "ghcr.io/acme/web:1"}},
                "env": {"production": {"DATABASE_URL": {"source": "resource", "value": "db.connection_url"}}},
            }
        ],
    }


LEAF = 'module.resources.module.digitalocean_postgres["db"].digitalocean_database_firewall.this[0]'
LINK = 'module.links.module.digitalocean_database_firewall["db"].digitalocean_database_firewall.this'


def rules(workspace, address):
    values = workspace.state().get(address)
    return values and sorted((rule["type"], rule["value"]) for rule in values["rule"])


def test_the_firewall_is_handed_over_and_never_deleted(t):
    with Project() as project:
        tree = project.update(manifest("lon"))
        workspace = t.workspace(tree, environment="production")
        t.check("applies", workspace.init().code == 0 and workspace.apply().code == 0)
        near = rules(workspace, LEAF)
        t.check("the leaf lets in the network and the stack's tag", near is not None and len(near) == 2, str(near))

        for region, address, other in (("fra", LINK, LEAF), ("lon", LEAF, LINK)):
            tree = project.update(manifest(region))
            workspace.replace_tree(tree)
            t.check(f"{region}: initialises", workspace.init().code == 0)
            applied = workspace.apply()
            t.check(f"{region}: applies", applied.code == 0, applied.output)
            t.check(f"{region}: nothing of the firewall is destroyed", "firewall" not in "".join(
                line for line in applied.output.splitlines() if "destroy" in line.lower() and "0 to destroy" not in line), applied.output)
            found = rules(workspace, address)
            t.check(f"{region}: it stands where it should", found, str(found))
            t.check(f"{region}: and nowhere else", rules(workspace, other) is None)
            if region == "fra":
                t.check("the app elsewhere is let in by its id", any(kind == "app" for kind, _ in found or []), str(found))
            t.check(f"{region}: a second plan changes nothing", workspace.plan().code == 0)


def test_environments_that_differ_share_the_handover(t):
    both = {"environments": ["production", "staging"]}
    for environment in both["environments"]:
        with Project() as project:
            near = {**manifest("lon"), "infra": both}
            workspace = t.workspace(project.update(near), environment=environment)
            t.check(f"{environment}: applies", workspace.init().code == 0 and workspace.apply().code == 0)
            far = {**manifest("lon"), "infra": both}
            far["apps"][0]["environments"] = {"production": {"config": {"region": "nyc"}}}
            for what, changed in (("production moves away", far), ("and comes back", near)):
                workspace.replace_tree(project.update(changed))
                t.check(f"{environment}: {what}: init", workspace.init().code == 0)
                planned = workspace.plan()
                t.check(f"{environment}: {what}: plan", planned.code != 1, planned)
                deleted = [address for address, actions in workspace.changes().items() if "delete" in actions]
                t.check(f"{environment}: {what}: nothing is deleted", not deleted, deleted)
                applied = workspace.terraform("apply", "tfplan")
                t.check(f"{environment}: {what}: apply", applied.code == 0, applied)
                t.check(f"{environment}: {what}: a second plan changes nothing", workspace.plan(out=None).code == 0)
