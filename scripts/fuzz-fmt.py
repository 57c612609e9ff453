#!/usr/bin/env python3
"""Compares both formatters on random texts and makes what differs small; see fuzz-fmt.sh."""

import argparse
import hashlib
import json
import re
import sys
import time
from pathlib import Path

from fmt_reference import DIFFERENT, compare, find_programs, reference_results
from generate_hcl import text_of
from generate_public import file_of
from minimise import minimal


class Minimiser:
    """Makes a text that the programs treat unlike as small as it gets."""

    def __init__(self, webkit, terraform, suffix):
        self.webkit, self.terraform, self.suffix = webkit, terraform, suffix

    def differing(self, candidates, kind):
        """The index of the first candidate that differs in the same way."""
        findings, _ = compare([(self.suffix, text) for text in candidates], self.webkit, self.terraform)
        found = [item.index for item in findings if item.kind == kind]
        return min(found) if found else None

    def minimal(self, text, kind):
        return minimal(text, lambda candidates: self.differing(candidates, kind))


def signature(reason):
    """What findings of one cause have in common, roughly."""
    return re.sub(r"line \d+|\d+", "", reason if reason.startswith("only") else reason.split(":")[0])[:60]


def is_recorded(text):
    """Whether a text is as large as a test likes it, and can stand in JSON."""
    try:
        return 10 < len(text.decode()) < 1000
    except UnicodeDecodeError:
        return False


def record(path, make, seeds, webkit, terraform):
    """Writes what the reference makes of the texts of some seeds, for the tests; those that differ are left out."""
    chosen = [seed for seed in seeds if is_recorded(make(seed))]
    sources = [(".tf", make(seed)) for seed in chosen]
    cases = []
    for seed, (_, source), formatted in zip(chosen, sources, reference_results(sources, webkit, terraform)):
        if formatted is not DIFFERENT:
            text = None if formatted is None else formatted.decode()
            cases.append({"seed": seed, "source": source.decode(), "formatted": text})
    lines = ",\n".join(json.dumps(case) for case in cases)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(f"[\n{lines}\n]\n")
    print(f"{len(cases)} cases")


def main():
    parser = argparse.ArgumentParser(description="Compares `webkit fmt` with `terraform fmt` on random texts.")
    parser.add_argument("--seed", type=int, default=1, help="the first seed (1)")
    parser.add_argument("--seconds", type=float, default=120, help="when to stop (120)")
    parser.add_argument("--count", type=int, default=10**9, help="how many texts at most")
    parser.add_argument("--batch", type=int, default=4000, help="how many texts a run of the programs gets (4000)")
    parser.add_argument("--minimise", type=int, default=6, help="how many findings of a kind are made small (6)")
    parser.add_argument("--keep", help="a folder that receives the small cases")
    parser.add_argument("--record", help="write the reference's results for the tests to this file, and do nothing else")
    parser.add_argument("--public", action="store_true", help="take files as people write them instead of random texts")
    arguments = parser.parse_args()
    make = file_of if arguments.public else text_of
    webkit, terraform = find_programs()
    if arguments.record:
        seeds = range(arguments.seed, arguments.seed + min(arguments.count, 600))
        return record(arguments.record, make, seeds, webkit, terraform)
    minimiser = Minimiser(webkit, terraform, ".tf")
    started, seed, totals, seen = time.monotonic(), arguments.seed, {}, {}
    end = seed + arguments.count
    while seed < end and time.monotonic() - started < arguments.seconds:
        seeds = range(seed, min(seed + arguments.batch, end))
        findings, counts = compare([(".tf", make(number)) for number in seeds], webkit, terraform)
        for key, count in counts.items():
            totals[key] = totals.get(key, 0) + count
        for finding in findings:
            name = signature(finding.reason)
            seen[name] = seen.get(name, 0) + 1
            if seen[name] > arguments.minimise:
                continue
            text = minimiser.minimal(make(seeds[finding.index]), finding.kind)
            again, _ = compare([(".tf", text)], webkit, terraform)
            print(f"seed {seeds[finding.index]}: {again[0].reason if again else finding.reason}\n    {text!r}", flush=True)
            if arguments.keep:
                Path(arguments.keep).mkdir(parents=True, exist_ok=True)
                Path(arguments.keep, hashlib.sha256(text).hexdigest()[:12] + ".tf").write_bytes(text)
        seed = seeds.stop
    for name, count in sorted(seen.items(), key=lambda item: -item[1]):
        print(f"{count:7}  {name}")
    print(f"seeds {arguments.seed} to {seed - 1}: " + ", ".join(f"{count} {key}" for key, count in totals.items()))
    sys.exit(1 if totals.get("different") else 0)


if __name__ == "__main__":
    main()
