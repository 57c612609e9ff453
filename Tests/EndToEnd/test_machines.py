"""What machines read: cloud-init's file is one, its parts are what their programs take, and an app's variables arrive byte for byte."""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import golden
from harness import LEAVES, ROOT
from product import Project

#: Leaves that make a machine.
MACHINES = ("digitalocean_vm", "hetzner_vm")
TEMPLATES = ROOT / "ProviderSpecs" / "shared" / "templates"


def planned_files(t, leaf, case):
    """The file of cloud-init of each machine that a golden tree plans."""
    found = golden.Case(LEAVES / leaf / case)
    variables = golden.variables_of(found, "production")
    workspace = t.workspace(found.tree, environment="production", world=found.setting("world", "production"), variables=variables)
    for name in workspace.ephemeral_variables():
        workspace.variables.setdefault(f"TF_VAR_{name}", "made-up-token-".ljust(64, "0"))
    # Providers keep no more than a digest of the file, so a resource of Terraform's own shows it as well.
    module = workspace.path / "providers" / leaf.replace("_", "/")
    (module / "shown.tf").write_text('resource "terraform_data" "shown" {\n  input = local.user_data\n}\n')
    workspace.init()
    planned = workspace.plan()
    t.check(f"{leaf}/{case}: plan", planned.code in (0, 2), planned)
    plan = workspace.terraform("show", "-json", "tfplan").json()
    return [
        change["change"]["after"]["input"]
        for change in plan["resource_changes"]
        if change["type"] == "terraform_data" and change["name"] == "shown"
    ]


def run(*words, **options):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=60, **options)


def test_cloud_init_files(t):
    if not shutil.which("cloud-init"):
        return t.skip("files of cloud-init", "there is no cloud-init on this machine")
    from ruamel.yaml import YAML

    for leaf in MACHINES:
        for case in sorted(path.name for path in (LEAVES / leaf).iterdir()):
            for number, text in enumerate(planned_files(t, leaf, case)):
                what = f"{leaf}/{case} {number}"
                with tempfile.TemporaryDirectory() as folder:
                    root = Path(folder)
                    file = root / "user-data"
                    file.write_text(text)
                    valid = run("cloud-init", "schema", "--config-file", file)
                    t.check(f"{what}: cloud-init takes it", valid.returncode == 0 and "Valid" in valid.stdout, valid.stdout + valid.stderr)
                    t.check(f"{what}: it is short enough", len(text.encode()) < 32768, len(text))
                    data = YAML(typ="safe").load(text)
                    check_parts(t, what, data, root)
        t.check(f"{leaf}: a machine was planned", bool(planned_files(t, leaf, "full")))


def check_parts(t, what, data, root):
    files = {item["path"]: item["content"] for item in data["write_files"]}
    deploy = next(user for user in data["users"] if user != "default")
    t.check(f"{what}: the user of deployments has no rights", not {"sudo", "groups"} & set(deploy), deploy)
    t.check(f"{what}: nobody logs in by password", data["ssh_pwauth"] is False)
    for path, content in files.items():
        place = root / path.removeprefix("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content)
        if content.startswith("#!/bin/sh") and shutil.which("shellcheck"):
            checked = run("shellcheck", place)
            t.check(f"{what}: shellcheck {path}", checked.returncode == 0, checked.stdout)
    units = [path for path in files if path.startswith("/etc/systemd/system/")]
    t.check(f"{what}: there are units", units, sorted(files))
    check_units(t, what, root, units)
    if shutil.which("caddy"):
        adapted = run("caddy", "adapt", "--config", root / "etc/caddy/Caddyfile", "--adapter", "caddyfile", env={**os.environ, "HOME": str(root)})
        t.check(f"{what}: caddy takes its file", adapted.returncode == 0, adapted.stderr)
        apps = [name for name in files if name.startswith("/etc/app-checks/")]
        t.check(f"{what}: every app is behind the proxy", adapted.stdout.count("127.0.0.1:") >= min(1, len(apps)), adapted.stdout)
    commands = [command for command in data["runcmd"] if command[0] == "ufw"]
    t.check(f"{what}: the firewall is closed but for ports", ["ufw", "--force", "enable"] in commands and len(commands) > 3, commands)


def check_units(t, what, root, units):
    if not shutil.which("systemd-analyze"):
        return t.skip(f"{what}: units", "there is no systemd-analyze on this machine")
    # What the units call is there on the machine, not here.
    for program in ("usr/bin/docker", "usr/bin/systemctl"):
        place = root / program
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("#!/bin/sh\n")
        place.chmod(0o755)
    for program in ("usr/local/sbin/app-names", "usr/local/sbin/app-check"):
        (root / program).chmod(0o755)
    folder = root / "etc/systemd/system"
    known = root / "usr/lib/systemd/system"
    known.mkdir(parents=True, exist_ok=True)
    for pattern in ("*.target", "*.slice"):
        for unit in Path("/lib/systemd/system").glob(pattern):
            shutil.copy(unit, known / unit.name)
    (folder / "docker.service").write_text("[Service]\nExecStart=/usr/bin/docker\n")
    names = [Path(path).name.replace("@.", "@web.") for path in units]
    for name in names:
        checked = run("systemd-analyze", "verify", "--man=no", f"--root={root}", name)
        text = "\n".join(line for line in checked.stderr.splitlines() if any(unit in line for unit in names))
        t.check(f"{what}: systemd takes {name}", not text, text)


#: Values that some reader of such files would spoil.
HOSTILE = {
    "PLAIN": "simple",
    "EMPTY": "",
    "SPACES": "  before and behind  ",
    "LINES": "-----BEGIN KEY-----\nPATH=/nowhere\nline = two\n-----END KEY-----\n",
    "QUOTES": "it's \"quoted\" `here`",
    "SHELL": "$HOME ${HOME} $(id) `id` !! * ~ # no comment ; & | > <",
    "SLASHES": "back\\slash \\n \\\\ at the end \\",
    "LINE_ENDS_IN_SLASH": "one\\\ntwo\\\\\nthree",
    "JSON": '{"a": ["b\\"c", 1.5, null], "d": "\\u00e9"}',
    "LETTERS": "äöü ß 漢字 🚀 \u00a0",
    "EQUALS": "a=b=c",
    "HASH": "#hash",
    "TABULATOR": "a\tb",
    "PERCENT": "100% %n %%",
    "LONG": "x" * 100_000,
}


def generated(t, values, *more, env=None):
    manifest = {
        "project": {"name": "shop"},
        "apps": [
            {
                "name": "web",
                "infra": {"provider": "digitalocean", "type": "vm"},
                "env": {"production": {name: {"source": "value", "value": value} for name, value in values.items()}},
            }
        ],
    }
    with Project(manifest) as project:
        done = project.run("env", "generate", "--app", "web", "--environment", "production", "--output", "web.env", *more, env=env)
        file = project.folder / "web.env"
        mode = file.stat().st_mode & 0o777 if file.exists() else None
        return done, file.read_bytes() if file.exists() else None, mode


def variables_of(data):
    return dict(entry.split("=", 1) for entry in data.decode().split("\0") if entry)


def test_environment_files(t):
    done, data, mode = generated(t, HOSTILE)
    if not t.check("a file is written", done.returncode == 0 and data, done.stdout + done.stderr):
        return
    t.check("it is for its owner alone", mode == 0o600, oct(mode or 0))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "web.env"
        file.write_bytes(data)
        for shell in ("sh", "bash"):
            read = subprocess.run(["env", "-i", shell, "-c", 'set -a; . "$1"; exec env -0', shell, str(file)], capture_output=True, timeout=60)
            found = variables_of(read.stdout)
            wrong = [name for name, value in HOSTILE.items() if found.get(name) != value]
            t.check(f"{shell} reads every value byte for byte", not wrong, wrong)
        names = Path(folder) / "names"
        listed = run("sh", TEMPLATES / "app-names.sh", file, names)
        t.check("the names are listed", listed.returncode == 0, listed.stderr)
        t.check("the list is that of the names alone", names.read_text().splitlines() == sorted(HOSTILE), names.read_text())
        t.check("the list is for its owner alone", names.stat().st_mode & 0o777 == 0o600)
        found = read_by_systemd(t, file, Path(folder))
        if found is not None:
            wrong = [name for name, value in HOSTILE.items() if found.get(name) != value]
            t.check("systemd reads every value byte for byte", not wrong, {name: found.get(name) for name in wrong})
            t.check("what would change the machine's programs is unset", "LD_PRELOAD" not in found, found.get("LD_PRELOAD"))


def read_by_systemd(t, file, folder):
    """The variables that a unit gets of a file, from a systemd of its own; None where there can't be one."""
    systemd = Path("/lib/systemd/systemd")
    if not systemd.exists() or os.geteuid() != 0 or not shutil.which("unshare"):
        t.skip("systemd reads the file", "that takes systemd, unshare and root")
        return None
    template = (TEMPLATES / "cloud-init.yaml.tftpl").read_text()
    unset = re.search(r"UnsetEnvironment=.*", template).group()
    result = folder / "result"
    with open(file, "ab") as stream:
        stream.write(b'LD_PRELOAD="/nowhere/evil.so"\n')
    script = folder / "start"
    script.write_text(
        f"""mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system && cat >/run/systemd/system/probe.service <<'UNIT'
[Unit]
DefaultDependencies=no
[Service]
Type=oneshot
EnvironmentFile={file}
{unset}
ExecStart=/bin/sh -c 'env -0 >{result}.new && mv {result}.new {result}'
UNIT
export container=test
exec {systemd} --system --log-target=null --show-status=0 --unit=probe.service
"""
    )
    process = subprocess.Popen(
        ["unshare", "--pid", "--mount", "--fork", "--kill-child", "--mount-proc", "sh", str(script)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )
    until = time.monotonic() + 20
    while not result.exists() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGKILL) if process.poll() is None else None
    process.wait()
    if not result.exists():
        t.skip("systemd reads the file", "it doesn't start in a namespace of this machine")
        return None
    return variables_of(result.read_bytes())


def test_unfit_variables_are_refused(t):
    for name, value, words in (
        ("BELL", "a\u0007b", "U+0007"),
        ("RETURN", "a\r\nb", "U+000D"),
        ("LD_PRELOAD", "/x.so", "LD_PRELOAD"),
        ("WEBKIT_IMAGE", "x", "WEBKIT_IMAGE"),
        ("HUGE", "x" * 131_072, "131072"),
    ):
        done, data, _ = generated(t, {name: value, "FINE": "x"})
        t.check(f"{name} is refused, and nothing is written", done.returncode == 1 and data is None and words in done.stderr, done.stderr)


def test_secrets_and_outputs_are_taken_from_where_they_are(t):
    manifest = {
        "project": {"name": "shop"},
        "resources": [{"name": "db", "type": "postgres", "provider": "digitalocean"}],
        "apps": [
            {
                "name": "web",
                "infra": {"provider": "digitalocean", "type": "vm"},
                "env": {
                    "production": {
                        "DATABASE_URL": {"source": "resource", "value": "db.connection_url"},
                        "TOKEN": {"source": "sops", "value": "TOKEN"},
                        "MODE": {"source": "value", "value": "live"},
                    }
                },
            }
        ],
    }
    words = ("env", "generate", "--app", "web", "--environment", "production")
    with Project(manifest) as project:
        lacking = project.run(*words)
        t.check(
            "what is missing is named, all at once",
            lacking.returncode == 1 and "`TOKEN`" in lacking.stderr and "`DATABASE_URL`" in lacking.stderr and not lacking.stdout,
            lacking.stderr,
        )
        outputs = {"resources": {"value": {"db": {"connection_url": "postgres://public"}}}, "environments": {"value": {}}}
        (project.folder / "outputs.json").write_text(json.dumps(outputs))
        done = project.run(*words, "--outputs", "outputs.json", env={"TF_VAR_secrets": '{"web": {"TOKEN": "from-terraform"}}'})
        t.check("outputs and secrets", done.stdout == 'DATABASE_URL="postgres://public"\nMODE="live"\nTOKEN="from-terraform"\n', done.stdout + done.stderr)
        outputs["environments"]["value"] = {"web": {"DATABASE_URL": "postgres://private"}}
        (project.folder / "outputs.json").write_text(json.dumps(outputs))
        done = project.run(*words, "--outputs", "outputs.json", env={"TF_VAR_secrets": '{"web": {"TOKEN": "x"}}', "TOKEN": "own"})
        t.check("what the machine is given wins, and so does a secret's own variable", done.stdout == 'DATABASE_URL="postgres://private"\nMODE="live"\nTOKEN="own"\n', done.stdout)
        done = project.run(*words, "--outputs", "outputs.json", env={"TF_VAR_secrets": "top secret, no JSON"})
        t.check("what can't be read isn't quoted", done.returncode == 1 and "top secret" not in done.stderr, done.stderr)
        for arguments in (("--app", "wbe", "--environment", "production"), ("--app", "web", "--environment", "prodution"), ("--app", "web")):
            done = project.run("env", "generate", *arguments)
            t.check(f"{' '.join(arguments)} is wrong usage", done.returncode == 64, done.stderr)
