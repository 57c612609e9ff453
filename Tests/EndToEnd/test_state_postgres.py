"""States in a PostgreSQL server on loopback; run by scripts/state-in-postgres.sh, where there is one."""

import json
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from product import COMMAND
from running import Surroundings
from test_state import wait

PASSWORD = "made-up-password"
PRODUCTION = ("--environment", "production")
STAGING = ("--environment", "staging")
MANIFEST = {
    "project": {"name": "vault"},
    "infra": {"environments": ["production", "staging"], "backend": "pg", "providers": {"turso": {"organization": "acme"}}},
    "resources": [{"name": "db", "provider": "turso", "type": "sqlite", "config": {}}],
}


class Server:
    """PostgreSQL with one database, for one role with a password; it ends with the `with`."""

    def __init__(self, programs):
        self.programs = Path(programs)
        self.folder = Path(tempfile.mkdtemp(prefix="e2e-pg-"))
        # The server refuses to run as root.
        self.user = "nobody" if os.geteuid() == 0 else None
        if self.user:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.run("initdb", "-D", f"{self.folder}/data", "-A", "scram-sha-256", "-U", "webkit", f"--pwfile={secret}")
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-o", options, "-l", f"{self.folder}/log", "-w", "start")
        self.ask("postgres", "create database states")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, program, *arguments, env=None):
        done = subprocess.run(
            [self.programs / program, *arguments], user=self.user, cwd=self.folder, env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        ) if program != "pg_ctl" else subprocess.run(
            # A server would keep a pipe open.
            [self.programs / program, *arguments], user=self.user, cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout}")
        return done.stdout

    def ask(self, database, question):
        where = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "webkit", "-d", database, "-Atc", question)
        return self.run("psql", *where, env={"PGPASSWORD": PASSWORD}).split()

    def address(self, password=PASSWORD):
        return f"postgres://webkit:{password}@127.0.0.1:{self.port}/states?sslmode=disable"


def test_states_in_postgresql(t):
    with Server(os.environ["WEBKIT_TEST_POSTGRES"]) as server:
        s = Surroundings(t, MANIFEST)
        s.variables.update({"TURSO_API_TOKEN": "made-up-token"})
        nothing = s.webkit("plan", *PRODUCTION)
        t.check("what is missing is named", nothing.returncode == 1 and "`PG_CONN_STR`" in nothing.stderr, nothing)
        s.variables["PG_CONN_STR"] = server.address("wrong-password")
        refused = s.webkit("plan", *PRODUCTION)
        t.check("a wrong password is said to be", refused.returncode == 1 and "password authentication failed" in refused.stderr, refused)
        t.check("and not shown", "wrong-password" not in refused.stdout + refused.stderr, refused)
        s.variables["PG_CONN_STR"] = server.address()
        for environment in (PRODUCTION, STAGING):
            done = s.webkit("apply", *environment, "--auto-approve")
            t.check(f"{environment[1]}: applied", done.returncode == 0, done)
        schemas = server.ask("states", "select schemaname from pg_tables where tablename = 'states' order by 1")
        t.check("each has a schema of its own", schemas == ["terraform_vault_production", "terraform_vault_staging"], schemas)
        t.check("a second plan is empty", s.webkit("plan", *PRODUCTION, "--detailed-exitcode").returncode == 0)
        two_at_once(t, s)
        lost_and_restored(t, s, server)
        files = [path for path in s.project.folder.rglob("*") if path.is_file() and not path.name.startswith("engine.log")]
        holders = [str(path) for path in files if PASSWORD.encode() in path.read_bytes()]
        t.check("no file holds the password", holders == [], holders)


def two_at_once(t, s):
    s.project.update({**MANIFEST, "resources": [*MANIFEST["resources"], {**MANIFEST["resources"][0], "name": "more"}]})
    other = Surroundings(t, json.loads((s.project.folder / "app.json").read_text()))
    other.variables.update({name: s.variables[name] for name in ("TURSO_API_TOKEN", "PG_CONN_STR")})
    other.project.update()
    s.workspace.standins.set_world({"delays": {"apply turso_database": 6}})

    def made():
        return sum("ApplyResourceChange turso_database" in call for call in s.workspace.standins.calls())

    before = made()
    words = [str(COMMAND), "infra", "apply", "--engine", s.engine, *PRODUCTION, "--auto-approve"]
    first = subprocess.Popen(words, cwd=s.project.folder, env=s.variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    wait(lambda: made() > before)
    second = other.webkit("apply", *PRODUCTION, "--auto-approve")
    s.workspace.standins.set_world({})
    said, _ = first.communicate(timeout=120)
    t.check("of two at once the first goes through", first.returncode == 0, said)
    t.check("the second waits its turn or says that the state is locked", second.returncode == 0 or "lock" in second.stderr, second)
    t.check("nothing was made twice", s.webkit("plan", *PRODUCTION, "--detailed-exitcode").returncode == 0)


def lost_and_restored(t, s, server):
    server.ask("states", "delete from terraform_vault_production.states")
    refused = s.webkit("apply", *PRODUCTION, "--auto-approve")
    t.check("a lost state is found out", refused.returncode == 1 and "is gone" in refused.stderr, refused)
    restored = s.webkit("state", "restore", *PRODUCTION, "--auto-approve")
    t.check("a copy is put back", restored.returncode == 0, restored)
    t.check("nothing would be made twice", s.webkit("plan", *PRODUCTION, "--detailed-exitcode").returncode == 0)


#: Without a server there is nothing to try: the script says so.
test_states_in_postgresql.needs_variable = "WEBKIT_TEST_POSTGRES"
