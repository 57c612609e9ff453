"""Every command of `webkit infra`, where what it needs isn't there: what it says, its exit code, and that nothing is half done."""

import http.server
import json
import shutil
import ssl
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

import kills
from product import COMMAND
from small_disk_request import ask_on_small_disk
from stores import Store

PRODUCTION = ("--environment", "production")

#: Commands that reach providers, those that reach the state alone, and those that run nothing.
REACHES_PROVIDERS = {
    "plan": ("plan", *PRODUCTION),
    "apply": ("apply", *PRODUCTION, "--auto-approve"),
    "destroy": ("destroy", *PRODUCTION, "--auto-approve"),
    "refresh": ("refresh", *PRODUCTION, "--auto-approve"),
    "exec plan": ("exec", *PRODUCTION, "--", "plan"),
    "detect": ("detect", *PRODUCTION),
    "import": ("import", *PRODUCTION, "--resource", "a", "--id", "acme/a", "--auto-approve"),
}
REACHES_STATE = {
    "output --refresh": ("output", *PRODUCTION, "--refresh"),
    "exec state list": ("exec", *PRODUCTION, "--", "state", "list"),
    "unlock": ("unlock", *PRODUCTION, "no-such-lock"),
    "state list": ("state", "list", *PRODUCTION),
    "state versions": ("state", "versions", *PRODUCTION),
    "state show": ("state", "show", *PRODUCTION, "terraform_data.environment"),
    "state pull": ("state", "pull", *PRODUCTION),
    "state backup": ("state", "backup", *PRODUCTION),
    "state forget": ("state", "forget", *PRODUCTION, "--auto-approve", "terraform_data.environment"),
    "state migrate": ("state", "migrate", *PRODUCTION, "--auto-approve"),
    "state restore": ("state", "restore", *PRODUCTION, "--auto-approve"),
}
ALONE = {
    "output": ("output", *PRODUCTION),
    "state versions --copies": ("state", "versions", "--copies", *PRODUCTION),
    "diff": ("diff", "staging", "production"),
    "cost": ("cost",),
    "graph": ("graph", *PRODUCTION),
}
RUNS = {**REACHES_PROVIDERS, **REACHES_STATE}
ALL = {**RUNS, **ALONE}

#: (what is wrong, which commands, exit code, words that have to stand in what they say). What isn't named works.
ROWS = [
    ("no engine", RUNS, 1, ("there is no terraform or tofu on PATH", "Install", "--engine")),
    ("an engine that is too old", RUNS, 1, ("is Terraform 1.0.0, which is too old", "or newer")),
    ("a program that is no engine", RUNS, 1, ("is neither Terraform nor OpenTofu", "--engine")),
    ("an engine that fails", RUNS, 1, ("version` failed with 3", "no version is chosen", "--engine")),
    ("an engine that may not be run", RUNS, 1, ("there is no program", "--engine")),
    ("no credentials", REACHES_PROVIDERS, 1, ("a credential is missing", "TURSO_API_TOKEN", "Export")),
    ("app.json changed", RUNS, 1, ("infra/ isn't what app.json says", "webkit update")),
    ("app.json is broken", ALL, 1, ("app.json:1:", "The object isn't closed")),
    ("app.json is gone", ALL, 1, ("there is no app.json", "webkit init")),
    ("no such environment", {name: words for name, words in ALL.items() if name != "cost"}, 64, ("there is no environment", "production")),
]
STILL_WORKS = {
    "no engine": ALONE, "an engine that is too old": ALONE, "no credentials": {**ALONE, "exec state list": ALL["exec state list"]},
    "app.json changed": {"output": ALONE["output"], "state versions --copies": ALONE["state versions --copies"]},
}


class Wrong:
    """A project that is applied, and what is made wrong with it."""

    def __init__(self, place):
        self.place = place
        self.folder = place.project.folder
        self.engines = place.workspace.folder
        self.script("old", "echo Terraform v1.0.0")
        self.script("other", "echo hello")
        self.script("failing", "echo no version is chosen >&2; exit 3")
        (self.engines / "none").write_text("no program\n")

    def script(self, name, text):
        path = self.engines / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)

    def run(self, words, engine=None, env=None):
        named = ["--engine", engine] if engine and words[0] not in ("cost", "graph", "diff") else []
        at = words.index("--") if "--" in words else len(words)
        full = [str(COMMAND), "infra", *words[:at], *named, *words[at:]]
        return subprocess.run(
            full, cwd=self.folder, env={**self.place.variables, **(env or {})}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=120,
        )

    def with_wrong(self, what, words):
        """Runs a command with something wrong, and mends it again."""
        manifest = self.folder / "app.json"
        text = manifest.read_text()
        engine = self.place.engine.path
        try:
            if what == "no engine":
                return self.run(words, env={"PATH": "/nowhere"})
            if what == "an engine that is too old":
                return self.run(words, str(self.engines / "old"))
            if what == "a program that is no engine":
                return self.run(words, str(self.engines / "other"))
            if what == "an engine that fails":
                return self.run(words, str(self.engines / "failing"))
            if what == "an engine that may not be run":
                return self.run(words, str(self.engines / "none"))
            if what == "no credentials":
                return self.run(words, engine, {"TURSO_API_TOKEN": ""})
            if what == "no such environment":
                return self.run([word.replace("production", "prodution") for word in words], engine)
            if what == "app.json changed":
                manifest.write_text(json.dumps(kills.manifest("abc")))
            if what == "app.json is broken":
                manifest.write_text('{"project": {')
            if what == "app.json is gone":
                manifest.unlink()
            return self.run(words, engine)
        finally:
            manifest.write_text(text)


def kept(folder):
    """Every file but the empty one that a run holds."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mode, path.read_bytes())
        for path in folder.rglob("*") if path.is_file() and not (path.suffix == ".lock" and path.stat().st_size == 0)
    }


def test_what_is_missing_is_said_and_nothing_is_done(t):
    with kills.Place(t.engine) as place:
        wrong = Wrong(place)
        before = kept(place.project.folder)
        for what, commands, code, words in ROWS:
            for name, command in commands.items():
                said = wrong.with_wrong(what, command)
                text = said.stdout + said.stderr
                t.check(f"{what}: {name} ends with {code}", said.returncode == code, said)
                t.check(f"{what}: {name} says it", all(word in text for word in words), said)
            for name, command in STILL_WORKS.get(what, {}).items():
                said = wrong.with_wrong(what, command)
                t.check(f"{what}: {name} works", said.returncode == 0, said)
            after = kept(place.project.folder)
            different = [path for path in {**before, **after} if before.get(path) != after.get(path)]
            t.check(f"{what}: no file changed", not different, different)


class Refusing(http.server.BaseHTTPRequestHandler):
    """A store that knows none of the keys."""

    def answer(self):
        body = b"<Error><Code>InvalidAccessKeyId</Code><Message>The key is not known.</Message></Error>"
        self.send_response(403)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer

    def log_message(self, *_):
        pass


def refusing_store(folder, with_certificate):
    """A server, and the URL of it; with a certificate that nobody trusts, if one can be made."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    if with_certificate:
        made = subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "own.pem", "-days", "1",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"], cwd=folder, capture_output=True,
        )
        if made.returncode:
            return None, None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "own.pem", folder / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http{'s' if with_certificate else ''}://127.0.0.1:{server.server_port}"


def test_who_doesn_t_answer_is_named_with_what_to_do(t):
    with Store() as store, kills.Place(t.engine, store) as place:
        servers = []

        def beside(name, url=None, bucket=None):
            """A copy of the project whose state is to be elsewhere."""
            folder = place.workspace.folder / name
            shutil.copytree(place.project.folder, folder, symlinks=True)
            manifest = kills.manifest("ab", store)
            manifest["infra"]["backend"].update({"endpoint": url} if url else {"bucket": bucket} if bucket else {})
            (folder / "app.json").write_text(json.dumps(manifest))
            if url or bucket:
                # What was initialised for the former place would be asked whether to take it along.
                shutil.rmtree(folder / "infra" / ".terraform")
            done = subprocess.run([str(COMMAND), "update"], cwd=folder, env=place.variables, capture_output=True, text=True)
            t.check(f"{name}: updated", done.returncode == 0, done)
            return folder

        rows = [("no-bucket", beside("no-bucket", bucket="no-such-bucket"), "plan", ("no-such-bucket", "There is no such bucket", "TF_STATE_BUCKET"))]
        for name, secure, words in (
            ("refused", False, ("InvalidAccessKeyId", "The credentials are refused")),
            ("untrusted", True, ("x509", "The certificate isn't trusted")),
        ):
            server, url = refusing_store(place.workspace.folder, secure)
            if server is None:
                t.skip(name, "there is no openssl to make a certificate")
                continue
            servers.append(server)
            rows.append((name, beside(name, url=url), "plan", words))
        answering = len(rows)
        closed = ("connection refused", "Nothing answers there")
        rows.append(("closed-first", beside("closed-first", url="http://127.0.0.1:1"), "plan", ("`terraform init` failed", *closed)))
        for name in ("plan", "output --refresh", "unlock", "state restore"):
            folder = beside(name.replace(" ", "-"))
            # A copy to put back is there, so that it is the state that can't be reached.
            copies = folder / ".webkit" / "cache" / "states" / "production"
            copies.mkdir(parents=True, exist_ok=True)
            (copies / "1.tfstate").write_text(place.original)
            rows.append((f"closed later: {name}", folder, name, closed))
        before = {name: kept(folder) for name, folder, _, _ in rows}

        def run(row):
            name, folder, command, words = row
            words = RUNS[command]
            at = words.index("--") if "--" in words else len(words)
            full = [str(COMMAND), "infra", *words[:at], "--engine", place.engine.path, *words[at:]]
            return subprocess.run(full, cwd=folder, env=place.variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=170)

        answers = [run(row) for row in rows[:answering]]
        place.store.server.shutdown()
        place.store.server.server_close()
        # They mostly wait, for the engine tries several times.
        with ThreadPoolExecutor(len(rows)) as pool:
            answers += pool.map(run, rows[answering:])
        for (name, folder, _, words), said in zip(rows, answers):
            text = " ".join((said.stdout + said.stderr).split())
            t.check(f"{name}: it fails", said.returncode == 1, said)
            t.check(f"{name}: with the engine's words and what to do", all(word in text for word in words), said)
            t.check(f"{name}: no colour is spelled out", "\\u{1B}" not in text, said)
            after = kept(folder)
            different = [
                path for path in {**before[name], **after}
                if before[name].get(path) != after.get(path) and not path.startswith("infra/.terraform")
            ]
            t.check(f"{name}: nothing is half done", not different, different)
        for server in servers:
            server.shutdown()
            server.server_close()


def test_a_provider_that_isn_t_answered_is_explained(t):
    with kills.Place(t.engine) as place:
        place.project.update(kills.manifest("abc"))
        refused = 'Post "https://api.example.invalid/v1": dial tcp 127.0.0.1:1: connect: connection refused'
        place.workspace.standins.set_world({"errors": {"apply turso_database": refused}})
        failed = place.webkit(place.project.folder, "apply", "--auto-approve")
        t.check("it fails with what to do", failed.returncode == 1 and "Nothing answers there" in failed.stderr, failed)
        t.check("what was refused isn't taken to exist", "may exist" not in failed.stderr, failed)
        lost = 'Post "https://api.example.invalid/v1": context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
        place.workspace.standins.set_world({"errors": {"apply turso_database": lost}})
        failed = place.webkit(place.project.folder, "apply", "--auto-approve")
        address = 'module.resources.module.turso_sqlite["c"].turso_database.this'
        t.check("what nobody answered for may", failed.returncode == 1 and f"note: {address}" in failed.stderr, failed)
        place.workspace.standins.set_world({})
        made = place.webkit(place.project.folder, "apply", "--auto-approve")
        t.check("it is said before it is made again", made.returncode == 0 and "may exist" in made.stderr, made)
        quiet = place.webkit(place.project.folder, "plan", "--detailed-exitcode")
        t.check("and then no more", quiet.returncode == 0 and "may exist" not in quiet.stderr, quiet)


def test_a_disk_that_is_full_or_can_t_be_written(t):
    with kills.Place(t.engine) as place:
        place.project.update(kills.manifest("abc"))
        names = ("plan", "apply", "destroy", "refresh", "output --refresh", "output", "exec state list", "state list", "state versions", "graph")
        for kind, reason, help in (
            ("read-only", "read-only file system", "See to it that you may write"), ("full", "no space left on device", "Make room on the disk"),
        ):
            answers = ask_on_small_disk(place, kind, [ALL[name] for name in names])
            if answers is None:
                t.skip("small disks", "there is no namespace for mounts")
                return
            for name, answer in zip(names, answers):
                said = json.dumps(answer, indent=1)
                if name in ("plan", "apply", "destroy", "refresh"):
                    t.check(f"{kind}: {name} fails", answer["code"] == 1, said)
                    t.check(f"{kind}: {name} says why", reason in answer["stderr"].lower() and help in answer["stderr"], said)
                else:
                    t.check(f"{kind}: {name} works", answer["code"] == 0, said)
                if name == "output --refresh":
                    t.check(f"{kind}: that outputs aren't kept is said", "aren't kept" in answer["stderr"] and help in answer["stderr"], said)
                # The engine's own file of the lock is empty on a full disk.
                changed = [path for path in answer["changed"] if not path.endswith(".lock.info")]
                t.check(f"{kind}: {name} changes nothing", not changed, said)


def test_a_disk_that_fills_up_while_things_are_made(t):
    with kills.Place(t.engine) as place:
        place.project.update(kills.manifest("abc"))
        place.workspace.standins.set_world({"delays": {"apply turso_database": 1.5}})
        journal = ".webkit/cache/runs/production.journal"
        # What the engine's error tells a person to do.
        move = 'file=$(ls "$TMPDIR"/webkit-production-*.tfstate); stat -c %a "$file"; mv "$file" ".webkit/cache/states/production/${file##*-}"'
        commands = [ALL["apply"], ALL["plan"], ["sh", "-c", move], ALL["state restore"], ALL["exec state list"], ALL["plan"]]
        place.workspace.standins.forget_calls()
        answers = ask_on_small_disk(place, "fills", commands, journal, "turso_database.this: Creating")
        if answers is None:
            t.skip("small disks", "there is no namespace for mounts")
            return
        applied, planned, moved, restored, listed, again = answers
        said = json.dumps(answers, indent=1)
        t.check("the apply fails", applied["code"] == 1 and "no space left on device" in applied["stderr"], said)
        t.check("what the engine could store nowhere is kept elsewhere", f"kept as {place.workspace.folder}/webkit-" in applied["stderr"], said)
        modes = {path: oct(mode) for path, mode in applied["changed"].items() if mode is not None and mode & 0o077}
        t.check("nobody else may read what was written", moved["stdout"] == "600\n" and not modes, (moved, modes))
        t.check("the next run says that the state is damaged", "is damaged" in planned["stderr"] and "state restore" in planned["stderr"], said)
        t.check("it is put back", moved["code"] == 0 and restored["code"] == 0, said)
        stored = set(listed["stdout"].splitlines())
        asked = {call.split()[-1] for call in place.workspace.standins.calls() if " ApplyResourceChange " in call}
        made = {kind for kind in asked if f'module.resources.module.turso_sqlite["c"].{kind}.this' in stored}
        t.check("with all that was made and known", "turso_database" in made and made == asked and set(place.known) <= stored, said)
        t.check("and nothing is said to be lost", again["code"] == 0 and "run.lost-state" not in again["stderr"], said)


def test_a_file_that_may_not_grow_ends_no_run_in_silence(t):
    with kills.Place(t.engine) as place:
        for words in (("apply", "--auto-approve"), ("plan",), ("output", "--refresh")):
            full = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *place.words(*words)]
            said = subprocess.run(full, cwd=place.project.folder, env=place.variables, stdin=subprocess.DEVNULL, capture_output=True, text=True)
            t.check(f"{words[0]}: it ends by itself", said.returncode in (0, 1), said)
            t.check(f"{words[0]}: and says why", "file too large" in said.stderr.lower() and "Make room" in said.stderr, said)
