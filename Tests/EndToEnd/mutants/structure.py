"""Where blocks, attributes and values stand in a file of HCL: just enough to change one on purpose.

It reads what the goldens hold, canonical and without mistakes. It is no part of the product and shares nothing with
its parser, so that a mistake there can't hide here.
"""

import re

_IDENTIFIER = re.compile(r"[^\W\d][\w-]*")
_NUMBER = re.compile(r"\d+(\.\d+)?([eE][+-]?\d+)?")
_HEREDOC = re.compile(r"<<-?([\w-]+)\r?\n")
_OPERATORS = ("...", "==", "!=", "<=", ">=", "&&", "||", "=>", "::")


class Token:
    def __init__(self, kind, start, end, text):
        self.kind, self.start, self.end, self.text = kind, start, end, text


def tokens(text):
    """All tokens but blanks; a string is one token with all that it holds, and so is a heredoc."""
    found, at = [], 0

    def add(kind, end):
        nonlocal at
        found.append(Token(kind, at, end, text[at:end]))
        at = end

    while at < len(text):
        character = text[at]
        if character in " \t\r":
            at += 1
        elif character == "\n":
            add("newline", at + 1)
        elif character == "#" or text.startswith("//", at):
            end = text.find("\n", at)
            add("comment", len(text) if end < 0 else end)
        elif text.startswith("/*", at):
            add("block comment", text.index("*/", at) + 2)
        elif character == '"':
            add("string", _string_end(text, at))
        elif match := _HEREDOC.match(text, at):
            end = re.compile(rf"^[ \t]*{re.escape(match.group(1))}[ \t]*$", re.M).search(text, match.end()).end()
            add("heredoc", end)
        elif match := _IDENTIFIER.match(text, at):
            add("identifier", match.end())
        elif match := _NUMBER.match(text, at):
            add("number", match.end())
        else:
            add("operator", at + next((len(item) for item in _OPERATORS if text.startswith(item, at)), 1))
    return found


def _string_end(text, at):
    at += 1
    while text[at] != '"':
        if text[at] == "\\":
            at += 2
        elif text.startswith(("$${", "%%{"), at):
            at += 3
        elif text.startswith(("${", "%{"), at):
            at = _sequence_end(text, at + 2)
        else:
            at += 1
    return at + 1


def _sequence_end(text, at):
    depth = 1
    while depth:
        if text[at] == '"':
            at = _string_end(text, at)
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return at


class Item:
    """An attribute or a block.

    lines       from the start of its first line to behind the end of its last
    name        its name, or its type
    value       where an attribute's value stands
    labels      the places of a block's labels, quotes included
    body        what stands between the braces
    items       the items in it
    parent      the block around it, if any
    """

    def __init__(self, path, text, is_block, name, parent):
        self.path, self.text, self.is_block, self.name, self.parent = path, text, is_block, text[slice(*name)], parent
        self.name_range = name
        self.lines = self.value = self.body = None
        self.labels, self.items = [], []

    def label(self, index):
        return self.text[slice(*self.labels[index])].strip('"') if index < len(self.labels) else None

    @property
    def source(self):
        """An attribute's value as it is written."""
        return self.text[slice(*self.value)]

    def ancestors(self):
        item = self.parent
        while item:
            yield item
            item = item.parent

    @property
    def root(self):
        return [self, *self.ancestors()][-1]

    def attribute(self, name):
        return next((item for item in self.items if not item.is_block and item.name == name), None)


def read(path, text):
    """The items of a file, each with those in it."""
    found = [token for token in tokens(text) if token.kind not in ("comment", "block comment")]
    items, index = [], 0
    while index < len(found):
        if found[index].kind == "newline":
            index += 1
            continue
        item, index = _item(path, text, found, index, None)
        items.append(item)
    return items


def _item(path, text, found, index, parent):
    name = found[index]
    is_block = found[index + 1].text != "="
    item = Item(path, text, is_block, (name.start, name.end), parent)
    if is_block:
        index += 1
        while found[index].text != "{":
            item.labels.append((found[index].start, found[index].end))
            index += 1
        start = found[index].end
        index += 1
        while found[index].text != "}":
            if found[index].kind == "newline":
                index += 1
                continue
            child, index = _item(path, text, found, index, item)
            item.items.append(child)
        item.body = (start, found[index].start)
        index += 1
    else:
        index += 2
        first, depth = index, 0
        while index < len(found):
            token = found[index]
            if depth == 0 and (token.kind == "newline" or token.text == "}"):
                break
            depth += (token.text in "([{") - (token.text in ")]}") if token.kind == "operator" else 0
            index += 1
        item.value = (found[first].start, found[index - 1].end)
    start = text.rfind("\n", 0, name.start) + 1
    end = text.find("\n", found[index - 1].end)
    item.lines = (start, len(text) if end < 0 else end + 1)
    return item, index


def walk(items):
    """Items and all that they hold, in order."""
    for item in items:
        yield item
        yield from walk(item.items)
