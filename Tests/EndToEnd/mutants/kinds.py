"""The kinds of change that make a mutant of a tree.

A kind is a function of a `Sources` and a random generator that gives the texts of the files that change, by path, or
None where the tree offers nothing to change. Its name is its function's, its description the docstring.
"""

import re

import structure

KINDS = {}


def kind(function):
    KINDS[function.__name__.replace("_", "-")] = function
    return function


class Sources:
    """The `.tf` files of a tree and all that stands in them."""

    def __init__(self, texts):
        self.texts = texts
        self.items = [item for path, text in sorted(texts.items()) for item in structure.walk(structure.read(path, text))]
        self.blocks = [item for item in self.items if item.is_block]
        self.attributes = [item for item in self.items if not item.is_block]
        self.tops = [item for item in self.blocks if not item.parent]

    def blocks_of(self, *names):
        return [item for item in self.tops if item.name in names]

    def replace(self, item, place, new):
        text = self.texts[item.path]
        return {item.path: text[: place[0]] + new + text[place[1] :]}

    def insert(self, path, at, new):
        text = self.texts[path]
        return {path: text[:at] + new + text[at:]}

    def append(self, path, new):
        return {path: self.texts[path].rstrip("\n") + "\n\n" + new + "\n"}

    def modules(self):
        """The folders that hold files, with the declarations in each."""
        found = {}
        for item in self.tops:
            found.setdefault(folder(item.path), []).append(item)
        return found


def folder(path):
    return path.rpartition("/")[0]


def _choose(random, items):
    items = list(items)
    return random.choice(items) if items else None


def _typo(random, name):
    """A slip of the fingers that leaves an identifier."""
    index = random.randrange(len(name))
    way = random.randrange(4)
    if way == 0 and len(name) > 2 and index > 0:
        return name[:index] + name[index + 1 :]
    if way == 1:
        return name[:index] + name[index] + name[index:] if name[index].isalpha() else name + "x"
    if way == 2 and 0 < index < len(name) - 1 and name[index] != name[index + 1]:
        return name[:index] + name[index + 1] + name[index] + name[index + 2 :]
    return name + random.choice("sx1_")


def _line(item, text):
    return f"{'  ' * (1 + len(list(item.ancestors())))}{text}\n"


def _into(sources, block, text):
    """A line, or lines, at the start of a block's body."""
    start = block.body[0]
    if "\n" not in block.text[slice(*block.body)]:
        rest = block.text[slice(*block.body)].strip()
        inner = f"\n{text}\n" if not rest else f"\n{rest}\n{text}\n"
        return sources.replace(block, block.body, inner)
    return sources.insert(block.path, start, "\n" + text.rstrip("\n"))


def _code(text):
    """The places of a text that aren't comments."""
    places, at = [], 0
    for token in structure.tokens(text):
        if token.kind in ("comment", "block comment"):
            places.append((at, token.start))
            at = token.end
    places.append((at, len(text)))
    return places


def _matches(sources, pattern, only=lambda path: True):
    """Every match of a pattern outside of comments: path and match."""
    found = []
    for path, text in sorted(sources.texts.items()):
        if only(path):
            for start, end in _code(text):
                found += [(path, match) for match in re.compile(pattern).finditer(text, start, end)]
    return found


def _change_match(sources, random, pattern, change):
    found = _choose(random, _matches(sources, pattern))
    if not found:
        return None
    path, match = found
    new = change(match)
    if new is None or new == match.group(0):
        return None
    text = sources.texts[path]
    return {path: text[: match.start()] + new + text[match.end() :]}


# --- arguments and blocks


@kind
def rename_argument(sources, random):
    """an argument's name gets a typo"""
    item = _choose(random, sources.attributes)
    return sources.replace(item, item.name_range, _typo(random, item.name))


@kind
def drop_argument(sources, random):
    """an argument is left out"""
    item = _choose(random, sources.attributes)
    if item.lines[0] < item.name_range[0] and sources.texts[item.path][item.lines[0] : item.name_range[0]].strip():
        return sources.replace(item, (item.name_range[0], item.value[1]), "")
    return sources.replace(item, item.lines, "")


@kind
def duplicate_argument(sources, random):
    """an argument is set twice"""
    item = _choose(random, [item for item in sources.attributes if item.text[slice(*item.lines)].count("\n") == 1])
    return sources.insert(item.path, item.lines[0], item.text[slice(*item.lines)])


@kind
def add_argument(sources, random):
    """an argument of another block, or one that nobody knows, stands in a block"""
    block = _choose(random, sources.blocks)
    other = _choose(random, sources.attributes)
    name = random.choice([other.name, other.name, "made_up", "count", "for_each", "depends_on", "provider", "id"])
    if block.attribute(name):
        return None
    return _into(sources, block, _line(block, f"{name} = {other.source}"))


@kind
def rename_block(sources, random):
    """the type of a nested block gets a typo"""
    item = _choose(random, [item for item in sources.blocks if item.parent])
    return item and sources.replace(item, item.name_range, _typo(random, item.name))


@kind
def rename_top_block(sources, random):
    """the type of a block of the file gets a typo"""
    item = _choose(random, sources.tops)
    return sources.replace(item, item.name_range, _typo(random, item.name))


@kind
def drop_block(sources, random):
    """a nested block is left out"""
    item = _choose(random, [item for item in sources.blocks if item.parent])
    return item and sources.replace(item, item.lines, "")


@kind
def drop_top_block(sources, random):
    """a block of the file is left out"""
    item = _choose(random, sources.tops)
    return sources.replace(item, item.lines, "")


@kind
def duplicate_block(sources, random):
    """a block stands twice"""
    item = _choose(random, sources.blocks)
    return sources.insert(item.path, item.lines[0], item.text[slice(*item.lines)])


@kind
def duplicate_declaration(sources, random):
    """a declaration stands in another file of the same module as well"""
    item = _choose(random, sources.tops)
    path = _choose(random, [path for path in sources.texts if folder(path) == folder(item.path)])
    return sources.append(path, item.text[slice(*item.lines)])


@kind
def misplace_argument(sources, random):
    """an argument goes into another block of its file"""
    item = _choose(random, [item for item in sources.attributes if item.text[slice(*item.lines)].count("\n") == 1])
    block = _choose(random, [block for block in sources.blocks if block.path == item.path and block.body[0] > item.lines[1] and block is not item.parent])
    if not block:
        return None
    line = item.text[slice(*item.lines)]
    moved = _into(sources, block, line)[item.path]
    return {item.path: moved[: item.lines[0]] + moved[item.lines[1] :]}


@kind
def misplace_block(sources, random):
    """a block goes into another one, or out of its own"""
    item = _choose(random, sources.blocks)
    text = item.text[slice(*item.lines)]
    if item.parent and random.random() < 0.4:
        rest = sources.replace(item, item.lines, "")[item.path]
        return {item.path: rest.rstrip("\n") + "\n\n" + text}
    block = _choose(random, [block for block in sources.blocks if block.path == item.path and item not in [block, *block.ancestors()]])
    if not block or block.body[0] < item.lines[1]:
        return None
    moved = _into(sources, block, text)[item.path]
    return {item.path: moved[: item.lines[0]] + moved[item.lines[1] :]}


@kind
def block_to_argument(sources, random):
    """`x { ... }` becomes `x = { ... }`"""
    item = _choose(random, [item for item in sources.blocks if item.parent and not item.labels])
    return item and sources.insert(item.path, item.name_range[1], " =")


@kind
def argument_to_block(sources, random):
    """`x = { ... }` becomes `x { ... }`"""
    item = _choose(random, [item for item in sources.attributes if item.source.startswith("{\n")])
    return item and sources.replace(item, (item.name_range[1], item.value[0]), " ")


@kind
def change_labels(sources, random):
    """a block gets one label more or fewer, or one that is no name"""
    item = _choose(random, sources.blocks)
    way = random.randrange(3)
    if way == 0 or not item.labels:
        return sources.insert(item.path, item.name_range[1], ' "more"')
    place = random.choice(item.labels)
    if way == 1:
        return sources.replace(item, (place[0] - 1, place[1]), "")
    return sources.replace(item, place, random.choice(['"1st"', '"with space"', '"a.b"', '""', '"ü"', '"_x"', '"a-b"']))


@kind
def repeat_block(sources, random):
    """a nested block stands three times"""
    item = _choose(random, [item for item in sources.blocks if item.parent])
    return item and sources.insert(item.path, item.lines[0], item.text[slice(*item.lines)] * 2)


# --- values

_VALUES = {
    "string": ['"abc"', '""', '"12"', '"true"', '"${1}"'],
    "number": ["1", "-1", "0", "2.5", "1e3"],
    "bool": ["true", "false"],
    "null": ["null"],
    "list": ["[]", '["a"]', "[1, 2]", "[[]]", '[{ a = 1 }]', "[null]"],
    "object": ["{}", '{ a = 1 }', '{ "x" = "y" }', "{ a = { b = [] } }"],
    "mixed": ['["a", 1]', "{ a = 1, b = [] }", "tolist([])", "toset([])", "tomap({})"],
}


@kind
def retype_value(sources, random):
    """a value becomes a literal of another type"""
    item = _choose(random, sources.attributes)
    return sources.replace(item, item.value, random.choice(random.choice(list(_VALUES.values()))))


@kind
def null_value(sources, random):
    """a value becomes null"""
    item = _choose(random, sources.attributes)
    return sources.replace(item, item.value, "null")


@kind
def exchange_values(sources, random):
    """an argument gets the value of another one of the same module"""
    item = _choose(random, sources.attributes)
    other = _choose(random, [other for other in sources.attributes if folder(other.path) == folder(item.path) and other.source != item.source])
    return other and sources.replace(item, item.value, other.source)


@kind
def value_from_elsewhere(sources, random):
    """an argument gets the value of one of another module"""
    item = _choose(random, sources.attributes)
    other = _choose(random, [other for other in sources.attributes if folder(other.path) != folder(item.path)])
    return other and sources.replace(item, item.value, other.source)


@kind
def wrap_value(sources, random):
    """a value is wrapped in a list, an object, a template or a conversion"""
    item = _choose(random, sources.attributes)
    if "<<" in item.source:
        return None
    shapes = ["[{}]", "{{ x = {} }}", '"x${{{}}}"', "tostring({})", "tonumber({})", "tobool({})", "tolist({})", "toset({})", "tomap({})", "!({})", "-({})",
              "({})", "length({})", "keys({})", "[for x in {} : x]", "{{ for k, v in {} : k => v }}", "({})[0]", "({})[*]", "({}).made_up", "one({})",
              "({}) + 1", "({}) == 1", "({}) && true", "({}) ? 1 : 2", "true ? ({}) : 1", "upper({})", "jsonencode({})", "sensitive({})", "try({}, null)", "can({})"]
    return sources.replace(item, item.value, random.choice(shapes).format(item.source))


@kind
def quote_value(sources, random):
    """a value stands in quotes"""
    item = _choose(random, [item for item in sources.attributes if '"' not in item.source and "\n" not in item.source])
    return sources.replace(item, item.value, f'"{item.source}"')


@kind
def unquote_value(sources, random):
    """a text loses its quotes"""
    found = [item for item in sources.attributes if re.fullmatch(r'"[\w-]+"', item.source)]
    item = _choose(random, found)
    return item and sources.replace(item, item.value, item.source.strip('"'))


# --- references


@kind
def break_variable(sources, random):
    """a reference to a variable gets a typo"""
    return _change_match(sources, random, r"\bvar\.(\w+)", lambda match: "var." + _typo(random, match.group(1)))


@kind
def break_local(sources, random):
    """a reference to a local value gets a typo"""
    return _change_match(sources, random, r"\blocal\.(\w+)", lambda match: "local." + _typo(random, match.group(1)))


@kind
def break_module(sources, random):
    """a reference to a module or to its output gets a typo"""

    def change(match):
        name, output = match.group(1), match.group(3)
        if random.random() < 0.5 or not output:
            return f"module.{_typo(random, name)}{match.group(2)}" + (f".{output}" if output else "")
        return f"module.{name}{match.group(2)}.{_typo(random, output)}"

    return _change_match(sources, random, r"\bmodule\.(\w+)((?:\[[^\]\n]*\])?)(?:\.(\w+))?", change)


@kind
def break_resource(sources, random):
    """a reference to a resource, or to an attribute of one, gets a typo"""

    def change(match):
        parts = [match.group(1) or "", match.group(2), match.group(3), match.group(4) or "", match.group(5)]
        place = random.choice([1, 2, 4, 4]) if parts[4] else random.choice([1, 2])
        parts[place] = _typo(random, parts[place])
        return f"{parts[0]}{parts[1]}.{parts[2]}{parts[3]}" + (f".{parts[4]}" if parts[4] else "")

    pattern = r"\b(data\.)?((?:digitalocean|hcloud|b2|turso|slack|time|terraform)_\w+)\.(\w+)((?:\[[^\]\n]*\])?)(?:\.(\w+))?"
    return _change_match(sources, random, pattern, change)


@kind
def drop_reference_step(sources, random):
    """a reference loses its last step, or gets one more"""
    pattern = r"\b((?:var|local|module|data|each|path|terraform|self|\w+_\w+)(?:\.\w+)+)"

    def change(match):
        text = match.group(1)
        if random.random() < 0.6:
            return text.rpartition(".")[0]
        return text + random.choice([".made_up", ".id", "[0]", '["x"]', "[*]", ".*"])

    return _change_match(sources, random, pattern, change)


@kind
def change_index(sources, random):
    """an index of a reference goes, or changes"""

    def change(match):
        return random.choice(["", "[0]", '["x"]', "[count.index]", "[each.key]", "[*]", "[true]", "[null]", "[[]]", "[-1]"])

    return _change_match(sources, random, r"(?<=[\w\])])\[[^\]\[\n]*\]", change)


@kind
def each_and_count(sources, random):
    """`each` and `count` where they aren't, or with another name"""
    new = ["each.key", "each.value", "count.index", "each.made_up", "count.made_up", "each", "self.id", "path.made_up", "terraform.made_up", "terraform.workspace",
           "path.module", "each.value.made_up", "self"]
    return _change_match(sources, random, r"\b(?:each|count|var|local)\.\w+(?:\.\w+)*", lambda match: random.choice(new))


@kind
def exchange_references(sources, random):
    """a reference becomes another one of the same module"""
    pattern = r"\b(?:var|local|module|data|each|(?:digitalocean|hcloud|b2|turso|terraform)_\w+)(?:\.\w+)+"
    found = _choose(random, _matches(sources, pattern))
    if not found:
        return None
    path, match = found
    near = [other.group(0) for other_path, other in _matches(sources, pattern, lambda other: folder(other) == folder(path))]
    text = sources.texts[path]
    return {path: text[: match.start()] + random.choice(near) + text[match.end() :]}


@kind
def make_cycle(sources, random):
    """a value refers to itself, directly or in a circle"""
    local = _choose(random, [item for item in sources.attributes if item.parent and item.parent.name == "locals" and not item.parent.parent])
    resource = _choose(random, [item for item in sources.attributes if item.root.name in ("resource", "data") and item.parent is item.root])
    if local and (random.random() < 0.6 or not resource):
        others = [item for item in sources.attributes if item.parent and item.parent.name == "locals" and folder(item.path) == folder(local.path)]
        return sources.replace(local, local.value, f"local.{random.choice(others).name}")
    if not resource:
        return None
    root = resource.root
    prefix = "data." if root.name == "data" else ""
    return sources.replace(resource, resource.value, f"{prefix}{root.label(0)}.{root.label(1)}.{resource.name}")


@kind
def cycle_of_modules(sources, random):
    """a module's argument comes from its own output, or from that of a later module"""
    calls = [item for item in sources.attributes if item.parent and item.parent.name == "module" and not item.parent.parent and item.name not in ("source", "version", "providers", "for_each", "count")]
    item = _choose(random, calls)
    if not item:
        return None
    outputs = [(call, output) for call in sources.blocks_of("module") if folder(call.path) == folder(item.path)
               for output in sources.blocks_of("output") if call.attribute("source") and _child(call) == folder(output.path)]
    found = _choose(random, outputs)
    return found and sources.replace(item, item.value, f"try(module.{found[0].label(0)}.{found[1].label(0)}, null)")


def _child(call):
    """The folder that a module call names, from the tree's root."""
    parts = [part for part in folder(call.path).split("/") if part]
    for part in call.attribute("source").source.strip('"').split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)


# --- declarations


@kind
def rename_declaration(sources, random):
    """a declaration gets another name, and what refers to it doesn't"""
    item = _choose(random, [item for item in sources.tops if item.labels])
    place = item.labels[-1]
    return sources.replace(item, place, f'"{_typo(random, item.label(len(item.labels) - 1) or "x")}"')


@kind
def rename_type(sources, random):
    """a resource or data source gets a type that doesn't exist, or another one"""
    item = _choose(random, sources.blocks_of("resource", "data"))
    if not item:
        return None
    others = [other.label(0) for other in sources.blocks_of("resource", "data")]
    new = random.choice([_typo(random, item.label(0)), random.choice(others)])
    return sources.replace(item, item.labels[0], f'"{new}"')


@kind
def resource_or_data(sources, random):
    """a resource becomes a data source, or the other way round"""
    item = _choose(random, sources.blocks_of("resource", "data"))
    return item and sources.replace(item, item.name_range, {"resource": "data", "data": "resource"}[item.name])


@kind
def drop_output_or_variable(sources, random):
    """a module loses an output or a variable that may be in use"""
    item = _choose(random, [item for item in sources.blocks_of("output", "variable") if folder(item.path)])
    return item and sources.replace(item, item.lines, "")


@kind
def change_variable_type(sources, random):
    """a variable gets another type"""
    found = [item for item in sources.attributes if item.name == "type" and item.parent.name == "variable"]
    types = ["string", "number", "bool", "any", "list(string)", "set(number)", "map(string)", "object({})", "object({ name = string })", "tuple([string])",
             "list(any)", "map", "list", '"string"', "strng", "list()", "list(string, number)", "object(string)", "object({ a = optional(string, 1) })",
             "object({ a = optional(number, \"x\") })", "optional(string)", "map(object({ id = string }))", "null", "[]"]
    item = _choose(random, found)
    return item and sources.replace(item, item.value, random.choice(types))


@kind
def change_default(sources, random):
    """a variable gets a default, another one or none"""
    item = _choose(random, sources.blocks_of("variable"))
    if not item:
        return None
    default = item.attribute("default")
    value = random.choice(random.choice(list(_VALUES.values())))
    if not default:
        return _into(sources, item, f"  default = {value}\n")
    if random.random() < 0.3:
        return sources.replace(default, default.lines, "")
    return sources.replace(default, default.value, value)


@kind
def change_flag(sources, random):
    """`sensitive`, `ephemeral` or `nullable` of a variable or output is set, or isn't any more"""
    item = _choose(random, sources.blocks_of("variable", "output"))
    if not item:
        return None
    name = random.choice(["sensitive", "ephemeral", "nullable"] if item.name == "variable" else ["sensitive", "ephemeral"])
    flag = item.attribute(name)
    if flag:
        return sources.replace(flag, flag.lines, "") if random.random() < 0.6 else sources.replace(flag, flag.value, random.choice(["false", '"yes"', "1", "null", "var.x"]))
    return _into(sources, item, f"  {name} = {random.choice(['true', 'true', 'true', 'false', 'null', '[]'])}\n")


@kind
def change_validation(sources, random):
    """a variable gets a validation, good or bad, or one of its parts goes"""
    item = _choose(random, sources.blocks_of("variable"))
    if not item:
        return None
    present = [inner for inner in sources.attributes if inner.parent and inner.parent.name in ("validation", "precondition", "postcondition", "assert")]
    if present and random.random() < 0.5:
        inner = random.choice(present)
        if random.random() < 0.5:
            return sources.replace(inner, inner.lines, "") if inner.text[slice(*inner.lines)].strip().startswith(inner.name) else None
        return sources.replace(inner, inner.value, random.choice(['"text"', "true", "1", "null", "local.made_up", "[]", f"var.{item.label(0)}", "timestamp()"]))
    name = item.label(0)
    condition = random.choice([f"var.{name} != null", "true", "local.made_up", f"length(var.{name}) > 0", f'var.{name} == "x"', "1 + 1", f"can(var.{name}.made_up)", '"yes"', "[]"])
    message = random.choice(['"Not so."', '"not so"', '""', "null", f'"Not ${{var.{name}}}."', "5", "[]"])
    return _into(sources, item, f"  validation {{\n    condition     = {condition}\n    error_message = {message}\n  }}\n")


# --- modules and meta-arguments


@kind
def drop_module_argument(sources, random):
    """a module call loses an argument"""
    item = _choose(random, [item for item in sources.attributes if item.parent and item.parent.name == "module"])
    return item and sources.replace(item, item.lines, "")


@kind
def change_source(sources, random):
    """a module comes from elsewhere"""
    item = _choose(random, [item for item in sources.attributes if item.name == "source" and item.parent and item.parent.name == "module"])
    if not item:
        return None
    others = [other.source for other in sources.attributes if other.name == "source" and other.parent and other.parent.name == "module"]
    return sources.replace(item, item.value, random.choice([*others, '"./missing"', '"../missing"', '""', "null", "var.source", '"./${1}"', "5"]))


@kind
def meta_argument(sources, random):
    """`count` or `for_each` is added, changed or dropped"""
    found = [item for item in sources.attributes if item.name in ("count", "for_each") and item.parent and item.parent.name in ("resource", "data", "module", "dynamic")]
    values = ["1", "0", "-1", '"2"', '"x"', "1.5", "null", "true", "[]", '["a"]', "{}", '{ a = 1 }', 'toset(["a"])', "toset([1])", "toset([null])", "sensitive(1)", 'sensitive(toset(["a"]))',
              "var.made_up", "each.key", "count.index", "length([])", 'toset(["a", "b"])', "tomap({})", "[1]", '"a"', "timestamp()", "uuid()"]
    if found and random.random() < 0.6:
        item = random.choice(found)
        if random.random() < 0.3:
            return sources.replace(item, item.lines, "")
        if random.random() < 0.2:
            return sources.replace(item, item.name_range, {"count": "for_each", "for_each": "count"}[item.name])
        return sources.replace(item, item.value, random.choice(values))
    item = _choose(random, sources.blocks_of("resource", "data", "module"))
    name = random.choice(["count", "for_each"])
    return item and _into(sources, item, f"  {name} = {random.choice(values)}\n")


@kind
def change_depends_on(sources, random):
    """`depends_on` with targets that are there, or aren't"""
    item = _choose(random, sources.blocks_of("resource", "data", "module", "output"))
    if not item or item.attribute("depends_on"):
        return None
    targets = ["var.made_up", "local.made_up", "module.made_up", "made_up.thing", '"text"', "each.key", "null", "path.module", "data.made_up.thing"]
    targets += [f"{other.label(0)}.{other.label(1)}" for other in sources.blocks_of("resource") if folder(other.path) == folder(item.path)] * 3
    targets += [f"module.{other.label(0)}" for other in sources.blocks_of("module") if folder(other.path) == folder(item.path)] * 3
    value = random.choice(targets)
    shape = random.choice(["[{}]", "[{}]", "[{}]", "{}", "[{}.id]", '["{}"]'])
    return _into(sources, item, f"  depends_on = {shape.format(value)}\n")


@kind
def change_lifecycle(sources, random):
    """a `lifecycle` block with arguments that hold, or don't"""
    item = _choose(random, sources.blocks_of("resource", "data", "module"))
    if not item:
        return None
    name = random.choice([inner.name for inner in item.items] + ["made_up", "id"])
    lines = ["create_before_destroy = true", 'create_before_destroy = "true"', 'create_before_destroy = "x"', "create_before_destroy = null", "prevent_destroy = var.made_up", "prevent_destroy = 1",
             "prevent_destroy = true", f"ignore_changes = [{name}]", f'ignore_changes = ["{name}"]', "ignore_changes = all", "ignore_changes = [all]", f"ignore_changes = {name}",
             "ignore_changes = [var.x]", f"ignore_changes = [{name}.made_up]", f"ignore_changes = [{name}[0]]", "replace_triggered_by = [var.x]", "replace_triggered_by = [made_up.thing]",
             "made_up = true", "replace_triggered_by = [each.key]", "ignore_changes = [count]", "ignore_changes = []", "destroy = false",
             "precondition {\n      condition = true\n      error_message = \"No.\"\n    }", "precondition {\n      condition = self.id == null\n      error_message = \"No.\"\n    }",
             "postcondition {\n      condition = self.id != null\n      error_message = \"No.\"\n    }", "precondition {\n      condition = \"x\"\n      error_message = \"No.\"\n    }",
             "precondition {\n      condition = true\n    }", "postcondition {\n      error_message = \"No.\"\n    }"]
    lines += [f"replace_triggered_by = [{other.label(0)}.{other.label(1)}]" for other in sources.blocks_of("resource") if folder(other.path) == folder(item.path)][:3]
    return _into(sources, item, f"  lifecycle {{\n    {random.choice(lines)}\n  }}\n")


@kind
def swap_provider(sources, random):
    """a resource or module names a provider configuration, there or not"""
    item = _choose(random, sources.blocks_of("resource", "data", "module"))
    if not item:
        return None
    configurations = ["digitalocean", "hcloud", "digitalocean.second", "digitalocean.made_up", "made_up", '"digitalocean"', "turso", "null", "var.x", "digitalocean.second.more", '"hcloud.x"', "time"]
    value = random.choice(configurations)
    if item.name == "module":
        shape = random.choice(["{{ digitalocean = {} }}", "{{ hcloud = {} }}", "{{ made_up = {} }}", "{}", "[{}]", "{{ digitalocean.second = {} }}", '{{ "digitalocean" = {} }}'])
        return None if item.attribute("providers") else _into(sources, item, f"  providers = {shape.format(value)}\n")
    return None if item.attribute("provider") else _into(sources, item, f"  provider = {value}\n")


@kind
def change_provider_block(sources, random):
    """a provider's configuration stands twice, has an alias or another argument"""
    item = _choose(random, sources.blocks_of("provider"))
    if not item:
        return None
    return random.choice([
        lambda: sources.append(item.path, item.text[slice(*item.lines)]),
        lambda: None if item.attribute("alias") else _into(sources, item, "  alias = " + random.choice(['"x"', "x", '"1"', "5", "var.x", '"a b"']) + "\n"),
        lambda: _into(sources, item, "  " + random.choice(["made_up = 1", 'version = "1.0"', 'version = "x"', 'region = "x"', "made_up {}", "depends_on = []", "count = 1", "for_each = {}"]) + "\n"),
        lambda: sources.replace(item, item.labels[0], random.choice(['"made_up"', '"digitalocean"', '"turso"', '"Digital"', '"a_b"', '"terraform"'])),
        lambda: sources.append(random.choice([path for path in sources.texts if folder(path)] or [item.path]), item.text[slice(*item.lines)]),
    ])()


@kind
def change_requirement(sources, random):
    """a provider's requirement changes where no registry has to be asked"""
    found = [item for item in sources.attributes if item.parent and item.parent.name == "required_providers"]
    item = _choose(random, found)
    if not item:
        return None
    source = re.search(r'source\s*=\s*("[^"]*")', item.source)
    source = source.group(1) if source else '"digitalocean/digitalocean"'
    others = [match.group(1) for other in found if (match := re.search(r'source\s*=\s*("[^"]*")', other.source))]
    return sources.replace(item, item.value, random.choice([
        f"{{ source = {source} }}", f'{{ source = {source}, version = "made up" }}', f"{{ source = {source}, made_up = 1 }}", f'{{ source = {source}, version = ">= 1, < 2" }}', f"{{ source = {source}, version = 1 }}",
        f"{{ source = {random.choice(others or [source])} }}", "{ source = null }", '{ source = "a/b/c/d" }', '{ source = "" }', "[]", '"~> 2.0"', '"made up"', "{ source = var.x }", '{ source = "Not A Name/x" }', "null", "5",
        f"{{ source = {source}, configuration_aliases = [made_up] }}", f"{{ source = {source}, configuration_aliases = [{item.name}.other] }}", f"{{ source = {source}, configuration_aliases = [] }}",
    ]))


@kind
def change_terraform_block(sources, random):
    """`terraform { }` asks for another version, another backend or something unknown"""
    item = _choose(random, sources.blocks_of("terraform"))
    if not item:
        return None
    version = item.attribute("required_version")
    if version and random.random() < 0.5:
        return sources.replace(version, version.value, random.choice(['">= 1.0"', '"~> 0.12"', '">= 99"', '"made up"', "1.11", "null", '"1.11.4"', '"= 1.x"', '">= 1.0, < 2"', "var.x", '"!= 1.0.0"', '""', '">1"', '"~>1"']))
    lines = ["made_up = 1", "made_up {}", 'backend "made_up" {}', 'backend "local" {}', 'backend "local" {\n    made_up = 1\n  }', 'backend "s3" {\n    bucket = 5\n  }', 'backend "local" {\n    path = []\n  }', "backend {}",
             'experiments = []', 'experiments = [made_up]', 'required_version = ">= 1.0"', "required_providers {}", 'cloud {}', 'provider_meta "digitalocean" {}', 'backend "local" {\n    path = var.x\n  }', 'backend "http" {}',
             'backend "s3" {\n    bucket = "x"\n    key = "y"\n    region = "z"\n  }', 'backend "s3" {\n    made_up {}\n  }']
    return _into(sources, item, f"  {random.choice(lines)}\n")


@kind
def statement_block(sources, random):
    """`moved`, `removed`, `import` and `check` blocks, good or bad"""
    item = _choose(random, sources.blocks_of("resource", "module"))
    if not item:
        return None
    address = f"{item.label(0)}.{item.label(1)}" if item.name == "resource" else f"module.{item.label(0)}"
    other = _choose(random, sources.blocks_of("resource"))
    type_ = other.label(0) if other else "made_up"
    blocks = [
        f"moved {{\n  from = {type_}.old_name\n  to   = {address}\n}}", f"moved {{\n  from = {address}\n  to   = {type_}.new_name\n}}", f"moved {{\n  from = {address}\n  to   = {address}\n}}",
        f"moved {{\n  from = {address}\n}}", f"moved {{\n  to = {address}\n}}", "moved {}", f'moved {{\n  from = "{address}"\n  to = {address}\n}}', f"moved {{\n  from = {address}[0]\n  to = {address}\n}}",
        f"moved {{\n  from = made_up.thing\n  to = {address}\n}}", f"moved {{\n  from = module.gone\n  to = {address}\n}}", f"moved {{\n  from = data.x.y\n  to = {address}\n}}", f"moved {{\n  from = {address}.id\n  to = {address}\n}}",
        f"moved {{\n  from = {address}\n  to = {address}[each.key]\n}}", f"moved {{\n  from = {type_}.a\n  to = {type_}.b\n}}\nmoved {{\n  from = {type_}.b\n  to = {type_}.a\n}}",
        f"moved {{\n  from = {type_}.a\n  to = {address}\n}}\nmoved {{\n  from = {type_}.a\n  to = {type_}.b\n}}", f"moved {{\n  from = module.a.{type_}.x\n  to = {type_}.y\n}}",
        f"removed {{\n  from = {address}\n}}", f"removed {{\n  from = {type_}.gone\n}}", f"removed {{\n  from = {type_}.gone\n  lifecycle {{\n    destroy = false\n  }}\n}}", "removed {}", f"removed {{\n  from = {type_}.gone[0]\n}}",
        f"removed {{\n  from = {type_}.gone\n  lifecycle {{\n    destroy = var.x\n  }}\n}}", f"removed {{\n  from = {type_}.gone\n  lifecycle {{\n    made_up = 1\n  }}\n}}", "removed {\n  from = data.x.y\n}", f"removed {{\n  from = {type_}.gone\n  made_up = 1\n}}",
        f'import {{\n  to = {address}\n  id = "x"\n}}', f'import {{\n  to = {type_}.missing\n  id = "x"\n}}', f"import {{\n  to = {address}\n}}", 'import {\n  id = "x"\n}', f"import {{\n  to = {address}\n  id = \"\"\n}}", f"import {{\n  to = {address}\n  id = 5\n}}",
        f"import {{\n  to = {address}\n  id = []\n}}", f"import {{\n  to = {address}\n  id = null\n}}", f"import {{\n  to = {address}\n  id = var.made_up\n}}", f'import {{\n  to = {address}[0]\n  id = "x"\n}}', f'import {{\n  to = {address}["x"]\n  id = "x"\n}}',
        f'import {{\n  for_each = toset(["a"])\n  to = {address}[each.key]\n  id = each.value\n}}', f'import {{\n  for_each = ["a"]\n  to = {address}[each.key]\n  id = each.value\n}}', f'import {{\n  to = {address}[each.key]\n  id = "x"\n}}',
        f'import {{\n  to = data.x.y\n  id = "x"\n}}', f'import {{\n  to = "{address}"\n  id = "x"\n}}', f'import {{\n  to = {address}\n  id = "x"\n  made_up = 1\n}}', f'import {{\n  to = {address}\n  id = "x"\n}}\nimport {{\n  to = {address}\n  id = "y"\n}}',
        f'import {{\n  to = {address}\n  id = "x"\n  provider = made_up\n}}',
        'check "x" {}', 'check "x" {\n  assert {\n    condition = true\n    error_message = "No."\n  }\n}', "check {\n}", 'check "x" {\n  assert {\n    condition = 1 + 1\n    error_message = "No."\n  }\n}', 'check "x" {\n  assert {\n    condition = true\n  }\n}',
        'check "x" {\n  assert {\n    condition = local.made_up\n    error_message = "No."\n  }\n}', 'check "x" {\n  data "made_up_thing" "y" {}\n  assert {\n    condition = true\n    error_message = "No."\n  }\n}',
        'check "x" {\n  made_up = 1\n  assert {\n    condition = true\n    error_message = "No."\n  }\n}', 'check "1 x" {\n  assert {\n    condition = true\n    error_message = "No."\n  }\n}',
    ]
    return sources.append(item.path, random.choice(blocks))


@kind
def dynamic_block(sources, random):
    """a `dynamic` block changes"""
    found = [item for item in sources.blocks if item.name == "dynamic"]
    item = _choose(random, found)
    if not item:
        return None
    content = next((inner for inner in item.items if inner.name == "content"), None)
    loop = item.attribute("for_each")
    ways = [lambda: sources.replace(item, item.labels[0], f'"{_typo(random, item.label(0))}"'), lambda: _into(sources, item, _line(item, random.choice(['iterator = it', 'iterator = "it"', "made_up = 1", "labels = []", 'labels = ["x"]', "iterator = var.x"])))]
    if content:
        ways += [lambda: sources.replace(content, content.lines, ""), lambda: sources.insert(content.path, content.lines[0], content.text[slice(*content.lines)]), lambda: sources.replace(content, content.name_range, "contents"),
                 lambda: _into(sources, content, _line(content, "made_up = 1"))]
    if loop:
        ways += [lambda: sources.replace(loop, loop.lines, ""), lambda: sources.replace(loop, loop.value, random.choice(["5", '"x"', "null", "true", "[1]", "{ a = 1 }", "toset([1])", "var.made_up", "sensitive([1])"]))]
    return random.choice(ways)()


# --- expressions


@kind
def rename_function(sources, random):
    """a function's name gets a typo, or is another function's"""
    others = ["length", "upper", "merge", "concat", "keys", "toset", "tostring", "jsonencode", "join", "split", "element", "lookup", "max", "made_up", "core::upper", "provider::x::y", "flatten", "one", "file", "abs", "cidrhost"]
    return _change_match(sources, random, r"\b([a-z]\w*)\((?=[^)\n])", lambda match: (_typo(random, match.group(1)) if random.random() < 0.4 else random.choice(others)) + "(")


@kind
def change_arguments(sources, random):
    """a call gets one argument more, one fewer, or another one"""

    def change(match):
        extra = random.choice(['"x"', "1", "[]", "{}", "null", "true", '["a"]', "local.made_up", "var"])
        return match.group(1) + random.choice([f"{extra}, ", f"{extra}) + (", "", "...", f"[{extra}]..., "])

    return _change_match(sources, random, r"(\b[a-z]\w*\()(?=[^)\n])", change)


@kind
def drop_arguments(sources, random):
    """a call loses an argument"""
    return _change_match(sources, random, r"(\b[a-z]\w*\()[^(),\n\[\]{}]+(, |\))", lambda match: match.group(1) + (")" if match.group(2) == ")" else ""))


@kind
def change_operator(sources, random):
    """an operator becomes another one"""
    operators = ["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||"]
    return _change_match(sources, random, r" (==|!=|<|<=|>|>=|&&|\|\||\+|-|\*|/|%) ", lambda match: f" {random.choice(operators)} ")


@kind
def break_for(sources, random):
    """a for-expression changes"""

    def change(match):
        names = match.group(1)
        return "for " + random.choice([_typo(random, names.split(",")[0]), "k, v, w", "x", f"{names} in [] : 1 if {names}", "\"x\"", names.split(",")[0]]) + " in "

    return _change_match(sources, random, r"\bfor (\w+(?:, \w+)?) in ", change)


@kind
def break_template(sources, random):
    """an interpolation holds something else"""
    new = ["${[]}", "${{}}", "${null}", "${var.made_up}", "${1 + 1}", "${}", "${true}", "%{ if true }", "%{ endif }", "%{ for x in [] }%{ endfor }", "%{ if 1 }x%{ endif }", "$${x}", "${\"x\"}", "%{ for x in 5 }%{ endfor }", "${upper(1)}", "${upper([])}", "%{ made up }"]
    return _change_match(sources, random, r"\$\{[^{}\n]*\}", lambda match: random.choice(new))


@kind
def change_ephemeral(sources, random):
    """ephemeral and sensitive values where they may not go"""
    item = _choose(random, [item for item in sources.attributes if item.parent and item.root.name in ("resource", "data", "module", "output", "locals", "provider")])
    if not item:
        return None
    tokens = [variable.label(0) for variable in sources.blocks_of("variable") if folder(variable.path) == folder(item.path) and (variable.attribute("ephemeral") or variable.attribute("sensitive"))]
    value = random.choice([f"var.{name}" for name in tokens] + ["sensitive(\"x\")", "nonsensitive(\"x\")", "ephemeralasnull(null)", "issensitive(1)", "terraform.applying"])
    return sources.replace(item, item.value, value)


# --- text


@kind
def drop_token(sources, random):
    """a token is left out"""
    path = random.choice(sorted(sources.texts))
    token = _choose(random, [token for token in structure.tokens(sources.texts[path]) if token.kind not in ("comment", "newline")])
    if not token:
        return None
    text = sources.texts[path]
    return {path: text[: token.start] + text[token.end :]}


@kind
def duplicate_token(sources, random):
    """a token stands twice"""
    path = random.choice(sorted(sources.texts))
    token = _choose(random, [token for token in structure.tokens(sources.texts[path]) if token.kind not in ("comment", "newline")])
    if not token:
        return None
    text = sources.texts[path]
    return {path: text[: token.end] + " " + token.text + text[token.end :]}


@kind
def exchange_tokens(sources, random):
    """a token becomes another one of its file"""
    path = random.choice(sorted(sources.texts))
    found = [token for token in structure.tokens(sources.texts[path]) if token.kind not in ("comment", "newline")]
    if len(found) < 2:
        return None
    token, other = random.choice(found), random.choice(found)
    text = sources.texts[path]
    return {path: text[: token.start] + other.text + text[token.end :]} if token.text != other.text else None


@kind
def change_letter_case(sources, random):
    """a name is written with a capital"""
    item = _choose(random, sources.items)
    return sources.replace(item, item.name_range, item.name.capitalize())


@kind
def truncate_file(sources, random):
    """a file ends too early"""
    path = random.choice(sorted(sources.texts))
    text = sources.texts[path]
    return {path: text[: random.randrange(len(text))]} if text else None


@kind
def reorder(sources, random):
    """blocks of a file change places, which means nothing"""
    path = random.choice(sorted({item.path for item in sources.tops}))
    tops = [item for item in sources.tops if item.path == path]
    if len(tops) < 2:
        return None
    first, last = tops[0], tops[-1]
    text = sources.texts[path]
    return {path: text[: first.lines[0]] + text[slice(*last.lines)] + text[first.lines[1] : last.lines[0]] + text[slice(*first.lines)] + text[last.lines[1] :]}
