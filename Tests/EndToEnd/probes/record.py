"""Records what `terraform init` and `validate` say of the probes in golden/check/probes, and compares webkit with it.

    python3 Tests/EndToEnd/probes/record.py [--record] [--engine V] [--jobs N] [--only TEXT] [--webkit PATH] [--show]

A probe file holds small configurations: `--- name` begins one, `+++ path` begins another of its files (the first is
main.tf), `=== before each` at the top is put before the first file of each. The verdicts stand in verdicts.json beside them;
CheckingTests compares the checker with these. --record writes them anew, with the first Terraform that is found.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness import ROOT, Workspace, find_engines, install_cleanup  # noqa: E402

PROBES = ROOT / "golden" / "check" / "probes"
VERDICTS = PROBES / "verdicts.json"
SCHEMAS = ROOT / "Tests" / "Schemas"


def read_probes():
    """The files of each probe by its name: `<file>: <title>`."""
    probes = {}
    for path in sorted(PROBES.glob("*.txt")):
        before, files, name = "", None, None
        for line in path.read_text().splitlines(keepends=True):
            if line.startswith("=== "):
                continue
            if line.startswith("--- "):
                files, name = {"main.tf": before}, "main.tf"
                title = f"{path.stem}: {line[4:].strip()}"
                if title in probes:
                    raise SystemExit(f"{path}: two probes are called {title}")
                probes[title] = files
            elif line.startswith("+++ "):
                name = line[4:].strip()
                files[name] = ""
            elif files is None:
                before += line
            else:
                files[name] += line
    return probes


class Judge:
    def __init__(self, engine):
        self.workspace = Workspace(None, engine)
        settings = self.workspace.folder / "terraform.rc"
        (self.workspace.folder / "none").mkdir()
        settings.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{self.workspace.folder / "none"}"\n  }}\n}}\n')

    def judge(self, files):
        for entry in self.workspace.path.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        for path, text in files.items():
            self.workspace.write(path, text)
        result = self.workspace.terraform("init", "-input=false")
        if result.code:
            text = re.sub(r"[\s│╷╵]+", " ", result.stderr or result.output).strip()
            text = re.sub(r"Terraform encountered problems.*?(can be|to be) installed\. ", "", text)
            return {"valid": False, "says": ["init: " + text[:200]]}
        result = self.workspace.terraform("validate", "-json")
        if not result.stdout.startswith("{"):
            return {"valid": False, "says": [result.output.strip()[:200]]}
        found = [item for item in result.json()["diagnostics"]]
        errors = [f"{item['summary']}: {item.get('detail', '')[:140]}" for item in found if item["severity"] == "error"]
        warnings = [f"warning: {item['summary']}" for item in found if item["severity"] == "warning"]
        return {"valid": not errors, "says": sorted(set(errors or warnings))[:3]}


def check(webkit, files):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            target = Path(folder) / "tree" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        schemas = [option for file in sorted(SCHEMAS.glob("*.json")) for option in ("--schema", str(file))]
        command = [webkit, "check", str(Path(folder) / "tree"), *schemas]
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
        return result.returncode, (result.stdout + result.stderr).replace(folder + "/tree/", "")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--engine", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="a part of the names of the probes")
    parser.add_argument("--new", action="store_true", help="only probes that have no verdict")
    parser.add_argument("--webkit", default=str(ROOT / ".build" / "debug" / "webkit"))
    parser.add_argument("--show", action="store_true", help="what both say of each probe")
    options = parser.parse_args()
    install_cleanup()
    probes = {name: files for name, files in read_probes().items() if options.only in name}
    verdicts = json.loads(VERDICTS.read_text()) if VERDICTS.exists() else {}
    if options.new:
        probes = {name: files for name, files in probes.items() if name not in verdicts}
    if options.record or options.engine:
        engines = [engine for engine in find_engines() if engine.version.startswith(options.engine)]
        if not engines:
            print("SKIPPED: there is no Terraform to judge by")
            return 0
        local, judges = threading.local(), []

        def judge(files):
            if not hasattr(local, "judge"):
                local.judge = Judge(engines[0])
                judges.append(local.judge)
            return local.judge.judge(files)

        with ThreadPoolExecutor(options.jobs) as pool:
            found = dict(zip(probes, pool.map(judge, probes.values())))
        for item in judges:
            item.workspace.close()
        verdicts = {**{name: verdicts[name] for name in read_probes() if name in verdicts}, **found}
        if options.record:
            VERDICTS.write_text(json.dumps(dict(sorted(verdicts.items())), indent=1, ensure_ascii=False) + "\n")
    with ThreadPoolExecutor(options.jobs) as pool:
        ours = dict(zip(probes, pool.map(lambda files: check(options.webkit, files), probes.values())))
    wrong = 0
    for name, (code, text) in ours.items():
        verdict = verdicts[name]
        differs = code not in (0, 1) or (code == 0) != verdict["valid"]
        wrong += differs
        if differs or options.show:
            print(f"{'DIFFERS  ' if differs else ''}{name}: Terraform {'accepts' if verdict['valid'] else 'rejects'}, webkit {'accepts' if code == 0 else 'rejects'}")
            print("".join(f"  terraform: {line}\n" for line in verdict["says"]), end="")
            findings = [line for line in text.splitlines() if re.search(r"(error|warning): |: help", line)]
            print("".join(f"  webkit:    {line}\n" for line in findings[:4]), end="")
    print(f"{len(probes)} probes, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
