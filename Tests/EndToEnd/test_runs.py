"""`webkit infra plan`, `apply`, `output` and `destroy`: the life of a project, as its owner lives it."""

import fcntl
import json
import os
import pty
import signal
import subprocess
from pathlib import Path

from product import COMMAND
from running import MANIFEST, Surroundings
from test_exec import Screen, wait

PRODUCTION = ("--environment", "production")


def changed(**config):
    manifest = json.loads(json.dumps(MANIFEST))
    manifest["resources"][0]["config"].update(config)
    return manifest


def lines(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_life_of_a_project(t):
    s = Surroundings(t)
    planned = s.webkit("plan", *PRODUCTION, "--detailed-exitcode")
    t.check("a first plan has changes", planned.returncode == 2, planned)
    t.check("it lists what is made, by item", "create" in planned.stdout and "db  " in planned.stdout, planned)
    t.check("and how much harm it can do", "risk: low" in planned.stdout, planned)
    t.check("and what it costs", "cost: USD 15.00 a month\n" in planned.stdout, planned)
    unasked = s.webkit("apply", *PRODUCTION)
    t.check("nobody at a terminal: nothing is applied", unasked.returncode == 64 and "--auto-approve" in unasked.stderr, unasked)
    none = s.webkit("output", *PRODUCTION)
    t.check("no outputs are known yet", none.returncode == 1 and "--refresh" in none.stderr, none)
    applied = s.webkit("apply", *PRODUCTION, "--auto-approve")
    t.check("applied", applied.returncode == 0 and "Done in production" in applied.stderr, applied)
    t.check("with what was done to each", "Creation complete" in applied.stderr, applied)
    again = s.webkit("apply", *PRODUCTION, "--auto-approve")
    t.check("a second time there is nothing to do", again.returncode == 0 and "is as it should be" in again.stderr, again)
    t.check("a plan without changes is 0", s.webkit("plan", *PRODUCTION, "--detailed-exitcode").returncode == 0)

    without = {name: value for name, value in s.variables.items() if name != "DIGITALOCEAN_TOKEN"}
    s.variables, given = without, s.variables
    before = len(s.calls())
    shown = s.webkit("output", *PRODUCTION)
    t.check("outputs need no credentials and no engine", shown.returncode == 0 and len(s.calls()) == before, shown)
    t.check("secrets are hidden", "(secret)" in shown.stdout and "As of 20" in shown.stderr, shown)
    open_ = s.webkit("output", *PRODUCTION, "--show-sensitive")
    t.check("unless they are asked for", "(secret)" not in open_.stdout and "db" in open_.stdout, open_)
    kept = s.project.folder / ".webkit" / "cache" / "outputs" / "production.json"
    t.check("they are kept for the owner alone", kept.stat().st_mode & 0o777 == 0o600, oct(kept.stat().st_mode))
    s.variables = given
    t.check("asked anew, they are the same", s.webkit("output", *PRODUCTION, "--refresh").stdout == shown.stdout)

    s.project.update(changed(size="db-s-2vcpu-4gb"))
    resized = s.webkit("plan", *PRODUCTION, "--graph", "plan.mmd")
    picture = (s.project.folder / "plan.mmd").read_text()
    marked = 'Managed PostgreSQL<br/>change"]:::changed' in picture and 'Private network"]:::unchanged' in picture
    t.check("its picture tells what changes", marked, picture)
    t.check("a change of what holds data is named", "risk: medium" in resized.stdout and "size" in resized.stdout, resized)
    more = "cost: USD 60.00 a month, +USD 45.00 since the last apply here (db +USD 45.00)"
    t.check("and how much more it costs", more in resized.stdout, resized)
    refused = s.webkit("destroy", *PRODUCTION, "--auto-approve")
    t.check("data isn't destroyed unasked", refused.returncode == 1 and "--allow-destroy db" in refused.stderr, refused)
    t.check("nothing happened", "digitalocean_database_cluster" in s.run(*PRODUCTION, "--", "state", "list").stdout)
    destroyed = s.webkit("destroy", *PRODUCTION, "--auto-approve", "--allow-destroy", "db")
    t.check("by name it is", destroyed.returncode == 0 and "data is destroyed: db" in destroyed.stdout, destroyed)
    t.check("nothing is left to pay", "cost: nothing a month, -USD 15.00 since" in destroyed.stdout, destroyed)
    t.check("the state is empty", s.run(*PRODUCTION, "--", "state", "list").stdout == "")
    left = [str(path) for path in (s.project.folder / ".webkit" / "cache" / "runs").rglob("*") if path.suffix != ".lock"]
    t.check("no plan is left", left == [], left)
    t.check("no secret was an argument", not any("made-up-token" in line for line in s.calls()), s.calls())


def test_what_replaces_data_is_in_front_and_needs_its_name(t):
    s = Surroundings(t)
    t.check("applied", s.webkit("apply", *PRODUCTION, "--auto-approve").returncode == 0)
    address = cluster_address(s)
    planned = s.webkit("plan", *PRODUCTION, "-replace", address)
    first = planned.stdout.splitlines()[0]
    t.check("the first line is the replacement", first.startswith("replace !") and "db" in first, planned)
    t.check("the risk is high, and says why", "risk: high" in planned.stdout and "made anew, empty" in planned.stdout, planned)
    refused = s.webkit("apply", *PRODUCTION, "--auto-approve", "-replace", address)
    t.check("it needs the name", refused.returncode == 1 and "--allow-destroy db" in refused.stderr, refused)
    limited = s.webkit("plan", *PRODUCTION, "--json", "-replace", address, "-target", address)
    found = [line for line in lines(limited) if line["type"] == "planned-change"]
    t.check("as JSON, for programs", [line["loses_data"] for line in found if line["address"] == address] == [True], limited)
    summary = next(line for line in lines(limited) if line["type"] == "plan")
    t.check("with a summary", summary["risk"] == "high" and summary["replace"] == 1, limited)


def test_a_plan_is_kept_for_its_owner_alone(t):
    s = Surroundings(t)
    path = s.project.folder / "kept.plan"
    path.write_text("old")
    path.chmod(0o644)
    planned = s.webkit("plan", *PRODUCTION, "--out", "kept.plan")
    t.check("planned", planned.returncode == 0, planned)
    t.check("0600", path.stat().st_mode & 0o777 == 0o600, oct(path.stat().st_mode))
    applied = s.run(*PRODUCTION, "--", "apply", "-no-color", "../kept.plan")
    t.check("it can be applied", applied.returncode == 0 and "Apply complete" in applied.stdout, applied)


def test_what_the_engine_finds_is_said(t):
    s = Surroundings(t)
    own = s.project.folder / "infra" / "own.tf"
    own.write_text('resource "terraform_data" "own" {\n  input = 1\n  lifecycle {\n    precondition {\n'
                   '      condition     = var.project_name == "x"\n      error_message = "Two is not one."\n    }\n  }\n}\n')
    failed = s.webkit("plan", *PRODUCTION)
    t.check("the plan fails", failed.returncode == 1, failed)
    t.check("with the engine's words and the place", "Two is not one." in failed.stderr and "own.tf" in failed.stderr, failed)
    own.write_text("resource {")
    broken = s.webkit("plan", *PRODUCTION)
    t.check("a broken file is said to be", broken.returncode == 1 and "own.tf" in broken.stderr, broken)


def test_a_person_is_asked(t):
    s = Surroundings(t)

    def answer(text):
        words = [str(COMMAND), "infra", "apply", "--engine", s.engine, *PRODUCTION]
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(s.project.folder)
            os.execve(words[0], words, {**s.variables, "TERM": "dumb"})
        screen = Screen(terminal)
        screen.wait_for("Only `yes` counts")
        os.write(terminal, text)
        screen.wait_for(None)
        _, status = os.waitpid(child, 0)
        os.close(terminal)
        return os.waitstatus_to_exitcode(status), screen.text

    code, shown = answer(b"no\n")
    t.check("the plan is shown before", "risk: low" in shown, shown)
    t.check("no means no", code == 1 and "nothing was done" in shown, shown)
    t.check("and nothing was done", s.run(*PRODUCTION, "--", "state", "list").stdout == "")
    code, shown = answer(b"yes\n")
    t.check("yes does it", code == 0 and "Done in production" in shown, shown)


def test_two_at_once_in_one_folder(t):
    s = Surroundings(t)
    folder = s.project.folder / ".webkit" / "cache" / "runs"
    folder.mkdir(parents=True)
    with (folder / "production.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = s.webkit("apply", *PRODUCTION, "--auto-approve")
    t.check("the second says that there is a first", second.returncode == 1 and "another webkit works on production" in second.stderr, second)


def test_the_engine_finishes_when_webkit_is_killed(t):
    s = Surroundings(t)
    slow = s.script("slow", SLOW_APPLY, engine=s.workspace.engine.path)
    words = [str(COMMAND), "infra", "apply", "--engine", slow, *PRODUCTION, "--auto-approve"]
    process = subprocess.Popen(words, cwd=s.project.folder, env=s.variables, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    wait(lambda: "applying" in s.calls())
    process.kill()
    process.communicate()
    wait(lambda: "interrupted" in s.calls())
    t.check("the engine is asked to finish", "interrupted" in s.calls(), s.calls())
    (s.project.folder / "engine.log.stop").touch()
    wait(lambda: "saved" in s.calls())
    t.check("and does, though nobody reads any more", "saved" in s.calls(), s.calls())
    wait(lambda: not left_of(s))
    t.check("no process is left", left_of(s) == [], left_of(s))
    plan = s.project.folder / ".webkit" / "cache" / "runs" / "production" / "plan"
    t.check("the plan that was left is for the owner alone", plan.stat().st_mode & 0o077 == 0, oct(plan.stat().st_mode))
    again = s.webkit("plan", *PRODUCTION)
    t.check("the next run works", again.returncode == 0, again)
    t.check("and takes it away", not plan.exists())


def cluster_in(s):
    """The attributes of the database in the state."""
    state = json.loads(s.run(*PRODUCTION, "--", "state", "pull").stdout)
    found = [item for item in state["resources"] if item["type"] == "digitalocean_database_cluster"]
    return found[0]["instances"][0]["attributes"]


def test_what_was_changed_by_hand_is_found(t):
    s = Surroundings(t)
    t.check("applied", s.webkit("apply", *PRODUCTION, "--auto-approve").returncode == 0)
    quiet = s.webkit("refresh", *PRODUCTION, "--auto-approve")
    t.check("a refresh that finds nothing", quiet.returncode == 0 and "is as it should be" in quiet.stderr, quiet)
    cluster = cluster_in(s)
    changed_by_hand = {"digitalocean_database_cluster": {cluster["id"]: {"size": "db-s-8vcpu-16gb"}}}
    s.workspace.standins.set_world({"resources": changed_by_hand})
    planned = s.webkit("plan", *PRODUCTION, "--detailed-exitcode")
    t.check("the plan would undo it", planned.returncode == 2 and "(size)" in planned.stdout, planned)
    t.check("and says what was changed", "behind the state's back: module." in planned.stdout, planned)
    t.check("a plan alone writes nothing down", cluster_in(s)["size"] != "db-s-8vcpu-16gb")
    refreshed = s.webkit("refresh", *PRODUCTION, "--auto-approve")
    t.check("a refresh lists it and writes it down", refreshed.returncode == 0 and "behind the state's back" in refreshed.stdout, refreshed)
    t.check("in the state", cluster_in(s)["size"] == "db-s-8vcpu-16gb", cluster_in(s)["size"])


def test_a_lock_is_taken_away_by_its_id(t):
    s = Surroundings(t)
    t.check("applied", s.webkit("apply", *PRODUCTION, "--auto-approve").returncode == 0)
    none = s.webkit("unlock", *PRODUCTION)
    t.check("the id is needed", none.returncode == 64 and "id of the lock" in none.stderr, none)
    wrong = s.webkit("unlock", *PRODUCTION, "no-such-lock")
    t.check("the engine says what is wrong", wrong.returncode == 1 and "lock" in wrong.stderr, wrong)


def test_an_apply_is_interrupted_once_and_killed_the_second_time(t):
    for again in (False, True):
        s = Surroundings(t)
        slow = s.script("slow", SLOW_APPLY, engine=s.workspace.engine.path)
        words = [str(COMMAND), "infra", "apply", "--engine", slow, *PRODUCTION, "--auto-approve"]
        process = subprocess.Popen(words, cwd=s.project.folder, env=s.variables, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        wait(lambda: "applying" in s.calls())
        process.send_signal(signal.SIGINT)
        wait(lambda: "interrupted" in s.calls())
        if again:
            process.send_signal(signal.SIGINT)
        else:
            (s.project.folder / "engine.log.stop").touch()
        process.communicate(timeout=30)
        expected = ["applying", "interrupted"] + ([] if again else ["saved"])
        t.check(f"{'twice' if again else 'once'}: what the engine did", s.calls() == expected, s.calls())
        t.check("the apply isn't done", process.returncode == 1, process.returncode)
        wait(lambda: not left_of(s))
        t.check("no process is left", left_of(s) == [], left_of(s))
        runs = s.project.folder / ".webkit" / "cache" / "runs"
        t.check("no plan is left", not (runs / "production").exists(), list(runs.rglob("*")))


def left_of(s):
    """Processes that still have the project's folder in their words."""
    found = []
    for words in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = words.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(s.project.folder) in text:
            found.append(text)
    return found


SLOW_APPLY = """#!/bin/bash
case "$*" in *" apply "*) ;; *) exec "{engine}" "$@";; esac
trap 'echo interrupted >> "{log}"' INT TERM HUP
trap '' PIPE
echo applying >> "{log}"
while [ ! -e "{log}.stop" ]; do echo '{{"type":"log"}}' || echo broken >> "{log}"; sleep 0.05; done
echo saved >> "{log}"
exit 9
"""


def test_what_is_protected_can_t_be_destroyed(t):
    s = Surroundings(t)
    t.check("applied", s.webkit("apply", *PRODUCTION, "--auto-approve").returncode == 0)
    protected = json.loads(json.dumps(MANIFEST))
    protected["infra"]["protect"] = True
    s.project.update(protected)
    planned = s.webkit("plan", *PRODUCTION, "--detailed-exitcode")
    t.check("protection alone changes nothing", planned.returncode == 0, planned)
    destroyed = s.webkit("destroy", *PRODUCTION, "--auto-approve", "--allow-destroy", "db")
    t.check("not even by name", destroyed.returncode == 1 and "prevent_destroy" in destroyed.stderr, destroyed)
    replaced = s.run(*PRODUCTION, "--", "plan", "-no-color", "-replace", cluster_address(s))
    t.check("nor by who runs the engine", replaced.returncode == 1 and "prevent_destroy" in replaced.stderr, replaced)
    s.project.update(MANIFEST)
    planned = s.webkit("plan", *PRODUCTION, "--detailed-exitcode")
    t.check("nothing changes without it, either", planned.returncode == 0, planned)
    destroyed = s.webkit("destroy", *PRODUCTION, "--auto-approve", "--allow-destroy", "db")
    t.check("then it can be destroyed", destroyed.returncode == 0, destroyed)


def cluster_address(s):
    """The address of the database in the state."""
    listed = s.run(*PRODUCTION, "--", "state", "list").stdout.splitlines()
    return next(line for line in listed if "database_cluster." in line)


def test_an_app_s_variables_come_from_the_last_apply(t):
    manifest = json.loads(json.dumps(MANIFEST))
    variables = {"DATABASE_URL": {"source": "resource", "value": "db.connection_url"}, "MODE": {"source": "value", "value": "live"}}
    manifest["apps"] = [
        {"name": "web", "infra": {"provider": "digitalocean", "type": "vm"}, "env": {"production": variables}}
    ]
    s = Surroundings(t, manifest)
    words = [str(COMMAND), "env", "generate", "--app", "web", "--environment", "production"]

    def generate():
        return subprocess.run(words, cwd=s.project.folder, env=s.variables, capture_output=True, text=True)

    before = generate()
    t.check("nothing is known before", before.returncode == 1 and "infra output --refresh" in before.stderr, before)
    applied = s.webkit("apply", *PRODUCTION, "--auto-approve")
    t.check("applied", applied.returncode == 0, applied)
    after = generate()
    t.check("then it is", after.returncode == 0 and 'DATABASE_URL="postgres' in after.stdout, after)
    t.check("with what the manifest says", 'MODE="live"' in after.stdout, after)
