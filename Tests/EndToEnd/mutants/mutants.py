"""Judges mutants of trees with `webkit check` and with `terraform init` and `validate`, and compares the verdicts.

    python3 Tests/EndToEnd/mutants/mutants.py [--count N] [--seed S] [--kind K]... [--tree T]... [--engine V] [--cache FILE]
                                              [--mutant NAME]... [--jobs N] [--show N]
                                              [--webkit PATH] [--keep FOLDER] [--least PERCENT]

A mutant is a tree with one change of one of the kinds in kinds.py. Equal arguments give equal mutants. Trees are those of
golden/projects and of trees/ beside this file; all are valid, which is judged first. Terraform talks to the stand-in
providers; both programs know the same schemas (Tests/Schemas). The table tells for each kind how many mutants both accept,
how many both reject, how many only webkit rejects (false alarms) and how many only Terraform rejects (missed); what is in
explained.json is counted apart. The exit code is 1 where agreement is below --least.
"""

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import kinds  # noqa: E402
import structure  # noqa: E402
from harness import GOLDEN, ROOT, Workspace, find_engines, install_cleanup  # noqa: E402

SCHEMAS = ROOT / "Tests" / "Schemas"


class Tree:
    """A valid tree whose mutants are made."""

    def __init__(self, name, path):
        self.name, self.path = name, path
        files = sorted(file for file in path.rglob("*.tf") if ".terraform" not in file.parts)
        self.texts = {str(file.relative_to(path)): file.read_text() for file in files}
        self.sources = kinds.Sources(self.texts)


class Mutant:
    def __init__(self, tree, kind, number, changes):
        self.tree, self.kind, self.number, self.changes = tree, kind, number, changes
        text = json.dumps([tree.name, sorted(tree.texts.items()), sorted(changes.items())])
        self.digest = hashlib.sha256(text.encode()).hexdigest()[:24]

    @property
    def name(self):
        return f"{self.kind}/{self.number}"


class Verdict:
    """Whether a program accepts a tree, and what it says: a list of [place, message]."""

    def __init__(self, valid, messages):
        self.valid, self.messages = valid, messages


def find_trees(names):
    trees = [Tree(path.parents[1].name, path) for path in sorted(GOLDEN.glob("*/expected/infra"))]
    trees += [Tree(path.name, path) for path in sorted((HERE / "trees").iterdir()) if path.is_dir()]
    return [tree for tree in trees if not names or tree.name in names]


def make_mutants(trees, names, count, seed):
    """As many mutants of each kind as there are of every other; all different."""
    made, seen = [], set()
    each = -(-count // len(names))
    for kind in names:
        number = tries = 0
        while number < each and tries < each * 20:
            tries += 1
            source = random.Random(f"{seed} {kind} {tries}")
            # The tree with one of everything is worth as much as all others together.
            tree = trees[-1] if source.random() < 0.5 else source.choice(trees)
            changes = kinds.KINDS[kind](tree.sources, source)
            changes = {path: text for path, text in (changes or {}).items() if text != tree.texts[path]}
            mutant = Mutant(tree, kind, tries, changes)
            if changes and mutant.digest not in seen:
                seen.add(mutant.digest)
                made.append(mutant)
                number += 1
    return made


# --- Terraform


class Judge:
    """One copy of each tree with its own stand-in providers, set up once."""

    def __init__(self, engine):
        self.engine, self.workspaces = engine, {}

    def workspace(self, tree):
        found = self.workspaces.get(tree.name)
        if not found:
            found = Workspace(tree.path, self.engine)
            settings = found.folder / "terraform.rc"
            # Where a provider is missing there is nothing to fetch it from.
            settings.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{found.folder / "none"}"\n  }}\n}}\n')
            (found.folder / "none").mkdir()
            result = self.initialise(found)
            if result.code:
                raise SystemExit(f"{tree.name} isn't valid:\n{result.output}")
            shutil.copytree(found.path / ".terraform", found.folder / "terraform-data", symlinks=True)
            if messages := self.validate(found):
                raise SystemExit(f"{tree.name} isn't valid: {messages}")
            self.workspaces[tree.name] = found
        return found

    def initialise(self, workspace):
        text = "\n".join(path.read_text() for path in workspace.path.glob("*.tf"))
        backend = re.search(r'^\s*backend\s+"(\w+)"', text, re.M)
        remote = backend and backend.group(1) in ("s3", "http")
        return workspace.terraform("init", "-input=false", "-reconfigure", *(["-backend=false"] if remote else []))

    def validate(self, workspace):
        result = workspace.terraform("validate", "-json")
        if not result.stdout.startswith("{"):
            return [["", result.output.strip()[:300]]]
        return [
            [f"{item.get('range', {}).get('filename', '')}:{item.get('range', {}).get('start', {}).get('line', '')}", f"{item['summary']}: {item.get('detail', '')[:200]}"]
            for item in result.json()["diagnostics"]
            if item["severity"] == "error"
        ]

    def judge(self, mutant):
        workspace = self.workspace(mutant.tree)
        again = _needs_init(mutant)
        try:
            for path, text in mutant.changes.items():
                (workspace.path / path).write_text(text)
            if again:
                shutil.rmtree(workspace.path / ".terraform", ignore_errors=True)
                result = self.initialise(workspace)
                if result.code:
                    text = re.sub(r"[\s│╷╵]+", " ", result.stderr or result.output)
                    return Verdict(False, [["init", text[:300]]])
            messages = self.validate(workspace)
            return Verdict(not messages, messages)
        finally:
            for path in mutant.changes:
                (workspace.path / path).write_text(mutant.tree.texts[path])
            if again:
                shutil.rmtree(workspace.path / ".terraform", ignore_errors=True)
                shutil.copytree(workspace.folder / "terraform-data", workspace.path / ".terraform", symlinks=True)

    def close(self):
        for workspace in self.workspaces.values():
            workspace.close()


def _needs_init(mutant):
    """Whether a change concerns what `init` reads: module calls, settings of Terraform, providers."""
    try:
        return any(_initial(path, mutant.tree.texts[path]) != _initial(path, text) for path, text in mutant.changes.items())
    except (IndexError, ValueError, AttributeError):
        # What can't be read is rejected either way.
        return False


def _initial(path, text):
    found = []
    for item in structure.read(path, text):
        if item.is_block and item.name == "module":
            source, version = item.attribute("source"), item.attribute("version")
            found.append([item.name, item.labels and item.label(0), source and source.source, version and version.source])
        elif item.is_block and item.name in ("terraform", "provider"):
            found.append(text[slice(*item.lines)])
    return found


# --- webkit


def check(webkit, version, mutant, folder):
    copy = folder / f"{threading.get_ident()}-{mutant.tree.name}"
    if not copy.exists():
        ignored = shutil.ignore_patterns(".terraform", "*.tfstate")
        shutil.copytree(mutant.tree.path, copy, ignore=ignored)
    try:
        for path, text in mutant.changes.items():
            (copy / path).write_text(text)
        schemas = [option for file in sorted(SCHEMAS.glob("*.json")) for option in ("--schema", str(file))]
        result = subprocess.run([webkit, "check", str(copy), "--json", "--terraform-version", version, *schemas], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
    finally:
        for path in mutant.changes:
            (copy / path).write_text(mutant.tree.texts[path])
    messages = []
    for line in (result.stdout + result.stderr).splitlines():
        try:
            item = json.loads(line)
        except ValueError:
            continue
        if item.get("severity") == "error":
            messages.append([f"{item.get('file', '')}:{item.get('line', '')}", f"{item.get('id')}: {item.get('summary') or item.get('message', '')}"])
    if result.returncode not in (0, 1):
        messages.append(["", f"exit {result.returncode}: {result.stderr[-300:]}"])
    return Verdict(result.returncode == 0, messages)


# --- the run


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0], add_help=True)
    parser.add_argument("--count", type=int, default=650, help="how many mutants in all (650)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=sorted(kinds.KINDS))
    parser.add_argument("--tree", action="append")
    parser.add_argument("--engine", default="", help="the version of Terraform; the first that is found")
    parser.add_argument("--cache", help="a file that keeps Terraform's verdicts")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", type=int, default=40, help="how many disagreements are shown (40)")
    parser.add_argument("--webkit", default=str(ROOT / ".build" / "debug" / "webkit"))
    parser.add_argument("--mutant", action="append", help="only this one of them, for example drop-block/12")
    parser.add_argument("--keep", help="a folder that gets every tree the verdicts on which differ")
    parser.add_argument("--least", type=float, default=99.0, help="the agreement in per cent that passes (99)")
    return parser.parse_args()


def main():
    options = arguments()
    install_cleanup()
    engines = [engine for engine in find_engines() if engine.version.startswith(options.engine)]
    if not engines:
        print("SKIPPED: there is no Terraform to judge by")
        return 0
    trees = find_trees(options.tree)
    mutants = make_mutants(trees, options.kind or list(kinds.KINDS), options.count, options.seed)
    mutants = [mutant for mutant in mutants if not options.mutant or mutant.name in options.mutant]
    references = judge_all(mutants, engines[0], options)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(options.jobs) as pool:
        ours = list(pool.map(lambda mutant: check(options.webkit, engines[0].version, mutant, Path(folder)), mutants))
    return report(mutants, references, ours, engines[0], options)


def judge_all(mutants, engine, options):
    cache = {}
    if options.cache and Path(options.cache).exists():
        cache = json.loads(Path(options.cache).read_text())
    open_ = [mutant for mutant in mutants if f"{engine.version} {mutant.digest}" not in cache]
    local, judges, done = threading.local(), [], [0]

    def judge(mutant):
        if not hasattr(local, "judge"):
            local.judge = Judge(engine)
            judges.append(local.judge)
        verdict = local.judge.judge(mutant)
        cache[f"{engine.version} {mutant.digest}"] = [verdict.valid, verdict.messages[:3]]
        done[0] += 1
        if done[0] % 200 == 0:
            print(f"  {done[0]} of {len(open_)} judged by Terraform {engine.version}", file=sys.stderr)
            save()

    def save():
        if options.cache:
            temporary = Path(options.cache + ".new")
            temporary.write_text(json.dumps(dict(cache)))
            os.replace(temporary, options.cache)

    try:
        with ThreadPoolExecutor(options.jobs) as pool:
            list(pool.map(judge, open_))
    finally:
        for item in judges:
            item.close()
    save()
    return [Verdict(*cache[f"{engine.version} {mutant.digest}"]) for mutant in mutants]


def explanation(mutant, reference, explained):
    """Why the two verdicts differ, where that is known and meant."""
    text = " ".join(message for _, message in reference.messages)
    for item in explained:
        if re.search(item["terraform"], text) and mutant.kind in item.get("kinds", [mutant.kind]):
            return item["why"]
    return None


def report(mutants, references, ours, engine, options):
    explained = json.loads((HERE / "explained.json").read_text())
    rows, differing, named = {}, [], {}
    for mutant, reference, own in zip(mutants, references, ours):
        row = rows.setdefault(mutant.kind, [0, 0, 0, 0, 0])
        if reference.valid == own.valid:
            row[0 if own.valid else 1] += 1
            continue
        why = explanation(mutant, reference, explained)
        if why:
            named[why] = named.get(why, 0) + 1
        row[4 if why else 2 if reference.valid else 3] += 1
        if not why:
            differing.append((mutant, reference, own))
    print(f"{'kind':24}{'accepted':>9}{'rejected':>9}{'false':>7}{'missed':>7}{'explained':>10}")
    for kind, row in rows.items():
        print(f"{kind:24}{row[0]:9}{row[1]:9}{row[2]:7}{row[3]:7}{row[4]:10}")
    total = [sum(column) for column in zip(*rows.values())]
    print(f"{'in all':24}{total[0]:9}{total[1]:9}{total[2]:7}{total[3]:7}{total[4]:10}")
    for why, count in sorted(named.items()):
        print(f"explained {count} times: {why}")
    for mutant, reference, own in differing[: options.show]:
        spoken = reference if own.valid else own
        print(f"\n{mutant.name} of {mutant.tree.name}: {'missed' if own.valid else 'false alarm'}")
        for place, message in spoken.messages[:2]:
            print(f"  {place} {message}")
        print("\n".join("    " + line for line in _difference(mutant)[:8]))
    if options.keep:
        _keep(differing, Path(options.keep))
    agreement = 100 * (total[0] + total[1]) / len(mutants)
    print(f"\n{len(mutants)} mutants of {len(rows)} kinds, Terraform {engine.version}: agreement {agreement:.2f} %, without what is explained {100 - 100 * len(differing) / len(mutants):.2f} %")
    return 0 if agreement >= options.least else 1


def _difference(mutant):
    import difflib

    lines = []
    for path, text in mutant.changes.items():
        found = difflib.unified_diff(mutant.tree.texts[path].splitlines(), text.splitlines(), path, path, n=0, lineterm="")
        lines += [line for line in found if not line.startswith(("---", "@@"))]
    return [line[:160] for line in lines]


def _keep(differing, folder):
    for mutant, reference, own in differing:
        target = folder / f"{mutant.kind}-{mutant.number}-{'missed' if own.valid else 'false'}"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(mutant.tree.path, target)
        for path, text in mutant.changes.items():
            (target / path).write_text(text)


if __name__ == "__main__":
    sys.exit(main())
