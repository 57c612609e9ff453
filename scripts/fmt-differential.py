#!/usr/bin/env python3
"""Formats every Terraform file below some folders with both programs; see fmt-differential.sh."""

import argparse
import os
import sys
from pathlib import Path

from fmt_reference import compare, find_programs

SUFFIXES = (".tf", ".tfvars")
BATCH = 4000


def files_below(folders):
    """The paths of all Terraform files, in the order of their names; links aren't followed."""
    for folder in folders:
        for parent, names, files in os.walk(os.fsencode(folder)):
            names.sort()
            for name in sorted(files):
                path = os.path.join(parent, name)
                if name.endswith((b".tf", b".tfvars")) and os.path.isfile(path) and not os.path.islink(path):
                    yield path


def main():
    parser = argparse.ArgumentParser(description="Compares `webkit fmt` with `terraform fmt` on all files below folders.")
    parser.add_argument("--limit", type=int, default=40, help="how many differences are shown (40)")
    parser.add_argument("folders", metavar="DIR", nargs="+")
    arguments = parser.parse_args()
    for folder in arguments.folders:
        if not os.path.isdir(folder):
            parser.error(f"{folder} is no folder")
    webkit, terraform = find_programs()
    paths = list(files_below(arguments.folders))
    totals, shown, size = {}, 0, 0
    for start in range(0, len(paths), BATCH):
        batch = paths[start : start + BATCH]
        sources = [(next(s for s in SUFFIXES if path.endswith(s.encode())), Path(os.fsdecode(path)).read_bytes()) for path in batch]
        size += sum(len(data) for _, data in sources)
        findings, counts = compare(sources, webkit, terraform)
        for key, count in counts.items():
            totals[key] = totals.get(key, 0) + count
        for finding in findings:
            shown += 1
            if shown <= arguments.limit:
                print(f"{os.fsdecode(batch[finding.index])!a}: {finding.reason}")
    if shown > arguments.limit:
        print(f"... and {shown - arguments.limit} more")
    print(f"{len(paths)} files, {size / 1e6:.1f} MB: " + ", ".join(f"{count} {key}" for key, count in totals.items()))
    sys.exit(1 if shown else 0)


if __name__ == "__main__":
    main()
