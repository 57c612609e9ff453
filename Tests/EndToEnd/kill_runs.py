#!/usr/bin/env python3
"""Kills applies at random moments: webkit, the provider's process, the engine, 50 times each unless told otherwise."""

import argparse
import random
import sys
from contextlib import nullcontext
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

import harness  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50, help="kills of each kind (50)")
    parser.add_argument("--seed", default=None, help="what the moments follow from; any unless given")
    parser.add_argument("--engine", help="a version; the first that is found unless given")
    parser.add_argument("--store-every", type=int, default=5, help="one in so many keeps the state in an S3 store (5; 0: none)")
    options = parser.parse_args()
    engines = [engine for engine in harness.find_engines() if options.engine in (None, engine.version)]
    if not engines:
        print("skipped: there is no such engine")
        return 0
    harness.use_tools()
    harness.install_cleanup()
    import kills
    from stores import Store

    seed = options.seed or str(random.SystemRandom().randrange(10**6))
    in_store = options.count // options.store_every if options.store_every else 0
    failed = 0

    def tell(name, kill):
        for problem in kill.problems:
            print(f"FAIL  {name}: {problem}", flush=True)

    print(f"{engines[0].version}, seed {seed}", flush=True)
    for where, count in (("a file", options.count - in_store), ("a store", in_store)):
        if not count:
            continue
        with (Store() if where == "a store" else nullcontext()) as store:
            for way, number, facts, problems in kills.run_all(engines[0], kills.WAYS, count, seed, store, tell=tell):
                failed += len(problems)
                said = ", ".join(f"{key} {value}" for key, value in sorted(facts.items()) if value)
                print(f"{way}, state in {where}: {number} kills, {len(problems)} problems ({said})", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
