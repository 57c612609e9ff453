"""Makes random expressions, right and wrong ones, and compares what is said of them.

    expressions.py make FOLDER COUNT SEED    writes names.tf, expressions-<n>.tf and a quarter as
                                             many variables with defaults, variables-<n>.tf
    expressions.py judge FOLDER              lets terraform judge them
    expressions.py compare FOLDER [SHOWN]    shows agreement by kind; 1 where a right one is refused
"""

import collections
import json
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HERE = json.loads(subprocess.run(
    ["terraform", "metadata", "functions", "-json"], capture_output=True, text=True, check=True).stdout)
# Those that the terraform on PATH has, and those that none has any more.
FUNCTIONS = [
    f for f in json.loads((ROOT / "ProviderSpecs/terraform/functions.json").read_text())["functions"]
    if f["name"] in HERE["function_signatures"] or "removed" in f
]
PER_RUN = 250

NAMES = """\
variable "string" { type = string }
variable "number" { type = number }
variable "bool" { type = bool }
variable "anything" {}
variable "strings" { type = list(string) }
variable "numbers" { type = list(number) }
variable "set" { type = set(string) }
variable "map" { type = map(string) }
variable "object" { type = object({ a = number, b = optional(string), c = list(string) }) }
variable "tuple" { type = tuple([string, number]) }
variable "objects" { type = list(object({ a = number, b = string })) }
variable "nested" { type = map(list(number)) }
variable "secret" {
  type      = string
  sensitive = true
}
variable "transient" {
  type      = string
  ephemeral = true
}
locals {
  text    = "hello"
  number  = 3
  truth   = true
  nothing = null
  texts   = tolist(["a", "b"])
  set     = toset(["x", "y"])
  map     = tomap({ k = "v", l = "w" })
  object  = { a = 1, b = "two", c = ["x"] }
  tuple   = ["a", 1, true]
  empty   = []
  hidden  = sensitive("hush")
}
"""

KNOWN = {
    "string": ["local.text", "local.object.b", "local.map.k", "local.texts[0]", "local.tuple[0]", "local.hidden"],
    "number": ["local.number", "local.object.a", "local.tuple[1]"],
    "bool": ["local.truth", "local.tuple[2]"],
    "list": ["local.texts", "local.empty", "local.tuple", "local.set"],
    "map": ["local.map", "local.object"],
    "null": ["local.nothing"],
}
UNKNOWN = {
    "string": ["var.string", "var.strings[0]", "var.map.k", "var.map[\"x\"]", "var.object.b", "var.tuple[0]",
               "var.secret", "var.transient", "var.objects[0].b", "var.anything", "var.anything.x"],
    "number": ["var.number", "var.numbers[1]", "var.object.a", "var.tuple[1]", "var.objects[0].a", "var.anything[0]"],
    "bool": ["var.bool", "var.anything"],
    "list": ["var.strings", "var.numbers", "var.set", "var.tuple", "var.objects", "var.objects[*].a", "var.anything",
             "var.object.c", "var.nested.x"],
    "map": ["var.map", "var.object", "var.nested", "var.objects[0]", "var.anything"],
    "null": ["null"],
}
STRINGS = ["a", "", "5", "1.5", "true", "false", "hello world", "x-y", "é", "10.0.0.0/16", "10.0.0.0/33", "aGk=",
           "2024-02-29T12:00:00Z", "1h30m", "YYYY-MM-DD", "%s", "%d-%s", "(a)", "[", "{", "\\\"q\\\"", "a,b", "/a+/",
           "names.tf", "missing.txt", "fd00::/48", "[1,2]", "{\\\"a\\\":1}", "ff", "-1", "1e3", "0x1", "b", "k"]
NUMBERS = ["0", "1", "2", "5", "-1", "1.5", "100", "10", "3", "0.1", "16"]

# What makes sense for the parameters that take anything.
HINTS = {
    "can": ["any"], "chunklist": ["list", "number"], "coalesce": ["any", "any", "any"],
    "coalescelist": ["list", "list"], "concat": ["list", "list"], "contains": ["list", "any"],
    "distinct": ["list"], "element": ["list", "number"], "flatten": ["list"], "format": ["format", "any", "any"],
    "formatlist": ["format", "list", "any"], "index": ["list", "any"], "keys": ["map"], "length": ["list"],
    "lookup": ["map", "string", "any"], "matchkeys": ["list", "list", "list"], "merge": ["map", "map"],
    "one": ["list"], "parseint": ["string", "number"], "reverse": ["list"], "setproduct": ["list", "list"],
    "setintersection": ["list", "list"], "setunion": ["list", "list"], "setsubtract": ["list", "list"],
    "slice": ["list", "number", "number"], "sum": ["numbers"], "templatefile": ["string", "map"],
    "templatestring": ["string", "map"], "tobool": ["bool"], "tolist": ["list"], "tomap": ["map"],
    "tonumber": ["number"], "toset": ["list"], "tostring": ["string"], "values": ["map"],
    "zipmap": ["strings", "list"], "transpose": ["map"], "alltrue": ["list"], "anytrue": ["list"],
    "join": ["string", "strings"], "sort": ["strings"], "compact": ["strings"],
    "regex": ["pattern", "string"], "regexall": ["pattern", "string"], "replace": ["string", "string", "string"],
    "cidrsubnet": ["cidr", "number", "number"], "cidrhost": ["cidr", "number"], "cidrnetmask": ["cidr"],
    "cidrsubnets": ["cidr", "number", "number"], "timeadd": ["time", "duration"], "timecmp": ["time", "time"],
    "formatdate": ["dateformat", "time"], "jsondecode": ["json"], "base64decode": ["base64"],
    "yamldecode": ["json"], "range": ["number", "number"], "textencodebase64": ["string", "encoding"],
    "textdecodebase64": ["base64", "encoding"],
}
TEXTS = {
    "format": ["%s", "%d", "%s-%s", "%05d", "%v", "%q", "%t", "%-5s|", "%[2]s %[1]s", "%%", "x", "%.2f", "%x", "%z"],
    "pattern": ["a", "(a)(b)", "(?P<n>[a-z]+)", "[", "(", "^\\\\d+$", "(?:x|y)", "[[:alpha:]]+", ".*", "(?i)HELLO"],
    "cidr": ["10.0.0.0/16", "192.168.1.0/24", "10.0.0.0/33", "fd00::/48", "10.0.0.0", "1.2.3.4/32", "0.0.0.0/0", "::/0"],
    "time": ["2024-02-29T12:00:00Z", "2023-02-29T12:00:00Z", "2024-01-01T00:00:00+02:00", "2024-01-01", "now"],
    "duration": ["1h", "-30m", "1h30m5s", "10", "1d", "1.5h", ""],
    "dateformat": ["YYYY-MM-DD", "hh:mm", "EEE, 'the' DD", "x", "DD MMM YYYY'", "Z ZZZ"],
    "json": ["{}", "{\\\"a\\\":[1,2,{\\\"b\\\":null}]}", "[1,\\\"x\\\",true]", "{", "5", "\\\"s\\\"", "null", "[1,]", ""],
    "base64": ["aGk=", "aGVsbG8=", "aGk", "!!!", "", "/w=="],
    "encoding": ["UTF-8", "UTF-16LE", "ISO-8859-1"],
}


class Maker:
    """Random expressions; what is asked for is given most of the time."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.bound = []

    def pick(self, items):
        return self.random.choice(items)

    def chance(self, part):
        return self.random.random() < part

    def expression(self, kind="any", depth=3):
        if self.chance(0.06) or kind == "any":
            kind = self.pick(["string", "number", "bool", "list", "map", "string", "number", "null", "list"])
        if kind in TEXTS:
            return f'"{self.pick(TEXTS[kind])}"' if self.chance(0.85) else self.expression("string", depth)
        if depth <= 0 or self.chance(0.3):
            return self.leaf(kind)
        makers = [self.call, self.leaf, self.conditional, self.access, self.parentheses]
        makers += {
            "string": [self.template, self.call_of], "number": [self.arithmetic, self.call_of],
            "bool": [self.comparison, self.logic, self.call_of],
            "list": [self.tuple, self.loop, self.splat, self.call_of],
            "map": [self.object, self.map_loop, self.call_of],
        }.get(kind, [])
        return self.pick(makers)(kind, depth - 1)

    def leaf(self, kind="any", depth=0):
        if self.bound and self.chance(0.25):
            return self.pick(self.bound)
        if kind == "strings":
            return self.pick(['["a", "b"]', "var.strings", "local.texts", '["x", null]', "[]", '["a", 1]'])
        if kind == "numbers":
            return self.pick(["[1, 2]", "var.numbers", "[]", '[1, "2"]', "[1, null]", "toset([1, 2])"])
        roll = self.random.random()
        if roll < 0.3:
            return self.pick(UNKNOWN.get(kind, ["var.string"]))
        if roll < 0.5:
            return self.pick(KNOWN.get(kind, ["local.text"]))
        return {
            "string": lambda: f'"{self.pick(STRINGS)}"', "number": lambda: self.pick(NUMBERS),
            "bool": lambda: self.pick(["true", "false"]),
            "list": lambda: self.pick(["[]", '["a", "b"]', "[1, 2, 3]", '["a", 1]', "[[1], [2]]", 'toset(["a"])',
                                       "[null]", "[{ a = 1 }, { a = 2 }]", '[true, "x"]', "[[], {}]"]),
            "map": lambda: self.pick(["{}", "{ a = 1 }", '{ a = "x", b = "y" }', "{ a = [1], b = {} }",
                                      '{ k = "v", "l-m" = 2 }', "{ a = null }"]),
            "null": lambda: "null",
        }.get(kind, lambda: '"a"')()

    def call(self, kind, depth):
        return self.function(self.pick(FUNCTIONS), depth)

    def call_of(self, kind, depth):
        wanted = {"list": ("list", "set"), "map": ("map",)}.get(kind, (kind,))
        return self.function(
            self.pick([f for f in FUNCTIONS if f["returns"].startswith(wanted)] or FUNCTIONS), depth)

    def function(self, signature, depth):
        name = signature["name"]
        kinds = HINTS.get(name)
        if kinds is None:
            kinds = [self.kind_of(p["type"]) for p in signature["parameters"]]
            if "variadic" in signature:
                kinds += [self.kind_of(signature["variadic"]["type"])] * self.random.randrange(3)
        elif "variadic" in signature and self.chance(0.2):
            kinds = kinds + [kinds[-1]]
        elif "variadic" in signature and self.chance(0.2):
            kinds = kinds[: max(len(signature["parameters"]), 1)]
        arguments = [self.expression(kind, depth) for kind in kinds]
        if self.chance(0.04):
            arguments = arguments[:-1] if self.chance(0.5) else arguments + [self.leaf("any")]
        if self.chance(0.03):
            arguments = [self.expression("any", depth) for _ in arguments]
        if self.chance(0.02):
            name = name[:-1] + "x"
        text = ", ".join(arguments)
        if arguments and self.chance(0.04):
            text = ", ".join(arguments[:-1] + [self.leaf(self.pick(["list", "list", "any"])) + "..."])
        return f"{name}({text})"

    @staticmethod
    def kind_of(text):
        if text.startswith(("list(string", "set(string")):
            return "strings"
        if text.startswith("list(") or text.startswith("set("):
            return "list"
        if text.startswith("map("):
            return "map"
        return text

    def conditional(self, kind, depth):
        other = kind if self.chance(0.85) else "any"
        return f"{self.operand('bool', depth)} ? {self.operand(kind, depth)} : {self.operand(other, depth)}"

    def operand(self, kind, depth):
        return f"({self.expression(kind, depth)})"

    def parentheses(self, kind, depth):
        return f"({self.expression(kind, depth)})"

    def arithmetic(self, kind, depth):
        if self.chance(0.15):
            return "-" + self.operand("number", depth)
        sign = self.pick("+-*/%")
        return f"{self.operand('number', depth)} {sign} {self.operand('number', depth)}"

    def comparison(self, kind, depth):
        if self.chance(0.5):
            return f"{self.operand('any', depth)} {self.pick(['==', '!='])} {self.operand('any', depth)}"
        sign = self.pick(["<", "<=", ">", ">="])
        return f"{self.operand('number', depth)} {sign} {self.operand('number', depth)}"

    def logic(self, kind, depth):
        if self.chance(0.3):
            return "!" + self.operand("bool", depth)
        return f"{self.operand('bool', depth)} {self.pick(['&&', '||'])} {self.operand('bool', depth)}"

    def tuple(self, kind, depth):
        inner = self.pick(["string", "number", "any", "map"])
        return "[" + ", ".join(self.expression(inner, depth) for _ in range(self.random.randrange(4))) + "]"

    def object(self, kind, depth):
        items = []
        for name in self.random.sample(["a", "b", "c", "k"], self.random.randrange(4)):
            if self.chance(0.1):
                name = f"({self.expression('string', depth)})"
            items.append(f"{name} = {self.expression('any', depth)}")
        return "{ " + ", ".join(items) + " }" if items else "{}"

    def access(self, kind, depth):
        if self.chance(0.5):
            base = self.operand("map", depth)
            return base + self.pick([".a", ".b", ".k", ".zz", '["a"]', '["k"]', f"[{self.expression('string', depth)}]"])
        base = self.operand("list", depth)
        return base + self.pick(["[0]", "[1]", "[5]", ".0", "[-1]", f"[{self.expression('number', depth)}]"])

    def splat(self, kind, depth):
        base = self.operand(self.pick(["list", "list", "list", "any"]), depth)
        return base + self.pick(["[*]", "[*].a", ".*.a", "[*].b", "[*][0]", "[*].a[0]", "[*].zz"])

    def loop(self, kind, depth):
        head, collection = self.loop_head(depth)
        value = self.expression("any", depth)
        condition = self.loop_condition(depth)
        self.unbind()
        return f"[for {head} in {collection} : {value}{condition}]"

    def map_loop(self, kind, depth):
        head, collection = self.loop_head(depth)
        key = self.expression("string", depth) if self.chance(0.5) else self.bound[-1]
        value = self.expression("any", depth) + ("..." if self.chance(0.2) else "")
        condition = self.loop_condition(depth)
        self.unbind()
        return f"{{ for {head} in {collection} : {key} => {value}{condition} }}"

    def loop_head(self, depth):
        collection = self.expression(self.pick(["list", "map"]), depth)
        if self.chance(0.06):
            collection = self.leaf("any")
        names = ["i", "x"] if self.chance(0.5) else ["x"]
        self.bound += ["x"] if len(names) == 1 else ["i", "x"]
        self.bound_counts = getattr(self, "bound_counts", []) + [len(names)]
        return ", ".join(names), f"({collection})" if collection.startswith("(") else collection

    def unbind(self):
        for _ in range(self.bound_counts.pop()):
            self.bound.pop()

    def loop_condition(self, depth):
        return f" if {self.operand('bool', depth)}" if self.chance(0.25) else ""

    def template(self, kind, depth):
        parts = []
        for _ in range(self.random.randrange(1, 4)):
            roll = self.random.random()
            if roll < 0.4:
                parts.append(self.pick(["a", "-", " x ", "$ ", "1"]))
            elif roll < 0.8:
                mark = "~" if self.chance(0.1) else ""
                parts.append("${" + mark + " " + self.expression("string", depth) + " " + mark + "}")
            elif roll < 0.9:
                other = "%{ else }n" if self.chance(0.5) else ""
                parts.append(f"%{{ if {self.operand('bool', depth)} }}y${{{self.leaf('string')}}}{other}%{{ endif }}")
            else:
                head, collection = self.loop_head(depth)
                body = "${" + self.leaf("string") + "}."
                self.unbind()
                parts.append(f"%{{ for {head} in {collection} }}{body}%{{ endfor }}")
        return '"' + "".join(parts) + '"'


    # Types of variables, and defaults for them.

    def type(self, depth):
        roll = self.random.random()
        if roll < 0.02:
            return self.pick(["strng", "list", "map", "\"string\"", "list()", "object(string)", "tuple(string)",
                              "list(string, number)", "optional(string)", "map(list)", "string()", "(string)"])
        if depth <= 0 or roll < 0.35:
            return self.pick(["string", "string", "number", "bool", "any"])
        if roll < 0.65:
            return f"{self.pick(['list', 'set', 'map'])}({self.type(depth - 1)})"
        if roll < 0.75:
            return "tuple([" + ", ".join(self.type(depth - 1) for _ in range(self.random.randrange(3))) + "])"
        items = []
        for name in self.random.sample(["a", "b", "c"], self.random.randrange(1, 4)):
            inner = self.type(depth - 1)
            roll = self.random.random()
            if roll < 0.25:
                inner = f"optional({inner})"
            elif roll < 0.5:
                inner = f"optional({inner}, {self.value(inner, depth - 1)})"
            items.append(f"{name} = {inner}")
        return "object({ " + ", ".join(items) + " })"

    def value(self, kind, depth):
        """A value for a type, most of the time."""
        if self.chance(0.05):
            return self.pick(["null", '"x"', "5", "true", "[]", "{}", '["a"]', "{ a = 1 }", "[[]]"])
        inner = re.fullmatch(r"(list|set|map|object|tuple|optional)\((.*)\)", kind)
        if not inner:
            return {
                "string": lambda: self.pick(['"x"', '"5"', "5", "true", '"true"', "null"]),
                "number": lambda: self.pick(["1", "2.5", '"5"', '"1e3"', "-1"] + ['"x"'] * self.chance(0.1)),
                "bool": lambda: self.pick(["true", '"false"', '"true"', "null"]),
            }.get(kind, lambda: self.pick(['"x"', "1", "[1]", "{ a = 1 }", "null", '[1, "a"]', "[null]"]))()
        word, rest = inner[1], inner[2]
        count = self.random.randrange(4)
        if word in ("list", "set"):
            return "[" + ", ".join(self.value(rest, depth - 1) for _ in range(count)) + "]"
        if word == "map":
            return "{ " + ", ".join(f"{name} = {self.value(rest, depth - 1)}" for name in "pqr"[:count]) + " }"
        if word == "tuple":
            parts = split_parts(rest.strip("[]")) if rest.startswith("[") else []
            return "[" + ", ".join(self.value(part, depth - 1) for part in parts) + "]"
        if word == "optional":
            return self.value((split_parts(rest) or ["any"])[0], depth)
        items = []
        for part in split_parts(rest.strip().removeprefix("{").removesuffix("}")):
            name, _, attribute = part.partition(" = ")
            is_optional = attribute.startswith("optional(")
            if self.chance(0.5 if is_optional else 0.03):
                continue
            items.append(f"{name} = {self.value(attribute, depth - 1)}")
        if self.chance(0.1):
            items.append("z = [1]")
        return "{ " + ", ".join(items) + " }"


def make(folder, count, seed):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "names.tf").write_text(NAMES)
    maker = Maker(seed)
    number = 0
    for run in range((count + PER_RUN - 1) // PER_RUN):
        lines = []
        for _ in range(min(PER_RUN, count - number)):
            # Every function has its turn at the top, and so has every kind of expression.
            if maker.chance(0.6):
                text = maker.function(FUNCTIONS[number % len(FUNCTIONS)], 2)
            else:
                kind = maker.pick(["string", "number", "bool", "list", "map"])
                text = maker.expression(kind, 3)
            lines.append(f"  e{number} = {text}")
            number += 1
        (folder / f"expressions-{run}.tf").write_text("locals {\n" + "\n".join(lines) + "\n}\n")
        variables = []
        for index in range(len(lines) // 4):
            kind = maker.type(3)
            variables.append(f'variable "v{run}_{index}" {{\n  type    = {kind}\n  default = {maker.value(kind, 3)}\n}}\n')
        (folder / f"variables-{run}.tf").write_text("".join(variables))


VARIABLE = re.compile(r'variable "(\w+)" \{\n  type    = (.*)\n  default = (.*)\n\}')


def expressions(folder):
    found = {}
    for path in folder.glob("expressions-*.tf"):
        for line in path.read_text().splitlines():
            match = re.match(r"  (e\d+) = (.*)", line)
            if match:
                found[match[1]] = match[2]
    for path in folder.glob("variables-*.tf"):
        found.update({name: f"{kind} <- {value}" for name, kind, value in VARIABLE.findall(path.read_text())})
    return found


def judge(folder):
    """Validates each file, and evaluates in the console what is right and needs no variable."""
    errors = collections.defaultdict(list)
    for path in sorted(folder.glob("expressions-*.tf")):
        work = folder / "module"
        work.mkdir(exist_ok=True)
        for old in work.glob("*.tf"):
            old.unlink()
        (work / "names.tf").write_text(NAMES)
        (work / "main.tf").write_text(path.read_text())
        lines = path.read_text().splitlines()
        # A file that can't be read would count as one without any other error.
        subprocess.run(["terraform", "fmt", "-check", "-"], input=path.read_bytes(), capture_output=True,
                       check=False).returncode in (0, 3) or sys.exit(f"{path.name} can't be read")
        output = subprocess.run(["terraform", "validate", "-json"], cwd=work, capture_output=True, text=True)
        for item in json.loads(output.stdout)["diagnostics"]:
            if item["severity"] != "error":
                continue
            start = item["range"]["start"]["line"]
            if item["range"]["filename"] != "main.tf" or not (match := re.match(r"  (e\d+) =", lines[start - 1])):
                sys.exit(f"{path.name}: {item['summary']} {item['detail']} {item['range']}")
            errors[match[1]].append(item["summary"] + ": " + item["detail"].splitlines()[0])
    known = {}
    judge_variables(folder, errors, known)
    plain = {name: text for name, text in expressions(folder).items()
             if name not in errors and name[0] == "e" and "var." not in text and not re.search(r"bcrypt|timestamp|uuid\(", text)}
    ask(folder / "module", list(plain.items()), known)
    (folder / "judgement.json").write_text(json.dumps({"errors": errors, "known": known}))


def judge_variables(folder, errors, known):
    work = folder / "variables"
    work.mkdir(exist_ok=True)
    for path in sorted(folder.glob("variables-*.tf")):
        (work / "main.tf").write_text(path.read_text())
        lines = path.read_text().splitlines()
        output = subprocess.run(["terraform", "validate", "-json"], cwd=work, capture_output=True, text=True)
        for item in json.loads(output.stdout)["diagnostics"]:
            name = lines[(item["range"]["start"]["line"] - 1) // 4 * 4].split('"')[1]
            errors[name].append(item["summary"] + ": " + item["detail"].splitlines()[0])
        right = [match for match in VARIABLE.finditer(path.read_text()) if match[1] not in errors]
        (work / "main.tf").write_text("\n".join(match[0] for match in right))
        ask(work, [(match[1], f"var.{match[1]}") for match in right], known, keeps=True)


def ask(work, items, known, keeps=False):
    """Types, sensitivity and JSON of expressions; the console ends at the first that it can't show."""
    if not keeps:
        (work / "main.tf").write_text("")
    for start in range(0, len(items), 40):
        ask_some(work, items[start:start + 40], known)


def ask_some(work, items, known):
    """Asks of several expressions in one value; where one fails, of each half."""
    texts = [text for _, text in items]
    types = console(work, "type([" + ", ".join(texts) + "])")
    values = console(work, "nonsensitive(jsonencode([" + ", ".join(
        f"issensitive({text}), jsonencode(nonsensitive({text}))" for text in texts) + "]))")
    parts = split_type(" ".join(types.split())) if types else []
    if len(parts) != len(items) or values is None or not values.startswith('"'):
        middle = len(items) // 2
        if middle:
            ask_some(work, items[:middle], known)
            ask_some(work, items[middle:], known)
        return
    values = json.loads(json.loads(values.replace("$${", "${").replace("%%{", "%{")))
    for index, (name, _) in enumerate(items):
        known[name] = [parts[index], values[2 * index], values[2 * index + 1]]


def console(work, text):
    output = subprocess.run(["terraform", "console"], cwd=work, input=text + "\n", capture_output=True, text=True)
    return None if output.returncode else output.stdout


def split_type(text):
    """The parts of `tuple([a, b, ])`."""
    return split_parts(text.strip().removeprefix("tuple([").removesuffix("])"))


def split_parts(inner):
    """What stands between commas that are in no brackets."""
    parts, depth, start = [], 0, 0
    for index, letter in enumerate(inner):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            parts.append(inner[start:index].strip())
            start = index + 1
    rest = inner[start:].strip()
    return parts + ([rest] if rest else [])


def kind_of(text):
    if " <- " in text:
        return "default of a variable"
    match = re.match(r"([a-z0-9_]+)\(", text)
    if match and any(f["name"] == match[1] for f in FUNCTIONS):
        return match[1] + "()"
    for start, kind in (("{ for", "for {}"), ("{", "{}"), ("[for", "for []"), ("[", "[]"), ('"', "template")):
        if text.startswith(start):
            return kind
    return "operators and accesses"


def unordered(value):
    if isinstance(value, list):
        return sorted((unordered(item) for item in value), key=json.dumps)
    return {key: unordered(item) for key, item in value.items()} if isinstance(value, dict) else value


def same_type(theirs, ours):
    def plain(text):
        return re.sub(r",(?=[})\]])", "", re.sub(r'[\s"]', "", text))
    return plain(theirs) == plain(ours)


def compare(folder, shown):
    judgement = json.loads((folder / "judgement.json").read_text())
    errors, known = judgement["errors"], judgement["known"]
    texts = expressions(folder)
    table = collections.defaultdict(collections.Counter)
    listed = collections.defaultdict(list)
    for line in (folder / "verdicts").read_text().splitlines():
        name, verdict, kind, sensitive, text = line.split("\t")
        counts = table[kind_of(texts[name])]
        counts["all"] += 1
        if (verdict == "wrong") == (name in errors):
            counts["alike"] += 1
        else:
            what = "refused" if verdict == "wrong" else "let through"
            counts[what] += 1
            listed[what].append(f"{texts[name]}\n      {text if verdict == 'wrong' else errors[name][0]}")
            continue
        if name not in known:
            continue
        type_there, sensitive_there, json_there = known[name]
        if sensitive != "unknown":
            counts["typed"] += 1
            if not same_type(type_there, kind) and not (kind == "dynamic" and text == "null"):
                counts["mistyped"] += 1
                listed["mistyped"].append(f"{texts[name]}\n      {kind}, not {type_there}")
            if sensitive != str(sensitive_there).lower():
                listed["sensitivity"].append(f"{texts[name]}\n      {sensitive}, not {sensitive_there}")
            if text != "unknown":
                counts["valued"] += 1
                # Sets have an order that depends on nothing but hashes.
                order = unordered if "set(" in type_there else lambda value: value
                if order(json.loads(text)) != order(json.loads(json_there)):
                    listed["other value"].append(f"{texts[name]}\n      {text}, not {json_there}")
    show(table, listed, shown)
    return 1 if listed["refused"] else 0


def show(table, listed, shown):
    print(f"{'kind':24}{'all':>7}{'alike':>7}{'refused':>9}{'let through':>13}{'types':>7}{'values':>8}")
    total = collections.Counter()
    for kind, counts in sorted(table.items()):
        total.update(counts)
        print_row(kind, counts)
    print_row("all", total)
    print(f"agreement {100 * total['alike'] / total['all']:.2f} %")
    for what, items in listed.items():
        if items:
            print(f"\n{what}: {len(items)}")
        for item in items[:shown]:
            print("  " + item)


def print_row(kind, counts):
    print(f"{kind:24}{counts['all']:7}{counts['alike']:7}{counts['refused']:9}{counts['let through']:13}"
          f"{counts['typed']:7}{counts['valued']:8}")


if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[1] == "make":
        make(pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    elif len(sys.argv) == 3 and sys.argv[1] == "judge":
        judge(pathlib.Path(sys.argv[2]))
    elif len(sys.argv) in (3, 4) and sys.argv[1] == "compare":
        sys.exit(compare(pathlib.Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) == 4 else 20))
    else:
        sys.exit(__doc__)
