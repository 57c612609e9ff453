"""The schema of app.json for editors: it takes every manifest that webkit takes, and catches what it can."""

import copy
import json
import subprocess
import sys
from pathlib import Path

from harness import ROOT
from product import Project

GOLDEN = ROOT / "golden"
#: Cases of golden/diagnostics whose mistakes lie within what a schema can say.
CAUGHT = {
    "backend-secrets",
    "backend-settings",
    "backend-unknown",
    "backend-values",
    "backend-without-type",
    "bucket-settings",
    "build",
    "config-missing-attributes",
    "config-types",
    "database-group",
    "domains",
    "environment-override",
    "everything",
    "key-capabilities",
    "loadbalancer-services",
    "manage",
    "manage-existing-by-id",
    "missing-keys",
    "name-case",
    "name-characters",
    "name-path",
    "name-pattern",
    "name-too-long",
    "network-ranges",
    "override-of-what-can-t-differ",
    "override-with-wrong-values",
    "places-hostile-text",
    "places-one-line",
    "places-tabs-and-wide-letters",
    "places-windows-lines",
    "port-as-text",
    "project-as-text",
    "project-name",
    "provider-unknown",
    "provider-unknown-in-settings",
    "reference-shape",
    "rename-to-itself",
    "root-array",
    "root-empty",
    "rules-of-staging",
    "server-ports",
    "server-settings",
    "server-type-retired",
    "settings",
    "settings-of-providers",
    "type-function-and-serverless",
    "type-in-the-other-list",
    "type-of-another-provider",
    "type-unknown",
    "unknown-config-keys",
    "unknown-keys",
    "value-one-of",
    "value-pattern",
    "value-range",
    "value-unknown-region",
    "values-of-owners",
    "variable-encrypt",
    "variable-list",
    "variable-names",
    "variable-sources",
    "variable-values",
    "volume-in-another-location",
    "wrong-types",
    "zone-records",
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


def check_jsonschema(schema, manifests):
    """What the independent validator says of manifests: nothing, or the mistakes of each by its path."""
    command = [str(Path(sys.executable).parent / "check-jsonschema"), "--output-format", "json", "--schemafile", str(schema)]
    done = subprocess.run([*command, *map(str, manifests)], capture_output=True, text=True)
    answer = json.loads(done.stdout)
    found = {}
    for error in answer.get("errors", []):
        found.setdefault(error["filename"], []).append(f"{error['path']}: {error['message'][:200]}")
    for error in answer.get("parse_errors", []):
        found.setdefault(error["filename"], []).append(error["message"])
    return done.returncode, found


def test_printed_schema_and_an_independent_validator(t):
    """`webkit schema` takes every recorded manifest that webkit takes, and refuses those that a schema can."""
    with Project() as project:
        done = project.run("schema", "--output", "app.schema.json")
        t.check("schema --output", done.returncode == 0, done.stdout + done.stderr)
        schema = project.folder / "app.schema.json"
        printed = project.run("schema")
        t.check("schema", printed.stdout == schema.read_text(encoding="utf-8"), printed.stderr)
        good = sorted([*GOLDEN.glob("projects/*/input/app.json"), *GOLDEN.glob("leaves/*/*/input/app.json")])
        good += [path for path in sorted(GOLDEN.glob("diagnostics/*/app.json")) if only_warns(path.parent)]
        code, found = check_jsonschema(schema, good)
        t.check(f"takes {len(good)} manifests", code == 0 and not found, json.dumps(found, indent=1)[:3000])
        bad = [GOLDEN / "diagnostics" / name / "app.json" for name in sorted(CAUGHT)]
        code, found = check_jsonschema(schema, bad)
        taken = [path.parent.name for path in bad if str(path) not in found]
        t.check(f"refuses {len(bad)} manifests", code == 1 and not taken, f"taken: {taken}")


def only_warns(case):
    """Whether webkit takes a bad manifest, with nothing but warnings."""
    expected = case / "expected.txt"
    return expected.exists() and "error:" not in expected.read_text(encoding="utf-8")


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


#: Terraform isn't called.
test_schema_takes_every_project.takes_any_engine = True
test_schema_catches_mistakes.takes_any_engine = True
test_printed_schema_and_an_independent_validator.takes_any_engine = True
test_schema_takes_other_spellings.takes_any_engine = True
