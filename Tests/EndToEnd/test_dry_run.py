"""`--dry-run`: what a run would begin with, without an engine."""

import json

from product import Project

MANIFEST = {
    "project": {"name": "shop"},
    "infra": {"environments": ["production", "staging"]},
    "resources": [{"name": "db", "provider": "turso", "type": "sqlite", "config": {"group": "default"}}],
}
TOKEN = {"TURSO_API_TOKEN": "made-up-token"}


def test_nothing_runs(t):
    with Project(MANIFEST) as project:
        project.update()
        before = project.snapshot()
        nowhere = {"PATH": "/nowhere"}

        def run(*words, env=None):
            return project.run("infra", *words, "--environment", "staging", "--dry-run", env={**nowhere, **(env or {})})

        for command in ("plan", "apply", "destroy", "refresh"):
            done = run(command, env=TOKEN)
            t.check(f"{command}: ready, and no engine is looked for", done.returncode == 0, done)
            t.check(f"{command}: no token", "made-up-token" not in done.stdout + done.stderr, done)
        lines = [json.loads(line) for line in run("plan", "--json").stdout.splitlines()]
        found = next((line for line in lines if line["type"] == "rehearsal"), {})
        t.check("what is missing", found.get("missing") == ["TF_VAR_turso_api_token"] and not found["ready"], found)
        t.check("the environment's own data", found.get("data", [])[-1:] == ["infra/environments/staging.tfvars.json"], found)
        t.check("what the shell holds for others stays there", "PYTHONPATH" not in found.get("variables", []), found)
        t.check("without a token it fails", run("apply").returncode == 1)
        t.check("nothing was written", project.snapshot() == before)
        project.write({**MANIFEST, "infra": {"environments": ["production", "staging", "preview"]}})
        later = run("plan", env=TOKEN)
        stale = later.returncode == 1 and "infra/environments/preview.tfvars.json" in later.stdout and "webkit update" in later.stderr
        t.check("a tree that is out of date", stale, later)
        t.check("still nothing was written", {**project.snapshot(), "app.json": b""} == {**before, "app.json": b""})


#: Terraform isn't called.
test_nothing_runs.takes_any_engine = True
