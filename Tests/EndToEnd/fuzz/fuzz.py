#!/usr/bin/env python3
"""Random manifests through the command and through Terraform.

What is refused must say where and leave nothing behind; what is accepted must be the same bytes each time and pass fmt, init,
validate and plan, and for a part of them apply, a second plan without changes, and destroy. With --edits a second version of each
follows the first, and whatever its plan would replace or delete of what holds data must have been refused or warned of.
"""

import argparse
import collections
import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

import edits  # noqa: E402
import facts as specs  # noqa: E402
import harness  # noqa: E402
import manifests  # noqa: E402
import minimise  # noqa: E402
import sequence  # noqa: E402
import trials  # noqa: E402


class Run:
    def __init__(self, options, engines):
        self.options, self.engines = options, engines
        self.facts = specs.Facts()
        self.counts = collections.Counter()
        self.found = {}
        self.lock = threading.Lock()
        self.end = time.monotonic() + options.seconds

    def one(self, number):
        """The manifest of a number, first as it is, then without what is wrong with it."""
        if time.monotonic() > self.end:
            return
        random = Random(f"{self.options.seed} {number}")
        manifest = manifests.Generator(self.facts, random).manifest()
        for _ in range(8):
            self.count("manifests")
            said = self.check(number, manifest, random)
            self.count("accepted" if said.code == 0 else "refused")
            if said.code == 0:
                return
            manifest = trials.repaired(manifest, said, random)
            if manifest is None:
                return

    def check(self, number, manifest, random):
        with trials.Trial(manifest, random) as trial:
            said = trial.update()
            trial.check_agreement(said)
            again = lambda smaller: self.quick(smaller, random)  # noqa: E731
            if said.code == 0:
                trial.check_bytes()
                self.report(number, manifest, trial, again)
                trial.findings = []
                self.with_terraform(number, manifest, random, trial)
            else:
                self.report(number, manifest, trial, again)
            return said

    def quick(self, manifest, random):
        with trials.Trial(manifest, random) as trial:
            said = trial.update()
            trial.check_agreement(said)
            if said.code == 0:
                trial.check_bytes()
            return trial

    def with_terraform(self, number, manifest, random, trial):
        if self.options.no_terraform:
            return
        environment = random.choice(trials.environments_of(trial.project.folder))
        engine = self.engines[number % len(self.engines)]
        if self.options.edits:
            after, done = edits.edited(manifest, self.facts, random)
            outcome = sequence.follow(trial, after, engine, environment, self.facts)
            self.count(f"second version {outcome}")
            self.report(number, {"before": manifest, "after": after, "edits": done}, trial, None, environment)
            return
        thorough = random.random() < self.options.applied
        how_far = trial.terraform(engine, environment, thorough)
        self.count(f"{how_far} by Terraform")

        def again(smaller):
            with trials.Trial(smaller, random) as other:
                if other.update().code == 0 and environment in trials.environments_of(other.project.folder):
                    other.findings = []
                    other.terraform(engine, environment, thorough)
                else:
                    other.findings = []
                return other

        self.report(number, manifest, trial, again, environment)

    def report(self, number, manifest, trial, again, environment=""):
        """Prints a finding with a small manifest, the first time that it shows."""
        for finding in trial.findings:
            with self.lock:
                new = finding.signature not in self.found
                self.found[finding.signature] = self.found.get(finding.signature, 0) + 1
            if not new:
                continue

            def shows(smaller, finding=finding):
                return any(item.signature == finding.signature for item in again(smaller).findings)

            small = minimise.smallest(manifest, shows, self.options.minimise) if again and self.options.minimise else manifest
            with self.lock:
                print(f"FINDING ({number}) {environment} {finding.what}\n    {finding.detail[:1500]}\n    {json.dumps(small, ensure_ascii=False)}", flush=True)

    def count(self, what):
        with self.lock:
            self.counts[what] += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20, help="manifests to begin with")
    parser.add_argument("--first", type=int, default=0, help="number of the first one")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--engines", default="1.11.4", help="versions of Terraform, with commas")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--applied", type=float, default=0.3, help="share that is applied and destroyed")
    parser.add_argument("--minimise", type=float, default=60, help="seconds for making a finding's manifest small")
    parser.add_argument("--seconds", type=float, default=3600, help="nothing new is begun after these")
    parser.add_argument("--edits", action="store_true", help="two versions of each manifest, one after the other")
    parser.add_argument("--no-terraform", action="store_true")
    options = parser.parse_args()
    harness.install_cleanup()
    wanted = options.engines.split(",")
    engines = [engine for engine in harness.find_engines() if engine.version in wanted]
    if not engines and not options.no_terraform:
        sys.exit(f"no Terraform {options.engines}")
    run = Run(options, engines)
    with ThreadPoolExecutor(options.jobs) as pool:
        numbers = range(options.first, options.first + options.count)
        for number, done in [(number, pool.submit(run.one, number)) for number in numbers]:
            try:
                done.result()
            except Exception as problem:
                print(f"FINDING ({number}) the fuzzer itself: {problem!r}", flush=True)
                run.found[repr(problem)] = 1
    for signature, count in sorted(run.found.items(), key=lambda item: -item[1]):
        print(f"{count:5} {signature[:200]}")
    print(", ".join(f"{count} {what}" for what, count in sorted(run.counts.items())) + f"; {len(run.found)} kinds of findings")
    sys.exit(1 if run.found else 0)


if __name__ == "__main__":
    main()
