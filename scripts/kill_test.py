"""The rounds of kill-test.sh: update, kill, look, update again, look."""

import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

WEBKIT = os.environ["WEBKIT"]
ROOT = pathlib.Path(__file__).resolve().parent.parent
BAD_ACTIONS = {"kept", "released", "conflict"}


def manifests():
    """Two manifests whose trees differ in texts, files and folders."""
    first = json.loads((ROOT / "golden/projects/mission/input/app.json").read_text())
    second = json.loads(json.dumps(first))
    second["resources"] = []
    for app in second["apps"]:
        app["env"] = {}
    second["apps"] = second["apps"][:1]
    second["project"]["name"] += "-two"
    return [json.dumps(first, indent=2), json.dumps(second, indent=2)]


def tree(folder):
    """Paths and bytes of everything that belongs in version control, and all folders."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if name == "app.json" or name.startswith(".webkit/cache"):
            continue
        found[name] = path.read_bytes() if path.is_file() else None
    return found


def start(folder):
    return subprocess.Popen(
        [WEBKIT, "update", "--json", "-C", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def update(folder):
    """Runs to the end; the lines about files."""
    process = start(folder)
    output, errors = process.communicate()
    if process.returncode != 0:
        raise SystemExit(f"update failed ({process.returncode}):\n{output.decode()}{errors.decode()}")
    return [line for line in map(json.loads, output.splitlines()) if line["type"] == "file"]


def write_time(folder):
    """Runs to the end; the seconds that it wrote."""
    record = folder / ".webkit/infra.next.json"
    process = start(folder)
    began = None
    while process.poll() is None:
        if began is None and record.exists():
            began = time.monotonic()
    ended = time.monotonic()
    process.communicate()
    return ended - (began or ended)


def kill(folder, window, choice):
    """Starts a run and kills it, mostly while it writes; whether it was killed, and was writing."""
    record = folder / ".webkit/infra.next.json"
    process = start(folder)
    if choice.random() < 0.7:
        while process.poll() is None and not record.exists():
            pass
        wait = choice.uniform(0, window)
    else:
        wait = choice.uniform(0, 3 * window)
    end = time.monotonic() + wait
    while process.poll() is None and time.monotonic() < end:
        pass
    process.kill()
    process.communicate()
    return process.returncode < 0, record.exists()


def fail(seed, number, text, folder):
    print(f"seed {seed}, round {number}: {text}\nthe project stands in {folder}", file=sys.stderr)
    raise SystemExit(1)


def main():
    rounds = int(sys.argv[1])
    seed = sys.argv[2] or str(random.SystemRandom().randrange(10**9))
    choice = random.Random(seed)
    texts = manifests()
    base = pathlib.Path(tempfile.mkdtemp(prefix="webkit-kill-"))
    wanted, windows = [], []
    for index, text in enumerate(texts):
        clean = base / f"clean{index}"
        clean.mkdir()
        (clean / "app.json").write_text(text)
        windows.append(write_time(clean))
        wanted.append(tree(clean))
    window = max(windows)
    whole = {}
    for expected in wanted:
        for name, content in expected.items():
            whole.setdefault(name, set()).add(content)

    project = base / "project"
    project.mkdir()
    killed = pending = 0
    for number in range(rounds):
        # From time to time several kills come in a row, to and fro, or the first run is killed.
        if choice.random() < 0.1:
            shutil.rmtree(project)
            project.mkdir()
        for _ in range(choice.choice([1, 1, 1, 2, 3])):
            target = choice.randrange(2)
            (project / "app.json").write_text(texts[target])
            was_killed, was_writing = kill(project, window, choice)
            killed += was_killed
            pending += was_writing
            for name, content in tree(project).items():
                if name.startswith(".webkit") or name.endswith(".webkit-new"):
                    continue
                if content not in whole.get(name, set()):
                    fail(seed, number, f"{name} isn't whole after the kill", project)
        target = choice.randrange(2)
        (project / "app.json").write_text(texts[target])
        for line in update(project):
            if line["action"] in BAD_ACTIONS:
                fail(seed, number, f"{line['path']} counts as {line['action']}", project)
        found, expected = tree(project), wanted[target]
        if found != expected:
            names = [n for n in {**found, **expected} if found.get(n, 0) != expected.get(n, 0)]
            fail(seed, number, f"the tree isn't the new one: {sorted(names)}", project)
        if update(project):
            fail(seed, number, "a second run still changes files", project)
    shutil.rmtree(base)
    print(f"{rounds} rounds, {killed} runs killed, {pending} of them while writing (seed {seed})")


main()
