"""`webkit env push`: an app's variables on its machine, which is a real sshd on loopback."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import machine
from harness import ROOT
from product import COMMAND, Project
from test_machines import HOSTILE, variables_of

SECRET = "pushed-secret-\"$`\\ \n line two 🚀"


def app(name, config=None, provider="hetzner", kind="vm", variables=None):
    return {
        "name": name, "infra": {"provider": provider, "type": kind, "config": config or {}}, "env": {"production": variables or {}},
    }


def shop(values):
    variables = {name: {"source": "value", "value": value} for name, value in values.items()}
    variables["TOKEN"] = {"source": "secret"}
    variables["DATABASE_URL"] = {"source": "resource", "value": "db.connection_url"}
    return {
        "project": {"name": "shop"},
        "resources": [{"name": "db", "type": "postgres", "provider": "digitalocean"}],
        "apps": [
            app("web", {"ssh_keys": ["ssh-ed25519 AAAA made-up"]}, variables=variables),
            app("api", {"host": "web", "port": 3100}, variables={"MODE": {"source": "value", "value": "live"}}),
            app("site", {"image": "ghcr.io/acme/site:1"}, "digitalocean", "container"),
        ],
    }


class World:
    """A project whose outputs tell of a machine."""

    def __init__(self, place, keys=(), values=HOSTILE):
        self.machine = place
        self.project = Project(shop(values))
        self.project.update()
        self.keep({"ip_address": "127.0.0.1", "ipv6_address": None, "authorized_keys": list(keys)})
        self.variables = {"PATH": os.environ["PATH"], "HOME": str(self.project.folder), "TOKEN": SECRET, **place.agent}

    def keep(self, web):
        kept = self.project.folder / ".webkit" / "cache" / "outputs" / "production.json"
        kept.parent.mkdir(parents=True, exist_ok=True)
        resources = {"db": {"connection_url": "postgres://user:output-secret@db/shop"}}
        outputs = {"apps": {"web": web}, "resources": resources, "environments": {}}
        kept.write_text(json.dumps({name: {"sensitive": True, "value": value} for name, value in outputs.items()}))

    def push(self, *more, app="web", port=True, env=None):
        words = [str(COMMAND), "env", "push", "--app", app, "--environment", "production", *more]
        words += ["--port", str(self.machine.port)] if port else []
        variables = {name: value for name, value in {**self.variables, **(env or {})}.items() if value is not None}
        return subprocess.run(words, cwd=self.project.folder, env=variables, capture_output=True, text=True, timeout=60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.project.__exit__()


class Watch:
    """What the arguments and variables of processes hold while something runs: places where a text is found."""

    def __init__(self, texts):
        self.texts = [text.encode() for text in texts]
        self.found = set()
        self.programs = set()
        self.ends = threading.Event()
        self.thread = threading.Thread(target=self.look)

    def look(self):
        own = str(os.getpid())
        while not self.ends.is_set():
            for folder in Path("/proc").glob("[0-9]*"):
                if folder.name == own:
                    continue
                try:
                    words = (folder / "cmdline").read_bytes()
                    variables = (folder / "environ").read_bytes()
                except OSError:
                    continue
                program = words.split(b"\0")[0].decode(errors="replace").rsplit("/", 1)[-1]
                self.programs.add(program)
                for text in self.texts:
                    if text in words:
                        self.found.add((program, "arguments"))
                    if text in variables:
                        self.found.add((program, "variables"))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ends.set()
        self.thread.join()


def with_machine(scenario):
    """Runs a scenario with a machine, or says why there is none."""

    def run(t):
        reason = machine.lacking()
        if reason:
            return t.skip("env push to a real sshd", reason)
        with machine.Machine() as place:
            scenario(t, place)

    run.takes_any_engine = True
    return run


def pushed(t, place):
    client = (place.folder / "client.pub").read_text().strip()
    colleague = place.make_key("colleague")
    with World(place, [client, colleague]) as w:
        before = set(w.project.snapshot())
        with Watch(["output-secret", "pushed-secret-"]) as watch:
            first = w.push()
        t.check("pushed", first.returncode == 0 and "127.0.0.1 has the 17 variables of web in /etc/apps/web.env" in first.stderr, first)
        t.check("ssh was seen", "ssh" in watch.programs, watch.programs)
        t.check("no secret in arguments, nor in variables but webkit's own", watch.found <= {("webkit", "variables")}, watch.found)
        files = place.apps()
        t.check("nothing but the file is there, for its owner alone", list(files) == ["web.env"] and files["web.env"][1] == 0o600, files.keys())
        generated = subprocess.run(
            [str(COMMAND), "env", "generate", "--app", "web", "--environment", "production"],
            cwd=w.project.folder, env=w.variables, capture_output=True,
        )
        t.check("it is what env generate makes, byte for byte", files["web.env"][0] == generated.stdout)
        # The shell of the machine's own user reads it.
        reader = 'set -a; . /etc/apps/web.env; exec env -0'
        words = ["ssh", "-p", str(place.port), "-o", f"UserKnownHostsFile={w.project.folder}/.webkit/known_hosts", "deploy@127.0.0.1", reader]
        read = variables_of(subprocess.run(words, env={**os.environ, **place.agent}, capture_output=True, timeout=30).stdout)
        expected = {**HOSTILE, "TOKEN": SECRET, "DATABASE_URL": "postgres://user:output-secret@db/shop"}
        wrong = [name for name, value in expected.items() if read.get(name) != value]
        t.check("a shell there reads every value byte for byte", not wrong, wrong)
        new = sorted(set(w.project.snapshot()) - before)
        t.check("here only the machine's key is remembered", new == [".webkit/known_hosts"], new)

        lines = place.keys.read_text().splitlines()
        t.check("the colleague's key was added", "1 key more" in first.stderr and lines == [client, colleague], lines)
        again = w.push()
        t.check("a second time nothing is written", "already" in again.stderr and place.apps() == files, again)
        place.keys.write_text(place.keys.read_text().rstrip("\n") + "\n# by hand\nssh-ed25519 AAAA former")
        stranger = w.push()
        t.check("keys of others are told", "1 key may log in there that app.json doesn't name" in stranger.stderr, stranger)
        w.keep({"ip_address": "127.0.0.1", "authorized_keys": [client, "ssh-ed25519 AAAA new"]})
        more = w.push("--json")
        answer = json.loads(more.stdout.splitlines()[-1])
        t.check("and kept", (answer["added_keys"], answer["other_keys"], answer["changed"]) == (1, 2, False), more)
        kept = [client, colleague, "# by hand", "ssh-ed25519 AAAA former", "ssh-ed25519 AAAA new"]
        t.check("each on a line", place.keys.read_text().splitlines() == kept, place.keys.read_text())
        ended = w.push("--remove-other-keys")
        t.check("until they are to end", "2 keys may log in there no longer" in ended.stderr, ended)
        t.check("then only app.json's are left", place.keys.read_text().splitlines() == [client, "ssh-ed25519 AAAA new"], place.keys.read_text())
        t.check("for their owner alone", place.keys.stat().st_mode & 0o777 == 0o600)

        changed = w.push(env={"TOKEN": "another"})
        t.check("another value is another file", changed.returncode == 0 and place.apps()["web.env"][2] != files["web.env"][2], changed)
        beside = w.push(app="api")
        t.check("an app on another's machine", beside.returncode == 0 and place.apps()["api.env"][0] == b'MODE="live"\n', beside)
        t.check("leaves the other one's file alone", sorted(place.apps()) == ["api.env", "web.env"], place.apps().keys())
        named = w.push("--host", "localhost")
        t.check("a machine can be named", named.returncode == 0 and "localhost had" in named.stderr or "localhost has" in named.stderr, named)
        (place.etc / "apps" / "web.env").chmod(0o644)
        healed = w.push()
        t.check("a file that others may read is replaced", healed.returncode == 0 and place.apps()["web.env"][1] == 0o600, healed)

        text = (ROOT / "ProviderSpecs/shared/templates/cloud-init.yaml.tftpl").read_text()
        t.check("the machine's service waits for this file", "PathChanged=/etc/apps/${name}.env" in text)
        t.check("and this user may write it", re.search(r"install, -d, -m, \"0700\", -o, deploy, .*/etc/apps", text), text)


def refused(t, place):
    with World(place, values={}) as w:
        def fails(what, done, *words, code=1):
            told = all(word in " ".join(done.stderr.split()) for word in words)
            t.check(f"{what}: {words[0]}", done.returncode == code and told, done)
            t.check(f"{what}: no secret is told", "pushed-secret" not in done.stderr + done.stdout, done)

        fails("no such app", w.push(app="wbe"), "there is no app `wbe`", "Did you mean `web`?", code=64)
        fails("no machine", w.push(app="site"), "`site` isn't on a machine", "`api` and `web`", code=64)
        fails("a port that is none", w.push("--port", "0", port=False), "`0` is no port", code=64)
        fails("a host that is an option", w.push("--host", "-oProxyCommand=x"), "no name of a machine", code=64)
        fails("a missing secret", w.push(env={"TOKEN": None}), "Nothing says the secret `TOKEN`")
        fails("no ssh", w.push(env={"PATH": "/nowhere"}), "there is no ssh on PATH")
        fails("no key", w.push(env={"SSH_AUTH_SOCK": None}), "lets nobody in as deploy", "ssh-add")
        fails("nobody listens", w.push("--port", "1", port=False), "127.0.0.1 can't be reached", "refused")
        fails("no such name", w.push("--host", "nowhere.invalid"), "there is no machine called nowhere.invalid")
        w.keep({"ip_address": None})
        fails("no address", w.push(), "have no address of `web`", "--host")
        shutil.rmtree(w.project.folder / ".webkit" / "cache" / "outputs")
        fails("no outputs", w.push(), "no outputs of production are known here", "infra output --refresh")
        w.keep({"ip_address": "127.0.0.1"})
        t.check("nothing was brought by all of these", place.apps() == {}, place.apps())

        done = w.push()
        t.check("then it works", done.returncode == 0, done)
        before = place.apps()
        folder = place.etc / "apps"
        os.chown(folder, 0, 0)
        folder.chmod(0o755)
        fails("not its own folder", w.push(env={"TOKEN": "new"}), "deploy can't write /etc/apps/web.env")
        t.check("the old file is there still", place.apps() == before)
        os.chown(folder, machine.USER, machine.USER)
        folder.chmod(0o700)
        moved = folder.rename(place.etc / "elsewhere")
        fails("not set up", w.push(), "it has no /etc/apps", "cloud-init status")
        moved.rename(folder)

        # What is cut off on the way never becomes the file: a program in between loses the end.
        cut = Path(tempfile.mkdtemp(prefix="e2e-cut-"))
        (cut / "ssh").write_text(f'#!/bin/sh\nhead -c 100 | exec {shutil.which("ssh")} "$@"\n')
        (cut / "ssh").chmod(0o755)
        fails("cut off", w.push(env={"TOKEN": "x" * 500, "PATH": f"{cut}:{os.environ['PATH']}"}), "didn't arrive on 127.0.0.1 as it was sent")
        t.check("what was there is there still, and nothing else", place.apps() == before, place.apps().keys())
        shutil.rmtree(cut)

        place.stop()
        place.make_key("host")
        os.chown(place.folder / "host", machine.USER, machine.USER)
        place.start()
        os.chown(place.etc / "apps", machine.USER, machine.USER)
        fails("another machine", w.push(), "isn't the one that was there before")
        forget = re.search(r"`(ssh-keygen -R [^`]*)`", " ".join(w.push().stderr.split())).group(1)
        subprocess.run(forget, shell=True, cwd=w.project.folder, check=True, capture_output=True)
        t.check("it got nothing", place.apps() == {}, place.apps())
        done = w.push()
        t.check("until the old one is forgotten as it says", done.returncode == 0 and "web.env" in place.apps(), done)


test_variables_and_keys_are_brought_to_a_machine = with_machine(pushed)
test_what_keeps_them_from_it_is_said = with_machine(refused)
