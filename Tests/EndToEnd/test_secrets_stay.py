"""No secret that was put in is found where it has no business: in files, in arguments, in variables, in anything that is printed."""

import base64
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import stores
from leaks import Search, Secrets, Watch, forms
from product import COMMAND
from running import Surroundings
from sops import Sops

PRODUCTION = ("--environment", "production")
UNUSUAL = "-----BEGIN KEY-----\n\"{}\" `id` $HOME ${file(\"/etc/passwd\")} %{ if } \\ <&>' ä 🚀\n-----END KEY-----\n"
#: What is put in.
SECRETS = {
    "in a file": UNUSUAL, "exported": UNUSUAL, "in TF_VAR_secrets": "{}", "not needed": "{}", "server token": "{}" + "x" * 36,
    "database token": "{}", "state key": "{}", "state secret": "{}", "somebody's": "{}", "key service": "{}",
}
#: What the engine has to have, and who may have it besides: webkit itself, whom the user gives everything.
OF_PROVIDERS = {"server token", "database token", "state key", "state secret"}
OF_APPS = {"in a file", "exported", "in TF_VAR_secrets"}


def manifest(store):
    variables = {
        "FILED": {"source": "sops", "path": "secrets/web.yaml"},
        "EXPORTED": {"source": "secret"},
        "HANDED": {"source": "secret"},
        "DATABASE_TOKEN": {"source": "resource", "value": "db.auth_token"},
    }
    config = {"ssh_keys": ["ssh-ed25519 AAAA me"], "image": "ghcr.io/acme/web:1", "delete_protection": False}
    return {
        "project": {"name": "shop"},
        "infra": {"backend": {"type": "spaces", "region": "fra1", "endpoint": store.url}},
        "resources": [{"name": "db", "type": "sqlite", "provider": "turso", "config": {"organization": "acme"}}],
        "apps": [{"name": "web", "infra": {"provider": "hetzner", "type": "vm", "config": config}, "env": {"production": variables}}],
    }


class Run:
    """Commands of webkit, watched."""

    def __init__(self, t, s, search):
        self.t, self.s, self.search = t, s, search
        self.engine = s.workspace.engine.path
        self.seen = set()

    def __call__(self, what, *words, code=0, env=None, allowed=(), plan=False):
        t = self.t
        variables = {name: value for name, value in {**self.s.variables, **(env or {})}.items() if value is not None}
        words = [str(COMMAND), *words]
        if words[1] == "infra":
            words[3:3] = ["--engine", self.engine]
        process = subprocess.Popen(
            words, cwd=self.s.project.folder, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        with Watch(self.search) as watch:
            output, errors = process.communicate(timeout=300)
        done = (words[1:], process.returncode, output.decode(errors="replace"), errors.decode(errors="replace"))
        t.check(f"{what}: ends with {code}", process.returncode == code, done)
        shown = [line for line in (output + errors).splitlines() if self.search.within(line)]
        t.check(f"{what}: prints no secret", not shown, (shown[:5], self.search.within(output + errors)))
        t.check(f"{what}: no secret in arguments", not watch.arguments, watch.arguments)
        self.check_variables(what, " ".join(words), watch)
        self.check_files(what, watch.files, allowed, isRunning=True)
        self.check_files(what, self.search.files(), allowed, isRunning=False)
        self.seen |= watch.programs
        return done

    def check_variables(self, what, own, watch):
        for words, name in watch.variables:
            # What it starts is itself for a moment, and then nothing; an engine in Python asks for its machine.
            if words in (own, "") or words.startswith("uname "):
                continue
            program = words.split(" ")[0].rsplit("/", 1)[-1]
            if " -d --output-type json " in words:
                fits = name in ("sops key", "key service")
            elif "-chdir=" in words:
                command = words.split("-chdir=")[1].split(" ")[1]
                fits = name in OF_PROVIDERS or name in OF_APPS and (
                    command in ("plan", "refresh", "import", "console", "destroy")
                    # A finished plan has them.
                    or command == "apply" and not words.endswith("/plan")
                )
            else:
                fits = False
            self.t.check(f"{what}: {program} has no business with {name}", fits, words)

    def check_files(self, what, files, allowed, isRunning):
        """The state lies in the bucket, its copies and the outputs in caches; a plan there only while it is used."""
        cache = self.s.project.folder / ".webkit" / "cache"
        for path, mode, name in sorted(files):
            relative = os.path.relpath(path, self.s.project.folder)
            isCache = Path(path).is_relative_to(cache / "outputs") or Path(path).is_relative_to(cache / "states")
            isPlan = isRunning and Path(path).is_relative_to(cache / "runs")
            # A new file stands beside its place until it is whole.
            isAllowed = relative in allowed or isRunning and relative in [f".{name}.webkit-new" for name in allowed]
            # Nobody but the apps' own secrets and what providers made is part of any of them.
            fits = mode == 0o600 and (isCache or isPlan or isAllowed) and name in OF_APPS
            self.t.check(f"{what}: {relative} ({mode:o}) holds no {name}", fits, files)


def test_no_secret_is_where_it_has_no_business(t):
    with stores.Store() as store, tempfile.TemporaryDirectory(prefix="e2e-sops-") as folder:
        s = Surroundings(t, manifest(store))
        sops = Sops(folder)
        secrets = Secrets()
        for name, text in SECRETS.items():
            secrets.make(name, text)
        secrets.take("sops key", sops.keys[0])
        sops.encrypt(s.project.folder / "secrets" / "web.yaml", {"FILED": secrets["in a file"]})
        s.variables.pop("DIGITALOCEAN_TOKEN")
        handed = '{"web": {"HANDED": "%s"}, "other": {"TOKEN": "%s"}}' % (secrets["in TF_VAR_secrets"], secrets["not needed"])
        s.variables.update({
            "PATH": f"{sops.bin}:{s.variables['PATH']}", "SOPS_AGE_KEY": sops.keys[0], "EXPORTED": secrets["exported"],
            "TF_VAR_secrets": handed, "HCLOUD_TOKEN": secrets["server token"], "TURSO_API_TOKEN": secrets["database token"],
            "TF_STATE_BUCKET": store.bucket, "TF_STATE_ACCESS_KEY": secrets["state key"], "TF_STATE_SECRET_KEY": secrets["state secret"],
            "OTHER_TOKEN": secrets["somebody's"], "AWS_SECRET_ACCESS_KEY": secrets["key service"],
        })
        s.workspace.standins.set_world({"delays": {"plan hcloud_server": 0.7, "apply hcloud_server": 0.7, "destroy hcloud_server": 0.7}})
        search = Search(secrets, [s.project.folder, s.workspace.folder], [s.workspace.standins.world_path])
        run = Run(t, s, search)
        # The store checks what is signed.
        stores.SECRETS[secrets["state key"]] = secrets["state secret"]
        run("state init", "infra", "state", "init", *PRODUCTION)
        run("plan", "infra", "plan", *PRODUCTION)
        run("a plan that is kept", "infra", "plan", *PRODUCTION, "--out", "kept.plan", "--json", allowed=["kept.plan"])
        (s.project.folder / "kept.plan").unlink()
        run("apply", "infra", "apply", *PRODUCTION, "--auto-approve")
        outputs = json.loads((s.project.folder / ".webkit/cache/outputs/production.json").read_text())
        kept = outputs["environments"]["value"]["web"]
        arrived = {"FILED": "in a file", "EXPORTED": "exported", "HANDED": "in TF_VAR_secrets"}
        wrong = [name for name, secret in arrived.items() if kept[name] != secrets[secret]]
        t.check("the secrets arrived byte for byte", not wrong, wrong)
        machine = outputs["apps"]["value"]["web"]
        known = machine["authorized_keys"] == ["ssh-ed25519 AAAA me"] and "." in machine["ip_address"]
        t.check("where env push goes is known, and with what", known, machine)
        for more in ((), ("--json",), ("--refresh",)):
            run(" ".join(("output", *more)), "infra", "output", *PRODUCTION, *more)
        place = 'module.apps.module.hetzner_vm["web"].hcloud_server.this'
        for words in (("list",), ("show", place), ("versions",), ("backup",)):
            run(f"state {words[0]}", "infra", "state", *words, *PRODUCTION)
        run("state pull", "infra", "state", "pull", *PRODUCTION, "--output", "kept.tfstate", allowed=["kept.tfstate"])
        (s.project.folder / "kept.tfstate").unlink()
        run("exec state list", "infra", "exec", *PRODUCTION, "--", "state", "list")
        run("exec plan", "infra", "exec", *PRODUCTION, "--", "plan", "-no-color")
        run("exec console", "infra", "exec", *PRODUCTION, "--", "console")
        run("env generate", "env", "generate", "--app", "web", *PRODUCTION, "--output", "web.env", allowed=["web.env"])
        written = (s.project.folder / "web.env").read_text()
        t.check("what is asked for is there", all(secrets.marks[name] in written for name in OF_APPS), written)
        (s.project.folder / "web.env").unlink()
        run("plan with a log", "infra", "plan", *PRODUCTION, env={"TF_LOG": "trace"})

        run("wrong key of the store", "infra", "plan", *PRODUCTION, code=1, env={"TF_STATE_SECRET_KEY": "not-the-key"})
        run("wrong key", "infra", "plan", *PRODUCTION, code=1, env={"SOPS_AGE_KEY": sops.keys[1]})
        run("no JSON", "infra", "plan", *PRODUCTION, code=1, env={"TF_VAR_secrets": secrets["in TF_VAR_secrets"]})
        run("unfit", "env", "generate", "--app", "web", *PRODUCTION, code=1, env={"EXPORTED": secrets["exported"] + "\a"})
        s.workspace.standins.set_world({"errors": {"plan hcloud_server": f"invalid token {secrets['server token']} for\n{secrets['in a file']}"}})
        said = run("a provider that fails", "infra", "apply", *PRODUCTION, "--auto-approve", code=1)
        t.check("what it says is told, without them", "invalid token (secret)" in said[3], said)
        said = run("exec that fails", "infra", "exec", *PRODUCTION, "--", "apply", "-auto-approve", "-no-color", code=1)
        t.check("exec tells it, without them", "invalid token (secret)" in said[3], said)
        run("the same as JSON", "infra", "plan", *PRODUCTION, "--json", code=1)
        s.workspace.standins.set_world({})
        run("destroy", "infra", "destroy", *PRODUCTION, "--auto-approve", "--allow-destroy", "db", "--allow-destroy", "web")
        run("nothing known", "infra", "output", *PRODUCTION, "nothing", code=1)
        find_what_an_engine_leaks(t, s, search)
        for words in (" plan ", " apply ", " -d --output-type json ", " output ", "--guard", " console", "curl "):
            t.check(f"the search saw `{words.strip()}` run", any(words in f"{text} " for text in run.seen), sorted(run.seen))
        held = store.client.list_object_versions(Bucket=store.bucket).get("Versions", [])
        t.check("the state is in the bucket", held, held)


#: An engine that does everything that it mustn't.
LEAKING = """#!/bin/sh
case "$*" in
  version) echo "Terraform v1.11.4"; exit 0 ;;
  *" plan"*) ;;
  *) exit 0 ;;
esac
printf '%s' "$TF_VAR_secrets" >leaked.txt
umask 077
printf '%s' "$HCLOUD_TOKEN" | base64 >.webkit/cache/outputs/leaked.json
sh -c 'sleep 0.4; :' "$HCLOUD_TOKEN"
OUT="$TF_VAR_secrets" sh -c 'sleep 0.4; :'
echo "$AWS_SECRET_ACCESS_KEY"
"""


class Findings:
    """Takes the place of a scenario, and keeps what fails."""

    def __init__(self):
        self.failed = []

    def check(self, what, holds, _detail=""):
        if not holds:
            self.failed.append(what)


def find_what_an_engine_leaks(t, s, search):
    """The same checks, with an engine that leaks."""
    findings = Findings()
    run = Run(findings, s, search)
    run.engine = s.script("leaking", LEAKING)
    run("leaks", "infra", "exec", *PRODUCTION, "--", "plan")
    for what in (
        "leaks: prints no secret",
        "leaks: no secret in arguments",
        "leaks: sh has no business with in a file",
        "leaks: leaked.txt (600) holds no exported",
        "leaks: .webkit/cache/outputs/leaked.json (600) holds no server token",
    ):
        t.check(f"an engine that leaks is found: {what}", what in findings.failed, findings.failed)


def test_the_search_finds_what_is_planted(t):
    with tempfile.TemporaryDirectory(prefix="e2e-plant-") as name:
        folder = Path(name)
        secrets = Secrets()
        value = secrets.make("planted", UNUSUAL)
        mark = secrets.marks["planted"]
        search = Search(secrets, [folder])
        t.check("nothing is found where nothing is", not search.files() and not search.within(b"nothing"))
        for number, data in enumerate(forms(mark)):
            path = folder / f"file-{number}"
            path.write_bytes(b"before " + data + b" after")
            t.check(f"found in a file, form {number}", search.files() == {(str(path), path.stat().st_mode & 0o777, "planted")}, search.files())
            path.unlink()
        for shift in range(3):
            text = base64.b64encode(b"x" * shift + value.encode())
            t.check(f"found in Base64 of more, shifted by {shift}", search.within(text) == {"planted"}, text)
        sleeper = [sys.executable, "-c", "import time; time.sleep(1)"]
        for place, words, variables in (("arguments", [*sleeper, value], {}), ("variables", sleeper, {"PLANTED": value})):
            process = subprocess.Popen(words, env=variables)
            with Watch(search) as watch:
                (folder / "meanwhile").write_text(mark)
                process.wait()
                (folder / "meanwhile").unlink()
            t.check(f"found among the {place} of a process", bool(getattr(watch, place)), (watch.arguments, watch.variables))
            t.check("and in a file that is gone again", bool(watch.files), watch.files)


test_the_search_finds_what_is_planted.takes_any_engine = True
