"""What the generator has to know of the specs: from `webkit spec list`, `webkit schema`, and the files of the specs."""

import json
import re
import subprocess
from pathlib import Path

from harness import ROOT
from product import COMMAND

SPECS = ROOT / "ProviderSpecs"
_BLOCK = re.compile(r'^\s*(\w+) "([^"]+)"(?: "[^"]+")?\s*\{(.*)$')


class Leaf:
    """A type of resource or app: its config's schema, what its keys refer to, what must be there, what it puts out."""

    def __init__(self, provider, kind, serves, definition):
        self.provider, self.kind, self.serves = provider, kind, serves
        self.properties = definition.get("properties", {})
        self.references = _references(SPECS / provider / f"{kind}.hcl")
        self.required, self.outputs = _documented(SPECS / provider / "README.md", kind)
        self.can_exist = re.search(r"^  existing ", (SPECS / provider / f"{kind}.hcl").read_text(), re.M) is not None


class Facts:
    def __init__(self):
        self.schema = json.loads(_webkit("schema"))
        self.definitions = self.schema["definitions"]
        listed = [json.loads(line) for line in _webkit("spec", "list", "--json").splitlines()]
        leaves = [item for item in listed if item["type"] == "leaf" and item["serves"] in ("resource", "app")]
        self.leaves = [
            Leaf(item["provider"], item["name"], item["serves"], self.definitions.get(f"{item['provider']}_{item['name']}", {}))
            for item in leaves
        ]
        self.providers = [item["name"] for item in listed if item["type"] == "provider"]
        self.stateful = set()
        for path in SPECS.glob("*/provider.hcl"):
            self.stateful.update(re.findall(r'^  type "([^"]+)" \{\n(?:    .*\n)*?    stateful *= true', path.read_text(), re.M))

    def resolve(self, schema):
        """A schema without `$ref` and `allOf` at its top."""
        while "$ref" in schema:
            found = self.schema
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[int(part)] if isinstance(found, list) else found[part]
            schema = found
        merged = {key: value for key, value in schema.items() if key != "allOf"}
        for part in schema.get("allOf", []):
            merged = {**self.resolve(part), **merged}
        return merged

    def is_alias(self, schema):
        parts = schema.get("allOf", [])
        return len(parts) == 1 and "/properties/" in parts[0].get("$ref", "")


def _webkit(*arguments):
    return subprocess.run([str(COMMAND), *arguments], capture_output=True, text=True, check=True).stdout


def _references(path):
    """Path of a key, as `vpc` or `components.domain`, to the type that it names."""
    found, stack = {}, []
    for line in path.read_text().splitlines():
        block = _BLOCK.match(line)
        named = re.match(r'\s*refers_to\s*=\s*"([^".]+)', line) or re.search(r'\{ *refers_to *= *"([^".]+)', line)
        if block:
            stack.append(block.group(2) if block.group(1) in ("variable", "setting", "field") else "")
        if named:
            found[".".join(part for part in stack if part)] = named.group(1)
        if block and block.group(3).rstrip().endswith("}"):
            stack.pop()
        elif not block and line.rstrip().endswith("{") and not line.strip().startswith("#"):
            stack.append("")
        elif line.strip() in ("}", "})", "}]"):
            stack and stack.pop()
    return found


def _documented(path, kind):
    """The keys that must be said, and the outputs, from the reference."""
    text = path.read_text()
    section = re.search(rf"^## {re.escape(kind)}$(.*?)(?=^## |\Z)", text, re.M | re.S)
    if not section:
        return set(), []
    keys, _, outputs = section.group(1).partition("| output |")
    required = set(re.findall(r"^\| `([\w.]+)` \| [^|]*\| required \|", keys, re.M))
    return required, re.findall(r"^\| `(\w+)` \|", outputs, re.M)
