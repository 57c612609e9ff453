"""What a provider says before anything is changed: validation, planned values, replacement."""

import hashlib
import re

import hetzner_rules
from values import COMPUTED, UNKNOWN, Unknown, holds_unknown, is_empty, is_unknown

# --- planned values ---------------------------------------------------------------------------------------------

# Arguments that the real providers keep in lower case, whatever the configuration says.
_LOWER_CASE = {"region", "size", "slug"}


def _stored(name, attribute, value):
    """The form in which the provider keeps an argument."""
    if not attribute.constraints.get("state_func") or not isinstance(value, str):
        return value
    if name in _LOWER_CASE:
        return value.lower()
    # Already hashed values come back when a resource is planned from its own state.
    if re.fullmatch(r"[0-9a-f]{40}", value):
        return value
    return hashlib.sha1(value.encode()).hexdigest() if value else value


def plan(block, config, prior):
    """The planned value of a block: its configuration, defaults, and what only the provider knows.

    `prior` is the same block's value in the state, None for a block that doesn't exist yet.
    """
    if is_unknown(config):
        return UNKNOWN
    result = {}
    for name, attribute in block.attributes.items():
        result[name] = _plan_attribute(name, attribute, config.get(name), prior)
    for name, nested in block.blocks.items():
        result[name] = _plan_nested(nested, config.get(name), None if prior is None else prior.get(name), prior is None)
    return result


def _plan_attribute(name, attribute, config, prior):
    before = None if prior is None else prior.get(name)
    if config is not None:
        if attribute.object:
            return _plan_objects(attribute, config, before)
        return _stored(name, attribute, config)
    if attribute.default is not None:
        return attribute.default
    if not attribute.computed:
        return None
    return COMPUTED if prior is None else before


def _plan_objects(attribute, config, prior):
    if is_unknown(config):
        return config
    return _plan_many(attribute.nesting, attribute.object, config, prior)


def _plan_nested(nested, config, prior, is_new):
    if is_unknown(config):
        return config
    if nested.computed and is_empty(config):
        return COMPUTED if is_new else prior
    if config is None:
        return None
    return _plan_many(nested.nesting, nested.block, config, prior)


def _plan_many(nesting, block, config, prior):
    if nesting == "list":
        before = prior if isinstance(prior, list) else []
        return [plan(block, item, before[index] if index < len(before) else None) for index, item in enumerate(config)]
    if nesting == "map":
        before = prior if isinstance(prior, dict) else {}
        return {key: plan(block, item, before.get(key)) for key, item in config.items()}
    if nesting == "set":
        left = list(prior) if isinstance(prior, list) else []
        result = []
        for item in config:
            planned = plan(block, item, None)
            same = next((old for old in left if _could_be(planned, old)), None)
            if same is not None:
                left.remove(same)
                planned = same
            result.append(planned)
        return result
    return plan(block, config, prior)


def _could_be(planned, old):
    """Whether a planned value is the old one once the provider has filled its parts."""
    if planned is COMPUTED:
        return True
    if isinstance(planned, Unknown):
        return False
    if isinstance(planned, dict) and isinstance(old, dict):
        return all(_could_be(value, old.get(name)) for name, value in planned.items())
    if isinstance(planned, list) and isinstance(old, list):
        return len(planned) == len(old) and all(_could_be(*pair) for pair in zip(planned, old))
    return planned == old


# --- replacement ------------------------------------------------------------------------------------------------


def replaced_by(block, prior, planned, path=()):
    """The paths of the arguments whose change makes a new resource."""
    for name, attribute in block.attributes.items():
        here = path + (name,)
        before, after = prior.get(name), planned.get(name)
        if same(before, after):
            continue
        if attribute.constraints.get("force_new"):
            yield here
        elif attribute.object and attribute.nesting == "single" and before and after and not is_unknown(after):
            yield from replaced_by(attribute.object, before, after, here)
    for name, nested in block.blocks.items():
        here = path + (name,)
        before, after = prior.get(name), planned.get(name)
        if same(before, after):
            continue
        if nested.constraints.get("force_new"):
            yield here
        elif is_unknown(after) or is_unknown(before):
            continue
        elif nested.nesting == "list":
            for index, (old, new) in enumerate(zip(before or [], after or [])):
                if not is_unknown(new):
                    yield from replaced_by(nested.block, old, new, here + (index,))
            if len(before or []) != len(after or []) and _any_force_new(nested.block):
                yield here
        elif nested.nesting == "set":
            # A path can't go into a set, so the whole set stands for its parts.
            if [_forcing(nested.block, item) for item in before or []] != [
                _forcing(nested.block, item) for item in after or []
            ] and _any_force_new(nested.block):
                yield here
        elif nested.nesting == "single" and before and after:
            yield from replaced_by(nested.block, before, after, here)


def _any_force_new(block):
    return any(item.constraints.get("force_new") for item in block.attributes.values()) or any(
        item.constraints.get("force_new") or _any_force_new(item.block) for item in block.blocks.values()
    )


def _forcing(block, value):
    if is_unknown(value):
        return value
    return {name: value.get(name) for name, item in block.attributes.items() if item.constraints.get("force_new")}


def same(before, after):
    """Equality as Terraform sees it: the order within a set can differ, True isn't 1."""
    if isinstance(before, bool) != isinstance(after, bool):
        return False
    if isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            return False
        if all(same(*pair) for pair in zip(before, after)):
            return True
        left = list(after)
        for item in before:
            match = next((index for index, other in enumerate(left) if same(item, other)), None)
            if match is None:
                return False
            del left[match]
        return True
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(same(value, after[key]) for key, value in before.items())
    return before == after


# --- validation -------------------------------------------------------------------------------------------------


class Problem:
    """An error, or a warning, with the path of the argument that it is about."""

    def __init__(self, summary, detail="", path=(), warning=False):
        self.summary = summary
        self.detail = detail
        self.path = path
        self.warning = warning


def validate(provider, kind, config):
    """Problems of a configuration. As the real providers do, an argument that is unknown anywhere isn't looked at."""
    known = {name: value for name, value in config.items() if not holds_unknown(value)}
    framework = provider.name == "turso"
    yield from _validate_block(kind.block, known, (), framework, config)
    yield from _deprecated(kind.block, config, ())
    yield from _unfit(kind.block, config, (), framework)
    for rule in _CUSTOM.get(kind.name, []):
        yield from rule(config)
    if provider.name == "hcloud":
        for name, words in hetzner_rules.invalid(kind.name, config):
            yield Problem(words, "", (name,))


def _deprecated(block, value, path):
    """Warnings about deprecated arguments; Terraform leaves them to the providers."""
    for name, attribute in block.attributes.items():
        if attribute.deprecated and value.get(name) is not None:
            yield Problem("Argument is deprecated", f'The argument "{name}" is deprecated.', path + (name,), warning=True)
    for name, nested in block.blocks.items():
        if nested.block.deprecated or nested.constraints.get("deprecated"):
            if not is_unknown(value.get(name)) and not is_empty(value.get(name)):
                yield Problem("Argument is deprecated", f'The argument "{name}" is deprecated.', path + (name,), warning=True)
        for inner, here in _nested(name, nested, value, path):
            yield from _deprecated(nested.block, inner, here)


def _nested(name, nested, value, path):
    """The known blocks of a name, each with its path."""
    item = value.get(name)
    if is_unknown(item) or is_empty(item):
        return
    elements = item if isinstance(item, list) else list(item.values()) if nested.nesting == "map" else [item]
    for index, element in enumerate(elements):
        if not is_unknown(element):
            yield element, path + ((name, index) if nested.nesting == "list" else (name,))


def _unfit(block, value, path, framework):
    """Errors that Terraform leaves to the providers: null for what is required, a value for what they alone make."""
    for name, attribute in block.attributes.items():
        if attribute.computed and not attribute.optional and not attribute.required and value.get(name) is not None:
            summary = "Invalid Configuration for Read-Only Attribute" if framework else "Value for unconfigurable attribute"
            yield Problem(summary, f'Can\'t configure a value for "{name}": its value will be decided automatically.', path + (name,))
        if attribute.required and value.get(name) is None:
            summary = "Missing Configuration for Required Attribute" if framework else "Missing required argument"
            detail = f'The argument "{name}" is required, but no definition was found.'
            yield Problem(summary, detail, path + (name,))
    for name, nested in block.blocks.items():
        for inner, here in _nested(name, nested, value, path):
            yield from _unfit(nested.block, inner, here, framework)


def _validate_block(block, value, path, framework, whole):
    members = {**block.attributes, **block.blocks}
    for name, member in members.items():
        rules = member.constraints
        yield from _combinations(name, rules, whole, path)
        item = value.get(name)
        if item is None or is_unknown(item):
            continue
        here = path + (name,)
        if name in block.blocks:
            nested = block.blocks[name]
            if nested.nesting in ("list", "set"):
                for index, element in enumerate(item):
                    step = (index,) if nested.nesting == "list" else ()
                    yield from _validate_block(nested.block, element, here + step, framework, element)
            elif nested.nesting == "single":
                yield from _validate_block(nested.block, item, here, framework, item)
            continue
        for each in item if isinstance(item, list) else [item]:
            if isinstance(each, (str, int, float)) and each is not None:
                yield from _validate_value(here, rules if not isinstance(item, list) else rules.get("elem", {}), each, framework)


def dotted(path):
    return ".".join(str(step) for step in path)


def _quoted(items):
    return "[" + " ".join(f'"{item}"' for item in items) + "]"


def choices(rule):
    """The items of a list as the constraint files write it."""
    if '"' in rule:
        return re.findall(r'"([^"]*)"', rule)
    return rule.strip("[]").split()


#: Days of the week, which the providers compare in any case; the constraint files don't tell that.
_IGNORES_CASE = re.compile(r"maintenance_(window|policy)\.\d+\.day$")


def _validate_value(path, rules, value, framework):
    if not isinstance(rules, dict):
        return
    if "one_of" in rules:
        allowed = choices(rules["one_of"])
        text = str(value)
        ignores_case = rules.get("state_func") or _IGNORES_CASE.search(dotted(path))
        fits = text.lower() in [item.lower() for item in allowed] if ignores_case else text in allowed
        # The files part values by blanks, which some values hold themselves.
        fits = fits or " " in text and f" {text} " in f" {rules['one_of'].strip()[1:-1]} "
        if not fits and framework:
            yield Problem(
                "Invalid Attribute Value Match",
                f'Attribute {dotted(path)} value must be one of: {_quoted(allowed)}, got: "{text}"',
                path,
            )
        elif not fits:
            yield Problem(f"expected {dotted(path)} to be one of {_quoted(allowed)}, got {text}", "", path)
    if "range" in rules and not isinstance(value, str):
        low, high = (float(part) for part in rules["range"].split(" - "))
        if not low <= value <= high:
            yield Problem(f"expected {dotted(path)} to be in the range ({rules['range']}), got {value}", "", path)
    if "at_least" in rules and not isinstance(value, str) and value < float(rules["at_least"]):
        yield Problem(f"expected {dotted(path)} to be at least ({rules['at_least']}), got {value}", "", path)
    if "length" in rules and isinstance(value, str):
        low, high = (int(part) for part in rules["length"].split(" - "))
        if not low <= len(value.encode()) <= high:
            yield Problem(f"expected length of {dotted(path)} to be in the range ({rules['length']}), got {value}", "", path)


def _is_set(name, value):
    """Whether an argument of the same block is given; a path from the root is only followed by its last name."""
    item = value.get(name.split(".")[-1])
    return not is_empty(item) and not is_unknown(item)


def _combinations(name, rules, value, path):
    if not isinstance(rules, dict):
        return
    for other in rules.get("conflicts_with", []):
        if _is_set(name, value) and _is_set(other, value):
            yield Problem("Conflicting configuration arguments", f'"{dotted(path + (name,))}": conflicts with {other}', path + (name,))
    alternatives = rules.get("exactly_one_of", [])
    if alternatives:
        given = [item for item in alternatives if _is_set(item, value)]
        listed = ",".join(sorted(alternatives))
        if len(given) > 1 and name in given:
            chosen = ",".join(sorted(given))
            yield Problem(
                "Invalid combination of arguments",
                f'"{dotted(path + (name,))}": only one of `{listed}` can be specified, but `{chosen}` were specified.',
                path + (name,),
            )
        elif not given and not any(is_unknown(value.get(item.split(".")[-1])) for item in alternatives):
            yield Problem(
                "Invalid combination of arguments",
                f'"{dotted(path + (name,))}": one of `{listed}` must be specified',
                path + (name,),
            )
    for other in rules.get("required_with", []):
        # What isn't known yet counts as given, as it does for the real ones.
        if _is_set(name, value) and not _is_set(other, value) and not is_unknown(value.get(other.split(".")[-1])):
            listed = ",".join(sorted(rules["required_with"]))
            yield Problem(
                "Missing required argument",
                f'"{dotted(path + (name,))}": all of `{listed}` must be specified',
                path + (name,),
            )


def _no_datacenter(config):
    if config.get("datacenter") is not None:
        yield Problem("Attribute removed", 'The "datacenter" attribute was removed, use "location" instead.', ("datacenter",))


_CUSTOM = {"hcloud_server": [_no_datacenter], "hcloud_primary_ip": [_no_datacenter]}


def refuse(kind, planned, prior):
    """Errors that the real providers only raise while planning, from the whole resource."""
    if kind.name == "digitalocean_volume" and prior is not None:
        sizes = (planned.get("size"), prior.get("size"))
        if not is_unknown(sizes[0]) and sizes[0] < sizes[1]:
            yield Problem("volumes `size` can only be expanded and not shrunk")
    if kind.name == "digitalocean_database_cluster":
        engine = planned.get("engine")
        if planned.get("version") is None:
            yield Problem("database cluster version is required")
        if planned.get("eviction_policy") is not None and engine not in ("redis", "valkey") and not is_unknown(engine):
            yield Problem("eviction_policy is only supported for Redis and Valkey clusters")
        if planned.get("sql_mode") is not None and engine != "mysql" and not is_unknown(engine):
            yield Problem("sql_mode is only supported for MySQL Database Clusters")
    elif kind.name == "digitalocean_record":
        if planned.get("type") == "MX" and planned.get("priority") is None:
            yield Problem("`priority` is required for when type is `MX`")
    elif kind.name == "digitalocean_firewall":
        for direction in ("inbound_rule", "outbound_rule"):
            for rule in planned.get(direction) or []:
                if not is_unknown(rule) and rule["protocol"] in ("tcp", "udp") and rule["port_range"] is None:
                    yield Problem(f"`port_range` of {direction}s is required if protocol is `tcp` or `udp`")
