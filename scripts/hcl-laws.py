#!/usr/bin/env python3
"""Holds the laws of HCL's printer and formatter against random texts; see hcl-laws.sh."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from generate_hcl import text_of
from minimise import minimal

BATCH = 2000


def build():
    """The release build of the program that knows the laws."""
    root = Path(__file__).resolve().parent.parent
    command = ["swift", "build", "-c", "release", "--product", "HCLBenchmark"]
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    shown = subprocess.run(command + ["--show-bin-path"], cwd=root, check=True, capture_output=True, text=True)
    return Path(shown.stdout.strip(), "HCLBenchmark")


def broken_laws(program, texts):
    """The laws that texts break, by their indices."""
    with tempfile.NamedTemporaryFile(prefix="laws-") as file:
        for text in texts:
            file.write(b"%d\n" % len(text) + text)
        file.flush()
        done = subprocess.run([program, "laws", file.name], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{program} ended with {done.returncode}:\n{done.stderr[:2000]}")
    pairs = (line.split(": ", 1) for line in done.stdout.splitlines())
    return {int(number): law for number, law in pairs}


def main():
    parser = argparse.ArgumentParser(description="Holds the laws of HCL's printer and formatter against random texts.")
    parser.add_argument("--seed", type=int, default=1, help="the first seed (1)")
    parser.add_argument("--count", type=int, default=20000, help="how many texts (20000)")
    parser.add_argument("--minimise", type=int, default=6, help="how many findings of a law are made small (6)")
    parser.add_argument("files", metavar="FILE", nargs="*")
    arguments = parser.parse_args()
    program = build()
    names = arguments.files or range(arguments.seed, arguments.seed + arguments.count)
    shown, broken = {}, 0
    for start in range(0, len(names), BATCH):
        batch = names[start : start + BATCH]
        texts = [Path(name).read_bytes() if arguments.files else text_of(name) for name in batch]
        for index, law in sorted(broken_laws(program, texts).items()):
            broken += 1
            shown[law] = shown.get(law, 0) + 1
            if shown[law] > arguments.minimise:
                continue

            def first(candidates):
                found = [place for place, other in broken_laws(program, candidates).items() if other == law]
                return min(found, default=None)

            print(f"{batch[index]}: {law}: {minimal(texts[index], first)!r}", flush=True)
    print(f"{len(names)} texts, {broken} break a law")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
