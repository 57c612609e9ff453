"""What an owner changes in app.json never replaces what holds data, and what would is refused."""

import copy
import shutil

from product import Project

BASE = {
    "project": {"name": "shop", "repo": {"owner": "acme", "name": "shop"}},
    "resources": [
        {"name": "db", "type": "postgres", "provider": "digitalocean", "config": {"region": "lon1"}},
        {"name": "media", "type": "s3", "provider": "digitalocean", "config": {}},
        {"name": "archive", "type": "s3", "provider": "backblaze", "config": {}},
    ],
    "apps": [
        {
            "name": "web",
            "path": "web",
            "infra": {"provider": "digitalocean", "type": "container", "config": {"region": "lon"}},
            "env": {"production": {"DATABASE_URL": {"source": "resource", "value": "db.connection_url"}}},
        },
        {"name": "worker", "path": "worker", "infra": {"provider": "digitalocean", "type": "vm", "config": {"ssh_keys": ["laptop"]}}},
    ],
}

DATA = ("digitalocean_database_cluster", "digitalocean_database_db", "digitalocean_spaces_bucket.", "b2_bucket", "digitalocean_droplet")


def changed(change):
    manifest = copy.deepcopy(BASE)
    change({item["name"]: item for item in manifest["resources"] + manifest["apps"]}, manifest)
    return manifest


def config(name, **settings):
    def change(items, _):
        item = items[name]
        (item["infra"] if "infra" in item else item)["config"].update(settings)

    return change


def env(items, _):
    items["worker"]["env"] = {"production": {"DATABASE_URL": {"source": "resource", "value": "db.connection_url"}, "KEY": {"source": "resource", "value": "media.access_key"}}}


def without_app(_, manifest):
    del manifest["apps"][0]


def renamed(items, _):
    items["db"].update(name="orders", was="db", cloud_name="shop-db")
    items["web"]["env"] = {}


def retitled(items, manifest):
    manifest["project"]["title"] = "Another title"
    items["db"]["title"] = "Another one"


def second_environment(_, manifest):
    manifest["infra"] = {"environments": ["production", "staging"]}


CHANGES = {
    "another region of the database": config("db", region="fra1"),
    "another size of everything": lambda items, manifest: [config(name, size=size)(items, manifest) for name, size in (("db", "db-s-2vcpu-4gb"), ("web", "apps-s-1vcpu-2gb"), ("worker", "s-2vcpu-4gb"))],
    "another version of PostgreSQL": config("db", engine_version="18"),
    "a restore that comes too late": config("db", backup_restore={"cluster": "old"}),
    "another key, image and rebuild unchanged": config("worker", ssh_keys=["laptop", "office"], image="ubuntu-26-04-x64"),
    "an app elsewhere": config("web", region="fra"),
    "variables of other resources": env,
    "tags": lambda items, manifest: manifest.update(infra={"tags": {"team": "web"}}),
    "an app leaves": without_app,
    "a rename with was": renamed,
    "titles": retitled,
    "a second environment": second_environment,
}


def test_nothing_that_holds_data_is_replaced(t):
    with Project() as project:
        workspace = t.workspace(project.update(BASE), environment="production")
        t.check("applies", workspace.init().code == 0 and workspace.apply().code == 0)
        for name, change in CHANGES.items():
            with Project() as other:
                # What the first run remembers must not refuse what costs nothing.
                shutil.copytree(project.folder, other.folder, dirs_exist_ok=True)
                workspace.replace_tree(other.update(changed(change)))
                workspace.init()
                plan = workspace.plan()
                t.check(f"{name}: plans", plan.code in (0, 2), plan.output)
                lost = [
                    address
                    for address, actions in workspace.changes().items()
                    if "delete" in actions and any(kind in address for kind in DATA)
                ]
                t.check(f"{name}: nothing with data is lost", lost == [], str(lost))


def test_rebuild_replaces_the_machine_and_only_that(t):
    with Project() as project:
        workspace = t.workspace(project.update(BASE), environment="production")
        t.check("applies", workspace.init().code == 0 and workspace.apply().code == 0)
        with Project(changed(config("worker", rebuild=1))) as other:
            workspace.replace_tree(other.update())
            workspace.init()
            workspace.plan()
            lost = [address for address, actions in workspace.changes().items() if "delete" in actions]
            t.check("the machine is replaced", any("digitalocean_droplet" in address for address in lost), str(lost))
            t.check("and nothing else", all("digitalocean_droplet" in address for address in lost), str(lost))


def test_a_bucket_that_can_t_be_renamed_is_called_by_its_name(t):
    """The provider takes another name for done, while the bucket keeps its own."""
    manifest = copy.deepcopy(BASE)
    manifest["apps"][0]["env"]["production"]["BUCKET"] = {"source": "resource", "value": "media.bucket_name"}
    with Project() as project:
        workspace = t.workspace(project.update(manifest), environment="production")
        t.check("applies", workspace.init().code == 0 and workspace.apply().code == 0)
        manifest["resources"][1]["cloud_name"] = "shop-pictures"
        workspace.replace_tree(project.update(manifest))
        t.check("applies with another name", workspace.init().code == 0 and workspace.apply().code == 0)
        app = workspace.state()['module.apps.module.digitalocean_container["web"].digitalocean_app.this']
        found = {item["key"]: item["value"] for item in app["spec"][0]["service"][0]["env"]}
        t.check("the app is told the name that the bucket has", found.get("BUCKET") == "shop-media", found)
        again = workspace.plan(out=None)
        t.check("a second plan changes nothing", again.code == 0, again)
