"""`webkit infra import`: what exists comes into one environment's state, after its plan was seen."""

import copy
import json

from running import Surroundings
from test_existing import ADOPTED, ADOPTED_WORLD, CLUSTER

PRODUCTION = ("--environment", "production")
BY_ID = (*PRODUCTION, "--resource", "db", "--id", CLUSTER, "--auto-approve")


def surroundings(t, manifest, world):
    s = Surroundings(t, copy.deepcopy(manifest))
    s.workspace.standins.set_world(world)
    return s


def held(s, environment="production"):
    return s.run("--environment", environment, "--", "state", "list").stdout.split()


def planned_of(plan, item):
    """The addresses of an item that a plan does something to."""
    changes = [line for line in map(json.loads, plan.stdout.splitlines()) if line["type"] == "planned-change"]
    return [line["address"] for line in changes if line["item"] == item]


def test_a_database_that_exists_is_taken_over(t):
    s = surroundings(t, ADOPTED, ADOPTED_WORLD)
    unasked = s.webkit("import", *PRODUCTION)
    t.check("nobody to ask: nothing happens", unasked.returncode == 64 and "--auto-approve" in unasked.stderr, unasked)
    done = s.webkit("import", *PRODUCTION, "--auto-approve")
    t.check("imported", done.returncode == 0 and "Imported into the state of production" in done.stderr, done)
    t.check("the plan came first, with what it changes", "database_cluster.this" in done.stdout and "imported; " in done.stdout, done)
    t.check("what it needs and isn't there is made, and said to be", "`vpc-lon1` is made with it" in done.stderr, done)
    t.check("nothing else was made", not any("digitalocean_project" in address for address in held(s)), held(s))
    t.check("all parts are there", sum("digitalocean_database" in address for address in held(s)) == 5, held(s))
    again = s.webkit("import", *PRODUCTION, "--auto-approve")
    t.check("a second time nothing is left", again.returncode == 0 and "Nothing is left to import" in again.stderr, again)
    plan = s.webkit("plan", *PRODUCTION, "--json")
    t.check("a second plan changes nothing of it", plan.returncode == 0 and planned_of(plan, "db") == [], plan)
    t.check("staging isn't touched", held(s, "staging") == [], held(s, "staging"))
    none = s.webkit("import", "--environment", "staging", "--auto-approve")
    t.check("where nothing is marked, it says how to", none.returncode == 1 and "detect --write --manage adopt" in none.stderr, none)


def test_a_part_that_isn_t_there(t):
    world = copy.deepcopy(ADOPTED_WORLD)
    world["errors"] = {"import digitalocean_database_connection_pool": "Cannot import non-existent remote object"}
    s = surroundings(t, ADOPTED, world)
    failed = s.webkit("import", *PRODUCTION, "--auto-approve")
    t.check("all or nothing, where all is marked", failed.returncode == 1 and held(s) == [], failed)
    t.check("with the way out", "import --resource <name> --id <id>" in failed.stderr, failed)
    done = s.webkit("import", *BY_ID)
    t.check("which works", done.returncode == 0 and any("cluster.this" in address for address in held(s)), done)
    t.check("the part is said to be made later", "connection_pool.this[0] isn't imported" in done.stderr, done)
    t.check("and that the mark has to go", "Remove `manage` of `db`" in done.stderr, done)
    t.check("the part isn't in the state", not any("connection_pool" in address for address in held(s)), held(s))


def test_what_an_adoption_would_replace_is_refused(t):
    world = copy.deepcopy(ADOPTED_WORLD)
    world["resources"]["digitalocean_database_cluster"][CLUSTER]["engine"] = "mysql"
    s = surroundings(t, ADOPTED, world)
    refused = s.webkit("import", *PRODUCTION, "--auto-approve")
    t.check("data isn't replaced", refused.returncode == 1 and "--allow-destroy db" in refused.stderr, refused)
    t.check("and nothing came into the state", held(s) == [], held(s))


CREATED = copy.deepcopy(ADOPTED)
for key in ("manage", "id"):
    del CREATED["resources"][0][key]


def test_one_database_by_its_id(t):
    s = surroundings(t, CREATED, ADOPTED_WORLD)
    before = (s.project.folder / "app.json").read_bytes()
    for words, code, said in (
        (("--resource", "dv", "--id", CLUSTER), 64, "Did you mean `db`?"),
        (("--app", "db", "--id", CLUSTER), 64, "--resource db"),
        (("--resource", "db"), 64, "the id is needed"),
        (("--id", CLUSTER), 64, "needs the name"),
        (("--resource", "db", "--app", "db", "--id", CLUSTER), 64, "one thing"),
    ):
        wrong = s.webkit("import", *PRODUCTION, *words, "--auto-approve")
        t.check(f"{' '.join(words)}: {said}", wrong.returncode == code and said in wrong.stderr, wrong)
    t.check("nothing was run for these", not any("import " in call for call in s.calls()), s.calls())
    s.workspace.standins.set_world({"errors": {f"import digitalocean_database_cluster {CLUSTER}": "Cannot import non-existent remote object"}})
    absent = s.webkit("import", *BY_ID)
    t.check("the provider doesn't know the id", absent.returncode == 1 and "non-existent remote object" in absent.stderr, absent)
    t.check("it says what to do", "webkit infra detect" in absent.stderr, absent)
    t.check("nothing is in the state", held(s) == [], held(s))
    s.workspace.standins.set_world(ADOPTED_WORLD)
    tree = s.project.snapshot()
    done = s.webkit("import", *BY_ID)
    t.check("imported", done.returncode == 0 and "Imported into the state of production" in done.stderr, done)
    t.check("the plan came first", "database_cluster.this" in done.stdout and "imported; " in done.stdout, done)
    t.check("with its parts", any("digitalocean_database_firewall" in address for address in held(s)), held(s))
    changed = {path for path in s.project.snapshot() if tree.get(path) != s.project.snapshot()[path]}
    t.check("the tree stays as it is", not any(path.startswith("infra/") and path.endswith(".tf") for path in changed), changed)
    left = [path.name for path in (s.project.folder / ".webkit" / "cache" / "runs").rglob("*") if path.suffix != ".lock"]
    t.check("and no copy of it is left", left == [], left)
    plan = s.webkit("plan", *PRODUCTION, "--json")
    t.check("a second plan changes nothing of it", plan.returncode == 0 and planned_of(plan, "db") == [], plan)
    t.check("app.json stays", (s.project.folder / "app.json").read_bytes() == before)
    twice = s.webkit("import", *BY_ID)
    t.check("a second time it says where it is", twice.returncode == 1 and "in the state of production already" in twice.stderr, twice)
    t.check("staging isn't touched", held(s, "staging") == [], held(s, "staging"))
    found = s.webkit("detect", *PRODUCTION, "--json")
    statuses = {line["item"]: line["status"] for line in map(json.loads, found.stdout.splitlines()) if line["type"] == "detected"}
    t.check("detection knows that it is managed", statuses["db"] == "managed", statuses)


BUCKET = {
    "project": {"name": "shop", "repo": {"owner": "acme", "name": "shop"}},
    "infra": {"environments": ["production"]},
    "resources": [
        {"name": "sql", "type": "sqlite", "provider": "turso", "config": {"organization": "acme"}},
        {"name": "lan", "type": "network", "provider": "hetzner", "manage": "existing"},
    ],
}


def test_an_id_of_another_form(t):
    s = surroundings(t, BUCKET, {"data": {"hcloud_network": [{"name": "shop-lan", "id": 4711}]}})
    s.variables.update(HCLOUD_TOKEN="h" * 64, TURSO_API_TOKEN="made-up")
    odd = s.webkit("import", "--auto-approve", "--resource", "sql", "--id", "shop-sql")
    t.check("the form that it has", odd.returncode == 1 and "organization_name" in odd.stderr, odd)
    used = s.webkit("import", "--auto-approve", "--resource", "lan", "--id", "4711")
    t.check("what is used as it exists isn't managed", used.returncode == 1 and "manage" in used.stderr, used)
    t.check("nothing was run", not any("import " in call for call in s.calls()), s.calls())
    manifest = copy.deepcopy(BUCKET)
    manifest["resources"][0]["name"] = "another"
    s.project.write(manifest)
    stale = s.webkit("import", "--auto-approve", "--resource", "another", "--id", "acme/x")
    t.check("a tree that isn't app.json's", stale.returncode == 1 and "webkit update" in stale.stderr, stale)
