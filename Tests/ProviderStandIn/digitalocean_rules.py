"""What DigitalOcean's API refuses beyond names."""

from hetzner_rules import known
from values import is_unknown

_COMPONENTS = ("service", "worker", "job", "static_site", "function")
_SOURCES = ("image", "git", "github", "gitlab", "bitbucket")
_PUBLIC = ("service", "static_site", "function")


def refused(kind, planned, prior, objects):
    """Why the API refuses what is planned, or None."""
    rule = _RULES.get(kind)
    return rule(planned, prior, objects) if rule else None


def _app(planned, prior, objects):
    for spec in known(planned.get("spec"), []):
        components = [(word, item) for word in _COMPONENTS for item in known(spec.get(word), [])]
        if not components:
            return "app spec must contain at least one component"
        names = [item["name"] for _, item in components]
        if len(set(names)) < len(names):
            return "component names must be unique"
        for word, item in components:
            if sum(len(known(item.get(source), [])) for source in _SOURCES) != 1:
                return f"{word} {item['name']}: exactly one source must be specified"
            scales = known(item.get("autoscaling"), [])
            if scales and not str(item.get("instance_size_slug")).startswith("apps-d-"):
                return f"{word} {item['name']}: autoscaling needs a dedicated instance size"
            for image in known(item.get("image"), []):
                if image.get("digest") and image.get("tag"):
                    return f"{word} {item['name']}: tag and digest can't be specified together"
        public = {item["name"] for word, item in components if word in _PUBLIC}
        for ingress in known(spec.get("ingress"), []):
            for rule in known(ingress.get("rule"), []):
                targets = [part["name"] for part in known(rule.get("component"), [])]
                if any(target not in public for target in targets):
                    return f"ingress rule names an unknown component {targets[0]}"
                if bool(targets) == bool(known(rule.get("redirect"), [])):
                    return "ingress rule needs a component or a redirect"
        if sum(item.get("type") == "PRIMARY" for item in known(spec.get("domain"), [])) > 1:
            return "only one primary domain is allowed"
    return None


def _together(first, second):
    """Two things of one datacenter: pairs of a type, the argument that holds its id, and its region."""

    def rule(planned, prior, objects):
        places = set()
        for kind, argument, key, region in (first, second):
            for item in objects.get(kind, {}).values():
                if str(item.get(key)) == str(planned.get(argument)) and isinstance(item.get(region), str):
                    places.add(item[region])
        return "both must be in the same region" if len(places) > 1 else None

    return rule


def _certificate(planned, prior, objects):
    if planned["type"] == "lets_encrypt":
        return None if known(planned.get("domains"), []) else "domains are required"
    missing = [name for name in ("private_key", "leaf_certificate") if not planned.get(name)]
    return f"{missing[0]} is required" if missing else None


def _loadbalancer(planned, prior, objects):
    if planned.get("type") == "GLOBAL":
        return None if known(planned.get("glb_settings"), []) else "glb_settings are required"
    rules = known(planned.get("forwarding_rule"), [])
    if not rules:
        return "forwarding_rules: must have at least one rule"
    for rule in rules:
        is_secure = rule["entry_protocol"] in ("https", "http2", "http3")
        if is_secure and not rule.get("tls_passthrough") and not rule.get("certificate_name"):
            return "certificate or tls_passthrough is required for https"
        if planned.get("type") == "REGIONAL_NETWORK" and rule["entry_protocol"] not in ("tcp", "udp"):
            return "network load balancers take tcp and udp alone"
    ports = [(rule["entry_port"], rule["entry_protocol"] == "udp") for rule in rules]
    return "entry ports must be unique" if len(set(ports)) < len(ports) else None


def _pool(planned):
    least, most, count = (planned.get(name) for name in ("min_nodes", "max_nodes", "node_count"))
    if not planned.get("auto_scale"):
        return None if count is None or is_unknown(count) or count >= 0 else "invalid node count"
    if is_unknown(least) or is_unknown(most):
        return None
    return None if most and (least or 0) <= most else "min_nodes must not be above max_nodes"


def _cluster(planned, prior, objects):
    return next((words for pool in known(planned.get("node_pool"), []) if (words := _pool(pool))), None)


def _record(planned, prior, objects):
    needed = {"SRV": ("priority", "weight", "port"), "CAA": ("flags", "tag")}.get(planned["type"], ())
    missing = [name for name in needed if planned.get(name) is None]
    if missing:
        return f"{missing[0]} is required for {planned['type']} records"
    return "CNAME records can't share a name" if planned["type"] == "CNAME" and planned["name"] == "@" else None


_MACHINE = ("digitalocean_droplet", "droplet_id", "id", "region")
_RULES = {
    "digitalocean_app": _app,
    "digitalocean_certificate": _certificate,
    "digitalocean_kubernetes_cluster": _cluster,
    "digitalocean_kubernetes_node_pool": lambda planned, prior, objects: _pool(planned),
    "digitalocean_loadbalancer": _loadbalancer,
    "digitalocean_record": _record,
    "digitalocean_reserved_ip_assignment": _together(("digitalocean_reserved_ip", "ip_address", "ip_address", "region"), _MACHINE),
    "digitalocean_reserved_ipv6_assignment": _together(("digitalocean_reserved_ipv6", "ip", "ip", "region_slug"), _MACHINE),
    "digitalocean_volume_attachment": _together(("digitalocean_volume", "volume_id", "id", "region"), _MACHINE),
}
