#!/usr/bin/env python3
"""Runs Terraform over generated trees, without a cloud.

Suites: golden (golden/projects/*/expected/infra), leaves (golden/leaves/*/*/expected/infra), fixtures (the same checks over
our own small trees) and scenarios (functions test_* in Tests/EndToEnd/test_*.py). A case is named by any part of its name.
"""

import argparse
import importlib.util
import os
import sys
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

import golden  # noqa: E402
import harness  # noqa: E402

SUITES = ("golden", "leaves", "fixtures", "scenarios")
_print_lock = threading.Lock()


class Checks:
    """The named checks of one case with one engine."""

    def __init__(self, name, verbose):
        self.name = name
        self.verbose = verbose
        self.passed = 0
        self.failed = 0
        self.skipped = 0
        self.seconds = 0.0
        self.lines = []

    def check(self, what, holds, detail="", seconds=None):
        """Counts a check, keeps what it says when it fails, and returns whether it holds."""
        if holds:
            self.passed += 1
            if self.verbose:
                self.lines.append(f"  ok    {what}" + (f"  {seconds:.2f} s" if seconds is not None else ""))
        else:
            self.failed += 1
            self.lines.append(f"  FAIL  {what}")
            self.lines.extend("        " + line for line in str(detail).rstrip().splitlines())
        return bool(holds)

    def skip(self, what, why):
        self.skipped += 1
        self.lines.append(f"  skip  {what}: {why}")


class Scenario:
    """What a scenario function gets.

    t.engine             the Terraform under test
    t.workspace(tree)    a Workspace that is removed when the function ends
    t.check(name, holds, detail)
    t.skip(name, why)
    """

    def __init__(self, engine, checks):
        self.engine = engine
        self.check = checks.check
        self.skip = checks.skip
        self._workspaces = []

    def workspace(self, tree=None, **options):
        workspace = harness.Workspace(tree, self.engine, **options)
        self._workspaces.append(workspace)
        return workspace

    def closing(self, item):
        """Closes something when the function ends; the last one first."""
        self._workspaces.append(item)
        return item

    def close(self):
        for workspace in reversed(self._workspaces):
            workspace.close()


def scenarios():
    for path in sorted(harness.HERE.glob("test_*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, function in vars(module).items():
            # What needs something that few machines have runs where a script says where it is.
            if name.startswith("test_") and callable(function) and os.environ.get(getattr(function, "needs_variable", "PATH")):
                yield f"{path.stem}.{name}", function


def run_scenario(function, engine, checks):
    scenario = Scenario(engine, checks)
    try:
        function(scenario)
    finally:
        scenario.close()


def jobs_of(options, engines):
    """(name, function of the checks) for everything that is to run."""

    def wanted(name):
        return not options.case or any(part in name for part in options.case)

    suites = (
        ("golden", golden.find_cases, harness.GOLDEN),
        ("leaves", golden.find_leaves, harness.LEAVES),
        ("fixtures", golden.find_cases, harness.FIXTURES),
    )
    for suite, find, folder in suites:
        if suite not in options.suite:
            continue
        for case in find(folder):
            for environment in case.environments():
                for engine in engines:
                    name = f"{suite} {case.name} {environment}"
                    if wanted(name):
                        yield f"{name} ({engine})", lambda checks, case=case, environment=environment, engine=engine: golden.run_case(
                            case, environment, engine, checks, is_short=engine is not engines[0] and not options.whole
                        )
    if "scenarios" in options.suite:
        for name, function in scenarios():
            # What never calls Terraform is tried once.
            for engine in engines[-1:] if getattr(function, "takes_any_engine", False) else engines:
                if wanted(f"scenarios {name}"):
                    yield f"scenarios {name} ({engine})", lambda checks, function=function, engine=engine: run_scenario(
                        function, engine, checks
                    )


def run_job(name, function, verbose):
    checks = Checks(name, verbose)
    started = time.monotonic()
    try:
        function(checks)
    except Exception:  # noqa: BLE001
        checks.check("runs to its end", False, traceback.format_exc())
    checks.seconds = time.monotonic() - started
    mark = "FAIL" if checks.failed else "ok"
    with _print_lock:
        print(f"{mark:4}  {name}: {checks.passed} checks, {checks.seconds:.1f} s")
        for line in checks.lines:
            print(line)
        sys.stdout.flush()
    return checks


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", help="versions to run with, e.g. 1.11.4,1.15.5; all that are found by default")
    parser.add_argument("--jobs", type=int, default=2, help="how many cases run at once (2)")
    parser.add_argument("--suite", action="append", choices=SUITES, help="may be given more than once; all by default")
    parser.add_argument("--verbose", action="store_true", help="name the checks that pass too")
    parser.add_argument("--whole", action="store_true", help="take every step with every engine, not with the first alone")
    parser.add_argument("--list", action="store_true", help="only list what would run")
    parser.add_argument("case", nargs="*")
    options = parser.parse_args()
    options.suite = options.suite or SUITES

    engines = harness.find_engines()
    harness.use_tools()
    harness.install_cleanup()
    found = engines
    missing = []
    if options.engines:
        wanted = options.engines.split(",")
        engines = [engine for engine in found if engine.version in wanted]
        missing = [version for version in wanted if version not in [engine.version for engine in found]]

    jobs = list(jobs_of(options, engines))
    if options.list:
        print("\n".join(name for name, _ in jobs))
        return 0
    # What can't run for want of an engine is counted and said, never left out in silence.
    absent = [harness.Engine(version, None) for version in missing] or ([] if engines else [harness.Engine("no Terraform", None)])
    skipped = [name for name, _ in jobs_of(options, absent)]
    if options.case and not jobs and not skipped:
        parser.error(f"no case is called {' or '.join(options.case)}; --list shows all")
    if skipped:
        print("=" * 80)
        why = f"Terraform {', '.join(missing)} is missing" if missing else "there is no Terraform"
        print(f"  SKIPPED: {why} (see scripts/setup-test-tools.sh)")
        for name in skipped:
            print(f"    {name}")
        print("=" * 80)

    with ThreadPoolExecutor(max_workers=max(1, options.jobs)) as pool:
        results = list(pool.map(lambda job: run_job(*job, options.verbose), jobs))
    slowest = sorted(results, key=lambda item: -item.seconds)[:15]
    print("slowest: " + ", ".join(f"{item.name} {item.seconds:.0f} s" for item in slowest))
    passed = sum(item.passed for item in results)
    failed = sum(item.failed for item in results)
    print(f"{passed} passed, {failed} failed, {len(skipped) + sum(item.skipped for item in results)} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
