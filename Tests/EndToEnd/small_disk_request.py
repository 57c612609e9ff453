"""Asks small_disk.py, for scenarios on a disk that is full or can't be written."""

import json
import subprocess
import sys

from harness import HERE
from product import COMMAND


def ask_on_small_disk(place, kind, commands, watched=None, text=None):
    """What each command answers there; None where a process may not mount anything."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode:
        return None
    full = []
    for words in commands:
        if words[0] == "sh":
            full.append(words)
            continue
        at = words.index("--") if "--" in words else len(words)
        engine = [] if words[0] == "graph" else ["--engine", place.engine.path]
        full.append([str(COMMAND), "infra", *words[:at], *engine, *words[at:]])
    request = {"folder": str(place.project.folder), "kind": kind, "commands": full, "environment": place.variables, "watched": watched, "text": text}
    done = subprocess.run(
        ["unshare", "-rm", sys.executable, str(HERE / "small_disk.py")], input=json.dumps(request), capture_output=True, text=True, timeout=280
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)
