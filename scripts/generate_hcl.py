#!/usr/bin/env python3
"""Writes random HCL, valid and nearly valid: every construct of the grammar, comments and odd blanks
anywhere, wide and combining characters, spellings of old times. A seed gives the same text for ever.

    generate_hcl.py SEED [COUNT]    prints the texts of COUNT seeds (1), each behind a line with its seed
"""

import random
import re
import sys

NAMES = """a b c d x y foo bar baz name value type count this each var local data module path list map set
string number bool any null true false for in if else endif endfor variable resource locals foo-bar a- x1
_y __ very_long_identifier_for_alignment é ü1 日本 क्ष ใจ 한글 ﬀ ª ᄒ""".split() + [
    "e\u0301", "o\u0308k", "a\u200cb", "n\u0303", "\U0001d4b3", "\u1112\u1161\u11ab", "क\u094dत", "℘", "x\u00b7y", "Ⅷ",
]
# What text between quotes and in comments is made of.
WORDS = [
    "text", "a b", "x", "-", "=", "#", "//", "{", "}", "(", "]", ",", ".", ":", "  ", "\t", "*", "é", "日本", "漢字かな",
    "e\u0301", "\u0301", "a\u0308\u0323", "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u200d", "\U0001f44d\U0001f3fd",
    "\U0001f1e9\U0001f1ea", "\U0001f1e9", "\U0001f1e9\U0001f1ea\U0001f1eb", "\u2764\ufe0f", "\ufe0f", "1\ufe0f\u20e3", "\u20e3",
    "\u1112\u1161\u11ab", "\u1112", "\u1161", "\u11ab", "한", "한\u11ab", "क\u094dष", "क\u094d", "\u094d", "नि", "\u0e01\u0e33",
    "\u0600", "\u0600x", "\U000110bd", "\u200b", "\u00ad", "\u2028", "\ufeff", "\u0085", "\u00a0", "\u3000", "\x01", "\x7f", "\U000e0041",
    "\U0001f3f4\U000e0067\U000e007f", "\U0001fae9", "\U0001f9d1\u200d\U0001fa70", "\u0d4e", "ക്\u200d", "\U00011f02", "\u1b44", "ᬓ\u1b44",
    "\U0001f6dc", "\ufdd0", "\U0010ffff", "\ue000", "\u0378", "\u2e3a", "a\u034fb", "\u180e", "\U00016ff0", "\u1a55", "\r",
]
SIGNS = ["$", "%", "$$", "%%", "$${", "%%{", "$%", "%$", "$$${", "%%%{", "$ {", "}", "~}", "$\u0301", "%\u0301", "$${\u0301", "%%{\u200d"]
ESCAPES = ["\\n", "\\t", "\\r", '\\"', "\\\\", "\\u00e9", "\\u0301", "\\U0001f600", "\\u0024{", "\\u0041"]
OPERATORS = ["+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||"]
NUMBERS = ["0", "1", "42", "3.14", "1e3", "1E-7", "2.5e+10", "007", "123456789012345678901234567890", "0.10"]


class Generator:
    """Writes one text."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        pick = self.random.random
        # Each text is odd in its own ways, so that small ones are found.
        self.comments = self.random.choice([0, 0, 0.02, 0.1, 0.3])
        self.blanks = self.random.choice([0, 0.1, 0.5])
        self.wide = self.random.choice([0, 0, 0.1, 0.5])
        self.breaks = self.random.choice([0, 0.05, 0.3])
        self.end = self.random.choice(["\n"] * 6 + ["\r\n", "\r\n", None])
        self.old = self.random.choice([0, 0.1, 0.5])
        self.has_mark, self.has_end = pick() < 0.03, pick() < 0.9
        self.parts = []

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, items):
        return self.random.choice(items)

    def newline(self):
        return self.end or self.pick(["\n", "\r\n"])

    # Blanks and comments

    def blank(self, standard=""):
        if self.chance(self.blanks):
            return self.pick(["", " ", "  ", "\t", "    ", " \t "])
        return standard

    def comment_text(self):
        return "".join(self.pick(WORDS if self.chance(self.wide) else WORDS[:14]) for _ in range(self.random.randrange(5)))

    def block_comment(self):
        text = self.comment_text().replace("*/", "")
        if self.chance(0.2):
            text += self.newline() + self.pick(["", "  ", "\t"]) + self.comment_text().replace("*/", "")
        return f"/*{text}*/"

    def gap(self, standard="", breaks=False):
        """What may stand between two tokens."""
        text = self.blank(standard)
        if self.chance(self.comments / 3):
            text += self.block_comment() + self.blank()
        if breaks and self.chance(self.breaks):
            text += self.line_end() + self.blank()
        return text

    def line_end(self):
        text = self.blank()
        if self.chance(self.comments):
            text += self.pick(["#", "# ", "//", "// "]) + self.comment_text().replace("\n", "")
        return text + self.newline() + ("" if self.chance(0.9) else self.blank() + self.newline())

    # Names and literal text

    def name(self):
        return self.pick(NAMES if self.chance(self.wide) else NAMES[:32])

    def text(self, quoted):
        pieces = []
        for _ in range(self.random.randrange(4)):
            roll = self.random.random()
            if roll < 0.15:
                pieces.append(self.pick(SIGNS))
            elif roll < 0.3 and quoted:
                pieces.append(self.pick(ESCAPES))
            elif roll < 0.3:
                pieces.append(self.pick(['"', "\\", "\\n", "<<EOT", "EOT x"]))
            else:
                pieces.append(self.pick(WORDS if self.chance(self.wide) else WORDS[:14]))
        text = "".join(pieces)
        return text.replace("\r", "") if quoted or self.chance(0.8) else text

    def sequence(self, body, breaks=True):
        left, right = (self.pick(["", "", "", "~"]) for _ in range(2))
        return "${" + left + self.gap(breaks=breaks) + body + self.gap(breaks=breaks) + right + "}"

    def directive(self, body):
        left, right = (self.pick(["", "", "~"]) for _ in range(2))
        return "%{" + left + self.gap(" ") + body + self.gap(" ") + right + "}"

    def template(self, depth, quoted):
        pieces = []
        for _ in range(self.random.randrange(4)):
            roll = self.random.random()
            if roll < 0.4 or depth <= 0:
                pieces.append(self.text(quoted))
            elif roll < 0.75:
                pieces.append(self.sequence(self.expression(depth - 1, True)))
            elif roll < 0.9:
                pieces.append(self.directive("if" + self.gap(" ") + self.expression(depth - 1, True)))
                pieces.append(self.template(depth - 2, quoted))
                if self.chance(0.5):
                    pieces += [self.directive("else"), self.template(depth - 2, quoted)]
                pieces.append(self.directive("endif"))
            else:
                names = self.name() + ("" if self.chance(0.5) else self.gap() + "," + self.gap(" ") + self.name())
                pieces.append(self.directive(f"for {names} in {self.expression(depth - 1, True)}"))
                pieces += [self.template(depth - 2, quoted), self.directive("endfor")]
        return "".join(pieces)

    def quoted(self, depth):
        return '"' + self.template(depth, True) + '"'

    def heredoc(self, depth):
        """With the newline behind it."""
        marker = self.pick(["EOT", "EOF", "a", "é", "X-1"])
        lines = [self.pick(["<<", "<<-"]) + marker]
        for _ in range(self.random.randrange(4)):
            lines.append(self.pick(["", "  ", "\t", "      "]) + self.template(depth - 1, False))
        lines.append(self.pick(["", "  ", "\t", " "]) + marker + self.pick(["", "", "", " "]))
        return "".join(line + self.newline() for line in lines)

    # Expressions; with `breaks` they stand in brackets

    def expression(self, depth, breaks=False):
        if depth <= 0 or self.chance(0.25):
            return self.atom(depth)
        make = self.pick(
            [self.binary, self.unary, self.conditional, self.parenthesised, self.tuple, self.object, self.call, self.access, self.splat,
             self.for_tuple, self.for_object, lambda d, b: self.quoted(d)]
        )
        return make(depth - 1, breaks)

    def atom(self, depth):
        roll = self.random.random()
        if roll < 0.4:
            return self.name()
        if roll < 0.6:
            return self.pick(NUMBERS)
        return self.quoted(min(depth, 1)) if roll < 0.9 else self.pick(["true", "false", "null"])

    def binary(self, depth, breaks):
        left, right = self.expression(depth, breaks), self.expression(depth, breaks)
        return left + self.gap(" ", breaks) + self.pick(OPERATORS) + self.gap(" ", breaks) + right

    def unary(self, depth, breaks):
        return self.pick(["!", "-", "- ", "! ", "--", "!!", "-!"]) + self.gap("", breaks) + self.expression(depth, breaks)

    def conditional(self, depth, breaks):
        parts = [self.expression(depth, breaks) for _ in range(3)]
        sign = lambda text: self.gap(" ", breaks) + text + self.gap(" ", breaks)
        return parts[0] + sign("?") + parts[1] + sign(":") + parts[2]

    def parenthesised(self, depth, breaks):
        return "(" + self.gap("", True) + self.expression(depth, True) + self.gap("", True) + ")"

    def tuple(self, depth, breaks):
        items = [self.expression(depth, True) for _ in range(self.random.randrange(4))]
        if self.chance(0.08):
            items.append(self.heredoc(depth))
        text = "[" + self.gap("", True)
        for index, item in enumerate(items):
            is_last = index == len(items) - 1
            comma = "" if is_last and self.chance(0.7) else ("" if item.endswith("\n") else self.gap("", True)) + ","
            text += item + comma + self.gap("" if is_last else " ", True)
        return text + "]"

    def key(self, depth):
        roll = self.random.random()
        if roll < 0.5:
            return self.name()
        if roll < 0.75:
            return self.quoted(min(depth, 1))
        if roll < 0.85:
            return "(" + self.gap("", True) + self.expression(depth, True) + self.gap("", True) + ")"
        return self.pick(["1", "a.b", "true", '"${x}"'])

    def object(self, depth, breaks):
        count = self.random.randrange(4)
        is_open = count > 0 and self.chance(0.4)
        text = "{" + (self.line_end() + self.blank() if is_open else self.gap(" "))
        for index in range(count):
            is_last = index == count - 1
            text += self.key(depth) + self.gap(" ") + self.pick(["=", "=", "=", ":"]) + self.gap(" ")
            if self.chance(0.05):
                text += self.heredoc(depth)
                continue
            text += self.expression(depth)
            if is_open:
                text += ("," if self.chance(0.3) else "") + self.line_end() + self.blank()
            else:
                text += ("" if is_last else self.gap() + ",") + self.gap(" ")
        return text + "}"

    def call(self, depth, breaks):
        name = self.name()
        if self.chance(0.15):
            name += self.gap("") + "::" + self.gap("") + self.name()
            if self.chance(0.5):
                name += "::" + self.name()
        items = [self.expression(depth, True) for _ in range(self.random.randrange(4))]
        text = name + self.blank() + "(" + self.gap("", True)
        for index, item in enumerate(items):
            is_last = index == len(items) - 1
            sign = "," if not is_last else self.pick(["", "", "", ",", "..."])
            text += item + (self.gap("", True) if sign else "") + sign + self.gap("" if is_last else " ", True)
        return text + ")"

    def access(self, depth, breaks):
        text = self.pick([self.name(), self.name(), self.call(0, breaks), "(" + self.name() + ")", '"x"', "[1]", "{}"])
        for _ in range(self.random.randrange(1, 4)):
            roll = self.random.random()
            if roll < 0.5:
                text += self.gap("", breaks) + "." + self.gap("", breaks) + self.name()
            elif roll < 0.6:
                text += "." + self.pick(["0", "1", "12"])
            else:
                inner = self.pick([self.pick(NUMBERS), self.quoted(0), self.expression(depth, True)])
                text += self.gap("") + "[" + self.gap("", True) + inner + self.gap("", True) + "]"
        return text

    def splat(self, depth, breaks):
        text = self.access(depth, breaks) + self.pick([".*", "[*]", "[ * ]", " . *"])
        for _ in range(self.random.randrange(3)):
            text += self.pick([".", " . "]) + self.name() if self.chance(0.6) else self.pick(["[0]", ".*", "[*]", ".0", '["a"]'])
        return text

    def for_head(self, depth):
        names = self.name() + ("" if self.chance(0.5) else self.gap("", True) + "," + self.gap(" ", True) + self.name())
        in_ = self.gap(" ", True) + "in" + self.gap(" ", True)
        return "for" + self.gap(" ", True) + names + in_ + self.expression(depth, True) + self.gap(" ", True) + ":" + self.gap(" ", True)

    def for_tuple(self, depth, breaks):
        text = "[" + self.gap("", True) + self.for_head(depth) + self.expression(depth, True)
        if self.chance(0.4):
            text += self.gap(" ", True) + "if" + self.gap(" ", True) + self.expression(depth, True)
        return text + self.gap("", True) + "]"

    def for_object(self, depth, breaks):
        text = "{" + self.gap(" ", True) + self.for_head(depth) + self.expression(depth, True)
        text += self.gap(" ", True) + "=>" + self.gap(" ", True) + self.expression(depth, True)
        if self.chance(0.3):
            text += self.gap("", True) + "..."
        if self.chance(0.4):
            text += self.gap(" ", True) + "if" + self.gap(" ", True) + self.expression(depth, True)
        return text + self.gap(" ", True) + "}"

    # Items

    def attribute(self, depth, is_line=False):
        name = self.name()
        if self.chance(0.03):
            return name + self.gap(" ") + "=" + self.gap(" ") + self.heredoc(depth)
        if self.chance(self.old):
            value = '"' + self.sequence(self.expression(depth, True)) + '"'
            if self.chance(0.05):
                value = '"${' + self.pick(["", "\n"]) + self.heredoc(depth) + self.blank() + '}"'
        else:
            value = self.expression(depth)
        text = name + self.gap(" ") + "=" + self.gap(" ") + value
        return text + (self.gap() if is_line else self.line_end())

    def type_attribute(self):
        words = ["list", "map", "set", "string", "any", "number", '"string"', '"list"', '"map"', '"set"', "list(string)", '"${list}"', "(list)"]
        return "type" + self.gap(" ") + "=" + self.gap(" ") + self.pick(words) + self.line_end()

    def label(self):
        roll = self.random.random()
        if roll < 0.3:
            return self.name()
        if roll < 0.8:
            return '"' + self.pick(["", "a", "b-c", "web", "x.y", "日本"]) + '"'
        return '"' + self.text(True) + '"'

    def block(self, depth):
        kind = self.pick(["variable", "resource", "locals", self.name(), self.name()])
        text = kind
        for _ in range(self.random.randrange(4)):
            text += self.gap(" ") + self.label()
        text += self.gap(" ") + "{"
        roll = self.random.random()
        if roll < 0.1:
            return text + self.blank() + "}" + self.line_end()
        if roll < 0.2:
            return text + self.gap(" ") + self.attribute(depth - 1, True) + self.gap(" ") + "}" + self.line_end()
        text += self.line_end()
        if kind == "variable" and self.chance(0.8):
            text += self.blank("  ") + self.type_attribute()
        return text + self.items(depth - 1, "  ") + self.blank() + "}" + self.line_end()

    def items(self, depth, indent=""):
        text, seen = "", set()
        for _ in range(self.random.randrange(5)):
            if self.chance(self.comments):
                text += self.blank(indent) + self.line_end()
            if self.chance(self.comments / 4):
                text += self.blank(indent) + self.block_comment() + (self.newline() if self.chance(0.7) else "")
            if depth > 0 and self.chance(0.3):
                text += self.blank(indent) + self.block(depth)
                continue
            item = self.attribute(depth)
            name = re.match(r"[^\s=/]*", item).group()
            # The grammar takes each name once in a body.
            if name not in seen or self.chance(0.01):
                seen.add(name)
                text += self.blank(indent) + item
        return text

    def file(self):
        text = self.items(self.random.randrange(1, 5))
        if not self.has_end:
            text = text.rstrip("\r\n") + self.pick(["", "", " ", "\t", "  # end", " /* end */"])
        return ("\ufeff" if self.has_mark else "") + text


TOKEN = re.compile(r'[^\W\d][\w-]*|\d[\d.]*|\r?\n|[ \t]+|\$\{~?|%\{~?|~\}|=>|[=!<>]=|&&|\|\||\.\.\.|::|/\*|\*/|//|<<-?|.', re.S)
INSERTED = ["{", "}", "(", ")", "[", "]", '"', "${", "%{", "=", ",", ".", "\n", " ", "#", "//", "/*", "*/", "<<EOT\n", "?", ":", "::", "!", "-",
            "~", "'", "`", ";", "&", "|", "^", "\\", "\r", "\x00", "\x0c", "\u00a0", "\u2028", "@", "...", "=>", "for", "in", "if", "1.", ".5",
            "0x1", "1e", "%{ if", "%{ endif }", "..", "$", "é", "\ufeff", "+", "true", "EOT", "==", "a", '"b"', "1", "...)", ".*", "[*]", ".0"]


def mutated(text, seed):
    """The text with a few tokens dropped, doubled, swapped, added or cut off."""
    chance = random.Random(seed * 31 + 7)
    tokens = TOKEN.findall(text)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        if not tokens:
            break
        place = chance.randrange(len(tokens))
        kind = chance.randrange(6)
        if kind == 0:
            del tokens[place]
        elif kind == 1:
            tokens.insert(place, tokens[place])
        elif kind == 2:
            other = chance.randrange(len(tokens))
            tokens[place], tokens[other] = tokens[other], tokens[place]
        elif kind in (3, 4):
            tokens.insert(place, chance.choice(INSERTED))
        else:
            del tokens[place:]
    return "".join(tokens)


def text_of(seed):
    """The bytes of a seed; odd ones are nearly valid."""
    text = Generator(seed).file()
    if seed % 2:
        text = mutated(text, seed)
    data = text.encode("utf-8")
    if seed % 200 == 199 and data:
        # Bytes that aren't UTF-8.
        place = random.Random(seed).randrange(len(data))
        data = data[:place] + bytes([random.Random(seed + 1).randrange(128, 256)]) + data[place + 1 :]
    return data


if __name__ == "__main__":
    first, count = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    for seed in range(first, first + count):
        sys.stdout.buffer.write(f"# seed {seed}\n".encode() + text_of(seed) + b"\n")
