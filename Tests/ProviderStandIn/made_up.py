"""What the cloud would have answered: values made up from a resource's type and name, the same on every run."""

import base64
import hashlib

from planning import choices
from values import is_unknown

_WHEN = "2026-01-01T00:00:00Z"

#: Resources that take another argument's value as their id.
_ID_IS = {
    "digitalocean_spaces_bucket": "name",
    "digitalocean_certificate": "name",
    "digitalocean_domain": "name",
    "digitalocean_tag": "name",
    "digitalocean_container_registry": "name",
    "digitalocean_container_registries": "name",
    "digitalocean_database_firewall": "cluster_id",
    "digitalocean_project_resources": "project",
    "digitalocean_reserved_ip": "ip_address",
    "digitalocean_floating_ip": "ip_address",
    "digitalocean_reserved_ipv6": "ip",
    "digitalocean_spaces_key": "access_key",
    "b2_bucket": "bucket_id",
    "b2_application_key": "application_key_id",
}
_ID_PARTS = {
    "digitalocean_database_db": ("cluster_id", "/database/", "name"),
    "digitalocean_database_user": ("cluster_id", "/user/", "name"),
    "digitalocean_database_connection_pool": ("cluster_id", "/connection-pool/", "name"),
    "digitalocean_reserved_ip_assignment": ("droplet_id", "-", "ip_address"),
    "digitalocean_volume_attachment": ("droplet_id", "-", "volume_id"),
    "hcloud_network_subnet": ("network_id", "-", "ip_range"),
    "hcloud_network_route": ("network_id", "-", "destination"),
    "hcloud_server_network": ("server_id", "-", "network_id"),
}
_ID_IS_NUMBER = {
    "digitalocean_droplet",
    "digitalocean_ssh_key",
    "digitalocean_record",
    "digitalocean_droplet_snapshot",
    "digitalocean_custom_image",
}
_URN = {
    "digitalocean_app": "app",
    "digitalocean_database_cluster": "dbaas",
    "digitalocean_database_replica": "dbaasreplica",
    "digitalocean_domain": "domain",
    "digitalocean_droplet": "droplet",
    "digitalocean_floating_ip": "floatingip",
    "digitalocean_kubernetes_cluster": "kubernetes",
    "digitalocean_loadbalancer": "loadbalancer",
    "digitalocean_reserved_ip": "reservedip",
    "digitalocean_spaces_bucket": "space",
    "digitalocean_volume": "volume",
    "digitalocean_vpc": "vpc",
}
_SCHEMES = {
    "pg": "postgresql",
    "mysql": "mysql",
    "redis": "rediss",
    "valkey": "rediss",
    "mongodb": "mongodb+srv",
    "kafka": "kafka",
    "opensearch": "https",
}


def digest(*parts):
    return hashlib.sha256("/".join(str(part) for part in parts).encode()).hexdigest()


def uuid(*parts):
    text = digest(*parts)
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:32]}"


def number(*parts, modulus=90_000_000, start=10_000_000):
    return start + int(digest(*parts)[:12], 16) % modulus


def address(*parts):
    """An address of the range that is kept for documentation."""
    return f"192.0.2.{1 + int(digest(*parts)[:4], 16) % 254}"


def label_of(state):
    """The name by which a person knows a resource."""
    for key in ("name", "bucket_name", "key_name", "bucket", "label", "database_name", "description", "fqdn"):
        if isinstance(state.get(key), str):
            return state[key]
    spec = state.get("spec")
    if isinstance(spec, list) and spec and isinstance(spec[0], dict) and isinstance(spec[0].get("name"), str):
        return spec[0]["name"]
    return "unnamed"


def encrypted(value):
    """The form in which App Platform answers a SECRET value; what is encrypted stays as it is."""
    if not isinstance(value, str) or value.startswith("EV[1:"):
        return value
    raw = hashlib.sha256(value.encode()).digest()
    return f"EV[1:{base64.b64encode(raw[:18]).decode()}:{base64.b64encode(raw).decode()}]"


class MadeUp:
    """Fills the unknown parts of one new or changed resource."""

    def __init__(self, kind, state, objects):
        self.kind = kind
        self.state = state
        self.objects = objects
        self.label = label_of(state)
        # What tells two of the same name apart, such as the domain of a record.
        known = sorted(f"{key}={value}" for key, value in state.items() if isinstance(value, (str, int, float)))
        self.seed = (kind.name, self.label, *known)
        self.values = None

    def fill(self):
        before = dict(self.state)
        self.values = self._special()
        result = self._block(self.kind.block, self.state, ())
        if "id" in self.kind.block.attributes and is_unknown(before.get("id")):
            result["id"] = self._shaped("id", self.kind.block.attributes["id"].whole_type(), self._id(result))
        if "urn" in self.kind.block.attributes and is_unknown(before.get("urn")):
            result["urn"] = f"do:{_URN.get(self.kind.name, self.kind.name.removeprefix('digitalocean_'))}:{result['id']}"
        return result

    def _id(self, result):
        name = self.kind.name
        if name in _ID_IS:
            return result[_ID_IS[name]]
        if name in _ID_PARTS:
            first, between, second = _ID_PARTS[name]
            return f"{result[first]}{between}{result[second]}"
        if name in _ID_IS_NUMBER or name.startswith("hcloud_"):
            return number(*self.seed)
        if name == "slack_conversation":
            return "C" + digest(*self.seed)[:10].upper()
        if name == "slack_usergroup":
            return "S" + digest(*self.seed)[:10].upper()
        return uuid(*self.seed)

    def _block(self, block, value, path):
        if is_unknown(value):
            value = block.empty()
        result = {}
        for name, attribute in block.attributes.items():
            item = value.get(name)
            here = path + (name,)
            if is_unknown(item):
                if not path and name in self.values:
                    result[name] = self._shaped(name, attribute.whole_type(), self.values[name])
                else:
                    result[name] = self._invent(here, attribute)
            elif attribute.object and item is not None:
                result[name] = self._objects(attribute, item, here)
            else:
                result[name] = self._known(item, attribute.whole_type(), here)
        for name, nested in block.blocks.items():
            item = value.get(name)
            here = path + (name,)
            if is_unknown(item):
                result[name] = nested.empty()
            elif isinstance(item, list):
                result[name] = [self._block(nested.block, part, here + (index,)) for index, part in enumerate(item)]
            elif isinstance(item, dict) and nested.nesting == "map":
                result[name] = {key: self._block(nested.block, part, here + (key,)) for key, part in item.items()}
            else:
                result[name] = item if item is None else self._block(nested.block, item, here)
        return result

    def _objects(self, attribute, item, path):
        if attribute.nesting in ("list", "set"):
            return [self._block(attribute.object, part, path + (index,)) for index, part in enumerate(item)]
        if attribute.nesting == "map":
            return {key: self._block(attribute.object, part, path + (key,)) for key, part in item.items()}
        return self._block(attribute.object, item, path)

    def _known(self, item, kind, path):
        """An argument from the configuration, whose parts could still be unknown."""
        if is_unknown(item):
            return self._of_type(path, kind)
        if isinstance(item, list) and isinstance(kind, list) and kind[0] in ("list", "set"):
            return [self._known(part, kind[1], path + (index,)) for index, part in enumerate(item)]
        return item

    def _invent(self, path, attribute):
        rules = attribute.constraints
        if attribute.optional and isinstance(attribute.whole_type(), list) and attribute.whole_type()[0] != "object":
            return {} if attribute.whole_type()[0] == "map" else []
        if "one_of" in rules and attribute.type == "string":
            return choices(rules["one_of"])[0]
        return self._of_type(path, attribute.whole_type())

    def _of_type(self, path, kind):
        name = path[-1] if isinstance(path[-1], str) else path[-2]
        if isinstance(kind, list):
            if kind[0] == "object":
                return {inner: self._of_type(path + (inner,), part) for inner, part in kind[1].items()}
            if kind[0] == "map":
                return {}
            if kind[1] == "number" or name in ("volume_ids", "droplet_ids", "resources", "target_load_balancer_ids"):
                return []
            return [self._of_type(path + (0,), kind[1])]
        if kind == "bool":
            return False
        if kind == "number":
            return self._number(name)
        return self._string(name, path)

    def _number(self, name):
        if name == "port" or name.endswith("_port"):
            return 25060
        if name.endswith("id"):
            return number(*self.seed, name)
        return {"ttl": 1800, "vcpus": 1, "memory": 1024, "disk": 25, "created": 1767225600}.get(name, 1)

    def _string(self, name, path):
        seed = (*self.seed, *path)
        if name in ("ipv4_address_private", "private_ip"):
            return f"10.{number(*seed, modulus=200, start=10)}.0.2"
        if name in ("ip_range", "cluster_subnet", "service_subnet"):
            return f"10.{number(*seed, modulus=200, start=10)}.0.0/20"
        if name in ("ipv6_address", "ipv6") or name == "ip" and self.kind.name.endswith("ipv6"):
            return f"2001:db8::{digest(*seed)[:4]}"
        if name == "ipv6_network":
            return "2001:db8::/64"
        if name in ("ip", "ip_address", "ipv4_address"):
            return address(*seed)
        if name.endswith("_at") or name.endswith("_after"):
            return _WHEN
        if "password" in name or name in ("secret_key", "token", "jwt", "application_key", "access_key"):
            return f"made-up-{digest(*seed)[:24]}"
        if name.endswith("uuid") or name.endswith("_id"):
            # One project, one network for everything that doesn't name its own.
            return uuid("default", name) if name in ("project_id", "vpc_uuid", "private_network_uuid") else uuid(*seed)
        if "fingerprint" in name:
            text = digest(*seed)[:32]
            return ":".join(text[at : at + 2] for at in range(0, 32, 2))
        if name == "public_key":
            return f"ssh-ed25519 AAAA{digest(*seed)[:40]} {self.label}"
        if name in ("status", "state"):
            return "active"
        if name.endswith("url") or name == "endpoint":
            return f"https://{self.label}.example.invalid"
        if name.endswith("uri"):
            return f"https://user:{digest(*seed)[:12]}@{self.label}.example.invalid"
        if name.endswith("host") or name == "hostname":
            return f"{self.label}.example.invalid"
        if name == "region":
            return "nyc3"
        if name == "location":
            return "fsn1"
        return f"{name.replace('_', '-')}-{digest(*seed)[:8]}"

    def _special(self):
        """Values that hang together."""
        state, name, label = self.state, self.kind.name, self.label

        def text(key, otherwise):
            return state[key] if isinstance(state.get(key), str) else otherwise

        if name in ("digitalocean_database_cluster", "digitalocean_database_replica"):
            engine = text("engine", "pg")
            database = "0" if engine in ("redis", "valkey") else "defaultdb"
            return self._connection(label, engine, database, 25060)
        if name == "digitalocean_database_connection_pool":
            cluster = self.objects.get("digitalocean_database_cluster", {}).get(state.get("cluster_id"), {})
            owner = label_of(cluster) if cluster else "cluster"
            result = self._connection(owner, cluster.get("engine", "pg"), label, 25061)
            if cluster:
                result["password"] = cluster["password"]
            return result
        if name == "digitalocean_database_user":
            return {"role": "normal", "access_cert": "", "access_key": ""}
        if name == "digitalocean_app":
            host = f"{label}-{digest(*self.seed)[:5]}.example.invalid"
            return {"live_url": f"https://{host}", "default_ingress": f"https://{host}", "live_domain": host}
        if name == "digitalocean_spaces_bucket":
            region = text("region", "nyc3")
            return {
                "endpoint": f"{region}.digitaloceanspaces.com",
                "bucket_domain_name": f"{label}.{region}.digitaloceanspaces.com",
            }
        if name == "digitalocean_spaces_key":
            return {"access_key": "DO00" + digest(*self.seed)[:16].upper()}
        if name == "digitalocean_container_registry":
            return {"endpoint": f"registry.digitalocean.com/{label}", "server_url": "registry.digitalocean.com"}
        if name == "digitalocean_record":
            domain = text("domain", "example.invalid")
            return {"fqdn": domain if text("name", "@") == "@" else f"{text('name', '@')}.{domain}"}
        if name == "digitalocean_kubernetes_versions":
            return {"latest_version": "1.33.1-do.0", "valid_versions": ["1.33.1-do.0", "1.32.5-do.0"]}
        if name == "b2_bucket":
            return {"bucket_id": digest(*self.seed)[:24], "account_id": digest("b2 account")[:12], "revision": 2}
        if name == "b2_application_key":
            return {"application_key_id": "004" + digest(*self.seed)[:22]}
        if name == "b2_account_info":
            return {
                "account_id": digest("b2 account")[:12],
                "s3_api_url": "https://s3.us-west-004.backblazeb2.com",
                "api_url": "https://api004.backblazeb2.com",
                "download_url": "https://f004.backblazeb2.com",
                "recommended_part_size": 100000000,
                "absolute_minimum_part_size": 5000000,
            }
        if name == "turso_database":
            return {"hostname": f"{label}-{text('organization_name', 'organization')}.turso.example.invalid"}
        return {}

    def _connection(self, owner, engine, database, port):
        host = f"{owner}-do-user-0.example.invalid"
        private = f"private-{host}"
        user = "default" if engine in ("redis", "valkey") else "doadmin"
        if isinstance(self.state.get("user"), str):
            user = self.state["user"]
        password = f"made-up-{digest('digitalocean_database_cluster', owner)[:24]}"
        scheme = _SCHEMES.get(engine, engine)
        tail = f"{database}?sslmode=require" if engine in ("pg", "mysql") else database
        if engine in ("redis", "valkey"):
            tail = ""
        return {
            "host": host,
            "private_host": private,
            "port": port,
            "user": user,
            "password": password,
            "database": database,
            "uri": f"{scheme}://{user}:{password}@{host}:{port}/{tail}".rstrip("/"),
            "private_uri": f"{scheme}://{user}:{password}@{private}:{port}/{tail}".rstrip("/"),
            "storage_size_mib": "61440",
        }

    @staticmethod
    def _shaped(name, kind, value):
        if kind == "number" and isinstance(value, str):
            return int(value)
        if kind == "string" and not isinstance(value, str):
            return str(value)
        return value
