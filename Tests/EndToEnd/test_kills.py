"""Applies that die: `scripts/kill-runs.sh` in small, and what is said of a state that came to harm."""

import json
import random
import shutil
import signal
import subprocess
import time

import kills
from kills import Kill, Place
from stores import Store
from test_exec import wait

#: Of each way, with each engine; the script does fifty.
IN_A_FILE = 1
IN_A_STORE = ("engine SIGKILL", "webkit SIGKILL")


def test_applies_that_are_killed_lose_nothing(t):
    seed = str(random.SystemRandom().randrange(10**6))
    struck = 0
    with Place(t.engine) as place:
        for way in kills.WAYS:
            for number in range(IN_A_FILE):
                kill = Kill(place, way, random.Random(f"{seed} {way} {number}"), thorough=number == 0 and "KILL" in way).run()
                struck += not kill.missed
                t.check(f"{way} {number} of seed {seed}", not kill.problems, "\n".join(kill.problems))
    with Store() as store, Place(t.engine, store) as place:
        for way in IN_A_STORE:
            kill = Kill(place, way, random.Random(f"{seed} {way}")).run()
            struck += not kill.missed
            t.check(f"{way} of seed {seed}, state in a store", not kill.problems, "\n".join(kill.problems))
    t.check("most came in time", struck >= 4, struck)


class Died:
    """A project whose engine was killed while it made the database `x`, with the state from before."""

    def __init__(self, place):
        self.place = place
        self.folder = place.project.folder
        place.workspace.standins.forget_calls()
        place.project.update(kills.manifest("abx"))
        place.workspace.standins.set_world({"delays": {"apply turso_database": 4}})
        process = self.start()
        wait(lambda: is_making(place))
        self.kill = Kill(place, "engine SIGKILL", random.Random(1))
        self.kill.folder = self.folder
        self.kill._strike(process)
        self.said = process.communicate(timeout=30)[0]
        place.workspace.standins.set_world({})
        self.address = 'module.resources.module.turso_sqlite["x"].turso_database.this'

    def start(self):
        return subprocess.Popen(
            self.place.words("apply", "--auto-approve"), cwd=self.folder, env=self.place.variables, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )

    def beside(self, name, change):
        """A copy of it, with something done to its state: the folder."""
        folder = self.place.workspace.folder / name
        shutil.copytree(self.folder, folder, symlinks=True)
        change(folder, self.place.file(folder))
        return folder


def is_making(place):
    """Whether the provider was asked for the database."""
    return any(call.endswith("ApplyResourceChange turso_database") for call in place.workspace.standins.calls())


def changed(text, **members):
    return json.dumps({**json.loads(text), **members})


def test_what_became_of_the_state_of_a_run_that_died_is_said(t):
    with Place(t.engine) as place:
        died = Died(place)
        t.check("the run that died says it", "ended by signal 9" in died.said and f"note: {died.address}" in died.said, died.said)
        whole = place.file(died.folder).read_text()
        planned = place.webkit(died.folder, "plan")
        t.check("so does the next", planned.returncode == 0 and f"note: {died.address}" in planned.stderr, planned)
        t.check("and that nothing is lost", "The state is whole" in planned.stderr, planned)
        read = place.webkit(died.folder, "output", "--refresh")
        t.check("who only looks is told, too", read.returncode == 0 and died.address in read.stderr, read)
        programs = place.webkit(died.folder, "plan", "--json")
        orphans = kills.Kill._findings(programs.stdout).get("run.orphans", {})
        t.check("programs get the addresses", [note["text"] for note in orphans.get("notes", [])] == [died.address], programs)

        rows = {
            "empty": (lambda folder, file: file.write_text(""), "is empty, or gone"),
            "gone": (lambda folder, file: file.unlink(), "is empty, or gone"),
            "cut": (lambda folder, file: file.write_text(whole[: len(whole) // 2]), "is damaged"),
            "other": (lambda folder, file: file.write_text("no state\n"), "is damaged"),
            "older": (lambda folder, file: file.write_text(changed(whole, serial=3)), "is older than before: serial 3"),
            "strange": (lambda folder, file: file.write_text(changed(whole, lineage="another")), "comes from another history"),
        }
        for name, (change, words) in rows.items():
            folder = died.beside(name, change)
            place.workspace.standins.forget_calls()
            planned = place.webkit(folder, "plan")
            t.check(f"{name}: it is said", words in planned.stderr, planned)
            t.check(f"{name}: with the copy to put back", "webkit infra state restore --environment production" in planned.stderr, planned)
            t.check(f"{name}: and what may exist", died.address in planned.stderr, planned)
            before = place.file(folder).read_text() if place.file(folder).exists() else None
            for words in (("apply", "--auto-approve"), ("exec", "--", "apply", "-auto-approve")):
                refused = place.webkit(folder, *words)
                t.check(f"{name}: {words[0]} refuses", refused.returncode == 1 and "nothing was done" in refused.stderr, refused)
            after = place.file(folder).read_text() if place.file(folder).exists() else None
            t.check(f"{name}: the state stays as it is", before == after)
            asked = [call for call in place.workspace.standins.calls() if " ApplyResourceChange " in call]
            t.check(f"{name}: nothing is made", not asked, asked)
            if name not in ("empty", "cut", "older"):
                continue
            restored = place.webkit(folder, "state", "restore", "--auto-approve")
            t.check(f"{name}: a copy is put back", restored.returncode == 0, restored)
            known = place.state(folder)
            t.check(f"{name}: with all that was known", all(known.get(item) == of for item, of in place.known.items()), known)
            again = place.webkit(folder, "plan")
            t.check(f"{name}: then nothing is lost", "run.lost-state" not in again.stderr and died.address in again.stderr, again)


def test_what_the_engine_couldn_t_store_is_kept_as_a_copy(t):
    with Place(t.engine) as place:
        died = Died(place)
        file = place.file(died.folder)
        serial = json.loads(file.read_text())["serial"]
        (died.folder / "infra" / "errored.tfstate").write_text(changed(file.read_text(), serial=serial + 5))
        cache = died.folder / ".webkit" / "cache"
        leftovers = [cache / "runs" / "staging" / "plan", cache / "states" / "production" / ".7.tfstate.webkit-new"]
        for path in leftovers:
            path.parent.mkdir(exist_ok=True)
            path.write_text("what a killed run left")
        planned = place.webkit(died.folder, "plan")
        t.check("what killed runs left goes, also another environment's", not any(path.exists() for path in leftovers), leftovers)
        t.check("it is said", "it is kept as copy 2" in planned.stderr and "state restore --environment production 2" in planned.stderr, planned)
        copy = died.folder / ".webkit" / "cache" / "states" / "production" / "2.tfstate"
        t.check("as a copy for its owner alone", copy.exists() and copy.stat().st_mode & 0o777 == 0o600)
        t.check("not in the tree any more", not (died.folder / "infra" / "errored.tfstate").exists())
        again = place.webkit(died.folder, "plan")
        t.check("it is said again", "kept as copy 2" in again.stderr, again)
        refused = place.webkit(died.folder, "apply", "--auto-approve")
        t.check("nothing is applied before", refused.returncode == 1 and "nothing was done" in refused.stderr, refused)
        restored = place.webkit(died.folder, "state", "restore", "--auto-approve", "2")
        t.check("it is put back", restored.returncode == 0, restored)
        t.check("and is the state", json.loads(file.read_text())["serial"] >= serial + 5, file.read_text()[:200])
        quiet = place.webkit(died.folder, "plan")
        t.check("then nothing is said of it", quiet.returncode == 0 and "couldn't store" not in quiet.stderr, quiet)
        adopted = place.webkit(died.folder, "exec", "--", "import", died.address, "acme/shop-x")
        t.check("what may exist is adopted", adopted.returncode == 0, adopted)
        done = place.webkit(died.folder, "plan")
        t.check("and isn't named any more", done.returncode == 0 and "run." not in done.stderr, done)


def test_who_comes_after_a_killed_webkit_waits_for_its_engine(t):
    with Place(t.engine) as place:
        place.project.update(kills.manifest("abx"))
        folder = place.project.folder
        place.workspace.standins.set_world({"delays": {"apply turso_database": 4}})
        place.workspace.standins.forget_calls()
        process = Died.start(type("Run", (), {"place": place, "folder": folder}))
        wait(lambda: is_making(place))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        refused = place.webkit(folder, "plan")
        t.check("the engine is still at it", refused.returncode == 1 and "another webkit works on production" in refused.stderr, refused)
        end = time.monotonic() + 30
        while place.webkit(folder, "plan").returncode and time.monotonic() < end:
            time.sleep(0.3)
        t.check("what it was making is in the state", any('["x"].turso_database.this' in item for item in place.state(folder)))
        planned = place.webkit(folder, "plan")
        t.check("and nothing is open", planned.returncode == 0 and "run." not in planned.stderr, planned)


def test_an_engine_that_dies_takes_along_what_it_started(t):
    with Place(t.engine) as place:
        log = place.workspace.folder / "started"
        engine = place.workspace.folder / "engine"
        engine.write_text(
            f'#!/bin/sh\ncase "$*" in *" apply "*) sleep 300 & echo $! > "{log}"; wait;; esac\nexec "{t.engine.path}" "$@"\n')
        engine.chmod(0o755)
        place.project.update(kills.manifest("abx"))
        words = place.words("apply", "--auto-approve")
        words[words.index(t.engine.path)] = str(engine)
        process = subprocess.Popen(words, cwd=place.project.folder, env=place.variables, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        wait(lambda: log.exists() and log.read_text().strip())
        started = int(log.read_text())
        parent = int(open(f"/proc/{started}/stat").read().rsplit(")", 1)[1].split()[1])
        subprocess.run(["kill", "-KILL", str(parent)], check=True)
        said, _ = process.communicate(timeout=30)
        t.check("its end is said", process.returncode == 1 and "ended by signal 9" in said, said)
        wait(lambda: not is_alive(started))
        t.check("what it started is gone", not is_alive(started))


def is_alive(process):
    try:
        return open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
