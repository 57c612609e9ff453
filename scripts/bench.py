#!/usr/bin/env python3
"""Times the webkit binary as a whole process and prints medians; see bench.sh."""

import argparse
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


def measure(arguments, folder):
    """Runs a command; its wall seconds, peak memory in MB and processor seconds."""
    started = time.perf_counter()
    process = subprocess.Popen(
        arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    message = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(map(str, arguments))} failed:\n{message.decode()}")
    return seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def large(count):
    """A manifest with `count` apps and resources, half of each, of unlike types."""
    resources, apps = [], []
    for index in range(count // 2):
        resources.append(
            [
                {"name": f"db{index}", "type": "postgres", "provider": "digitalocean", "config": {"engine_version": "17"}},
                {"name": f"media{index}", "type": "s3", "provider": "digitalocean", "config": {"cdn": True}},
                {"name": f"archive{index}", "type": "s3", "provider": "backblaze", "config": {}},
            ][index % 3]
        )
    for index in range(count - count // 2):
        resource = resources[index % len(resources)]
        output = "connection_url" if resource["type"] == "postgres" else "bucket_name"
        kind = [
            {"provider": "digitalocean", "type": "container", "config": {"image": "ghcr.io/acme/shop:1"}},
            {"provider": "digitalocean", "type": "vm", "config": {"ssh_keys": ["laptop"]}},
        ][index % 2]
        variables = {
            "STORE": {"source": "resource", "value": f"{resource['name']}.{output}"},
            "MODE": {"source": "value", "value": "fast"},
            "TOKEN": {"source": "sops", "value": "TOKEN"},
        }
        apps.append({"name": f"app{index}", "type": "golang", "path": f"apps/{index}", "infra": kind, "env": {"production": variables}})
    return {"project": {"name": "shop", "title": "Shop"}, "resources": resources, "apps": apps}


def row(name, runs, extra=""):
    seconds = [run[0] for run in runs]
    memory = max(run[1] for run in runs)
    print(
        f"{name:<34} {statistics.median(seconds) * 1000:9.1f} ms   (min {min(seconds) * 1000:.1f}, "
        f"max {max(seconds) * 1000:.1f})   {memory:6.1f} MB   {extra}",
        flush=True,
    )
    return statistics.median(seconds)


def validations(binary, runs):
    """`infra validate` of each kind of project; other work on the machine counts least in the minimum."""
    for case in sorted((ROOT / "golden/projects").glob("kind-*")):
        measured = [measure([binary, "infra", "validate"], case / "input") for _ in range(runs * 4)]
        processor = [run[2] * 1000 for run in measured]
        row(
            f"infra validate, {case.name}",
            measured,
            f"processor {statistics.median(processor):.1f} ms (min {min(processor):.1f})",
        )


def updates(binary, manifest, runs):
    """Runs `update` in a fresh folder each time; the runs, and the last folder."""
    results, folder = [], None
    for _ in range(runs + 1):
        if folder:
            shutil.rmtree(folder)
        folder = Path(tempfile.mkdtemp(prefix="webkit-bench-"))
        (folder / "app.json").write_bytes(manifest)
        results.append(measure([binary, "update"], folder))
    return results[1:], folder


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    binary, runs = arguments.binary, arguments.runs

    print(f"{os.path.getsize(binary) / 1e6:.1f} MB static binary")
    start = [measure([binary, "version"], ROOT) for _ in range(runs * 4)]
    row("start-up (version)", start)

    manifest = (ROOT / "golden/projects/all-leaves/input/app.json").read_bytes()
    results, folder = updates(binary, manifest, runs)
    ours = row("update, all leaves", results)
    row("update again, nothing to do", [measure([binary, "update"], folder) for _ in range(runs)])
    terraform = shutil.which("terraform")
    if terraform:
        tree = folder / "infra"
        theirs = row(
            "terraform fmt -check, the same tree",
            [measure([terraform, "fmt", "-check", "-recursive"], tree) for _ in range(runs)],
        )
        print(f"{'ratio of terraform fmt to update':<34} {theirs / ours:9.1f}")
    else:
        print("terraform is not installed: no ratio")
    shutil.rmtree(folder)
    validations(binary, runs)

    before = None
    for count in (100, 1000, 10000):
        results, folder = updates(binary, json.dumps(large(count)).encode(), runs)
        shutil.rmtree(folder)
        seconds = statistics.median(run[0] for run in results)
        growth = f"{seconds / before:.1f} times the row above" if before else ""
        before = row(f"update, {count} apps and resources", results, growth)


if __name__ == "__main__":
    main()
