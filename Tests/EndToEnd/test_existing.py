"""What exists already is used without being managed, or taken into one environment's state; and what was made isn't lost on the way."""

import copy

from product import Project

CLUSTER = "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30"
NETWORK = "5a4981aa-9653-4bd1-bef5-d6bff52042e4"

WORLD = {
    "data": {
        "digitalocean_vpc": [{"name": "legacy", "id": NETWORK, "region": "lon1", "ip_range": "10.1.0.0/20"}],
        "digitalocean_database_cluster": [
            {"name": "legacy-db", "id": CLUSTER, "user": "doadmin", "password": "found", "host": "found.example.invalid", "port": 25060}
        ],
        "digitalocean_spaces_bucket": [{"name": "legacy-files", "region": "fra1", "id": "legacy-files"}],
    }
}

USED = {
    "project": {"name": "shop", "repo": {"owner": "acme", "name": "shop"}},
    "infra": {"backend": {"type": "local"}},
    "resources": [
        {"name": "net", "type": "vpc", "provider": "digitalocean", "manage": "existing", "id": NETWORK},
        {"name": "db", "type": "postgres", "provider": "digitalocean", "manage": "existing", "cloud_name": "legacy-db", "config": {"vpc": "net"}},
        {"name": "files", "type": "s3", "provider": "digitalocean", "manage": "existing", "cloud_name": "legacy-files", "config": {"region": "fra1"}},
    ],
    "apps": [
        {
            "name": "web",
            "infra": {"provider": "digitalocean", "type": "container", "config": {"region": "nyc"}},
            "env": {
                "DATABASE_URL": {"source": "resource", "value": "db.direct_url"},
                "BUCKET": {"source": "resource", "value": "files.bucket_name"},
            },
        },
        {"name": "worker", "infra": {"provider": "digitalocean", "type": "vm", "config": {"vpc": "net", "region": "lon1", "ssh_keys": ["laptop"]}}},
    ],
}


def managed(workspace):
    """The addresses of what the state manages, of providers alone."""
    listed = workspace.terraform("state", "list").stdout.split()
    return [address for address in listed if ".data." not in address and "terraform_data" not in address]


def test_what_exists_is_used_and_not_managed(t):
    with Project() as project:
        workspace = t.workspace(project.update(USED), environment="production", world=WORLD)
        t.check("init", workspace.init().code == 0)
        result = workspace.apply()
        t.check("applies", result.code == 0, result)
        kinds = {address.split(".")[-2] for address in managed(workspace)}
        # What is made is put into a project, and what exists isn't.
        made = {"digitalocean_app", "digitalocean_droplet", "digitalocean_firewall"}
        grouped = {"digitalocean_project", "digitalocean_project_resources", "time_sleep"}
        t.check("only the apps are managed", kinds == made | grouped, kinds)
        state = workspace.state()
        app = state['module.apps.module.digitalocean_container["web"].digitalocean_app.this']
        env = {item["key"]: item["value"] for item in app["spec"][0]["service"][0]["env"]}
        t.check("the app is told the database", env["DATABASE_URL"] == "postgresql://doadmin:found@found.example.invalid:25060/legacy_db?sslmode=require", env)
        t.check("and the bucket", env["BUCKET"] == "legacy-files", env)
        machine = state['module.apps.module.digitalocean_vm["worker"].digitalocean_droplet.this']
        t.check("the machine is in the network", machine["vpc_uuid"] == NETWORK, machine)
        again = workspace.plan(out=None)
        t.check("a second plan changes nothing", again.code == 0, again)
        workspace.standins.forget_calls()
        t.check("destroy", workspace.destroy().code == 0)
        t.check("destroys the apps alone", not any("database" in call and "Apply" in call for call in workspace.standins.calls()))


def test_absence_says_what_to_write(t):
    with Project() as project:
        # This data source answers absence with a null id and no error.
        world = copy.deepcopy(WORLD)
        world["data"]["digitalocean_database_cluster"][0]["name"] = "another"
        workspace = t.workspace(project.update(USED), environment="production", world=world)
        workspace.init()
        plan = workspace.plan(out=None)
        t.check("the plan fails", plan.code == 1, plan)
        t.check("in words for a person", "There is no Managed PostgreSQL called legacy-db. Give its name as cloud_name in app.json" in plan.words, plan)


ADOPTED = {
    "project": {"name": "till", "repo": {"owner": "acme", "name": "till"}},
    "infra": {"backend": {"type": "local"}, "environments": ["production", "staging"]},
    "resources": [
        {
            "name": "db",
            "type": "postgres",
            "provider": "digitalocean",
            "manage": {"production": "adopt"},
            "id": {"production": CLUSTER},
            "cloud_name": {"production": "orders"},
            "config": {"region": "lon1", "user": "web"},
        },
    ],
    "apps": [],
}

ADOPTED_WORLD = {
    "resources": {
        "digitalocean_database_cluster": {
            CLUSTER: {"name": "orders", "engine": "pg", "version": "17", "size": "db-s-1vcpu-1gb", "region": "lon1", "node_count": 1}
        },
        "digitalocean_database_connection_pool": {f"{CLUSTER},pool": {"db_name": "orders", "user": "doadmin", "mode": "transaction", "size": 10}},
    }
}

ADDRESS = 'module.resources.module.digitalocean_postgres["db"].digitalocean_database_cluster.this'


def test_adoption_reaches_one_environment(t):
    with Project() as project:
        tree = project.update(ADOPTED)
        workspace = t.workspace(tree, environment="production", world=ADOPTED_WORLD)
        t.check("init", workspace.init().code == 0)
        plan = workspace.plan()
        t.check("plan", plan.code == 2, plan)
        kept = [address for address, actions in workspace.changes().items() if "digitalocean_database" in address and actions != ["update"]]
        t.check("nothing of the database is made, deleted or replaced", kept == [], kept)
        t.check("its parts are imported", "5 to import" in plan.words, plan)
        result = workspace.terraform("apply", "tfplan")
        t.check("applies", result.code == 0, result)
        t.check("it has the id that it had", workspace.state()[ADDRESS]["id"] == CLUSTER)
        again = workspace.plan(out=None)
        t.check("a second plan changes nothing", again.code == 0, again)

        other = t.workspace(tree, environment="staging", world=ADOPTED_WORLD)
        other.init()
        plan = other.plan(environment="staging")
        t.check("staging imports nothing", plan.code == 2 and "to import" not in plan.words, plan)
        t.check("staging makes its own", other.changes().get(ADDRESS) == ["create"], other.changes())

        # Once it is in the state, the words that brought it there may go.
        later = copy.deepcopy(ADOPTED)
        del later["resources"][0]["manage"], later["resources"][0]["id"]
        workspace.replace_tree(project.update(later))
        workspace.init()
        again = workspace.plan(out=None)
        t.check("nothing changes when it isn't adopted any more", again.code == 0, again)


def test_letting_go_of_what_was_made(t):
    manifest = copy.deepcopy(USED)
    manifest["resources"] = [{"name": "db", "type": "postgres", "provider": "digitalocean", "config": {"region": "lon1", "pool": False}}]
    del manifest["apps"][0]["env"]["BUCKET"]
    manifest["apps"].pop()
    with Project() as project:
        workspace = t.workspace(project.update(manifest), environment="production")
        t.check("applies", workspace.init().code == 0 and workspace.apply().code == 0)
        before = project.snapshot()
        manifest["resources"][0].update(manage="existing", cloud_name="shop-db")
        project.write(manifest)
        refused = project.run("update")
        t.check("update refuses", refused.returncode == 1 and "manage.made-here" in refused.stderr, refused)
        snapshot = project.snapshot()
        t.check("and writes nothing", {k: v for k, v in snapshot.items() if k != "app.json"} == {k: v for k, v in before.items() if k != "app.json"})
        for line in refused.stderr.replace("`", "\n").splitlines():
            if line.startswith("terraform state rm "):
                address = line.removeprefix("terraform state rm ").strip("'")
                let_go = workspace.terraform("state", "rm", address)
                t.check(f"the way out works: {address}", let_go.code == 0, let_go)
        workspace.replace_tree(project.update(None, "--allow-replace", "db"))
        workspace.init()
        plan = workspace.plan()
        t.check("plan", plan.code in (0, 2), plan)
        lost = [address for address, actions in workspace.changes().items() if "delete" in actions]
        t.check("nothing is destroyed", not any("database" in address for address in lost), lost)
        t.check("applies", workspace.terraform("apply", "tfplan").code == 0)
        t.check("the database isn't managed any more", not any("database" in address for address in managed(workspace)), managed(workspace))


def test_a_database_lives_through_everything(t):
    """Rename, override, adoption beside it, a provider that leaves, a new leaf: no plan deletes or replaces it."""
    manifest = {
        "project": {"name": "acme", "repo": {"owner": "acme", "name": "acme"}},
        "infra": {"backend": {"type": "local"}, "environments": ["production", "staging"]},
        "resources": [
            {"name": "db", "type": "postgres", "provider": "digitalocean", "config": {"region": "lon1"}},
            {"name": "archive", "type": "s3", "provider": "backblaze"},
        ],
        "apps": [
            {
                "name": "web",
                "infra": {"provider": "digitalocean", "type": "container", "config": {"region": "lon"}},
                "env": {"DATABASE_URL": {"source": "resource", "value": "db.connection_url"}},
            }
        ],
    }
    db, web = manifest["resources"][0], manifest["apps"][0]
    world = {"resources": {"digitalocean_vpc": {NETWORK: {"name": "legacy", "region": "fra1", "ip_range": "10.1.0.0/20"}}}}

    def rename():
        db.update(name="orders", was="db")
        web["env"]["DATABASE_URL"]["value"] = "orders.connection_url"

    def keep_name():
        db["cloud_name"] = {"production": "acme-db", "staging": "acme-staging-db"}

    def forget():
        del db["was"]

    def override():
        db["environments"] = {"production": {"config": {"size": "db-s-2vcpu-4gb"}}}

    def adopt():
        manifest["resources"].append(
            {"name": "net", "type": "vpc", "provider": "digitalocean", "manage": {"production": "adopt"}, "id": {"production": NETWORK},
             "cloud_name": {"production": "legacy"}, "config": {"region": "fra1"}}
        )

    def provider_leaves():
        manifest["resources"] = [item for item in manifest["resources"] if item["name"] != "archive"]

    def new_leaf():
        manifest["resources"].append({"name": "files", "type": "s3", "provider": "digitalocean"})

    def use_from_staging():
        db["manage"] = {"staging": "existing"}

    with Project() as project:
        places = {}
        for environment in ("production", "staging"):
            workspace = places[environment] = t.workspace(project.update(manifest), environment=environment, world=world)
            t.check(f"{environment} applies", workspace.init().code == 0 and workspace.apply().code == 0)
        ids = {name: cluster(place)["id"] for name, place in places.items()}

        rename()
        project.write(manifest)
        refused = project.run("update")
        line = '"cloud_name": { "production": "acme-db", "staging": "acme-staging-db" }'
        t.check("a rename alone is refused, with the line to add", refused.returncode == 1 and line in refused.stderr, refused)
        for name, change in {
            "rename": keep_name,
            "forgetting the old name": forget,
            "override": override,
            "adoption in one environment": adopt,
            "a provider leaves": provider_leaves,
            "a new leaf": new_leaf,
        }.items():
            change()
            tree = project.update(manifest)
            for environment, workspace in places.items():
                workspace.replace_tree(tree)
                workspace.init()
                plan = workspace.plan()
                t.check(f"{name}, {environment}: plans", plan.code in (0, 2), plan)
                lost = [a for a, actions in workspace.changes().items() if "delete" in actions and "digitalocean_database" in a]
                t.check(f"{name}, {environment}: the database stays", lost == [], lost)
                result = workspace.terraform("apply", "tfplan")
                t.check(f"{name}, {environment}: applies", result.code == 0, result)
                again = workspace.plan(out=None)
                t.check(f"{name}, {environment}: a second plan changes nothing", again.code == 0, again)
                t.check(f"{name}, {environment}: it is the same", cluster(workspace)["id"] == ids[environment])

        use_from_staging()
        project.write(manifest)
        refused = project.run("update")
        t.check("what was made isn't given up", refused.returncode == 1 and "manage.made-here" in refused.stderr, refused)
        del db["manage"]
        db["cloud_name"]["production"] = "another"
        project.write(manifest)
        refused = project.run("update")
        t.check("nor its name", refused.returncode == 1 and "replace.name" in refused.stderr, refused)


def cluster(workspace):
    found = [values for address, values in workspace.state().items() if address.endswith("digitalocean_database_cluster.this")]
    return found[0]
