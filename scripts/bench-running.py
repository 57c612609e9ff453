"""What webkit adds to a run of the engine: both ways in turn, medians of one run."""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Tests" / "EndToEnd"))

import product  # noqa: E402
from harness import Engine, Workspace, find_engines, install_cleanup, use_tools  # noqa: E402
from running import MANIFEST, TOKEN  # noqa: E402


def timed(words, folder, variables):
    start = time.perf_counter()
    done = subprocess.run(words, cwd=folder, env=variables, capture_output=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit(f"{words} failed: {done.stdout.decode()}{done.stderr.decode()}")
    return time.perf_counter() - start


def measure(engine: Engine, binary: str, runs: int):
    with Workspace(None, engine) as workspace, product.Project(MANIFEST) as project:
        product.COMMAND = Path(binary)
        tree = project.update()
        variables = {**workspace.variables, **TOKEN}
        own = {**variables, "TF_DATA_DIR": ".terraform/production"}
        data = "-var-file=environments/production.tfvars.json"
        chosen = ["--environment", "production", "--engine", engine.path]

        def theirs(*commands):
            return sum(timed([engine.path, *command], tree, own) for command in commands)

        def ours(*words):
            return timed([binary, "infra", words[0], *chosen, *words[1:]], project.folder, variables)

        ours("apply", "--auto-approve")
        plan = [("plan", "-json", "-input=false", data, "-out=bench.tfplan"), ("show", "-json", "bench.tfplan")]
        rows = {
            "exec -- state list": (lambda: theirs(("state", "list")), lambda: ours("exec", "--", "state", "list")),
            "plan": (lambda: theirs(*plan), lambda: ours("plan")),
            "apply, nothing to do": (
                lambda: theirs(*plan, ("output", "-json")),
                lambda: ours("apply", "--auto-approve"),
            ),
        }
        # A resource of the tree's own that costs nothing: the plan's other steps stay as they are.
        replacing = "-replace=terraform_data.environment"
        changed = [(*plan[0], replacing), plan[1], ("apply", "-json", "-input=false", "bench.tfplan"), ("output", "-json")]
        rows["apply, one change"] = (
            lambda: theirs(*changed),
            lambda: ours("apply", "--auto-approve", replacing),
        )
        for name, (engine_alone, webkit) in rows.items():
            pairs = [(engine_alone(), webkit()) for _ in range(runs)]
            alone, both = (statistics.median(column) * 1000 for column in zip(*pairs))
            added = statistics.median((ours - theirs) * 1000 for theirs, ours in pairs)
            print(f"{engine.version:8} {name:22} engine {alone:7.1f} ms   webkit {both:7.1f} ms   added {added:6.1f} ms", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--runs", type=int, default=9)
    arguments = parser.parse_args()
    install_cleanup()
    use_tools()
    for engine in find_engines():
        measure(engine, arguments.binary, arguments.runs)


if __name__ == "__main__":
    main()
