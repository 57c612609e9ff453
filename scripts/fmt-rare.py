"""Records what terraform makes of each text of golden/fmt/rare.tsv.

The column `reference` is written anew; the column `ours` is ours.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

from fmt_reference import environment, run_terraform

ESCAPE = re.compile(rb"\\(n|r|t|\\|x[0-9a-f]{2})")
SIMPLE = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"\\": b"\\"}
WRITTEN = {10: "\\n", 13: "\\r", 9: "\\t", 92: "\\\\"}


def source(cell):
    """The bytes that a cell stands for."""
    def character(match):
        code = match.group(1)
        return SIMPLE.get(code) or bytes([int(code[1:], 16)])

    return ESCAPE.sub(character, cell.encode())


def cell(data):
    """Bytes as a cell."""
    return "".join(WRITTEN.get(byte) or (chr(byte) if 32 <= byte < 127 else f"\\x{byte:02x}") for byte in data)


def record(path):
    lines = path.read_text().split("\n")
    rows = {n: line.split("\t") for n, line in enumerate(lines) if line and line[0] != "#"}
    terraform = shutil.which("terraform") or sys.exit("terraform isn't on PATH")
    with tempfile.TemporaryDirectory() as folder:
        for number, row in rows.items():
            Path(folder, f"{number:07}.tf").write_bytes(source(row[0]))
        rejected = run_terraform(terraform, folder, environment(folder))
        for number, row in rows.items():
            name = f"{number:07}.tf"
            formatted = Path(folder, name).read_bytes()
            result = "same" if formatted == source(row[0]) else cell(formatted)
            row[1:2] = ["rejected" if name in rejected else result]
            lines[number] = "\t".join(row)
    path.write_text("\n".join(lines))


record(Path(sys.argv[1]))
