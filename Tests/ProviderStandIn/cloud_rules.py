"""What a cloud's API refuses although the provider let it through: names, names that are taken, and words that it doesn't know."""

import re

import digitalocean_rules
import hetzner_rules
from made_up import label_of
from values import is_unknown

_APP = (r"[a-z][a-z0-9-]{0,30}[a-z0-9]", "must be 2 to 32 characters, begin with a letter and hold a-z, 0-9 and -")
_HOST = (r"[a-zA-Z0-9]([a-zA-Z0-9.-]{0,253}[a-zA-Z0-9])?", "only valid hostname characters are allowed (a-z, A-Z, 0-9, . and -)")

_NAMES = {
    "digitalocean_app": _APP,
    "digitalocean_database_cluster": (r"[a-z][a-z0-9-]{1,61}[a-z0-9]", "invalid cluster name"),
    "digitalocean_database_db": (r"[a-zA-Z_][a-zA-Z0-9_-]{0,62}", "invalid database name"),
    "digitalocean_database_user": (r"[a-zA-Z_][a-zA-Z0-9_.-]{0,62}", "invalid user name"),
    "digitalocean_database_connection_pool": (r"[a-zA-Z0-9_-]{3,63}", "invalid pool name"),
    "digitalocean_spaces_bucket": (r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", "InvalidBucketName"),
    "digitalocean_droplet": _HOST,
    "digitalocean_firewall": (r"[a-zA-Z0-9][a-zA-Z0-9.-]{0,254}", "name may only contain alphanumeric characters, dashes and periods"),
    "digitalocean_vpc": (r"[a-zA-Z0-9.-]{1,255}", "name may only contain alphanumeric characters, dashes and periods"),
    "digitalocean_volume": (r"[a-z][a-z0-9-]{0,63}", "invalid volume name"),
    "digitalocean_kubernetes_cluster": (r"[a-z0-9]([a-z0-9-]{0,251}[a-z0-9])?", "invalid cluster name"),
    "digitalocean_loadbalancer": (r"[a-zA-Z0-9.-]{1,255}", "invalid load balancer name"),
    "digitalocean_container_registry": (r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", "invalid registry name"),
    "digitalocean_project": (r"(?s).{1,175}", "name is too long (maximum is 175 characters)"),
    "hcloud_server": (r"[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?", "invalid input in field 'name' (invalid_input): name is not a valid hostname"),
    "hcloud_volume": (r".{1,64}", "invalid input in field 'name' (invalid_input)"),
    "hcloud_network": (r".{1,64}", "invalid input in field 'name' (invalid_input)"),
    "b2_bucket": (r"(?!b2-)[a-zA-Z0-9-]{6,63}", "invalid bucketName"),
    "b2_application_key": (r"[a-zA-Z0-9-]{1,100}", "invalid keyName"),
    "turso_database": (r"[a-z0-9-]{1,64}", "name can only contain lowercase letters, numbers and dashes with a maximum length of 64"),
    "slack_conversation": (r"[a-z0-9_-]{1,80}", "invalid_name_specials"),
}
#: Types of which one account (or the whole world) holds one of a name.
_UNIQUE = {
    "digitalocean_app": "an app with this name already exists",
    "digitalocean_database_cluster": "cluster name is not available",
    "digitalocean_spaces_bucket": "BucketAlreadyExists",
    "digitalocean_domain": "domain already exists",
    "digitalocean_vpc": "a VPC with the same name already exists",
    "digitalocean_project": "name is already in use",
    "digitalocean_container_registry": "name already exists",
    "hcloud_server": "server name is already used (uniqueness_error)",
    "hcloud_volume": "volume name is already used (uniqueness_error)",
    "hcloud_network": "network name is already used (uniqueness_error)",
    "hcloud_ssh_key": "SSH key name is already used (uniqueness_error)",
    "b2_bucket": "Bucket name is already in use",
    "turso_database": "database already exists",
    "slack_conversation": "name_taken",
}
#: What an application key of B2 may be allowed.
_CAPABILITIES = {
    *("listKeys", "writeKeys", "deleteKeys", "listAllBucketNames", "listBuckets", "readBuckets", "writeBuckets", "deleteBuckets"),
    *("readBucketRetentions", "writeBucketRetentions", "readBucketEncryption", "writeBucketEncryption", "readBucketLogging"),
    *("writeBucketLogging", "readBucketNotifications", "writeBucketNotifications", "readBucketReplications"),
    *("writeBucketReplications", "readBucketLifecycleRules", "writeBucketLifecycleRules", "listFiles", "readFiles", "shareFiles"),
    *("writeFiles", "deleteFiles", "readFileLegalHolds", "writeFileLegalHolds", "readFileRetentions", "writeFileRetentions"),
    "bypassGovernance",
}
_COMPONENTS = ("service", "worker", "job", "static_site", "function", "database")


def refused_by_cloud(kind, planned, prior, objects):
    """Why the API refuses a resource, or None."""
    name = label_of(planned)
    # Spaces takes no notice of a new name: the bucket keeps its own.
    if kind == "digitalocean_spaces_bucket" and prior is not None:
        return None
    if kind in _NAMES:
        pattern, words = _NAMES[kind]
        if not re.fullmatch(pattern, name):
            return _said(kind, name, words)
    words = (
        hetzner_rules.refused(kind, planned, prior, objects)
        or digitalocean_rules.refused(kind, planned, prior, objects)
        or _refused_word(kind, planned)
    )
    if words:
        return _said(kind, name, words)
    if kind == "digitalocean_app":
        for component in _components(planned):
            if not re.fullmatch(_APP[0], component):
                return _said(kind, component, _APP[1])
    if kind in _UNIQUE and prior is None:
        if any(label_of(other) == name for other in objects.get(kind, {}).values()):
            return _said(kind, name, _UNIQUE[kind])
    return None


def _refused_word(kind, planned):
    """What B2 and Turso say of a word that they don't know."""
    if kind == "b2_bucket" and planned["bucket_type"] not in ("allPrivate", "allPublic"):
        return f"invalid bucketType {planned['bucket_type']}"
    if kind == "b2_application_key":
        unknown = sorted(set(planned["capabilities"]) - _CAPABILITIES)
        if unknown or not planned["capabilities"]:
            return f"invalid capabilities {' '.join(unknown)}"
    if kind == "turso_database_token" and planned.get("expiration") is not None:
        if not re.fullmatch(r"never|([1-9][0-9]*[wdhms])+", planned["expiration"]):
            return f"invalid expiration {planned['expiration']}"
    if kind == "turso_database" and isinstance(planned.get("group"), str):
        if not re.fullmatch(r"[a-z0-9-]{1,32}", planned["group"]):
            return "group not found"
    return None


def _components(planned):
    for spec in planned.get("spec") or []:
        for kind in _COMPONENTS:
            items = spec.get(kind)
            for item in [] if is_unknown(items) else items or []:
                if isinstance(item.get("name"), str):
                    yield item["name"]


def _said(kind, name, words):
    thing = kind.split("_", 1)[1].replace("_", " ")
    return f'Error creating {thing} "{name}": 422 (request "made-up") {words}'
