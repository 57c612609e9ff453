"""What exists beyond the state under test, and the words in which each provider says that something doesn't.

A world is a JSON file that is read again at every use, so a test may change it between two runs:

    {
      "data":      {"digitalocean_vpc": [{"name": "main", "id": "..."}]},
      "resources": {"digitalocean_droplet": {"123": null, "124": {"size": "s-2vcpu-2gb"}}},
      "errors":    {"apply digitalocean_app": "Error creating App: ...", "data digitalocean_domain": "...",
                    "data hcloud_zone shop.example": ["Resource not found", "Resource (zone) was not found: ..."]},
      "delays":    {"apply digitalocean_droplet": 2.5}
    }

`data` lists all that data sources of a type find; `"anything"` in place of a list finds what is asked for, and `"*"` stands for
every type that isn't named. `resources` overrides what a refresh or an import finds: null is gone,
an object changes attributes. `errors` and `delays` hit an operation (plan, apply, read, import, data, configure) by type, and
where the name that is asked for stands behind it, that one alone; an error is a summary, or a pair of summary and detail.
"""

import json
import re
from pathlib import Path

#: Data sources that answer for anything asked when the world doesn't list their type.
_ALWAYS_THERE = re.compile(
    r"digitalocean_(ssh_key|account|region|image|sizes|regions|kubernetes_versions|database_ca)$"
    r"|hcloud_(ssh_key|location|datacenter|server_type|image|load_balancer_type)$"
    r"|b2_account_info$|turso_organization$"
)
#: Data sources that answer with a list, which can be empty.
_PLURAL = re.compile(
    r"digitalocean_(domains|droplets|firewalls|images|projects|records|spaces_buckets|ssh_keys|tags|spaces_bucket_objects)$"
    r"|hcloud_(\w+s)$|b2_bucket_files$"
)
#: Those of them that list what the world has of another type, in an attribute, through their filters.
_LISTS = {"digitalocean_droplets": ("digitalocean_droplet", "droplets")}
#: Data sources that answer absence with a null id and no error.
_NULL_ID = {"digitalocean_database_cluster", "digitalocean_container_registry", "digitalocean_firewall"}
_ABSENT = {
    "digitalocean_vpc": "no VPCs found with name {name}",
    "digitalocean_droplet": "no droplet found with name {name}",
    "digitalocean_loadbalancer": "no load balancer found with name {name}",
    "digitalocean_kubernetes_cluster": "Unable to find cluster with name: {name}",
    "digitalocean_spaces_bucket": "Spaces Bucket ({name}) not found",
    "digitalocean_domain": "domain not found: GET https://api.digitalocean.com/v2/domains/{name}: 404 (request \"made-up\") "
    "The resource you requested could not be found.",
    "digitalocean_tag": "tag not found: GET https://api.digitalocean.com/v2/tags/{name}: 404 (request \"made-up\") "
    "The resource you were accessing could not be found.",
    "digitalocean_project": "No projects found with name '{name}'",
    "digitalocean_certificate": "certificate not found",
    "digitalocean_volume": "no volumes found with name {name}",
    "digitalocean_ssh_key": "no ssh key found with name {name}",
    "hcloud_server": "no Server found with name {name}",
    "hcloud_network": "no network found with name {name}",
    "hcloud_volume": "no volume found with name {name}",
    "hcloud_firewall": "no firewall found with name {name}",
    "hcloud_load_balancer": "no Load Balancer found with name {name}",
    "hcloud_ssh_key": 'Resource not found: Resource (ssh key) was not found: name="{name}"',
    "hcloud_primary_ip": 'Resource not found: Resource (primary ip) was not found: name="{name}"',
    "hcloud_zone": 'Resource not found: Resource (zone) was not found: name="{name}"',
}
_AMBIGUOUS = {
    "digitalocean_vpc": "too many VPCs found with name {name} (found {count}, expected 1)",
    "digitalocean_droplet": "too many droplets found with name {name} (found {count}, expected 1)",
    "digitalocean_loadbalancer": "too many load balancers found with name {name} (found {count}, expected 1)",
    "digitalocean_volume": "too many volumes found with name {name} (found {count}, expected 1)",
    "digitalocean_ssh_key": "too many ssh keys found with name {name} (found {count}, expected 1)",
    "digitalocean_project": "too many projects found with name {name} (found {count}, expected 1)",
}


class NotFound(Exception):
    """What a provider says about something absent or ambiguous."""


class World:
    def __init__(self, path):
        self.path = Path(path) if path else None

    def _read(self, part):
        if self.path is None or not self.path.exists():
            return {}
        return json.loads(self.path.read_text()).get(part, {})

    def error(self, operation, kind, name=""):
        """(summary, detail) of an operation that fails, else None."""
        errors = self._read("errors")
        found = errors.get(f"{operation} {kind} {name}", errors.get(f"{operation} {kind}"))
        return (found, "") if isinstance(found, str) else found

    def delay(self, operation, kind, name=""):
        delays = self._read("delays")
        return delays.get(f"{operation} {kind} {name}", delays.get(f"{operation} {kind}", 0))

    def override(self, kind, identity):
        """(True, None or attributes) for a resource that the world speaks about, (False, None) else."""
        known = self._read("resources").get(kind, {})
        return (identity in known, known.get(identity))

    def find(self, kind, config, objects):
        """The attributes of the one thing that a data source asks for; None means: make it up."""
        data = self._read("data")
        listed = data.get(kind, data.get("*"))
        here = list(objects.get(kind, {}).values())
        asked = {key: value for key, value in config.items() if isinstance(value, (str, int, float)) and value != ""}
        if kind in _LISTS:
            single = data.get(_LISTS[kind][0], data.get("*"))
            things = ([] if single == "anything" else single or []) + list(objects.get(_LISTS[kind][0], {}).values())
            return {_LISTS[kind][1]: [item for item in things if _passes(item, config.get("filter") or [])]}
        if _PLURAL.match(kind):
            return {}
        if listed == "anything" or listed is None and _ALWAYS_THERE.match(kind):
            return next((item for item in here if _fits(item, asked)), None)
        candidates = (listed or []) + here
        found = [item for item in candidates if _fits(item, asked)]
        name = name_asked(config)
        if len(found) > 1 and kind in _AMBIGUOUS:
            raise NotFound(_AMBIGUOUS[kind].format(name=name, count=len(found)))
        if found:
            return found[0]
        if kind in _NULL_ID:
            if kind == "digitalocean_database_cluster" and not candidates:
                raise NotFound("Unable to find any database clusters")
            return {"id": None, "__absent": True}
        raise NotFound(_ABSENT.get(kind, f"no {kind.split('_', 1)[1].replace('_', ' ')} found with name {{name}}").format(name=name))


def name_asked(config):
    """The name, or the id, that a data source is asked for."""
    asked = (config.get(key) for key in ("name", "id", "bucket_name", "database_name"))
    return next((str(value) for value in asked if isinstance(value, (str, int, float)) and value != ""), "")


def _passes(item, filters):
    return all(str(item.get(one["key"])) in [str(value) for value in one["values"]] for one in filters)


def _fits(item, asked):
    return all(key not in item or str(item[key]) == str(value) for key, value in asked.items())
