"""`webkit infra exec`: any command of the engine on the project's tree, with what it needs and nothing else."""

import json
import os
import pty
import select
import signal
import subprocess
import time

from product import COMMAND
from running import MANIFEST, Surroundings

SLOW = """#!/bin/sh
case "$1" in version) echo "Terraform v1.11.4"; exit 0;; esac
case "$*" in *" init "*) exit 0;; esac
trap 'echo interrupted >> "{log}"' INT TERM HUP
echo started >> "{log}"
while [ ! -e "{log}.stop" ]; do sleep 0.05; done
echo saved >> "{log}"
exit 9
"""


def test_commands_reach_the_environment_s_own_state(t):
    s = Surroundings(t)
    empty = s.run("--environment", "production", "--", "state", "list")
    t.check("an empty state is listed, or said to be missing", "No state file was found" in empty.stderr or not empty.stdout, empty)
    done = s.run("--environment", "production", "--", "apply", "-auto-approve", "-no-color")
    t.check("apply", done.returncode == 0, done)
    listed = s.run("--environment", "production", "--", "state", "list")
    t.check("the database is in the state", "digitalocean_database_cluster" in listed.stdout, listed)
    other = s.run("--environment", "staging", "--", "state", "list")
    t.check("staging has a state of its own", "digitalocean_database_cluster" not in other.stdout, other)
    plan = s.run("--environment", "production", "--", "plan", "-detailed-exitcode", "-no-color")
    t.check("a second plan has no changes", plan.returncode == 0, plan)
    plan = s.run("--environment", "staging", "--", "plan", "-detailed-exitcode", "-no-color")
    t.check("the engine's code comes through", plan.returncode == 2, plan)
    shown = s.run("--environment", "production", "--", "output", "-json")
    t.check("standard output is the engine's alone", shown.returncode == 0 and isinstance(json.loads(shown.stdout), dict), shown)
    state = next((s.project.folder / "infra" / "state").rglob("production*"), None) or next(
        (s.project.folder / "infra").rglob("*.tfstate")
    )
    t.check("the state is for its owner alone", state.stat().st_mode & 0o077 == 0, oct(state.stat().st_mode))


def test_it_is_initialised_once_for_the_same_files(t):
    s = Surroundings(t)
    for _ in range(2):
        s.run("--environment", "production", "--", "state", "list")
    inits = [line for line in s.calls() if " init " in line]
    t.check("init ran once", len(inits) == 1, s.calls())
    t.check("with the environment's backend", "-backend-config=environments/production.tfbackend" in inits[0], inits)
    (s.project.folder / "infra" / "own.tf").write_text('output "own" { value = 1 }\n')
    s.run("--environment", "production", "--", "state", "list")
    t.check("again for other files", len([line for line in s.calls() if " init " in line]) == 2, s.calls())
    s.run("--environment", "production", "--", "version")
    t.check("never for what stays alone", len([line for line in s.calls() if " init " in line]) == 2, s.calls())


def test_the_engine_sees_what_it_needs_and_nothing_else(t):
    s = Surroundings(t)
    given = {
        "OTHER_TOKEN": "nobody's business", "AWS_SECRET_ACCESS_KEY": "another's", "TF_STATE_SECRET_KEY": "webkit's",
        "LC_ALL": "C.UTF-8", "https_proxy": "http://127.0.0.1:9", "TF_LOG_PATH": "/dev/null", "TF_WORKSPACE": "staging",
        "TF_VAR_environment": "staging", "WANTED": "1",
    }
    done = s.run("--environment", "production", "--env", "WANTED", "--", "version", env=given)
    t.check("it ran", done.returncode == 0, done)
    seen = s.seen()
    for name in ("OTHER_TOKEN", "AWS_SECRET_ACCESS_KEY", "TF_STATE_SECRET_KEY", "TF_WORKSPACE", "TF_VAR_environment"):
        t.check(f"{name} stays away", name not in seen, sorted(seen))
    for name in ("DIGITALOCEAN_TOKEN", "LC_ALL", "https_proxy", "TF_LOG_PATH", "WANTED", "HOME", "PATH"):
        t.check(f"{name} is passed", name in seen, sorted(seen))
    t.check("each environment has its folder", seen.get("TF_DATA_DIR") == ".terraform/production", seen.get("TF_DATA_DIR"))
    t.check("no secret is an argument", not any("made-up-token" in line for line in s.calls()), s.calls())


def test_the_environment_has_to_be_clear(t):
    s = Surroundings(t)
    unclear = s.run("--", "state", "list")
    t.check("two environments: which?", unclear.returncode == 64 and "--environment" in unclear.stderr, unclear)
    wrong = s.run("--environment", "prod", "--", "state", "list")
    t.check("an unknown one", wrong.returncode == 64 and "production" in wrong.stderr, wrong)
    s.run("--", "version", env={"TF_WORKSPACE": "staging"})
    t.check("TF_WORKSPACE says which", s.seen().get("TF_DATA_DIR") == ".terraform/staging", s.calls())
    nothing = s.run()
    t.check("a command is needed", nothing.returncode == 64 and "behind `--`" in nothing.stderr, nothing)


def test_nothing_runs_on_a_tree_that_is_out_of_date(t):
    s = Surroundings(t)
    changed = json.loads(json.dumps(MANIFEST))
    changed["resources"][0]["config"]["size"] = "db-s-2vcpu-4gb"
    s.project.write(changed)
    before = s.project.snapshot()
    refused = s.run("--environment", "production", "--", "plan")
    t.check("refused, with what to do", refused.returncode == 1 and "webkit update" in refused.stderr, refused)
    t.check("the engine wasn't called", s.calls() == [], s.calls())
    s.project.write("{")
    broken = s.run("--environment", "production", "--", "plan")
    t.check("a manifest that can't be read is said to be", broken.returncode == 1 and "app.json:1" in broken.stderr, broken)
    s.project.write(changed)
    t.check("nothing was written", s.project.snapshot() == before)


def test_what_is_missing_is_named(t):
    s = Surroundings(t)
    s.variables.pop("DIGITALOCEAN_TOKEN")
    missing = s.run("--environment", "production", "--", "plan")
    t.check("the token, by its names", missing.returncode == 1 and "DIGITALOCEAN_TOKEN" in missing.stderr, missing)
    t.check("the engine only said its version", s.calls() == ["version"], s.calls())
    alone = s.run("--environment", "production", "--", "state", "list")
    t.check("what needs no token doesn't ask for it", "DIGITALOCEAN_TOKEN" not in alone.stderr, alone)
    nowhere = s.run("--environment", "production", "--", "plan", engine="no-such-engine")
    t.check("no engine", nowhere.returncode == 1 and "no-such-engine" in nowhere.stderr and "--engine" in nowhere.stderr, nowhere)
    old = s.script("old", '#!/bin/sh\necho "Terraform v1.5.7"\n')
    refused = s.run("--environment", "production", "--", "plan", engine=old)
    t.check("too old", refused.returncode == 1 and "1.5.7" in refused.stderr and "1.11.0" in refused.stderr, refused)
    odd = s.script("odd", "#!/bin/sh\necho hello\n")
    refused = s.run("--environment", "production", "--", "plan", engine=odd)
    t.check("no engine at all", refused.returncode == 1 and "neither Terraform nor OpenTofu" in refused.stderr, refused)
    failing = s.script("failing", '#!/bin/sh\n[ "$1" = version ] && echo "Terraform v1.11.4" && exit 0\necho "Error: no disk" >&2; exit 1\n')
    refused = s.run("--environment", "production", "--", "state", "list", engine=failing)
    t.check("what init said is shown", refused.returncode == 1 and "no disk" in refused.stderr, refused)


def test_one_interrupt_lets_the_engine_finish_and_two_kill_it(t):
    for wish, how in ((signal.SIGINT, "an interrupt"), (signal.SIGTERM, "a wish to end")):
        s = Surroundings(t)
        engine = s.script("slow", SLOW)
        words = [str(COMMAND), "infra", "exec", "--engine", engine, "--environment", "production", "--", "state", "list"]

        def begin():
            process = subprocess.Popen(words, cwd=s.project.folder, env=s.variables, stdin=subprocess.DEVNULL)
            wait(lambda: "started" in s.calls())
            return process

        process = begin()
        process.send_signal(wish)
        wait(lambda: "interrupted" in s.calls())
        (s.project.folder / "engine.log.stop").touch()
        t.check(f"{how}: the engine's code", process.wait(20) == 9, process.returncode)
        t.check(f"{how} comes once, and the engine finishes", s.calls() == ["started", "interrupted", "saved"], s.calls())
        os.remove(s.log)
        os.remove(s.project.folder / "engine.log.stop")
        process = begin()
        process.send_signal(wish)
        wait(lambda: "interrupted" in s.calls())
        process.send_signal(wish)
        t.check(f"{how} twice: killed", process.wait(20) == 128 + signal.SIGKILL, process.returncode)
        t.check(f"{how} twice: nothing was finished", "saved" not in s.calls(), s.calls())


def wait(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)


def test_a_person_at_a_terminal_talks_to_the_engine(t):
    s = Surroundings(t)
    words = [str(COMMAND), "infra", "exec", "--engine", s.engine, "--environment", "production", "--", "console"]
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(s.project.folder)
        os.execve(words[0], words, {**s.variables, "TERM": "dumb"})
    shown = Screen(terminal)
    shown.wait_for("> ")
    os.write(terminal, b'upper("abc")\n')
    shown.wait_for('"ABC"')
    t.check("the console answers", '"ABC"' in shown.text, shown.text)
    # The terminal's interrupt reaches the console, which goes on or ends as it likes; webkit waits for it.
    os.write(terminal, b"\x03")
    os.write(terminal, b"exit\n")
    shown.wait_for(None)
    _, status = os.waitpid(child, 0)
    t.check("webkit ends with the engine's code", os.waitstatus_to_exitcode(status) in (0, 1, 130), status)
    os.close(terminal)


class Screen:
    """What a terminal showed so far."""

    def __init__(self, terminal):
        self.terminal = terminal
        self.text = ""

    def wait_for(self, text, seconds=60):
        """Reads until a text is there; None reads to the end."""
        end = time.monotonic() + seconds
        while (text is None or text not in self.text) and time.monotonic() < end:
            ready, _, _ = select.select([self.terminal], [], [], 0.2)
            if not ready:
                continue
            try:
                new = os.read(self.terminal, 4096)
            except OSError:
                return
            if not new:
                return
            self.text += new.decode(errors="replace")
