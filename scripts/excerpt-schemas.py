#!/usr/bin/env python3
"""Writes schema.json and constraints.json beside each provider spec.

Usage: scripts/excerpt-schemas.py SCHEMAS_DIR

SCHEMAS_DIR holds whole schemas, as `terraform providers schema -json` prints them, in a file
<name>.json for each provider (the last part of its source address), and their constraints under
the same name in constraints/. What is written are the parts of the types that the specs use, with
an attribute a line, so that a new release of a provider can be read as a difference.
"""

import json
import re
import sys
from pathlib import Path

SPECS = Path(__file__).resolve().parent.parent / "ProviderSpecs"
HEADER = re.compile(r'^\s*(resource|data|existing)\s+"([a-z0-9_]+)"', re.MULTILINE)
SOURCE = re.compile(r'^\s*source\s*=\s*"[^"/]+/([^"/]+)"', re.MULTILINE)

# What the files hold besides facts: words for people.
PROSE = {"description", "description_kind", "deprecation_message"}


def used_types():
    """The resource and data types that the specs name; one of a provider may name another's."""
    resources, data = set(), set()
    for path in sorted(SPECS.glob("*/*.hcl")):
        for kind, name in HEADER.findall(path.read_text(encoding="utf-8")):
            if kind != "data":
                resources.add(name)
            if kind != "resource":
                data.add(name)
    return resources, data


def without_prose(value):
    """The value without words for people; an attribute that is called `description` is no text and stays."""
    if isinstance(value, list):
        return [without_prose(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: without_prose(item)
        for key, item in value.items()
        if key not in PROSE or isinstance(item, dict)
    }


def picked(table, names):
    """The entries of a table that are named, without prose."""
    return {name: without_prose(entry) for name, entry in table.items() if name in names}


def lines(value, indent=0):
    """JSON with sorted keys, in which a value without further names stands on one line."""
    nested = isinstance(value, dict) and any(isinstance(item, dict) for item in value.values())
    if not nested and not (indent < 2 and isinstance(value, dict)):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    if not value:
        return "{}"
    inner = " " * (indent + 1)
    members = (f"{inner}{json.dumps(key)}: {lines(item, indent + 1)}" for key, item in sorted(value.items()))
    return "{\n" + ",\n".join(members) + "\n" + " " * indent + "}"


def excerpt(folder, schemas):
    """Writes the excerpts of one provider."""
    source = SOURCE.search((folder / "provider.hcl").read_text(encoding="utf-8"))
    if source is None:
        sys.exit(f"error: {folder.name}/provider.hcl has no source")
    name = source.group(1).lower() + ".json"
    whole = json.loads((schemas / name).read_text(encoding="utf-8"))
    # Not of every provider is more known than the schema says.
    constraints = {"provider": {}, "resources": {}, "data_sources": {}}
    known = schemas / "constraints" / name
    if known.exists():
        constraints = json.loads(known.read_text(encoding="utf-8"))
    resources, data = used_types()

    (address, provider), = whole["provider_schemas"].items()
    schema = {
        "format_version": whole["format_version"],
        "provider_schemas": {
            address: {
                "provider": without_prose(provider["provider"]),
                "resource_schemas": picked(provider.get("resource_schemas", {}), resources),
                "data_source_schemas": picked(provider.get("data_source_schemas", {}), data),
            }
        },
    }
    limits = {
        "provider": without_prose(constraints["provider"]),
        "resources": picked(constraints["resources"], resources),
        "data_sources": picked(constraints["data_sources"], data),
    }
    for file, content in (("schema.json", schema), ("constraints.json", limits)):
        (folder / file).write_text(lines(content) + "\n", encoding="utf-8")
    return len(schema["provider_schemas"][address]["resource_schemas"])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for path in sorted(SPECS.glob("*/provider.hcl")):
        count = excerpt(path.parent, Path(sys.argv[1]))
        print(f"{path.parent.name}: {count} resource types")


main()
