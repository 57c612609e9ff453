"""Records what terraform says about each broken text of golden/hcl-errors/cases.tsv.

The columns `reference` and `summary` are written anew; the other columns are ours.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ESCAPE = re.compile(rb"\\(n|r|t|\\|x[0-9a-f]{2})")
SIMPLE = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"\\": b"\\"}
# What terraform says of a text that it could read.
ACCEPTED = {"Unsupported argument", "Unsupported block type"}


def source(cell):
    def character(match):
        code = match.group(1)
        return SIMPLE.get(code) or bytes([int(code[1:], 16)])

    return ESCAPE.sub(character, cell.encode())


def record(path):
    lines = path.read_text().split("\n")
    rows = {n: line.split("\t") for n, line in enumerate(lines) if line and line[0] != "#"}
    with tempfile.TemporaryDirectory() as folder:
        for number, row in rows.items():
            (pathlib.Path(folder) / f"{number}.tf").write_bytes(source(row[0]))
        run = subprocess.run(
            ["terraform", "validate", "-json"], cwd=folder, capture_output=True, check=False)
        first = {}
        for finding in json.loads(run.stdout)["diagnostics"]:
            if finding["severity"] == "error" and "range" in finding:
                first.setdefault(finding["range"]["filename"], finding)
    for number, row in rows.items():
        finding = first.get(f"{number}.tf")
        place, summary = "accepted", ""
        if finding and finding["summary"] not in ACCEPTED:
            start = finding["range"]["start"]
            place, summary = f"{start['line']}:{start['column']}", finding["summary"]
        row += [""] * (6 - len(row))
        row[1:3] = [place, summary]
        lines[number] = "\t".join(row).rstrip("\t")
    path.write_text("\n".join(lines))


record(pathlib.Path(sys.argv[1]))
