"""The schema of app.json for editors: it takes every manifest that webkit takes, and catches what it can."""

import copy
import json

from harness import ROOT

GOLDEN = ROOT / "golden"
#: Cases of golden/diagnostics whose mistakes lie within what a schema can say.
CAUGHT = {
    "backend-secrets",
    "backend-settings",
    "backend-unknown",
    "backend-without-type",
    "build",
    "config-types",
    "domains",
    "missing-keys",
    "name-case",
    "name-characters",
    "port-as-text",
    "project-as-text",
    "provider-unknown",
    "provider-unknown-in-settings",
    "reference-shape",
    "root-array",
    "root-empty",
    "type-in-the-other-list",
    "type-of-another-provider",
    "type-unknown",
    "unknown-config-keys",
    "value-one-of",
    "value-pattern",
    "value-range",
    "variable-names",
    "variable-sources",
    "wrong-types",
}


def validator():
    from jsonschema import Draft7Validator

    schema = json.loads((GOLDEN / "schema" / "app.schema.json").read_text())
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def mistakes(checker, manifest):
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in checker.iter_errors(manifest)
    ]


def test_schema_takes_every_project(t):
    checker = validator()
    for path in sorted([*GOLDEN.glob("projects/*/input/app.json"), *GOLDEN.glob("leaves/*/*/input/app.json")]):
        found = mistakes(checker, json.loads(path.read_text()))
        t.check(str(path.parent.parent.relative_to(GOLDEN)), not found, "\n".join(found))


def test_schema_catches_mistakes(t):
    checker = validator()
    caught = set()
    readable = 0
    for path in sorted(GOLDEN.glob("diagnostics/*/app.json")):
        try:
            manifest = json.loads(path.read_bytes())
        except (ValueError, RecursionError):
            continue  # The text itself is wrong, which editors tell without a schema.
        readable += 1
        if mistakes(checker, manifest):
            caught.add(path.parent.name)
    lost = sorted(CAUGHT - caught)
    t.check(f"{len(caught)} of {readable} manifests with mistakes are caught", not lost, f"no longer caught: {lost}")


def test_schema_takes_other_spellings(t):
    """What webkit reads in any case, with - and _ or without, or as null, isn't marked."""
    checker = validator()
    path = GOLDEN / "projects" / "mission" / "input" / "app.json"
    manifest = json.loads(path.read_text())
    changes = {
        "provider in another case": lambda m: m["resources"][0].update(provider="Digital_Ocean"),
        "null is absent": lambda m: m["resources"][0].update(title=None, environments=None, config=None),
        "keys in another case": lambda m: m["resources"][0].update(CloudName="db"),
        "a key of another tool": lambda m: m.update(utilities=[], commands={}),
        "what isn't managed isn't looked at": lambda m: m["resources"][0].update(
            terraformManaged=False, provider="elsewhere", type="something", config={"x": 1}
        ),
        "a remark": lambda m: m["resources"][0].update({"//": "bigger next year"}),
    }
    for what, change in changes.items():
        changed = copy.deepcopy(manifest)
        change(changed)
        found = mistakes(checker, changed)
        t.check(what, not found, "\n".join(found))
