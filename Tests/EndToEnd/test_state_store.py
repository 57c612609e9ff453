"""The place where the state is kept: made, tried, changed for another."""

import json
import os
import shutil
import subprocess

from running import Surroundings, with_one_engine
from stores import KEYS, Store
from test_state_recovery import STATE, kept_in, notes, surroundings

def left_to_the_environment(store):
    return {"type": "s3_compatible", "endpoint": store.url}


def steps(done):
    return {item["subject"]: item["outcome"] for item in map(json.loads, done.stdout.splitlines()) if item["type"] == "store-step"}


@with_one_engine
def test_a_bucket_is_made_private_with_versions_and_its_lock_is_tried(t):
    with Store(makes_bucket=False) as store:
        s = surroundings(t, left_to_the_environment(store), TF_STATE_BUCKET=store.bucket)
        s.script("curl", "#!/bin/sh\nprintf '%s\\n' \"$*\" >> \"{log}.curl\"\nenv >> \"{log}.curl\"\nexec {curl} \"$@\"\n", curl=shutil.which("curl"))
        s.variables["PATH"] = f"{s.project.folder}:{s.variables['PATH']}"
        made = s.webkit("state", "init", "--json")
        everything = dict(bucket="made", versions="made", privacy="found", lock="found")
        t.check("all is made", made.returncode == 0 and steps(made) == everything, made)
        t.check("it keeps versions", store.client.get_bucket_versioning(Bucket=store.bucket).get("Status") == "Enabled")
        again = s.webkit("state", "init", "--json")
        t.check("a second time nothing is", again.returncode == 0 and set(steps(again).values()) == {"found"}, again)
        left = store.client.list_object_versions(Bucket=store.bucket)
        t.check("of the trial nothing is left, no version either", not left.get("Versions") and not left.get("DeleteMarkers"), left)
        asked = [path for _, path, _ in store.of_curl() if path != f"/{store.bucket}"]
        t.check("it was tried beside the state", asked and all(f"/{STATE}.probe-" in path for path in asked), asked)
        told = (s.project.folder / "engine.log.curl").read_text()
        t.check("curl is told by its input alone", "-q -K -\n" in told and not any(key in told for key in KEYS.values()), told)
        holders = [str(path) for path in s.project.folder.rglob("*") if path.is_file() and b"state-secret-key" in path.read_bytes()]
        t.check("no file holds the key", holders == [], holders)

        store.is_public = True
        closed = s.webkit("state", "init", "--json")
        t.check("what strangers could read they can't", steps(closed)["privacy"] == "made" and not store.is_public, closed)
        wrong = s.webkit("state", "init", env={"TF_STATE_SECRET_KEY": "another"})
        t.check("wrong keys are said to be", wrong.returncode == 1 and "whose keys" in wrong.stderr, wrong)
        t.check("and not shown", "another" not in wrong.stdout + wrong.stderr, wrong)
        s.project.update(notes({"type": "s3_compatible", "endpoint": "http://127.0.0.1:9"}))
        away = s.webkit("state", "init")
        t.check("a store that isn't there", away.returncode == 1 and "can't be reached" in away.stderr, away)


@with_one_engine
def test_a_store_that_does_not_lock_is_found_out(t):
    with Store() as store:
        s = surroundings(t, kept_in(store))
        line = '"use_lockfile": false'
        for conditions, word in (("ignored", "ignores"), ("refused", "refuses")):
            store.conditions = conditions
            tried = s.webkit("state", "init")
            t.check(f"{conditions}: init says it", tried.returncode == 1 and word in tried.stderr and line in tried.stderr, tried)
            refused = s.webkit("apply", "--auto-approve")
            t.check(f"{conditions}: an apply is refused", refused.returncode == 1 and word in refused.stderr, refused)
            t.check(f"{conditions}: with the line to write", line in refused.stderr and store.keys() == [], refused)
        by_hand = s.run("--", "taint", "terraform_data.environment")
        t.check("a command of the engine that writes as well", by_hand.returncode == 1 and line in by_hand.stderr, by_hand)
        reading = s.run("--", "state", "list")
        t.check("one that reads isn't", line not in reading.stderr, reading)

        store.conditions = "ignored"
        s.project.update(notes(kept_in(store, use_lockfile=False)))
        begun = s.webkit("state", "init")
        t.check("who wrote it is told, and goes on", begun.returncode == 0 and "Nothing locks the state" in begun.stderr, begun)
        applied = s.webkit("apply", "--auto-approve")
        t.check("applied, and told again", applied.returncode == 0 and "Nothing locks the state" in applied.stderr, applied)
        store.conditions = "honoured"
        better = s.webkit("state", "init")
        t.check("a store that could lock is told of", better.returncode == 0 and '"use_lockfile": true' in better.stdout, better)

        fresh = surroundings(t, kept_in(store))
        counts = []
        for word in ("taint", "untaint"):
            before = len(store.of_curl())
            fresh.run("--", word, "terraform_data.environment")
            counts.append(len(store.of_curl()) - before)
        t.check("what is known isn't tried again", counts[0] > 0 and counts[1] == 0, counts)


@with_one_engine
def test_without_curl_the_commands_are_shown_and_they_work(t):
    with Store(makes_bucket=False) as store:
        s = surroundings(t, kept_in(store))
        folder = s.project.folder / "bin"
        folder.mkdir()
        for name in ("sh", "terraform", "tr", "printf"):
            if shutil.which(name):
                (folder / name).symlink_to(shutil.which(name))
        shown = s.webkit("state", "init", env={"PATH": str(folder)})
        t.check("they are shown", shown.returncode == 1 and "no curl on PATH" in shown.stderr, shown)
        t.check("without any key", not any(key in shown.stdout + shown.stderr for key in KEYS.values()), shown)
        keys = {"AWS_ACCESS_KEY_ID": KEYS["TF_STATE_ACCESS_KEY"], "AWS_SECRET_ACCESS_KEY": KEYS["TF_STATE_SECRET_KEY"]}
        ran = subprocess.run(["sh"], input=shown.stdout, env={**keys, "PATH": os.environ["PATH"]}, capture_output=True, text=True)
        codes = [line.split()[1] for line in ran.stdout.splitlines() if line.startswith("HTTP/")]
        t.check("and do by hand what webkit does", codes == ["200", "200", "200", "412", "204"], ran)
        listed = s.webkit("state", "versions", env={"PATH": str(folder)})
        t.check("so are those for versions", listed.returncode == 1 and "versionId=ID" in listed.stdout, listed)
        applied = s.webkit("apply", "--auto-approve", env={"PATH": f"{folder}"})
        unknown = "Nobody knows whether anything locks" in applied.stderr
        t.check("an apply goes on, and says what it doesn't know", applied.returncode == 0 and unknown, applied)


@with_one_engine
def test_a_variable_does_not_choose_the_backend(t):
    s = Surroundings(t, {**notes(None), "infra": {}})
    s.variables.update({"TF_VAR_turso_api_token": "made-up-token"})
    exported = {"TF_STATE_BUCKET": "acme-state", **KEYS}
    refused = s.webkit("plan", env=exported)
    t.check("a run is refused", refused.returncode == 1 and "`TF_STATE_BUCKET` is set" in refused.stderr, refused)
    t.check("with the lines to write", '"backend": { "type": "spaces", "region": "fra1" }' in refused.stderr, refused)
    t.check("and no state was made", not (s.project.folder / "infra" / "state").exists())
    s.project.update({**notes("local")})
    meant = s.webkit("plan", env=exported)
    t.check("a file that is meant is one", meant.returncode == 0, meant)
    init = s.webkit("state", "init")
    t.check("and init says that it needs nothing", init.returncode == 0 and "makes nothing" in init.stdout, init)


def test_a_state_moves_to_another_backend(t):
    with Store(is_versioned=True) as store:
        s = surroundings(t, "local")
        t.check("applied to a file", s.webkit("apply", "--auto-approve").returncode == 0)
        file = s.project.folder / "infra/state/production.tfstate"
        before = json.loads(file.read_text())
        nothing = s.webkit("state", "migrate", "--auto-approve")
        t.check("at first there is nothing to do", nothing.returncode == 0 and "is where app.json says" in nothing.stderr, nothing)

        s.project.update(notes(kept_in(store)))
        lost = s.webkit("plan")
        t.check("after a change a run says what to do", lost.returncode == 1 and "state migrate" in lost.stderr, lost)
        asked = s.webkit("state", "migrate")
        t.check("nobody there to agree: nothing happens", asked.returncode == 64 and store.keys() == [], asked)
        moved = s.webkit("state", "migrate", "--auto-approve")
        t.check("taken along", moved.returncode == 0, moved)
        after = json.loads(store.read(STATE))
        same = all(before[key] == after[key] for key in ("lineage", "resources", "outputs"))
        t.check("as it was", same and after["serial"] >= before["serial"], (before["serial"], after["serial"]))
        t.check("the former place keeps it", json.loads(file.read_text())["lineage"] == before["lineage"])
        t.check("nothing would be made twice", s.webkit("plan", "--detailed-exitcode").returncode == 0)

        # To another store, which has keys of its own.
        with Store() as other:
            t.check("another is there already", surroundings(t, kept_in(other)).webkit("apply", "--auto-approve").returncode == 0)
            foreign = other.read(STATE)
            s.project.update(notes(kept_in(other)))
            keys = {"TF_STATE_ACCESS_KEY": "an-access-key", "TF_STATE_SECRET_KEY": "a-secret-key"}
            former = {f"FORMER_{name}": value for name, value in KEYS.items()}
            kept = s.webkit("state", "migrate", "--auto-approve", env={**keys, **former})
            t.check("it isn't overwritten", kept.returncode == 1 and "--force" in kept.stderr and other.read(STATE) == foreign, kept)
            again = s.webkit("state", "migrate", "--auto-approve", "--force", env={**keys, **former})
            t.check("unless that is meant", again.returncode == 0, again)
            there = json.loads(other.read(STATE))
            t.check("each store with its own keys", there["resources"] == before["resources"], again)
            used = {item[2].get("authorization", "").split("/")[0] for item in other.of_terraform()}
            t.check("and none with the other's", any("an-access-key" in item for item in used), used)
            t.check("nothing is left of it", list((s.project.folder / ".webkit/cache/runs").glob("*/*")) == [])
            t.check("nothing would be made twice here", s.webkit("plan", "--detailed-exitcode", env=keys).returncode == 0)


@with_one_engine
def test_a_workspace_is_an_environment(t):
    with Store(is_versioned=True) as store:
        manifest = notes(kept_in(store))
        manifest["infra"]["environments"] = ["production", "staging"]
        s = Surroundings(t, manifest)
        s.variables.update({"TF_VAR_turso_api_token": "made-up-token", "TF_WORKSPACE": "staging", **KEYS})
        done = s.webkit("apply", "--auto-approve")
        t.check("applied without naming it", done.returncode == 0, done)
        key = "env:/staging/projects/notes/staging/terraform.tfstate"
        t.check("its state is the workspace's", store.keys() == [key], store.keys())
        other = s.webkit("plan", "--environment", "production")
        t.check("another's is none of it", other.returncode == 0 and "to create" in other.stdout, other)
        store.client.delete_object(Bucket=store.bucket, Key=key)
        listed = s.webkit("state", "versions", "--json")
        found = [item for item in map(json.loads, listed.stdout.splitlines()) if item["type"] == "state-version"]
        t.check("its versions are found", [item["bytes"] is None for item in found][:2] == [True, False], listed)
        refused = s.webkit("apply", "--auto-approve")
        t.check("that it is gone as well", refused.returncode == 1 and "is gone" in refused.stderr, refused)
        restored = s.webkit("state", "restore", "--auto-approve", "--version", found[1]["id"])
        t.check("and put back", restored.returncode == 0 and store.keys() == [key], restored)
        t.check("nothing would be made twice", s.webkit("plan", "--detailed-exitcode").returncode == 0)
