"""Another version of a manifest, as its owner might write it next."""

import json

from manifests import Generator


def edited(manifest, facts, random):
    """The manifest after one to three edits, and what they are called."""
    after = json.loads(json.dumps(manifest))
    done = []
    for _ in range(random.choice([1, 1, 2, 3])):
        edit = random.choice([_remove, _rename, _rename, _change, _change, _change, _add, _environment, _manage, _project])
        done.append(edit.__name__.strip("_"))
        edit(after, facts, random)
    return after, done


def _items(manifest):
    return [item for key in ("resources", "apps") for item in manifest.get(key) or [] if isinstance(item, dict)]


def _leaf(item, facts):
    place = item.get("infra", item)
    return next((leaf for leaf in facts.leaves if (leaf.provider, leaf.kind) == (place.get("provider"), place.get("type"))), None)


def _remove(manifest, facts, random):
    for key in random.sample(["resources", "apps"], 2):
        if manifest.get(key):
            manifest[key].remove(random.choice(manifest[key]))
            return


def _rename(manifest, facts, random):
    """A new name everywhere, with or without what keeps the old one's things."""
    items = _items(manifest)
    if not items:
        return
    item = random.choice(items)
    old, new = item["name"], random.choice(["renamed", "other-name"])
    text = json.dumps(manifest)
    for before, after in [(f'"{old}"', f'"{new}"'), (f'"{old}.', f'"{new}.'), (f":{old}:", f":{new}:")]:
        text = text.replace(before, after)
    manifest.clear()
    manifest.update(json.loads(text))
    item = next((item for item in _items(manifest) if item["name"] == new), None)
    if item is None:
        return
    if random.random() < 0.8:
        item["was"] = [old]
    if random.random() < 0.6 and "cloud_name" not in item:
        prefix = manifest["project"]["name"]
        others = (manifest.get("infra") or {}).get("environments") or ["production"]
        item["cloud_name"] = {name: f"{prefix}-{old}" if name == "production" else f"{prefix}-{name}-{old}" for name in others}


def _change(manifest, facts, random):
    """Another value for one key of the config, or no value any more."""
    items = [item for item in _items(manifest) if _leaf(item, facts)]
    if not items:
        return
    item = random.choice(items)
    leaf = _leaf(item, facts)
    place = item.get("infra", item)
    if not isinstance(place.get("config"), dict):
        place["config"] = {}
    generator = _generator(manifest, facts, random)
    generator.density = 1
    keys = [key for key, schema in leaf.properties.items() if not facts.is_alias(schema)]
    key = random.choice(keys)
    if key in place["config"] and key not in leaf.required and random.random() < 0.3:
        del place["config"][key]
    else:
        place["config"].update(generator._config({key: leaf.properties[key]}, leaf, leaf.references, {key}))


def _add(manifest, facts, random):
    leaf = random.choice(facts.leaves)
    generator = _generator(manifest, facts, random)
    generator.density = 0.1
    if leaf.serves == "app":
        manifest.setdefault("apps", []).append(generator._app("added", leaf))
    else:
        manifest.setdefault("resources", []).append(generator._resource("added", leaf))


def _environment(manifest, facts, random):
    infra = manifest.setdefault("infra", {})
    names = infra.get("environments") or ["production"]
    infra["environments"] = names + ["extra"] if random.random() < 0.7 or len(names) == 1 else names[:-1]


def _manage(manifest, facts, random):
    items = _items(manifest)
    if items:
        item = random.choice(items)
        item["manage"] = random.choice(["create", "existing", "adopt"])
        item.setdefault("cloud_name", "legacy")


def _project(manifest, facts, random):
    """What every name, or every item without a place of its own, depends on."""
    if random.random() < 0.4:
        manifest["project"]["name"] = "another"
    else:
        infra = manifest.setdefault("infra", {})
        infra.setdefault("providers", {}).setdefault("digitalocean", {})["region"] = random.choice(["fra1", "nyc1"])


def _generator(manifest, facts, random):
    generator = Generator(facts, random)
    generator.wildness = 0
    generator.environments = (manifest.get("infra") or {}).get("environments")
    generator.items = [(item["name"], _leaf(item, facts)) for item in _items(manifest) if _leaf(item, facts)]
    return generator
