"""A project whose engine writes down how it is called, for scenarios of `webkit infra`."""

import subprocess

from product import COMMAND, Project

MANIFEST = {
    "project": {"name": "shop", "title": "Shop", "repo": {"owner": "acme", "name": "shop"}},
    "infra": {"environments": ["production", "staging"]},
    "resources": [{"name": "db", "provider": "digitalocean", "type": "postgres", "config": {"region": "fra1"}}],
}
TOKEN = {"DIGITALOCEAN_TOKEN": "made-up-token", "TF_VAR_turso_api_token": "made-up-turso-token"}

#: A project that is cheap to plan: its provider's schema is small.
NOTES = {
    "project": {"name": "shop", "title": "Shop", "repo": {"owner": "acme", "name": "shop"}},
    "infra": {"environments": ["production", "staging"]},
    "resources": [{"name": "db", "provider": "turso", "type": "sqlite", "config": {"organization": "acme"}}],
}

RECORDER = """#!/bin/sh
printf '%s\\n' "$*" >> "{log}"
tr '\\0' '\\n' < /proc/$$/environ > "{log}.environ"
exec "{engine}" "$@"
"""

class Surroundings:
    """A project whose engine writes down how it is called, with stand-in providers."""

    def __init__(self, t, manifest=MANIFEST):
        self.workspace = t.workspace(None)
        self.project = t.closing(Project(manifest))
        self.project.update()
        self.log = self.project.folder / "engine.log"
        self.engine = self.script("engine", RECORDER, engine=self.workspace.engine.path)
        self.variables = {**self.workspace.variables, **TOKEN}

    def script(self, name, text, **values):
        path = self.project.folder / name
        path.write_text(text.format(log=self.log, **values))
        path.chmod(0o755)
        return str(path)

    def webkit(self, *arguments, env=None, engine=None, text=None):
        """`webkit infra` with these words, and these variables alone."""
        words = [str(COMMAND), "infra", arguments[0], "--engine", engine or self.engine, *arguments[1:]]
        return subprocess.run(
            words, cwd=self.project.folder, env={**self.variables, **(env or {})}, input=text or "",
            capture_output=True, text=True, timeout=300,
        )

    def run(self, *arguments, env=None, engine=None):
        """`webkit infra exec` with these words."""
        return self.webkit("exec", *arguments, env=env, engine=engine)

    def calls(self):
        return self.log.read_text().splitlines() if self.log.exists() else []

    def seen(self):
        """The variables that the engine got last."""
        lines = (self.project.folder / "engine.log.environ").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)


def with_one_engine(scenario):
    """Marks a scenario that says nothing of the engine."""
    scenario.takes_any_engine = True
    return scenario
