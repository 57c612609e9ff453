"""Formats the same files with `webkit fmt` and `terraform fmt` and compares bytes and verdicts."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

LABEL = re.compile(rb'\s*"(?:[^"\\\n]|\\.)*[$%](?:[^"\\\n]|\\.)*"')

BLANK = rb"(?:\s|/\*(?:[^*]|\*(?!/))*\*/|(?:#|//)[^\n]*\n)*"
INDEX = re.compile(rb"\[" + BLANK + rb"(?:true|false|null)" + BLANK + rb"\]", re.S)


@dataclass
class Finding:
    """What differs in one file."""

    index: int
    reason: str

    @property
    def kind(self):
        return self.reason.split(":", 1)[0]


class Crash(Exception):
    """The reference broke down, so that its batch says nothing."""


def environment(folder):
    """The variables of both programs: no configuration of the user takes part."""
    empty = Path(folder, "cli.rc")
    empty.touch()
    return {**os.environ, "TF_CLI_CONFIG_FILE": str(empty), "CHECKPOINT_DISABLE": "1"}


def run_terraform(terraform, folder, variables):
    """Formats a folder with the reference; the names of the files that it rejects."""
    done = subprocess.run(
        [terraform, "fmt", "-no-color", "-list=false", "."], cwd=folder, capture_output=True, env=variables
    )
    errors = done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 2) or "panic:" in errors:
        raise Crash(errors[:2000])
    return set(re.findall(r"^  on (\d+\.\w+) line \d", errors, re.M))


def run_webkit(webkit, folder, variables):
    """Formats a folder with webkit; the names of the files that it rejects, with the first error."""
    done = subprocess.run([webkit, "fmt", "--json", "."], cwd=folder, capture_output=True, env=variables)
    if done.returncode not in (0, 2):
        raise SystemExit(f"webkit ended with {done.returncode}:\n{done.stderr.decode()[:2000]}")
    rejected = {}
    for line in done.stdout.splitlines():
        if line.startswith(b'{"type":"diagnostic"'):
            item = json.loads(line)
            rejected.setdefault(item["file"], f"{item['id']} line {item['line']}: {item['summary']}")
    return rejected


def first_difference(ours, theirs):
    """The first line that differs, of both."""
    left, right = ours.split(b"\n"), theirs.split(b"\n")
    for number, (a, b) in enumerate(zip(left, right), 1):
        if a != b:
            return f"line {number}: webkit {a!r}, terraform {b!r}"
    return f"webkit has {len(left)} lines, terraform {len(right)}"


def is_exception(ours, theirs):
    """Whether all that differs is what the reference drops: labels with `$` or `%` beside other text,
    and `true`, `false` or `null` as an index."""
    plain = INDEX.sub(b"[]", LABEL.sub(b"", ours))
    # Without the lines of an index its value needs no parentheses.
    bare = lambda text: b"".join(text.translate(None, b"()" if INDEX.search(ours) else b"").split())
    return plain != ours and bare(plain) == bare(INDEX.sub(b"[]", LABEL.sub(b"", theirs)))


def is_damaged(source):
    """Whether a text isn't UTF-8, of which the reference passes some over."""
    try:
        source.decode("utf-8")
        return False
    except UnicodeDecodeError:
        return True


def compare(sources, webkit, terraform):
    """Compares the programs on (suffix, bytes) pairs; a list of findings and counts by outcome."""
    counts = {"alike": 0, "reformatted alike": 0, "rejected alike": 0, "exceptions": 0, "accepted without being UTF-8": 0, "different": 0, "reference crashed": 0}
    findings = []
    with tempfile.TemporaryDirectory(prefix="fmt-") as work:
        variables = environment(work)
        names = [f"{index:07}{suffix}" for index, (suffix, _) in enumerate(sources)]
        folders = [Path(work, name) for name in ("ours", "theirs")]
        for folder in folders:
            folder.mkdir()
            for name, (_, data) in zip(names, sources):
                (folder / name).write_bytes(data)
        try:
            rejected = run_terraform(terraform, folders[1], variables)
        except Crash as crash:
            if len(sources) == 1:
                counts["reference crashed"] = 1
                return [Finding(0, f"reference crashed: {crash}")], counts
            middle = len(sources) // 2
            for offset, part in ((0, sources[:middle]), (middle, sources[middle:])):
                found, counted = compare(part, webkit, terraform)
                findings += [Finding(item.index + offset, item.reason) for item in found]
                for key, count in counted.items():
                    counts[key] += count
            return findings, counts
        refused = run_webkit(webkit, folders[0], variables)
        for index, name in enumerate(names):
            source = sources[index][1]
            if name in refused and name not in rejected and is_damaged(source):
                counts["accepted without being UTF-8"] += 1
                continue
            if (name in rejected) != (name in refused):
                reason = f"only webkit rejects: {refused[name]}" if name in refused else "only terraform rejects"
            elif name in rejected:
                counts["rejected alike"] += 1
                continue
            else:
                ours, theirs = ((folder / name).read_bytes() for folder in folders)
                if ours == theirs:
                    counts["alike" if ours == source else "reformatted alike"] += 1
                    continue
                if is_exception(ours, theirs):
                    counts["exceptions"] += 1
                    continue
                reason = "layout: " + first_difference(ours, theirs)
            counts["different"] += 1
            findings.append(Finding(index, reason))
    return findings, counts


DIFFERENT = object()


def reference_results(sources, webkit, terraform):
    """What the reference makes of each text: bytes, None if it rejects it, or DIFFERENT if webkit
    doesn't do the same."""
    results = []
    with tempfile.TemporaryDirectory(prefix="fmt-") as work:
        variables = environment(work)
        names = [f"{index:07}{suffix}" for index, (suffix, _) in enumerate(sources)]
        for program, run in ((webkit, run_webkit), (terraform, run_terraform)):
            folder = Path(work, run.__name__)
            folder.mkdir()
            for name, (_, data) in zip(names, sources):
                (folder / name).write_bytes(data)
            rejected = run(program, folder, variables)
            results.append([None if name in rejected else (folder / name).read_bytes() for name in names])
    return [theirs if ours == theirs else DIFFERENT for ours, theirs in zip(*results)]


def find_programs():
    """The release build of webkit, made if need be, and terraform."""
    terraform = shutil.which(os.environ.get("TERRAFORM", "terraform"))
    if not terraform:
        raise SystemExit("terraform isn't on PATH")
    webkit = os.environ.get("WEBKIT")
    if not webkit:
        root = Path(__file__).resolve().parent.parent
        build = ["swift", "build", "-c", "release", "--product", "webkit"]
        subprocess.run(build, cwd=root, check=True, stdout=subprocess.DEVNULL)
        shown = subprocess.run(build + ["--show-bin-path"], cwd=root, check=True, capture_output=True, text=True)
        webkit = os.path.join(shown.stdout.strip(), "webkit")
    return webkit, terraform
