#!/usr/bin/env python3
"""Makes files as people write them: pieces of all times of Terraform, laid out by many hands.

    scripts/generate_public.py DIR [COUNT] [SEED]

Equal seeds give equal files. Some are broken, as some of the world's are.
"""

import random
import re
import sys
from pathlib import Path

from hcl_fragments import BROKEN_PIECES, PIECES

COMMENTS = ["# note", "#note", "// note", "# TODO: fix", "# → see above", "#\ttab", "# 🙂", "# été", "//", "#", "# a = 1"]
HABITS = {
    "tabs": 0.15, "four blanks": 0.15, "sloppy indents": 0.3, "tight equals": 0.3, "wide equals": 0.2, "comments": 0.4, "own comments": 0.3,
    "blank lines": 0.3, "trailing blanks": 0.3, "crlf": 0.15, "mixed ends": 0.06, "no end": 0.15, "many ends": 0.1, "mark": 0.05, "nbsp": 0.05,
    "latin-1": 0.04,
}


class Hand:
    """One author with some habits."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.habits = {name: self.random.random() < share for name, share in HABITS.items()}

    def has(self, habit, share=0.25):
        return self.habits[habit] and self.random.random() < share

    def line(self, line):
        """A line of code with the author's blanks and comments."""
        body = line.lstrip(" ")
        indent = len(line) - len(body)
        if self.habits["tabs"]:
            line = "\t" * (indent // 2) + " " * (indent % 2) + body
        elif self.habits["four blanks"]:
            line = " " * (indent * 2) + body
        elif self.has("sloppy indents"):
            line = " " * self.random.randrange(7) + body
        is_plain = not any(sign in line for sign in ('"', "#", "//", "/*", "*/"))
        if self.has("tight equals", 0.5) and is_plain:
            line = re.sub(r"(\w) += +", r"\1=", line)
        if self.has("wide equals", 0.5):
            line = re.sub(r"^(\s*[\w-]+) *= *(?=[^=>])", lambda match: match[1] + " " * self.random.randrange(1, 12) + "= ", line)
        if self.has("comments", 0.15) and is_plain and line.strip():
            line += self.random.choice([" ", "  ", "\t", "      "]) + self.random.choice(COMMENTS)
        if self.has("trailing blanks", 0.2):
            line += self.random.choice([" ", "  ", "\t", "   "])
        return line

    def lines(self, text):
        """Lines with what the author adds; heredocs keep their words."""
        marker = None
        for line in text.split("\n"):
            if marker is not None:
                marker = None if line.strip() == marker else marker
                yield line + ("  " if marker and self.has("trailing blanks", 0.1) else "")
                continue
            begins = re.search(r"<<-?(\w+)$", line)
            if begins:
                marker = begins.group(1)
                yield line
                continue
            if self.has("own comments", 0.1):
                yield " " * self.random.randrange(6) + self.random.choice(COMMENTS)
            if self.has("blank lines", 0.1):
                yield self.random.choice(["", "", "  ", "\t"])
            yield self.line(line)

    def file(self):
        pieces = [self.random.choice(PIECES) for _ in range(self.random.randrange(1, 6))]
        if self.random.random() < 0.15:
            pieces.append(self.random.choice(BROKEN_PIECES))
        text = ("\n" * self.random.choice([0, 1, 1, 2])).join(pieces)
        lines = list(self.lines(text.rstrip("\n")))
        end = "\r\n" if self.habits["crlf"] else "\n"
        ends = [self.random.choice(["\n", "\r\n"]) if self.habits["mixed ends"] else end for _ in lines]
        if self.habits["no end"]:
            ends[-1] = ""
        elif self.habits["many ends"]:
            ends[-1] = end * 3
        text = "".join(line + end for line, end in zip(lines, ends))
        if self.habits["nbsp"]:
            place = text.find(" ", self.random.randrange(len(text)))
            text = text if place < 0 else text[:place] + "\u00a0" + text[place + 1 :]
        data = (("\ufeff" if self.habits["mark"] else "") + text).encode()
        return data.replace("é".encode(), b"\xe9") if self.habits["latin-1"] else data


def file_of(seed):
    """The bytes of a seed; the first seeds are the pieces as they are."""
    first = PIECES + BROKEN_PIECES
    return first[seed].encode() if seed < len(first) else Hand(seed).file()


if __name__ == "__main__":
    folder, count, first = Path(sys.argv[1]), int((sys.argv[2:] + ["1000"])[0]), int((sys.argv[3:] + ["0"])[0])
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(first, first + count):
        Path(folder, f"{seed:06}.tf").write_bytes(file_of(seed))
