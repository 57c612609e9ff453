"""Applies that are killed at random moments, and what has to hold afterwards.

    with Place(engine) as place:
        Kill(place, "engine SIGKILL", random.Random(1)).run().problems    # what doesn't hold
"""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

from harness import Workspace
from product import COMMAND, Project
from stores import KEYS

#: What is killed, and how.
WAYS = {
    "webkit SIGKILL": ("webkit", signal.SIGKILL),
    "provider SIGKILL": ("provider", signal.SIGKILL),
    "engine SIGINT": ("engine", signal.SIGINT),
    "engine SIGTERM": ("engine", signal.SIGTERM),
    "engine SIGKILL": ("engine", signal.SIGKILL),
}
PRODUCTION = ("--environment", "production")
MADE = ("turso_database", "turso_database_configuration", "turso_database_token")
SECRET = "made-up-token-of-the-provider"


def manifest(names, store=None):
    found = {
        "project": {"name": "shop", "title": "Shop", "repo": {"owner": "acme", "name": "shop"}},
        "infra": {"environments": ["production", "staging"], "providers": {"turso": {"organization": "acme"}}},
        "resources": [{"name": name, "provider": "turso", "type": "sqlite"} for name in names],
    }
    if store:
        found["infra"]["backend"] = {"type": "s3_compatible", "endpoint": store.url, "bucket": store.bucket}
    return found


class Place:
    """A project that is applied, with changes that aren't: each kill gets a copy of it.

    The databases `a` and `b` are there. Each kill is to make others, whose names no earlier one has taken.
    """

    def __init__(self, engine, store=None):
        self.engine = engine
        self.store = store
        self.workspace = None
        self.kills = 0
        self.start_providers()
        self.project = Project()
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def start_providers(self):
        if self.workspace:
            self.workspace.close()
        self.workspace = Workspace(None, self.engine, providers=("turso",))
        self.variables = {**self.workspace.variables, "TURSO_API_TOKEN": SECRET}
        if self.store:
            self.variables.update(KEYS)

    def _prepare(self):
        self.project.update(manifest("ab", self.store))
        done = self.webkit(self.project.folder, "apply", "--auto-approve")
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        self.known = self.state(self.project.folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        shutil.rmtree(self.project.folder, ignore_errors=True)
        if self.workspace:
            self.workspace.close()

    def words(self, *arguments):
        return [str(COMMAND), "infra", arguments[0], "--engine", self.engine.path, *PRODUCTION, *arguments[1:]]

    def webkit(self, folder, *arguments):
        return subprocess.run(
            self.words(*arguments), cwd=folder, env=self.variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
        )

    # --- the state

    @property
    def key(self):
        return "projects/shop/production/terraform.tfstate"

    def file(self, folder):
        return folder / "infra" / "state" / "production.tfstate"

    def stored(self, folder):
        """What is stored as the state, as text."""
        return self.store.read(self.key) if self.store else self.file(folder).read_text()

    def put_back(self):
        """Makes the bucket as it was: the copy of the folder has the state where it is a file."""
        if self.store:
            for key in self.store.keys():
                if key != self.key:
                    self.store.client.delete_object(Bucket=self.store.bucket, Key=key)
            self.store.client.put_object(Bucket=self.store.bucket, Key=self.key, Body=self.original.encode())

    def state(self, folder):
        """The instances that stand in the state, by address."""
        if not hasattr(self, "original"):
            self.original = self.stored(folder)
        return instances(self.stored(folder))


def instances(text):
    found = {}
    for resource in json.loads(text)["resources"]:
        if resource["mode"] != "managed":
            continue
        for instance in resource["instances"]:
            address = ".".join(part for part in (resource.get("module"), resource["type"], resource["name"]) if part)
            found[address] = instance["attributes"]
    return found


class Kill:
    """One apply that is killed, and what is found afterwards.

    problems     what doesn't hold; empty if all does
    facts        what happened: in flight, damaged, locked, ...
    """

    def __init__(self, place, way, choice, thorough=False):
        self.place = place
        self.target, self.signal = WAYS[way]
        self.choice = choice
        self.thorough = thorough
        self.problems = []
        self.facts = Counter()
        self.missed = False

    def expect(self, what, holds, detail=""):
        if not holds:
            self.problems.append(f"{what}\n{detail}".rstrip())

    def run(self):
        place = self.place
        if place.workspace.standins.process.poll() is not None:
            place.start_providers()
        place.put_back()
        delays = {f"apply {kind}": self.choice.uniform(0.1, 0.8) for kind in MADE}
        place.workspace.standins.set_world({"delays": delays})
        place.workspace.standins.forget_calls()
        self.project = Project()
        self.folder = self.project.folder
        try:
            shutil.rmtree(self.folder)
            shutil.copytree(place.project.folder, self.folder, symlinks=True)
            place.kills += 1
            self.project.update(manifest(["a", "b", *(f"{letter}{place.kills}" for letter in "wxyz")], place.store))
            self._kill()
            self._look()
        finally:
            for process in self.processes():
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            shutil.rmtree(self.folder, ignore_errors=True)
        return self

    # --- the kill

    def processes(self, of_engine=False):
        """Processes that work in the folder, or name it; or the engines among them, who may be a script's interpreter."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes()
                here = os.readlink(entry / "cwd")
                if of_engine and (b"-chdir=" not in words or os.path.samefile(entry / "exe", COMMAND)):
                    continue
            except OSError:
                continue
            if words and (str(self.folder) == here or here.startswith(f"{self.folder}/") or str(self.folder).encode() in words):
                found.append(int(entry.name))
        return found

    def _kill(self):
        place = self.place
        process = subprocess.Popen(
            place.words("apply", "--auto-approve", "--json"), cwd=self.folder, env=place.variables, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )
        journal = self.folder / ".webkit" / "cache" / "runs" / "production.journal"
        # Mostly while something is made: an apply takes about as long as one of each kind, and a bit.
        if self.choice.random() < 0.75:
            while process.poll() is None and not journal.exists():
                time.sleep(0.005)
            time.sleep(self.choice.uniform(0, 1.5))
        else:
            time.sleep(self.choice.uniform(0, 2.0))
        applying = journal.exists()
        struck = self._strike(process)
        self.facts["killed while applying" if applying else "killed before"] += struck
        self.facts["too late, tried again"] += not struck
        self.missed = not struck
        said, _ = process.communicate(timeout=60)
        self.said = said
        end = time.monotonic() + 20
        while self.processes() and time.monotonic() < end:
            time.sleep(0.02)
        self.expect("no process is left", not self.processes(), self.processes())

    def _strike(self, process):
        """Kills; whether there was something to kill still."""
        if process.poll() is not None:
            return False
        if self.target == "webkit":
            process.kill()
        elif self.target == "provider":
            os.kill(self.place.workspace.standins.process.pid, signal.SIGKILL)
            self.place.workspace.standins.process.wait()
        else:
            # There are moments at which no engine runs.
            while process.poll() is None:
                engines = self.processes(of_engine=True)
                if engines:
                    try:
                        os.kill(engines[0], self.signal)
                        return True
                    except ProcessLookupError:
                        continue
                time.sleep(0.002)
            return False
        return True

    # --- what is left

    def _look(self):
        place = self.place
        # What was asked of the provider before anything else is: each of it may exist.
        asked = Counter(call.split()[-1] for call in place.workspace.standins.calls() if " ApplyResourceChange " in call)
        if place.workspace.standins.process.poll() is not None:
            place.start_providers()
        place.workspace.standins.set_world({})
        text = place.stored(self.folder)
        try:
            now = instances(text)
        except (ValueError, KeyError):
            now = None
            self.facts["damaged state"] += 1
        if now is not None:
            lost = [address for address, known in place.known.items() if now.get(address) != known]
            self.expect("nothing is lost that was known", not lost, lost)
        self._look_at_files()
        planned = place.webkit(self.folder, "plan", "--json")
        planned = self._unlock(planned)
        findings = self._findings(planned.stdout)
        if now is None:
            self._mend(findings)
            return
        self.expect("the next plan works", planned.returncode == 0, planned.stdout + planned.stderr)
        self._look_for_orphans(findings, asked, now)
        left = [path for path in self.runs() if path.suffix not in (".lock", ".journal")]
        left += (self.folder / ".webkit" / "cache" / "states").rglob("*.webkit-new")
        self.expect("nothing of the run is left", not left, left)
        if self.thorough:
            self._go_on(findings)

    def runs(self):
        return [path for path in (self.folder / ".webkit" / "cache" / "runs").rglob("*") if path.is_file()]

    @staticmethod
    def _findings(text):
        lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
        return {line["id"]: line for line in lines if line.get("type") == "diagnostic"}

    def _look_at_files(self):
        """Nobody else may read what may hold secrets, nor does anything hold the provider's token."""
        for path in [*self.runs(), *(self.folder / "infra").glob("state/*"), *(self.folder / "infra").glob("*.tfstate*")]:
            self.expect(f"{path.name} is for its owner alone", path.stat().st_mode & 0o077 == 0, oct(path.stat().st_mode))
        for path in self.folder.rglob("*"):
            if path.is_file() and path.name != "plan" and SECRET.encode() in path.read_bytes():
                self.expect(f"{path} doesn't hold the token", False)

    def _unlock(self, planned):
        if "Error acquiring the state lock" not in planned.stdout:
            return planned
        self.facts["stale lock"] += 1
        said = re.search(r"webkit infra unlock --environment production ([0-9a-f-]{36})", planned.stdout)
        self.expect("a lock is said with how to take it away", said, planned.stdout)
        if not said:
            return planned
        unlocked = self.place.webkit(self.folder, "unlock", said.group(1))
        self.expect("which works", unlocked.returncode == 0, unlocked.stdout + unlocked.stderr)
        return self.place.webkit(self.folder, "plan", "--json")

    def _look_for_orphans(self, findings, asked, now):
        notes = findings.get("run.orphans", {}).get("notes", [])
        listed = [note["text"] for note in notes]
        self.facts["runs with orphans"] += bool(listed)
        self.facts["orphans"] += len(listed)
        self.expect("what is in the state isn't listed", not set(listed) & set(now), listed)
        for kind in MADE:
            made = len([address for address in now if f".{kind}." in address and address not in self.place.known])
            named = len([address for address in listed if f".{kind}." in address])
            what = f"all of {kind} that may exist is listed: asked {asked[kind]}, in the state {made}, listed {named}"
            # Asked once each: what the provider was asked for is in the state, or listed.
            self.expect(what, made + named >= asked[kind], json.dumps(findings, indent=1))
            # Something that is listed has at least been announced.
            begun = {line for line in self._begun() if f".{kind}." in line}
            self.expect(f"and nothing else of {kind}", {item for item in listed if f".{kind}." in item} <= begun or self.target == "webkit", listed)

    def _begun(self):
        """The addresses of what webkit said to be begun."""
        return re.findall(r'"text":"(\S+): Creating\.\.\.', self.said.replace('\\"', '"'))

    def _mend(self, findings):
        lost = findings.get("run.lost-state")
        self.expect("a damaged state is said to be", lost and "state restore" in (lost.get("help") or ""), findings)
        restored = self.place.webkit(self.folder, "state", "restore", "--auto-approve")
        self.expect("the copy is put back", restored.returncode == 0, restored.stdout + restored.stderr)
        if restored.returncode == 0:
            now = self.place.state(self.folder)
            self.expect("with all that was known", all(now.get(item) == known for item, known in self.place.known.items()), now)

    def _go_on(self, findings):
        """The next apply makes the rest, and then all is quiet."""
        # The stand-in refuses names that are taken: what may exist is looked for first, as a person would.
        self.place.workspace.close()
        self.place.workspace = None
        self.place.start_providers()
        applied = self.place.webkit(self.folder, "apply", "--auto-approve", "--json")
        self.expect("the next apply makes the rest", applied.returncode == 0, applied.stdout + applied.stderr)
        if "run.orphans" in findings:
            self.expect("and says before what may be there twice", "run.orphans" in self._findings(applied.stdout), applied.stdout)
        planned = self.place.webkit(self.folder, "plan", "--json", "--detailed-exitcode")
        self.expect("then nothing is left to do", planned.returncode == 0, planned.stdout + planned.stderr)
        self.expect("nor to say", not self._findings(planned.stdout), planned.stdout)
        left = [path for path in self.runs() if path.suffix != ".lock"]
        self.expect("nor a file", not left, left)


def run_all(engine, ways, count, seed, store=None, each_thorough=10, tell=lambda *_: None):
    """Kills in all ways; (way, number of kills, facts, problems) for each way."""
    with Place(engine, store) as place:
        for way in ways:
            facts, problems = Counter(), []
            for number in range(count):
                name = f"{way} {number} of seed {seed}"
                choice = random.Random(f"{seed} {way} {number}")
                for _ in range(10):
                    kill = Kill(place, way, choice, thorough=number % each_thorough == 0).run()
                    facts += kill.facts
                    problems += [f"{name}: {problem}" for problem in kill.problems]
                    tell(name, kill)
                    if not kill.missed:
                        break
            yield way, count, facts, problems
