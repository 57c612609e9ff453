#!/usr/bin/env python3
"""Times webkit's HCL against terraform and prints ratios; see bench-hcl.sh."""

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "golden/projects/all-leaves/input/app.json"


def measure(arguments, folder, variables, codes=(0,)):
    """Runs a command; its seconds of wall and of CPU."""
    started = time.perf_counter()
    process = subprocess.Popen(arguments, cwd=folder, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) not in codes:
        sys.exit(f"{' '.join(map(str, arguments))} failed:\n{message.decode()}")
    return seconds, usage.ru_utime, usage.ru_utime + usage.ru_stime


def row(name, runs):
    """Shows the medians of some runs; wall, user and CPU seconds."""
    medians = [statistics.median(column) for column in zip(*runs)]
    wall, user, cpu = (value * 1000 for value in medians)
    print(f"{name:<44} {wall:9.1f} ms   user {user:9.1f} ms   user and system {cpu:9.1f} ms", flush=True)
    return medians


def ratio(ours, theirs):
    wall, user, cpu = (right / left if left else float("inf") for left, right in zip(ours, theirs))
    print(f"{'  times faster':<44} {wall:9.1f}      user {user:9.1f}      user and system {cpu:9.1f}", flush=True)


def make_tree(webkit, work, size):
    """Trees of one manifest under many names until there are enough bytes of .tf; how many there are."""
    manifest = json.loads(MANIFEST.read_text())
    name, total, count = manifest["project"]["name"], 0, 0
    while total < size:
        folder = work / f"project{count}"
        folder.mkdir(parents=True)
        # Names of unlike length shift the columns.
        manifest["project"]["name"] = f"{name[:8]}{'x' * (count % 9)}{count}"
        (folder / "app.json").write_text(json.dumps(manifest))
        done = subprocess.run([webkit, "update"], cwd=folder, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"webkit update failed:\n{done.stderr}")
        shutil.rmtree(folder / ".webkit", ignore_errors=True)
        files = list(folder.rglob("*.tf"))
        total += sum(path.stat().st_size for path in files)
        count += 1
    return total


def compare_formatters(webkit, terraform, work, variables, runs):
    for name, spoil in (("formatted", False), ("unformatted", True)):
        if spoil:
            for path in work.rglob("*.tf"):
                text = path.read_text()
                path.write_text("\n".join(" ".join(line.split()) if "=" in line else line for line in text.split("\n")))
        codes = (3,) if spoil else (0,)
        ours = row(f"webkit fmt --check, {name}", [measure([webkit, "fmt", "--check", "--recursive"], work, variables, codes) for _ in range(runs * 2 + 1)])
        theirs = row(f"terraform fmt -check, {name}", [measure([terraform, "fmt", "-check", "-recursive"], work, variables, codes) for _ in range(runs)])
        ratio(ours, theirs)


def compare_checkers(webkit, engine, work, runs):
    """`infra validate` against `init` and `validate` with stand-in providers, on all leaves."""
    sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
    import harness

    project = next(work.glob("project0"))
    ours = row("webkit infra validate, all leaves", [measure([webkit, "infra", "validate"], project, os.environ) for _ in range(runs * 2 + 1)])
    engines = harness.find_engines()
    chosen = next((item for item in engines if item.path == engine), engines[0])
    totals = []
    for _ in range(runs):
        with harness.Workspace(project / "infra", chosen, environment="production") as workspace:
            begun = os.times()
            started = time.perf_counter()
            for done in (workspace.init(), workspace.terraform("validate")):
                if done.code:
                    sys.exit(done.output)
            ended = os.times()
            user = ended.children_user - begun.children_user
            totals.append((time.perf_counter() - started, user, user + ended.children_system - begun.children_system))
    theirs = row(f"terraform init and validate ({chosen})", totals)
    ratio(ours, theirs)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("webkit")
    parser.add_argument("throughput", help="the executable that measures the HCL module")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--size", type=float, default=4, help="megabytes of .tf at the least (4)")
    arguments = parser.parse_args()
    webkit, terraform = os.path.abspath(arguments.webkit), shutil.which("terraform")
    with tempfile.TemporaryDirectory(prefix="webkit-bench-") as folder:
        work = Path(folder, "tree")
        (Path(folder) / "cli.rc").touch()
        variables = {**os.environ, "TF_CLI_CONFIG_FILE": f"{folder}/cli.rc", "CHECKPOINT_DISABLE": "1"}
        size = make_tree(webkit, work, arguments.size * 1e6)
        print(f"{size / 1e6:.2f} MB in {len(list(work.rglob('*.tf')))} files")
        subprocess.run([os.path.abspath(arguments.throughput), "throughput", "--rounds", "7", work], check=True)
        if not terraform:
            sys.exit("terraform is not installed: no ratios")
        if importlib.util.find_spec("grpc"):
            compare_checkers(webkit, terraform, work, arguments.runs)
        else:
            print("no gRPC for Python (scripts/setup-test-tools.sh): webkit infra validate isn't compared")
        compare_formatters(webkit, terraform, work, variables, arguments.runs)


if __name__ == "__main__":
    main()
