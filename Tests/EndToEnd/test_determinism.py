"""Equal manifests give equal bytes: in any order of keys, again, elsewhere, under another locale."""

import json
import random

from harness import GOLDEN
from product import Project


def shuffled(value, source):
    if isinstance(value, dict):
        items = [(key, shuffled(item, source)) for key, item in value.items()]
        source.shuffle(items)
        return dict(items)
    if isinstance(value, list):
        return [shuffled(item, source) for item in value]
    return value


def test_equal_manifests_give_equal_bytes(t):
    for case in ("all-leaves", "staging-and-production", "hostile"):
        text = (GOLDEN / case / "input" / "app.json").read_text(encoding="utf-8")
        manifest = json.loads(text)
        with Project(text) as first, Project() as second, Project() as third:
            first.update()
            expected = {path: text for path, text in first.snapshot().items() if path.startswith("infra/")}
            t.check(f"{case}: there is a tree", len(expected) > 10)
            first.update()
            t.check(f"{case}: a second run changes nothing", expected.items() <= first.snapshot().items())
            for seed, project in ((1, second), (2, third)):
                project.update(shuffled(manifest, random.Random(seed)), env={"LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Asia/Tokyo"})
                got = {path: text for path, text in project.snapshot().items() if path.startswith("infra/")}
                t.check(
                    f"{case}: shuffled keys, another folder and locale, seed {seed}", got == expected,
                    "differs: " + ", ".join(sorted(set(got.items()) ^ set(expected.items()), key=lambda item: item[0])[0][:1]) if got != expected else "",
                )


#: Terraform isn't called.
test_equal_manifests_give_equal_bytes.takes_any_engine = True
