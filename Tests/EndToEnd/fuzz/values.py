"""Random values for a JSON Schema: within it, and now and then not."""

import re
import re._parser as parser

_WORDS = ["web", "main", "alpha", "data-1", "eu", "report", "x9"]
#: What isn't a plain word, by what the key's name ends with; the first that matches counts.
_BY_NAME = [
    (r"(addresses|allow|deny|sources?|allowed_.*ips)$", ["192.0.2.0/24", "198.51.100.7/32", "2001:db8::/32", "203.0.113.9"]),
    (r"(ip_range|cidr|range|destination|subnet)$", ["10.10.0.0/16", "10.20.0.0/20", "10.10.1.0/24"]),
    (r"(private_ip|gateway|alias_ips)$", ["10.0.0.5", "10.10.0.7"]),
    (r"(^|_)(ip|address|value)$", ["192.0.2.10", "192.0.2.11", "2001:db8::5"]),
    (r"(url|endpoint|webhook)$", ["https://hooks.example.com/a", "https://x.example.org"]),
    (r"(path|paths|prefix)$", ["/up", "/health", "/"]),
    (r"(origins?)$", ["https://example.com", "*"]),
    (r"(domain|host|hostname|domains)$", ["a.example.com", "b.example.com", "example.org"]),
    (r"(email|emails|admin_email)$", ["ops@example.com"]),
    (r"(hour|start_time|time)$", ["04:00", "23:00"]),
    (r"(^id|_id|uuid)$", ["5a4981aa-9653-4bd1-bef5-d6bff52042e4", "9cc10173-e9ea-4176-9dbc-a4cee4c4ff30"]),
    (r"(image)$", ["ghcr.io/acme/web:1", "ubuntu-24.04"]),
    (r"(github|git|repo|gitlab|bitbucket)$", ["acme/shop", "https://github.com/acme/shop.git"]),
    (r"(methods)$", ["GET", "PUT"]),
    (r"(created_at)$", ["2026-01-01T00:00:00Z"]),
]
_WILD = ["", " ", "${var.x}", "%{ if true }", 'a"b\\c\nd', "日本 ü", "A" * 300, "-", "_x", "../../etc", 0, -1, 1.5, 1e21, 65536, True, False, None, [], {}, [None], {"a": None}, "null", "true", "0x10", " 5 "]


def wild(random):
    return random.choice(_WILD)


def sample(facts, random, schema, path, wildness, refer):
    """A value for the key at a path; `refer` gives one for a path that names an item, or None."""
    if random.random() < wildness:
        return wild(random)
    named = refer(path)
    if named is not None:
        return named
    schema = facts.resolve(schema)
    if "anyOf" in schema:
        options = [facts.resolve(item) for item in schema["anyOf"]]
        lists = [item for item in options if item.get("type") == "array"]
        return _of(facts, random, random.choice(lists if lists and random.random() < 0.8 else options), path, wildness, refer)
    if "if" in schema and "else" in schema:
        schema = facts.resolve(schema["else"])
    return _of(facts, random, schema, path, wildness, refer)


def _of(facts, random, schema, path, wildness, refer):
    if "enum" in schema:
        return random.choice([item for item in schema["enum"] if item is not None] or [None])
    if "const" in schema:
        return schema["const"]
    kinds = schema.get("type", ["string"])
    kinds = [kinds] if isinstance(kinds, str) else [item for item in kinds if item != "null"]
    if "properties" in schema or isinstance(schema.get("additionalProperties"), dict):
        if "boolean" in kinds and random.random() < 0.2:
            return random.random() < 0.5
        return _object(facts, random, schema, path, wildness, refer)
    if "array" in kinds and "items" in schema:
        count = random.choice([0, 1, 1, 1, 2, 3])
        return [sample(facts, random, schema["items"], path, wildness, refer) for _ in range(count)]
    if kinds[0] in ("number", "integer"):
        return _number(random, schema)
    if kinds[0] == "boolean":
        return random.random() < 0.5
    return _text(random, schema, path.rsplit(".", 1)[-1])


def _object(facts, random, schema, path, wildness, refer):
    value = {}
    if "properties" not in schema:
        for _ in range(random.choice([0, 1, 1, 2])):
            key = random.choice(["alpha", "beta", "x-1", "gamma_2", "KEY"])
            value[key] = sample(facts, random, schema["additionalProperties"], path, wildness, refer)
        return value
    required = set(schema.get("required", []))
    for key, inner in schema["properties"].items():
        alias = facts.is_alias(inner)
        if key in required or random.random() < (0.02 if alias else 0.4):
            value[key] = sample(facts, random, inner, f"{path}.{key}", wildness, refer)
    if random.random() < wildness:
        value["unheard_of"] = wild(random)
    return value


def _number(random, schema):
    low = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1 if "exclusiveMinimum" in schema else None)
    high = schema.get("maximum")
    if low is None and high is None:
        low, high = (1, schema["default"] * 2) if isinstance(schema.get("default"), int) else (1, 100)
    low = high - 100 if low is None else low
    high = low + 1000 if high is None else high
    value = random.choice([low, high, schema.get("default", low), random.uniform(low, high), random.uniform(low, min(high, low + 50))])
    if isinstance(value, float) and not value.is_integer():
        value = round(value) if high - low > 2 else round(value, 2)
    value = int(value) if float(value).is_integer() else value
    return str(value) if random.random() < 0.03 else value


def _text(random, schema, key):
    known = [item for item in schema.get("examples", []) if not isinstance(item, (list, dict))]
    if isinstance(schema.get("default"), str):
        known.append(schema["default"])
    if known and random.random() < 0.85:
        return random.choice(known)
    pattern = schema.get("pattern")
    if pattern == "^(true|false)$":
        return random.random() < 0.5
    for name, choices in _BY_NAME:
        if re.search(name, key):
            fitting = [item for item in choices if not pattern or re.search(pattern, item)]
            if fitting:
                return random.choice(fitting)
    if pattern:
        return of_pattern(random, pattern)
    text = random.choice(_WORDS)
    return text.ljust(schema.get("minLength", 0), "a")[: schema.get("maxLength", 99)]


def of_pattern(random, pattern):
    """A text that a regular expression accepts, as far as it has no look-around."""
    return "".join(_expand(random, parser.parse(pattern)))


def _expand(random, tokens):
    for kind, value in tokens:
        name = str(kind)
        if name == "LITERAL":
            yield chr(value)
        elif name == "IN":
            yield _one_of(random, value)
        elif name == "ANY":
            yield random.choice("abc-1")
        elif name == "BRANCH":
            yield from _expand(random, random.choice(value[1]))
        elif name == "SUBPATTERN":
            yield from _expand(random, value[3])
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            low, high, inner = value
            for _ in range(random.randint(low, min(int(high), low + random.choice([0, 1, 4, 12])))):
                yield from _expand(random, inner)


def _one_of(random, options):
    choices = []
    for kind, value in options:
        if str(kind) == "LITERAL":
            choices.append(chr(value))
        elif str(kind) == "RANGE":
            choices.extend(chr(code) for code in range(value[0], value[1] + 1))
        elif str(kind) == "NEGATE":
            return random.choice("abz09")
        elif str(kind) == "CATEGORY":
            choices.append(random.choice("a0"))
    return random.choice(choices)
