"""Which commands of the engine get the secrets of apps, and what is said before it where some are missing."""

import json
import subprocess
import tempfile

from product import COMMAND, Project
from sops import Sops

#: Says that it is Terraform, and writes down what it is asked for and whether it was told secrets.
ENGINE = """#!/bin/sh
case "$*" in version) echo "Terraform v1.11.4"; exit 0;; esac
printf '%s | %s | %s\\n' "$*" "$TF_VAR_secrets" "$SOPS_AGE_KEY" >>"{log}"
"""
VARIABLES = {
    "FILED": {"source": "sops", "path": "secrets/{environment}.yaml"},
    "GIVEN": {"source": "secret"},
    "OTHER": {"source": "secret"},
}


class Surroundings:
    def __init__(self, folder):
        app = {"name": "web", "infra": {"provider": "hetzner", "type": "vm"}, "env": {"default": VARIABLES}}
        self.project = Project({"project": {"name": "shop"}, "infra": {"environments": ["production", "staging"]}, "apps": [app]})
        self.project.update()
        self.sops = Sops(folder)
        for environment in ("production", "staging"):
            self.sops.encrypt(self.project.folder / "secrets" / f"{environment}.yaml", {"FILED": f"${{x}} of {environment}"})
        self.log = self.project.folder / "engine.log"
        engine = self.sops.bin / "terraform"
        engine.write_text(ENGINE.format(log=self.log))
        engine.chmod(0o755)
        self.variables = {
            "PATH": f"{self.sops.bin}:/usr/bin:/bin", "HOME": folder, "SOPS_AGE_KEY": self.sops.keys[0], "HCLOUD_TOKEN": "x" * 64,
            "GIVEN": "given", "TF_VAR_secrets": '{"web": {"OTHER": "other", "UNUSED": "unused"}}',
        }

    def run(self, *words, command="exec", env=None):
        """What webkit said, and the lines of the engine: without `init`."""
        self.log.unlink(missing_ok=True)
        self.sops.forget_calls()
        variables = {name: value for name, value in {**self.variables, **(env or {})}.items() if value is not None}
        words = [str(COMMAND), "infra", command, "--environment", "production", *words]
        done = subprocess.run(words, cwd=self.project.folder, env=variables, capture_output=True, text=True, timeout=60)
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return done, [line for line in lines if " init " not in line and " pull " not in line and "state pull" not in line]


def test_commands_get_the_secrets_that_they_need(t):
    with tempfile.TemporaryDirectory(prefix="e2e-sops-") as folder:
        s = Surroundings(folder)
        with s.project:
            for words in (("plan",), ("refresh",), ("console",), ("import", "a.b", "1"), ("apply", "-auto-approve"), ("apply", "-target", "a.b")):
                done, lines = s.run("--", *words)
                told = '{ web = { FILED = "$${x} of production", GIVEN = "given", OTHER = "other" } }'
                t.check(f"{words[0]} is told what it needs, and no more", any(f"| {told} |" in line for line in lines), (done, lines))
                t.check(f"{words[0]} doesn't see the key", lines and not any(s.sops.keys[0] in line for line in lines), lines)
                t.check(f"{words[0]}: one file is opened, once", [call[-1] for call in s.sops.calls()] == ["./secrets/production.yaml"], s.sops.calls())
            for words in (("state", "list"), ("output",), ("show",), ("apply", "-auto-approve", "kept.plan"), ("fmt",), ("init",)):
                done, lines = s.run("--", *words)
                t.check(f"{' '.join(words)} is told none", done.returncode == 0 and not any("web" in line for line in lines), (done, lines))
                t.check(f"{' '.join(words)} opens no file", s.sops.calls() == [], s.sops.calls())


def test_missing_secrets_are_named_before_the_engine_runs(t):
    with tempfile.TemporaryDirectory(prefix="e2e-sops-") as folder:
        s = Surroundings(folder)
        with s.project:
            without = {"GIVEN": "", "TF_VAR_secrets": None, "SOPS_AGE_KEY": s.sops.keys[1], "HCLOUD_TOKEN": None}
            for command, words in (("exec", ("--", "plan")), ("plan", ()), ("apply", ("--auto-approve",)), ("destroy", ("--auto-approve",))):
                done, lines = s.run(*words, command=command, env=without)
                named = all(f"the secret `{name}` of `web`" in done.stderr for name in ("GIVEN", "OTHER"))
                t.check(f"{command}: all are named at once", done.returncode == 1 and named and "opens `secrets/production.yaml`" in done.stderr, done)
                t.check(f"{command}: with credentials that are missing", "`HCLOUD_TOKEN`" in done.stderr, done)
                t.check(f"{command}: the engine isn't asked", lines == [], lines)
            done, lines = s.run("--dry-run", command="plan", env={"GIVEN": None})
            t.check("a rehearsal names what isn't given", "GIVEN" in done.stdout + done.stderr and lines == [], done)
            t.check("and what the engine would get", "TF_VAR_secrets" in done.stdout + done.stderr, done)
            done, lines = s.run("--", "plan", "-var-file=own.tfvars", env={"GIVEN": None})
            t.check("whoever hands in variables may have them there", done.returncode == 0 and lines, done)
            (s.project.folder / "infra" / "own.auto.tfvars").write_text("")
            done, lines = s.run("--", "plan", env={"GIVEN": None})
            t.check("or in a file that Terraform reads by itself", done.returncode == 0 and lines, done)
            (s.project.folder / "infra" / "own.auto.tfvars").unlink()
            done, lines = s.run("--", "plan", env={"GIVEN": "x" * 100_000, "OTHER": "x" * 40_000})
            t.check("more than a variable holds is an error", done.returncode == 1 and "131072" in done.stderr and not lines, done)
            done, lines = s.run("--", "plan", env={"TF_VAR_secrets": "nothing secret"})
            t.check("what is no object is said to be none", done.returncode == 1 and "TF_VAR_secrets is no object" in done.stderr and "nothing secret" not in done.stderr, done)


#: Fails as Terraform does, which quotes what it can't read.
QUOTING = """#!/bin/sh
case "$*" in
  version) echo "Terraform v1.11.4" ;;
  *" init "*) printf 'Error: parse "%s": invalid port after %s, user %s, password %s\\n' "$PG_CONN_STR" "$PGHOST" "$PGUSER" "$PGPASSWORD" >&2; exit 1 ;;
esac
"""


def test_errors_don_t_quote_credentials(t):
    with tempfile.TemporaryDirectory(prefix="e2e-sops-") as folder:
        s = Surroundings(folder)
        with s.project:
            manifest = json.loads((s.project.folder / "app.json").read_text())
            manifest["infra"]["backend"] = {"type": "pg"}
            s.project.update(manifest)
            (s.sops.bin / "terraform").write_text(QUOTING)
            url = "postgres://user:hunter2-secret@host:port/db"
            names = {"PGHOST": "database.example.com", "PGUSER": "the-applier", "PGPASSWORD": "hunter2-other"}
            done, _ = s.run(command="plan", env={"PG_CONN_STR": url})
            t.check("init fails without the address's password", done.returncode == 1 and 'parse "(secret)"' in done.stderr, done)
            done, _ = s.run(command="plan", env=names)
            t.check("or the password", "password (secret)" in done.stderr and "hunter2" not in done.stderr, done)
            t.check("but with names that help", "the-applier" in done.stderr and "database.example.com" in done.stderr, done)


test_errors_don_t_quote_credentials.takes_any_engine = True
for _scenario in (test_commands_get_the_secrets_that_they_need, test_missing_secrets_are_named_before_the_engine_runs):
    _scenario.takes_any_engine = True
