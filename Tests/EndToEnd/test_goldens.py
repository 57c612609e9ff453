"""The command gives the recorded trees and findings, and leaves what isn't its own."""

import json
import shutil

import golden
from harness import GOLDEN, ROOT
from product import Project

DIAGNOSTICS = ROOT / "golden" / "diagnostics"


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def unversioned(tree):
    """A tree without the version of the command, which a release changes."""
    result = {}
    for path, data in tree.items():
        if path.endswith("project.auto.tfvars.json"):
            data = json.dumps({**json.loads(data), "webkit_version": ""}).encode()
        result[path] = data
    return result


def test_every_tree_is_written_as_recorded(t):
    for case in sorted(path.name for path in GOLDEN.iterdir() if path.is_dir()):
        with Project() as project:
            shutil.copytree(GOLDEN / case / "input", project.folder, dirs_exist_ok=True)
            kept = {path: data for path, data in project.snapshot().items() if path != ".webkit/infra.json"}
            done = project.run("update")
            t.check(f"{case}: update", done.returncode == 0, done.stdout + done.stderr)
            found = project.snapshot()
            own = {path: data for path, data in found.items() if path not in kept and not path.startswith(".webkit/")}
            wanted = files(GOLDEN / case / "expected")
            t.check(f"{case}: the tree is the recorded one", unversioned(own) == unversioned(wanted), sorted(set(own) ^ set(wanted)))
            t.check(f"{case}: what was there is untouched", kept.items() <= found.items(), sorted(kept))
            again = project.run("update", "--check")
            t.check(f"{case}: nothing is left to do", again.returncode == 0, again.stdout + again.stderr)
            t.check(f"{case}: a check writes nothing", project.snapshot() == found)
            valid = project.run("infra", "validate")
            t.check(f"{case}: infra validate", valid.returncode == 0, valid.stdout + valid.stderr)


def test_every_bad_manifest_is_refused_and_writes_nothing(t):
    cases = sorted(path.name for path in DIAGNOSTICS.iterdir() if path.is_dir())
    for number, case in enumerate(cases):
        with Project() as project:
            shutil.copy(DIAGNOSTICS / case / "app.json", project.folder / "app.json")
            # What earlier runs remember, where the case is about that.
            ledger = DIAGNOSTICS / case / "infra.json"
            if ledger.exists():
                (project.folder / ".webkit").mkdir()
                shutil.copy(ledger, project.folder / ".webkit" / "infra.json")
            before = project.snapshot()
            # The other commands read the manifest in the same way, so that some cases do for them.
            others = (("update", "--check"), ("infra", "validate")) if number % 8 == 0 else ()
            for command in (("update",), *others):
                done = project.run(*command)
                what = f"{case}: {' '.join(command)}"
                t.check(f"{what} exits with 1", done.returncode == 1, f"exit {done.returncode}\n{done.stdout}{done.stderr}")
                wanted = (DIAGNOSTICS / case / "expected.txt").read_text(encoding="utf-8")
                t.check(f"{what} prints the recorded findings", wanted in done.stderr, done.stderr)
                t.check(f"{what} leaves the disk as it was", project.snapshot() == before, sorted(project.snapshot()))


def test_a_tree_in_another_directory_applies(t):
    case = golden.Case(GOLDEN / "naming-pattern")
    case.tree = GOLDEN / "naming-pattern" / "expected" / "deploy" / "terraform"
    environments = case.environments()
    t.check("there are three environments", environments == ["production", "qa", "staging"], environments)
    for environment in environments:
        golden.run_case(case, environment, t.engine, t)


#: Terraform isn't called.
test_every_tree_is_written_as_recorded.takes_any_engine = True
test_every_bad_manifest_is_refused_and_writes_nothing.takes_any_engine = True
