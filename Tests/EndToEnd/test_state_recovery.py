"""A state that was lost or destroyed, in a bucket that keeps versions, and how it is had back."""

import json

from running import Surroundings, with_one_engine
from stores import KEYS, Store

ENVIRONMENT = ("--environment", "production")
STATE = "projects/notes/production/terraform.tfstate"
TOKENS = {"TF_VAR_turso_api_token": "made-up-token"}


def notes(backend):
    """A project with one database, which is cheap to plan."""
    return {
        "project": {"name": "notes", "title": "Notes"},
        "infra": {"backend": backend},
        "resources": [{"name": "db", "provider": "turso", "type": "sqlite", "config": {"organization": "acme"}}],
    }


def kept_in(store, **settings):
    return {"type": "s3_compatible", "endpoint": store.url, "bucket": store.bucket, **settings}


def surroundings(t, backend, **variables):
    s = Surroundings(t, notes(backend))
    s.variables.update(TOKENS)
    s.variables.update(KEYS)
    s.variables.update(variables)
    return s


def versions(s):
    """What `state versions` lists of the bucket, the last one first."""
    listed = s.webkit("state", "versions", "--json")
    return [item for item in map(json.loads, listed.stdout.splitlines()) if item["type"] == "state-version"]


def applied_twice(t, store):
    """A project in a bucket, applied, changed and applied again."""
    s = surroundings(t, kept_in(store))
    first = s.webkit("apply", "--auto-approve")
    t.check("applied", first.returncode == 0, first)
    manifest = notes(kept_in(store))
    manifest["resources"].append({**manifest["resources"][0], "name": "more"})
    s.project.update(manifest)
    second = s.webkit("apply", "--auto-approve")
    t.check("and applied again", second.returncode == 0, second)
    return s


def test_each_way_to_lose_a_state_is_found_out_and_put_right(t):
    with Store(makes_bucket=False) as store:
        begun = surroundings(t, kept_in(store)).webkit("state", "init")
        t.check("the bucket was made", begun.returncode == 0, begun)
        s = applied_twice(t, store)
        good = json.loads(store.read(STATE))
        listed = versions(s)
        whole = [item for item in listed if item["serial"] == good["serial"]]
        t.check("the versions are listed with their serials", len(whole) == 1 and whole[0]["latest"], listed)
        older = min((item for item in listed if item["serial"]), key=lambda item: item["serial"])

        def is_refused(what, *words):
            done = s.webkit("apply", "--auto-approve")
            t.check(f"{what}: an apply is refused", done.returncode == 1, done)
            t.check(f"{what}: and says why, and the way out", all(word in done.stderr for word in (*words, "state restore")), done)

        def is_right(what, *words):
            done = s.webkit("state", "restore", "--auto-approve", *words)
            t.check(f"{what}: put back", done.returncode == 0, done)
            plan = s.webkit("plan", "--detailed-exitcode")
            t.check(f"{what}: nothing would be made twice", plan.returncode == 0, plan)
            now = json.loads(store.read(STATE))
            t.check(f"{what}: its history goes on", (now["lineage"], now["resources"]) == (good["lineage"], good["resources"]), now)

        store.write(STATE, "")
        is_refused("emptied", "is gone", "copy")
        is_right("emptied")

        cut = json.dumps(good)[:500]
        store.write(STATE, cut)
        plan = s.webkit("plan")
        t.check("cut off: a plan says what to do", plan.returncode == 1 and "state restore" in plan.stderr, plan)
        is_refused("cut off", "state is damaged")
        is_right("cut off", "--version", whole[0]["id"])
        broken = list((s.project.folder / ".webkit/cache/states/production").glob("*.broken"))
        t.check("cut off: what stood there is kept", [item.read_text() for item in broken] == [cut], broken)
        t.check("for its owner alone", [oct(item.stat().st_mode & 0o777) for item in broken] == ["0o600"], broken)

        store.client.delete_object(Bucket=store.bucket, Key=STATE)
        is_refused("deleted", "is gone")
        deletion = versions(s)[0]
        t.check("deleted: that is a version, too", (deletion["bytes"], deletion["latest"]) == (None, True), deletion)
        is_right("deleted")

        store.write(STATE, store.client.get_object(Bucket=store.bucket, Key=STATE, VersionId=older["id"])["Body"].read().decode())
        is_refused("older", "is older than copy")
        is_right("older", "--version", whole[0]["id"])

        meant = s.webkit("state", "restore", "--auto-approve", "--version", older["id"])
        t.check("an older version can be meant", meant.returncode == 0 and "nobody will know" in meant.stdout, meant)
        cut_version = next(item for item in versions(s) if item["bytes"] == 500)
        unfit = s.webkit("state", "restore", "--auto-approve", "--version", cut_version["id"])
        t.check("what is no state can't", unfit.returncode == 1 and "isn't a whole state" in unfit.stderr, unfit)
        none = s.webkit("state", "restore", "--auto-approve", "--version", "no-such-version")
        t.check("nor what isn't there", none.returncode == 1 and "no version no-such-version" in none.stderr, none)
        left = [key for key in store.keys() if key != STATE]
        t.check("no lock and no probe is left in the bucket", left == [], left)


@with_one_engine
def test_who_never_applied_here_finds_out_by_the_bucket(t):
    with Store(is_versioned=True) as store:
        first = surroundings(t, kept_in(store))
        t.check("applied", first.webkit("apply", "--auto-approve").returncode == 0)
        store.client.delete_object(Bucket=store.bucket, Key=STATE)
        second = surroundings(t, kept_in(store))
        refused = second.webkit("apply", "--auto-approve")
        t.check("another machine is refused", refused.returncode == 1 and "is gone: version" not in refused.stdout, refused)
        t.check("and told of the version", "the state of production is gone" in refused.stderr and "version" in refused.stderr, refused)
        lost = versions(second)[1]
        restored = second.webkit("state", "restore", "--auto-approve", "--version", lost["id"])
        t.check("which it puts back", restored.returncode == 0, restored)
        t.check("nothing would be made", second.webkit("plan", "--detailed-exitcode").returncode == 0)
        again = first.webkit("state", "backup")
        t.check("the first goes on from there", again.returncode == 0, again)

        destroyed = first.webkit("destroy", "--auto-approve", "--allow-destroy", "db")
        t.check("destroyed", destroyed.returncode == 0, destroyed)
        store.client.delete_object(Bucket=store.bucket, Key=STATE)
        t.check("whoever begins anew after that may", second_apply(t, store).returncode == 0)


def second_apply(t, store):
    return surroundings(t, kept_in(store)).webkit("apply", "--auto-approve")


@with_one_engine
def test_a_state_may_be_right_whatever_it_was(t):
    with Store(is_versioned=True) as store:
        s = applied_twice(t, store)
        shown = s.webkit("state", "show", "module.resources.module.turso_sqlite[\"db\"].turso_database.this")
        t.check("a resource is shown", shown.returncode == 0 and "name = " in shown.stdout, shown)
        secrets = [line for line in s.webkit("state", "list").stdout.splitlines() if "token" in line]
        for address in secrets:
            hidden = s.webkit("state", "show", address)
            t.check("without its secret", hidden.returncode == 0 and "(secret)" in hidden.stdout, hidden)
        t.check("which there is", len(secrets) > 0, secrets)
        pulled = s.webkit("state", "pull")
        t.check("the whole state is written out", json.loads(pulled.stdout)["resources"] == json.loads(store.read(STATE))["resources"], pulled)
        written = s.webkit("state", "pull", "--output", "state.json")
        file = s.project.folder / "state.json"
        t.check("or to a file for its owner", written.stdout == "" and oct(file.stat().st_mode & 0o777) == "0o600", written)

        state = json.loads(store.read(STATE))
        state["serial"] -= 1
        store.write(STATE, json.dumps(state))
        refused = s.webkit("state", "backup")
        t.check("a state that went back isn't kept unawares", refused.returncode == 1 and "--accept" in refused.stderr, refused)
        accepted = s.webkit("state", "backup", "--accept")
        t.check("but if that is meant", accepted.returncode == 0 and f"serial {state['serial']}" in accepted.stdout, accepted)
        store.client.delete_object(Bucket=store.bucket, Key=STATE)
        gone = s.webkit("state", "backup", "--accept")
        t.check("even that it is gone", gone.returncode == 0, gone)
        anew = s.webkit("apply", "--auto-approve")
        # What was forgotten is in the cloud still, which is why nobody gets there unawares.
        t.check("then all is made a second time", "already exists" in anew.stderr and "is gone" not in anew.stderr, anew)
