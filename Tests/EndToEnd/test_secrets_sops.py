"""Secrets from files of sops: what is asked for, how it arrives, and what is said where it doesn't."""

import json
import subprocess
import tempfile
from pathlib import Path

from product import COMMAND, Project
from sops import Sops

#: What readers of JSON, YAML, HCL or shells could spoil.
VALUES = {
    "PLAIN": "simple",
    "EMPTY": "",
    "LINES": "-----BEGIN KEY-----\nPATH=/nowhere\n-----END KEY-----\n",
    "SIGNS": "it's \"quoted\" `here` $HOME ${file(\"/etc/passwd\")} %{ if true } $${x} \\n \\ <&> = #",
    "LETTERS": "äöü ß 漢字 🚀 \u2028",
}


def app(variables, name="web"):
    return {"name": name, "infra": {"provider": "hetzner", "type": "vm"}, "env": variables}


def manifest(*apps):
    return {"project": {"name": "shop"}, "infra": {"environments": ["production", "staging"]}, "apps": list(apps)}


class World:
    """A project with a sops on PATH; the first key opens everything unless told otherwise."""

    def __init__(self, manifest):
        self.project = Project(manifest)
        self.folder = tempfile.TemporaryDirectory(prefix="e2e-sops-")
        self.sops = Sops(self.folder.name)
        self.variables = {
            "PATH": f"{self.sops.bin}:/usr/bin:/bin", "HOME": self.folder.name, "SOPS_AGE_KEY": self.sops.keys[0],
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.project.__exit__()
        self.folder.cleanup()

    def encrypt(self, path, values, key=0):
        self.sops.encrypt(self.project.folder / path, values, key)

    def generate(self, *more, app="web", environment="production", env=None):
        words = [str(COMMAND), "env", "generate", "--app", app, "--environment", environment, *more]
        variables = {name: value for name, value in {**self.variables, **(env or {})}.items() if value is not None}
        return subprocess.run(words, cwd=self.project.folder, env=variables, capture_output=True, text=True, timeout=60)


def read(text):
    """The variables that a shell reads of a file."""
    done = subprocess.run(["env", "-i", "sh", "-c", 'set -a; eval "$0"; exec env -0', text], capture_output=True, timeout=60)
    found = dict(item.split("=", 1) for item in done.stdout.decode().split("\0") if item)
    return {name: value for name, value in found.items() if name != "PWD"}


def test_secrets_arrive_as_they_are(t):
    variables = {name: {"source": "sops", "path": "secrets/{environment}.yaml"} for name in VALUES}
    variables["NUMBER"] = {"from": "sops:secrets/other.json:/deep/a~1b"}
    variables["FLAG"] = {"type": "secret", "from": "sops:secrets/other.json:flag"}
    variables["ITEM"] = {"source": "sops", "path": "secrets/other.json", "value": "/list/1"}
    variables["USUAL"] = {"source": "sops"}
    variables["GIVEN"] = {"source": "sops", "path": "secrets/given.yaml"}
    variables["BUILT"] = {"source": "sops", "path": "secrets/built.yaml", "scope": "build"}
    blocks = {"default": variables, "staging": {"ELSEWHERE": {"source": "sops", "path": "secrets/elsewhere.yaml"}}}
    with World(manifest(app(blocks), app({"default": {"X": {"source": "sops", "path": "secrets/x.yaml"}}}, "other"))) as w:
        w.encrypt("secrets/production.yaml", {**VALUES, "UNUSED": "nobody's"})
        w.encrypt("secrets/other.json", {"deep": {"a/b": 12345}, "flag": True, "list": ["no", "yes"]})
        w.encrypt("resources/secrets/production.yaml", {"USUAL": "where it usually is"})
        before = w.project.snapshot()
        done = w.generate(env={"GIVEN": "in the shell", "TF_VAR_secrets": '{"web": {"USUAL": "not this"}, "other": {"PLAIN": "no"}}'})
        t.check("a secret of another app doesn't count", done.returncode == 0 and "not this" in done.stdout, done)
        w.sops.forget_calls()
        done = w.generate(env={"GIVEN": "in the shell"})
        t.check("generated", done.returncode == 0, done.stderr)
        expected = {
            **VALUES, "NUMBER": "12345", "FLAG": "true", "ITEM": "yes", "USUAL": "where it usually is", "GIVEN": "in the shell",
        }
        found = read(done.stdout)
        t.check("every value is there, byte for byte", found == expected, found)
        files = sorted(words[-1].removeprefix("./") for words in w.sops.calls())
        needed = ["resources/secrets/production.yaml", "secrets/other.json", "secrets/production.yaml"]
        t.check("each file that is needed is decrypted once, and no other", files == needed, w.sops.calls())
        t.check("as sops is called", all(words[:-1] == ["-d", "--output-type", "json"] for words in w.sops.calls()), w.sops.calls())
        t.check("nothing was written", w.project.snapshot() == before)
        w.sops.forget_calls()
        # Terraform's own syntax, as Terraform reads it.
        everything = {name: "own " + name for name in expected if name != "PLAIN"}
        done = w.generate(env={**everything, "TF_VAR_secrets": '{ web = { PLAIN = "$${HOME}" } }'})
        t.check("what is given wins over its source", read(done.stdout) == {**everything, "PLAIN": "${HOME}"}, done)
        t.check("then sops isn't even called", w.sops.calls() == [], w.sops.calls())
        file = w.project.folder / "web.env"
        done = w.generate("--output", "web.env", env={"GIVEN": "x"})
        t.check("a file is for its owner alone", done.returncode == 0 and file.stat().st_mode & 0o777 == 0o600, done)


def test_sops_sees_its_keys_and_nothing_else(t):
    given = {
        "AWS_PROFILE": "kms", "GNUPGHOME": "/keys", "VAULT_ADDR": "https://vault", "XDG_CONFIG_HOME": "/config",
        "HCLOUD_TOKEN": "a token", "TF_STATE_SECRET_KEY": "a key", "TF_VAR_secrets": '{"web": {"OTHER": "x"}}', "OTHER": "theirs",
    }
    with World(manifest(app({"default": {"TOKEN": {"source": "sops", "path": "s.yaml"}, "OTHER": {"source": "secret"}}}))) as w:
        w.encrypt("s.yaml", {"TOKEN": "t"})
        done = w.generate(env=given)
        t.check("generated", done.returncode == 0, done.stderr)
        seen = w.sops.seen()
        for name in ("SOPS_AGE_KEY", "AWS_PROFILE", "GNUPGHOME", "VAULT_ADDR", "XDG_CONFIG_HOME", "HOME", "PATH"):
            t.check(f"it sees {name}", name in seen, sorted(seen))
        for name in ("HCLOUD_TOKEN", "TF_STATE_SECRET_KEY", "TF_VAR_secrets", "OTHER"):
            t.check(f"it doesn't see {name}", name not in seen, sorted(seen))
        key = Path(w.folder.name) / ".config" / "webkit" / "age.key"
        key.parent.mkdir(parents=True)
        key.write_text(w.sops.keys[0])
        done = w.generate(env={"SOPS_AGE_KEY": None, "OTHER": "x"})
        t.check("the key may lie where some keep it", done.returncode == 0 and w.sops.seen().get("SOPS_AGE_KEY_FILE") == str(key), done.stderr)


def test_all_that_is_wrong_is_said_at_once(t):
    names = ("absent", "clear", "locked", "spoiled", "scalar", "broken", "folder")
    variables = {name.upper(): {"source": "sops", "path": f"s/{name}.yaml"} for name in names}
    variables |= {
        "TOKNE": {"source": "sops", "path": "s/good.yaml"},
        "RENAMED": {"source": "sops", "path": "s/good.yaml", "value": "/deep/tokne"},
        "MAP": {"source": "sops", "path": "s/good.yaml", "value": "deep"},
        "NULL": {"source": "sops", "path": "s/good.yaml"},
        "GOOD": {"source": "sops", "path": "s/good.yaml", "value": "TOKEN"},
        "NOBODY": {"source": "secret"},
    }
    with World(manifest(app({"production": variables}))) as w:
        folder = w.project.folder / "s"
        w.encrypt("s/good.yaml", {"TOKEN": "hunter2-good", "deep": {"token": "hunter2-deep"}, "NULL": None})
        w.encrypt("s/locked.yaml", {"LOCKED": "hunter2-locked"}, key=1)
        w.encrypt("s/spoiled.yaml", {"SPOILED": "hunter2-spoiled"})
        w.sops.spoil(folder / "spoiled.yaml")
        (folder / "clear.yaml").write_text("CLEAR: hunter2-clear\n")
        (folder / "scalar.yaml").write_text("hunter2-scalar\n")
        (folder / "broken.yaml").write_text("a: [hunter2-broken\n c: d")
        (folder / "folder.yaml").mkdir()
        done = w.generate("--output", "web.env")
        t.check("it fails", done.returncode == 1 and not (w.project.folder / "web.env").exists(), done)
        text = " ".join(done.stderr.split())
        for words in (
            "There is no file `s/absent.yaml`",
            "`s/clear.yaml` isn't encrypted by sops",
            "No key that is here opens `s/locked.yaml`",
            "SOPS_AGE_KEY_FILE",
            "`s/spoiled.yaml` was changed without sops",
            "sops can't read `s/scalar.yaml`",
            "sops can't read `s/broken.yaml`",
            "`s/folder.yaml` isn't a file",
            "`s/good.yaml` has no `TOKNE` for `TOKNE` of `web`",
            "Did you mean `TOKEN`?",
            "Did you mean `/deep/token`?",
            "`deep` in `s/good.yaml` is an object",
            "`NULL` in `s/good.yaml` is null",
            "Nothing says the secret `NOBODY` of `web`",
            "12 errors",
        ):
            t.check(f"it says: {words}", words in text, done.stderr)
        t.check("no value is told", "hunter2" not in done.stderr + done.stdout, done.stderr)
        t.check("nor a key", not any(key in done.stderr for key in w.sops.keys), done.stderr)
        as_json = w.generate("--json")
        t.check("as JSON neither", as_json.returncode == 1 and "hunter2" not in as_json.stdout + as_json.stderr, as_json)
        found = [json.loads(line).get("id") for line in as_json.stdout.splitlines()]
        t.check("with ids", {"secret.file", "secret.no-key", "secret.no-text", "environment.no-secret"} <= set(found), found)
        everything = {name: "x" for name in variables}
        t.check("exported, all is well", w.generate(env=everything).returncode == 0)
        gone = w.generate(env={"PATH": "/usr/bin:/bin"})
        t.check("without sops that is said, once", gone.stderr.count("there is no sops on PATH") == 1 and "`GOOD`" in gone.stderr, gone.stderr)


def test_files_stay_in_the_project(t):
    with World(manifest(app({"default": {"A": {"source": "sops", "path": "s.yaml"}}}))) as w:
        outside = Path(w.folder.name) / "outside.yaml"
        w.sops.encrypt(outside, {"A": "theirs"})
        (w.project.folder / "s.yaml").symlink_to(outside)
        done = w.generate()
        t.check("a link that leads out isn't followed", done.returncode == 1 and w.sops.calls() == [], done)
        w.project.write(manifest(app({"default": {"A": {"source": "sops", "path": "../s.yaml"}}})))
        done = w.generate()
        t.check("nor a path", done.returncode == 1 and "manifest.secret-file" in done.stderr, done.stderr)
        w.project.write(manifest(app({"default": {"A": {"source": "sops", "path": "-d.yaml"}}})))
        w.encrypt("-d.yaml", {"A": "fine"})
        done = w.generate()
        t.check("a name like an option is a name", done.stdout == 'A="fine"\n', done)


for _scenario in (
    test_secrets_arrive_as_they_are, test_sops_sees_its_keys_and_nothing_else, test_all_that_is_wrong_is_said_at_once,
    test_files_stay_in_the_project,
):
    _scenario.takes_any_engine = True
