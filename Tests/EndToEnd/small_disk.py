"""Runs commands in a copy of a project on a small disk of its own: full, read-only, or filled while the first runs.

    unshare -rm python3 small_disk.py < request.json > answers.json

request: folder, kind (full, read-only, fills), commands (lists of words), environment, watched and text (for `fills`: the file that
says when something is made, and what it says)
answers: for each command code, stdout, stderr, changed (path to mode, or null for what is gone)
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def snapshot(folder):
    return {
        str(path.relative_to(folder)): (path.stat().st_mode & 0o777, path.read_bytes())
        for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "filling"
    }


def fill(folder):
    with (folder / "filling").open("ab", buffering=0) as filling:
        try:
            while True:
                filling.write(b"x" * 512)
        except OSError:
            pass


def main():
    request = json.load(sys.stdin)
    disk = Path(tempfile.mkdtemp(prefix="e2e-disk-"))
    answers = []
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=True)
    try:
        folder = disk / "project"
        shutil.copytree(request["folder"], folder, symlinks=True)
        if request["kind"] == "full":
            fill(folder)
        if request["kind"] == "read-only":
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        before = snapshot(folder)
        for index, words in enumerate(request["commands"]):
            process = subprocess.Popen(
                words, cwd=folder, env=request["environment"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True,
            )
            if request["kind"] == "fills" and index == 0:
                watched = folder / request["watched"]
                while process.poll() is None and not (watched.exists() and request["text"] in watched.read_text()):
                    time.sleep(0.01)
                # What was made before is stored by then.
                time.sleep(0.3)
                fill(folder)
            stdout, stderr = process.communicate(timeout=120)
            if request["kind"] == "fills" and index == 0:
                (folder / "filling").unlink()
            after = snapshot(folder)
            changed = {path: after.get(path, [None])[0] for path in sorted({*before, *after}) if before.get(path) != after.get(path)}
            answers.append({"code": process.returncode, "stdout": stdout, "stderr": stderr, "changed": changed})
            before = after
    finally:
        subprocess.run(["umount", "-l", str(disk)])
        disk.rmdir()
    json.dump(answers, sys.stdout)


main()
