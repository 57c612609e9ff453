"""The webkit command, as scenarios use it: a manifest in, a tree on disk."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from harness import ROOT

COMMAND = ROOT / ".build" / "debug" / "webkit"


class Project:
    """A folder with an app.json; `update` writes its tree.

    Removed with everything in it when the `with` ends.
    """

    def __init__(self, manifest=None):
        self.folder = Path(tempfile.mkdtemp(prefix="e2e-p-"))
        if manifest is not None:
            self.write(manifest)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, manifest):
        text = manifest if isinstance(manifest, str) else json.dumps(manifest, ensure_ascii=False)
        (self.folder / "app.json").write_text(text, encoding="utf-8")

    def run(self, *arguments, env=None):
        """Runs the command in the folder."""
        if not COMMAND.exists():
            raise RuntimeError("build the command first: swift build --product webkit")
        return subprocess.run(
            [str(COMMAND), *arguments], cwd=self.folder, env={**os.environ, **(env or {})}, capture_output=True, text=True
        )

    def update(self, manifest=None, *arguments, env=None):
        """Writes the manifest, if one is given, and the tree; the folder of the tree."""
        if manifest is not None:
            self.write(manifest)
        done = self.run("update", *arguments, env=env)
        if done.returncode:
            raise RuntimeError(f"webkit update failed with {done.returncode}:\n{done.stdout}{done.stderr}")
        return self.folder / "infra"

    def snapshot(self):
        """Every file below the folder by path, with its bytes."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file()
        }
