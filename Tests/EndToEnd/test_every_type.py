"""Every resource type of every provider goes from nothing to something that stays, and back."""

import json

from harness import ROOT


SCHEMAS = ROOT / "Tests" / "Schemas"
PROVIDERS = ("digitalocean", "hcloud", "b2", "turso", "slack", "peekaping")
#: Arguments whose value has to be of a form that no constraint tells.
_VALUES = {
    "engine": "pg",
    "version": "17",
    "protocol": "icmp",
    "bucket_name": "made-up-bucket",
    "bucket_type": "allPrivate",
    "capabilities": "listFiles",
    "expiration": "never",
    "ip_range": "10.0.0.0/16",
    "ip": "10.0.0.5",
    "source_ips": "192.0.2.0/24",
    "destination_ips": "192.0.2.0/24",
    "zone": "example.com",
    # What is protected can't be deleted.
    "delete_protection": False,
    "rebuild_protection": False,
    "change_protection": False,
    "token": "0" * 64,
    "datacenter": None,
    "instance_size_slug": "apps-d-1vcpu-1gb",
    "eviction_policy": None,
    "sql_mode": None,
}


#: What the API asks for although the schema doesn't, by type.
_ASKED_FOR = {
    "digitalocean_certificate": ("private_key", "leaf_certificate"),
    "digitalocean_loadbalancer": ("forwarding_rule",),
}


#: Blocks of which there is exactly one where there are several kinds: the first.
_ALTERNATIVES = (("git", "github", "gitlab", "bitbucket", "image"), ("component", "redirect"))


def text_of(value):
    return json.dumps(value, ensure_ascii=False)


def value_of(kind, name, rules):
    """A value that the provider takes."""
    if name in _VALUES and "one_of" not in rules and not isinstance(kind, list):
        return _VALUES[name]
    if isinstance(kind, list):
        if kind[0] in ("list", "set"):
            inner = value_of(kind[1], name, rules.get("elem", {}))
            return [inner]
        if kind[0] == "map":
            return {"key": value_of(kind[1], name, {})}
        return {inner: value_of(part, inner, {}) for inner, part in kind[1].items()}
    if kind == "bool":
        return True
    if kind == "number":
        if "range" in rules:
            return int(float(rules["range"].split(" - ")[0]))
        return max(10 if name == "size" else 1, int(float(rules.get("at_least", "1"))))
    if "one_of" in rules:
        listed = rules["one_of"].strip("[]")
        return listed.split('"')[1] if '"' in listed else listed.split()[0]
    return "made-up"


def body_of(block, rules, everything, depth=1, asked=(), part=""):
    """The arguments of a block: those that must be there, or all that can stand together."""
    indent = "  " * depth
    lines = []
    taken = set()
    for name, attribute in block.get("attributes", {}).items():
        own = rules.get(name, {})
        alternatives = own.get("exactly_one_of", [])
        # The provider asks for a database's version, although its schema doesn't.
        wanted = attribute.get("required") or name == "version" and "engine" in block["attributes"]
        wanted = wanted or name in asked
        wanted = wanted or alternatives and sorted(alternatives)[0].split(".")[-1] == name
        if everything and attribute.get("optional") and not alternatives and name != "id":
            others = own.get("conflicts_with", [])
            others = others + [item for item in taken if name in rules.get(item, {}).get("conflicts_with", [])]
            wanted = not attribute.get("deprecated") and not any(item.split(".")[-1] in taken for item in others)
        if not wanted or attribute.get("write_only"):
            continue
        kind = attribute.get("type")
        if kind is None:
            if attribute.get("optional"):
                continue
            nested = attribute["nested_type"]
            inner = {key: item["type"] for key, item in nested["attributes"].items() if item.get("required")}
            kind = ["object", inner] if nested["nesting_mode"] == "single" else [nested["nesting_mode"], ["object", inner]]
        value = value_of(kind, name, own)
        if value is not None:
            taken.add(name)
            # Parts of one thing have names of their own, and a rule of requests names one of them.
            if part and name == "name" and value == "made-up":
                value = f"made-up-{'service' if part == 'component' else part}".replace("_", "-")
            lines.append(f"{indent}{name} = {text_of(value)}")
    for name, nested in block.get("block_types", {}).items():
        own = rules.get(name, {})
        contested = own.get("conflicts_with") or name in own.get("exactly_one_of", [])
        other = any(name in kinds[1:] and kinds[0] in block["block_types"] for kinds in _ALTERNATIVES)
        if name == "timeouts" or nested["block"].get("deprecated") or contested and name not in asked or other:
            continue
        if nested.get("min_items") or own.get("required") or everything or name in asked:
            lines.append(f"{indent}{name} {{")
            lines.extend(body_of(nested["block"], own.get("block", {}), everything, depth + 1, part=name))
            lines.append(indent + "}")
    return lines


def tree(provider, everything):
    schema = json.loads((SCHEMAS / f"{provider}.json").read_text())["provider_schemas"]
    (address, description), = schema.items()
    facts = json.loads((SCHEMAS / "constraints" / f"{provider}.json").read_text()).get("resources", {})
    source = address.removeprefix("registry.terraform.io/")
    lines = [f'terraform {{\n  required_providers {{\n    {provider} = {{\n      source = "{source}"\n    }}\n  }}\n}}\n']
    lines.append(f'provider "{provider}" {{')
    lines.extend(body_of(description["provider"]["block"], {}, False))
    lines.append("}\n")
    names = []
    for kind, item in sorted(description["resource_schemas"].items()):
        if item["block"].get("deprecated"):
            continue
        names.append(kind)
        lines.append(f'resource "{kind}" "this" {{')
        asked = _ASKED_FOR.get(kind, ())
        lines.extend(body_of(item["block"], facts.get(kind, {}).get("attributes", {}), everything, asked=asked))
        lines.append("}\n")
    return "\n".join(lines), names


def run(t, provider, everything):
    what = f"{provider}, {'all' if everything else 'required'} arguments: "
    text, names = tree(provider, everything)
    workspace = t.workspace(None)
    workspace.write("main.tf", text)
    initialized = workspace.terraform("init")
    t.check(what + "init", initialized.code == 0, initialized)
    applied = workspace.terraform("apply", "-auto-approve")
    if not t.check(what + "apply", applied.code == 0, applied):
        return
    t.check(what + "all are there", len(workspace.state()) == len(names), workspace.state().keys())
    again = workspace.terraform("plan", "-detailed-exitcode")
    t.check(what + "second plan is empty", again.code == 0, again)
    destroyed = workspace.terraform("destroy", "-auto-approve")
    t.check(what + "destroy", destroyed.code == 0, destroyed)
    workspace.close()


def test_every_type_with_required_arguments(t):
    for provider in PROVIDERS:
        run(t, provider, everything=False)


def test_every_type_with_all_arguments(t):
    for provider in PROVIDERS:
        run(t, provider, everything=True)
