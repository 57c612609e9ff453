"""The life of a project by `webkit` alone, from an empty folder to one that holds nothing any more."""

import json

from harness import as_variable
from running import Surroundings
from stores import KEYS, Store

PRODUCTION = ("--environment", "production")
STAGING = ("--environment", "staging")


def manifest(store, name="db", location="fsn1", **item):
    """A database and an app on a machine that reads it, with the states of two environments in one bucket."""
    return {
        "project": {"name": "notes", "title": "Notes"},
        "infra": {
            "environments": ["production", "staging"],
            "backend": {"type": "s3_compatible", "endpoint": store.url, "bucket": store.bucket},
        },
        "resources": [{"name": name, "provider": "turso", "type": "sqlite", "config": {"organization": "acme"}, **item}],
        "apps": [{
            "name": "web", "type": "go", "path": "web",
            "infra": {"provider": "hetzner", "type": "vm", "config": {"location": location, "image": "ghcr.io/acme/web:latest"}},
            "env": {"default": {
                "DATABASE_URL": {"source": "resource", "value": f"{name}.connection_url"},
                "GREETING": "hello", "SESSION_SECRET": {"source": "secret"},
            }},
        }],
    }


def test_the_life_of_a_project(t):
    with Store(makes_bucket=False) as store:
        s = begin(t, store)
        two_environments(t, s, store)
        outputs_and_variables(t, s)
        a_change(t, s, store)
        a_change_by_hand(t, s)
        a_new_name(t, s, store)
        an_existing_database(t, s, store)
        a_lost_state(t, s, store)
        the_end(t, s, store)


def begin(t, store):
    s = Surroundings(t)
    folder = s.project.folder
    for path in ("app.json", ".webkit", "infra"):
        remove(folder / path)
    made = s.project.run("init", "--name", "notes")
    t.check("a manifest is begun", made.returncode == 0 and (folder / "app.json").exists(), made)
    s.project.update(manifest(store))
    s.variables.update(KEYS)
    s.variables.update({
        "HCLOUD_TOKEN": "made-up-hetzner-token", "TF_VAR_turso_api_token": "made-up-turso-token",
        "TF_VAR_secrets": as_variable({"web": {"SESSION_SECRET": "made-up-session-secret"}}),
    })
    checked = s.project.run("infra", "validate")
    t.check("and holds", checked.returncode == 0, checked)
    place = s.webkit("state", "init", *PRODUCTION)
    t.check("the place of its state is made", place.returncode == 0, place)
    return s


def remove(path):
    if path.is_dir():
        for inner in path.iterdir():
            remove(inner)
        path.rmdir()
    elif path.exists():
        path.unlink()


def two_environments(t, s, store):
    for environment in (PRODUCTION, STAGING):
        planned = s.webkit("plan", *environment, "--detailed-exitcode")
        t.check(f"{environment[1]}: a plan makes things", planned.returncode == 2 and "risk: low" in planned.stdout, planned)
        applied = s.webkit("apply", *environment, "--auto-approve")
        t.check(f"{environment[1]}: applied", applied.returncode == 0, applied)
    paths = [f"projects/notes/{environment[1]}/terraform.tfstate" for environment in (PRODUCTION, STAGING)]
    t.check("two states are in the bucket, and no lock", store.keys() == paths, store.keys())


def outputs_and_variables(t, s):
    shown = s.webkit("output", *PRODUCTION, "resources")
    t.check("a secret output isn't shown", shown.returncode == 1 and "is a secret" in shown.stderr, shown)
    written = s.project.run(
        "env", "generate", "--app", "web", *PRODUCTION, "--output", "web.env", env={"TF_VAR_secrets": s.variables["TF_VAR_secrets"]}
    )
    t.check("the app's variables are written", written.returncode == 0, written)
    text = (s.project.folder / "web.env").read_text()
    words = ("DATABASE_URL=", "libsql://", "GREETING=", "hello", "made-up-session-secret")
    t.check("with what the database gave, and the secret", all(word in text for word in words), text)


def a_change(t, s, store):
    changed = manifest(store)
    changed["apps"][0]["env"]["default"]["GREETING"] = "good morning"
    changed["resources"][0]["config"]["size_limit"] = "1gb"
    s.project.update(changed)
    planned = s.webkit("plan", *PRODUCTION, "--detailed-exitcode")
    t.check("a change is planned as one", planned.returncode == 2 and "(size_limit)" in planned.stdout, planned)
    applied = s.webkit("apply", *PRODUCTION, "--auto-approve")
    t.check("and applied", applied.returncode == 0, applied)
    t.check("then there is nothing to do", s.webkit("plan", *PRODUCTION, "--detailed-exitcode").returncode == 0)
    s.manifest = changed


def a_change_by_hand(t, s):
    found = [item for item in state(s)["resources"] if item["type"] == "hcloud_server"]
    server = found[0]["instances"][0]["attributes"]
    s.workspace.standins.set_world({"resources": {"hcloud_server": {server["id"]: {"server_type": "cx53"}}}})
    planned = s.webkit("plan", *PRODUCTION, "--detailed-exitcode")
    t.check("what was changed by hand is found", planned.returncode == 2 and "behind the state's back" in planned.stdout, planned)
    s.workspace.standins.set_world({})
    t.check("and is gone when it is put right", s.webkit("plan", *PRODUCTION, "--detailed-exitcode").returncode == 0)


def state(s):
    return json.loads(s.webkit("state", "pull", *PRODUCTION).stdout)


def a_new_name(t, s, store):
    renamed = json.loads(json.dumps(s.manifest).replace('"db.connection_url"', '"articles.connection_url"'))
    renamed["resources"][0].update(name="articles", was="db", cloud_name={"production": "notes-db", "staging": "notes-staging-db"})
    s.project.update(renamed)
    s.manifest = renamed
    before = identity(s, "db")
    planned = s.webkit("plan", *PRODUCTION)
    t.check("a new name destroys nothing", planned.returncode == 0 and "delete" not in planned.stdout and "replace" not in planned.stdout, planned)
    applied = s.webkit("apply", *PRODUCTION, "--auto-approve")
    t.check("and is applied", applied.returncode == 0, applied)
    t.check("the database is the same one", identity(s, "articles") == before, (before, identity(s, "articles")))


def identity(s, name):
    found = [item for item in state(s)["resources"] if item["type"] == "turso_database" and f'["{name}"]' in item["module"]]
    return [item["instances"][0]["attributes"].get("db_id") or item["instances"][0]["attributes"]["id"] for item in found]


def an_existing_database(t, s, store):
    """One that somebody made by hand becomes production's; staging never hears of it."""
    identifier = "acme/notes-archive"
    s.manifest["resources"].append({
        "name": "archive", "provider": "turso", "type": "sqlite", "config": {"organization": "acme"},
        "environments": ["production"], "manage": "adopt", "id": identifier,
    })
    s.project.update(s.manifest)
    facts = {"organization_name": "acme", "name": "notes-archive", "db_id": "made-by-hand", "hostname": "notes-archive.example"}
    s.workspace.standins.set_world({"resources": {"turso_database": {identifier: facts}}})
    done = s.webkit("import", *PRODUCTION, "--auto-approve")
    t.check("a database that exists is taken over", done.returncode == 0, done)
    t.check("it is the one that was there", identity(s, "archive") == ["made-by-hand"], identity(s, "archive"))
    applied = s.webkit("apply", *PRODUCTION, "--auto-approve")
    t.check("the rest of it is made, and nothing of it anew", applied.returncode == 0 and identity(s, "archive") == ["made-by-hand"], applied)
    t.check("then there is nothing to do", s.webkit("plan", *PRODUCTION, "--detailed-exitcode").returncode == 0)
    s.workspace.standins.set_world({})


def a_lost_state(t, s, store):
    key = "projects/notes/production/terraform.tfstate"
    good = json.loads(store.read(key))
    store.write(key, "")
    # What is left to be done would be all of it.
    refused = s.webkit("apply", *PRODUCTION, "--auto-approve")
    t.check("a lost state is found out", refused.returncode == 1 and "is gone" in refused.stderr, refused)
    listed = s.webkit("state", "versions", *PRODUCTION, "--json")
    versions = [item for item in map(json.loads, listed.stdout.splitlines()) if item["type"] == "state-version"]
    last = next(item for item in versions if item["serial"] == good["serial"])
    restored = s.webkit("state", "restore", *PRODUCTION, "--auto-approve", "--version", last["id"])
    t.check("and put back", restored.returncode == 0, restored)
    t.check("nothing would be made twice", s.webkit("plan", *PRODUCTION, "--detailed-exitcode").returncode == 0)


def the_end(t, s, store):
    refused = s.webkit("destroy", *PRODUCTION, "--auto-approve")
    t.check("data isn't destroyed unasked", refused.returncode == 1 and "--allow-destroy" in refused.stderr, refused)
    # What production has is protected by its providers, too, until app.json says otherwise.
    s.manifest["apps"][0]["infra"]["config"]["delete_protection"] = False
    s.project.update(s.manifest)
    t.check("the protection goes first", s.webkit("apply", *PRODUCTION, "--auto-approve").returncode == 0)
    names = [word for item in ("articles", "archive", "web") for word in ("--allow-destroy", item)]
    for environment in (PRODUCTION, STAGING):
        destroyed = s.webkit("destroy", *environment, "--auto-approve", *names)
        t.check(f"{environment[1]} is destroyed", destroyed.returncode == 0, destroyed)
        left = s.webkit("state", "list", *environment)
        t.check("and nothing is left", left.returncode == 0 and left.stdout == "", left)
    holders = [
        str(path) for path in s.project.folder.rglob("*")
        if path.is_file() and b"state-secret-key" in path.read_bytes() and not path.name.startswith("engine.log")
    ]
    t.check("no file holds the store's key", holders == [], holders)
