"""The state in a bucket, by `webkit infra` and Terraform, against an S3 server on loopback."""

import json
import subprocess
import time

from product import COMMAND
from running import NOTES, Surroundings
from stores import KEYS, Store

PRODUCTION = ("--environment", "production")
STAGING = ("--environment", "staging")


def kept_in(store, backend, **settings):
    """The manifest with its state in a store, which is named by its URL in the place of the vendor's."""
    manifest = json.loads(json.dumps(NOTES))
    manifest["infra"]["backend"] = {"type": backend, "endpoint": store.url, **settings}
    return manifest


def holding(store, **more):
    return {"TF_STATE_BUCKET": store.bucket, **KEYS, **more}


def test_two_environments_share_a_bucket(t):
    with Store() as store:
        s = Surroundings(t, kept_in(store, "spaces", region="fra1"))
        s.variables.update(holding(store, AWS_SESSION_TOKEN="another's", AWS_PROFILE="another's"))
        for environment in ("production", "staging"):
            done = s.webkit("apply", "--environment", environment, "--auto-approve")
            t.check(f"{environment} is applied", done.returncode == 0, done)
        paths = [f"projects/shop/{environment}/terraform.tfstate" for environment in ("production", "staging")]
        t.check("each has a state of its own, and no lock is left", store.keys() == paths, store.keys())
        names = [state_of(store, path)["outputs"]["deployment_summary"]["value"]["environment"] for path in paths]
        t.check("of its own environment", names == ["production", "staging"], names)
        again = s.webkit("plan", *PRODUCTION, "--detailed-exitcode")
        t.check("what was applied is found again", again.returncode == 0, again)

        seen = s.seen()
        t.check("the keys go under Amazon's names", seen.get("AWS_ACCESS_KEY_ID") == KEYS["TF_STATE_ACCESS_KEY"], sorted(seen))
        t.check("both", seen.get("AWS_SECRET_ACCESS_KEY") == KEYS["TF_STATE_SECRET_KEY"], sorted(seen))
        for name in (*KEYS, "TF_STATE_BUCKET", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
            t.check(f"{name} stays away", name not in seen, sorted(seen))
        t.check("no key is an argument", not any("state-secret-key" in line for line in s.calls()), s.calls())
        holders = [
            str(path) for path in s.project.folder.rglob("*")
            if path.is_file() and not path.name.startswith("engine.log") and b"state-secret-key" in path.read_bytes()
        ]
        t.check("no file holds the key", holders == [], holders)

        asked = store.of_terraform()
        locks = [method for method, path, _ in asked if path.endswith("production/terraform.tfstate.tflock")]
        t.check("the state was locked and let go", {"PUT", "DELETE"} <= set(locks), locks)
        summed = [item for item in asked if any("checksum" in name for name in item[2])]
        t.check("no checksum was sent that such a store refuses", asked and not summed, summed[:2])

        deleted = s.webkit("destroy", *STAGING, "--auto-approve", "--allow-destroy", "db")
        t.check("one is destroyed", deleted.returncode == 0, deleted)
        t.check("the other stays", len(state_of(store, paths[0])["resources"]) > 1, store.read(paths[0]))


def state_of(store, path):
    return json.loads(store.read(path))


def test_of_two_applies_at_once_one_says_who_is_at_it(t):
    with Store() as store:
        manifest = kept_in(store, "s3_compatible", bucket=store.bucket)
        first, second = Surroundings(t, manifest), Surroundings(t, manifest)
        for s in (first, second):
            s.variables.update(KEYS)
        prepared = second.webkit("plan", *PRODUCTION)
        t.check("the second is ready", prepared.returncode == 0, prepared)
        first.workspace.standins.set_world({"delays": {"apply turso_database": 8}})
        words = [str(COMMAND), "infra", "apply", "--engine", first.engine, *PRODUCTION, "--auto-approve"]
        process = subprocess.Popen(
            words, cwd=first.project.folder, env=first.variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        )
        calls = first.workspace.standins.calls
        wait(lambda: any("ApplyResourceChange turso_database" in call for call in calls()))
        holder = json.loads(store.read("projects/shop/production/terraform.tfstate.tflock"))
        refused = second.webkit("apply", *PRODUCTION, "--auto-approve")
        first.workspace.standins.set_world({})
        t.check("the second is refused", refused.returncode == 1, refused)
        t.check("it says that the state is locked", "Error acquiring the state lock" in refused.stderr, refused)
        t.check("by whom", holder["Who"] in refused.stderr and holder["ID"] in refused.stderr, (holder, refused))
        other = second.webkit("plan", *STAGING)
        t.check("the other environment isn't locked", other.returncode == 0, other)
        said, _ = process.communicate(timeout=120)
        t.check("the first goes through", process.returncode == 0, said)
        made = second.webkit("apply", *PRODUCTION, "--auto-approve")
        t.check("then there is nothing left to do", made.returncode == 0 and "is as it should be" in made.stderr, made)


def wait(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)


def test_each_store_that_speaks_s3_keeps_a_state(t):
    with Store() as store:
        for backend, settings, ways in (
            ("backblaze", {"region": "eu-central-003"}, ("B2_APPLICATION_KEY_ID", "B2_APPLICATION_KEY")),
            ("hetzner", {"region": "fsn1"}, tuple(KEYS)),
            ("r2", {"account_id": "0123456789abcdef" * 2}, ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")),
            ("spaces", {"region": "nyc3"}, ("SPACES_ACCESS_KEY", "SPACES_SECRET_KEY")),
            ("s3", {"region": "us-east-1", "use_path_style": True, "skip_credentials_validation": True,
                    "skip_requesting_account_id": True}, tuple(KEYS)),
        ):
            manifest = kept_in(store, backend, bucket=store.bucket, **settings)
            manifest["project"]["name"] = f"shop-{backend}"
            s = Surroundings(t, manifest)
            s.variables.update({ways[0]: "an-access-key", ways[1]: "a-secret-key"})
            done = s.webkit("apply", *PRODUCTION, "--auto-approve")
            t.check(f"{backend}: applied", done.returncode == 0, done)
            path = f"projects/shop-{backend}/production/terraform.tfstate"
            t.check(f"{backend}: the state is there", path in store.keys(), store.keys())
            used = {item[2].get("authorization", "") for item in store.of_terraform() if path in item[1]}
            t.check(f"{backend}: with its keys", used and all("Credential=an-access-key/" in item for item in used), used)
            locks = any(path + ".tflock" in item[1] for item in store.of_terraform())
            t.check(f"{backend}: said where not", ("Nothing locks the state" in done.stderr) == (backend == "backblaze"), done)
            t.check(f"{backend}: locked where the store can", locks == (backend != "backblaze"), locks)


def test_what_the_state_needs_is_named_when_it_is_needed(t):
    with Store() as store:
        s = Surroundings(t, kept_in(store, "spaces", region="fra1"))
        needed = ("TF_STATE_BUCKET", "TF_STATE_ACCESS_KEY", "SPACES_SECRET_KEY", "AWS_SECRET_ACCESS_KEY")
        s.variables.pop("TF_VAR_turso_api_token")
        planned = s.webkit("plan", *PRODUCTION)
        t.check("a plan names all at once", all(name in planned.stderr for name in (*needed, "TURSO_API_TOKEN")), planned)
        listed = s.run(*PRODUCTION, "--", "state", "list")
        t.check("what reads the state alone", listed.returncode == 1 and all(name in listed.stderr for name in needed), listed)
        t.check("doesn't ask for a provider's", "TURSO_API_TOKEN" not in listed.stderr, listed)
        fresh = s.webkit("output", *PRODUCTION, "--refresh")
        t.check("outputs asked anew need it", fresh.returncode == 1 and "TF_STATE_BUCKET" in fresh.stderr, fresh)
        t.check("the engine only said its version", set(s.calls()) == {"version"}, s.calls())
        formatted = s.run(*PRODUCTION, "--", "fmt", "-check")
        t.check("what needs no state doesn't ask", formatted.returncode == 0, formatted)

        half = s.run(*PRODUCTION, "--", "state", "list", env={
            "TF_STATE_BUCKET": store.bucket, "SPACES_ACCESS_KEY": "a", "AWS_ACCESS_KEY_ID": "b", "AWS_SECRET_ACCESS_KEY": "c",
        })
        t.check("half a pair isn't filled up with another's", half.returncode == 1 and "SPACES_SECRET_KEY" in half.stderr, half)
        t.check("and the other pair isn't asked for", "AWS_SECRET_ACCESS_KEY" not in half.stderr, half)
        begun = s.run(*PRODUCTION, "--", "init", env=holding(store))
        t.check("init by hand is told of the bucket", begun.returncode == 0, begun)
        odd = s.run(*PRODUCTION, "--", "init", "-reconfigure", env=holding(store, TF_STATE_BUCKET="no such; 'bucket'"))
        t.check("whatever its name, as one argument", odd.returncode != 0 and "no such; 'bucket'" in odd.stdout + odd.stderr, odd)


def test_a_bucket_that_isn_t_there_is_said_to_be(t):
    with Store() as store:
        s = Surroundings(t, kept_in(store, "spaces", region="fra1"))
        s.variables.update(holding(store, TF_STATE_BUCKET="no-such-bucket"))
        wrong = s.webkit("plan", *PRODUCTION)
        t.check("by name", wrong.returncode == 1 and "no-such-bucket" in wrong.stderr, wrong)
        right = s.webkit("plan", *PRODUCTION, env={"TF_STATE_BUCKET": store.bucket})
        t.check("another name is initialised anew", right.returncode == 0, right)


def copies(s):
    folder = s.project.folder / ".webkit" / "cache" / "states" / "production"
    return sorted(folder.glob("*"), key=lambda path: int(path.stem)) if folder.exists() else []


def holds_database(store, path):
    return any(item["type"] == "turso_database" for item in state_of(store, path)["resources"])


def test_what_was_before_a_write_can_be_put_back(t):
    with Store() as store:
        s = Surroundings(t, kept_in(store, "spaces", region="fra1"))
        s.variables.update(holding(store))
        path = "projects/shop/production/terraform.tfstate"
        nothing = s.webkit("state", "versions", "--copies", *PRODUCTION)
        t.check("at first no copy is listed", nothing.returncode == 0 and "No copy" in nothing.stderr, nothing)
        none = s.webkit("state", "restore", *PRODUCTION, "--auto-approve")
        t.check("nor put back", none.returncode == 1 and "no copy" in none.stderr, none)
        t.check("applied", s.webkit("apply", *PRODUCTION, "--auto-approve").returncode == 0)
        made = store.read(path)
        # The engine writes the results of checks in any order.
        kept, after = [[{**item, "check_results": None} for item in states] for states in (
            [json.loads(item.read_text()) for item in copies(s)], [json.loads(made)])]
        t.check("what it made is kept as it is", kept == after, copies(s))
        modes = [oct(item.stat().st_mode & 0o777) for item in (*copies(s), copies(s)[0].parent)]
        t.check("for its owner alone", modes == ["0o600", "0o700"], modes)
        t.check("and git never sees it", (s.project.folder / ".webkit" / "cache" / ".gitignore").read_text() == "*\n")

        listed = s.webkit("state", "list", *PRODUCTION)
        address = next(line for line in listed.stdout.splitlines() if line.endswith("turso_database.this"))
        unknown = s.webkit("state", "forget", *PRODUCTION, "--auto-approve", address.replace("turso_database", "turso_databse"))
        t.check("what isn't there can't be forgotten", unknown.returncode == 1 and f"`{address}`?" in unknown.stderr, unknown)
        unasked = s.webkit("state", "forget", *PRODUCTION, address)
        t.check("nor unasked", unasked.returncode == 64 and holds_database(store, path), unasked)
        forgotten = s.webkit("state", "forget", *PRODUCTION, "--auto-approve", address)
        t.check("the database is forgotten", forgotten.returncode == 0 and not holds_database(store, path), forgotten)
        t.check("what that means is said", "hold data" in forgotten.stdout and address in forgotten.stdout, forgotten)
        t.check("what it is now is kept as well", len(copies(s)) == 2, copies(s))

        asked = s.webkit("state", "restore", *PRODUCTION, "1")
        t.check("nobody there to agree: nothing happens", asked.returncode == 64 and not holds_database(store, path), asked)
        restored = s.webkit("state", "restore", *PRODUCTION, "--auto-approve", "1")
        t.check("put back", restored.returncode == 0 and "copy 1 again" in restored.stderr, restored)
        t.check("what comes back is said", address in restored.stdout, restored)
        now = json.loads(store.read(path))
        t.check("it is what it was", now["resources"] == json.loads(made)["resources"], now)
        t.check("and later than all before", now["serial"] > json.loads(copies(s)[1].read_text())["serial"], now["serial"])
        plan = s.webkit("plan", *PRODUCTION, "--detailed-exitcode")
        t.check("and all is as app.json says", plan.returncode == 0, plan)
        again = s.webkit("state", "restore", *PRODUCTION, "--auto-approve", "2")
        t.check("by its number", again.returncode == 0 and not holds_database(store, path), again)
        t.check("what is lost by it is said", "nobody will know" in again.stdout and address in again.stdout, again)
        wrong = s.webkit("state", "restore", *PRODUCTION, "--auto-approve", "17")
        t.check("a number that isn't there", wrong.returncode == 1 and "no copy 17" in wrong.stderr, wrong)
        word = s.webkit("state", "restore", *PRODUCTION, "--auto-approve", "last")
        t.check("a word that is no number", word.returncode == 64 and "`last`" in word.stderr, word)

        other = json.loads(store.read(path))
        other["lineage"] = "00000000-0000-0000-0000-000000000000"
        store.write(path, json.dumps(other))
        strange = s.webkit("state", "restore", *PRODUCTION, "--auto-approve", "1")
        t.check("another history isn't replaced unawares", strange.returncode == 1 and "--force" in strange.stderr, strange)
        kept = json.loads(store.read(path))["lineage"]
        t.check("it stays", kept == other["lineage"], kept)
        forced = s.webkit("state", "restore", *PRODUCTION, "--auto-approve", "--force", "1")
        lineage = json.loads(store.read(path))["lineage"]
        t.check("unless that is meant", forced.returncode == 0 and lineage == json.loads(made)["lineage"], forced)


def test_the_last_ten_copies_are_kept(t):
    s = Surroundings(t, NOTES)
    t.check("applied", s.webkit("apply", *PRODUCTION, "--auto-approve").returncode == 0)
    address = next(line for line in s.run(*PRODUCTION, "--", "state", "list").stdout.splitlines() if line.endswith("turso_database.this"))
    # Ten copies are there already, all of them older.
    kept = copies(s)[0]
    state = json.loads(kept.read_text())
    kept.rename(kept.with_name("10.tfstate"))
    for number in range(1, 10):
        kept.with_name(f"{number}.tfstate").write_text(json.dumps({**state, "serial": state["serial"] - 1}))
    for word in ("taint", "untaint"):
        done = s.run(*PRODUCTION, "--", word, address)
        t.check(word, done.returncode == 0, done)
    for turn in range(2):
        refused = s.run(*PRODUCTION, "--", "untaint", address)
        t.check("the engine refuses what is done already", refused.returncode == 1, refused)
    numbers = [int(path.stem) for path in copies(s)]
    t.check("ten are kept, the last ones, and one state once", numbers == list(range(3, 13)), numbers)
