"""What Hetzner's API refuses, and what its provider refuses before that."""

import ipaddress
import re

from values import is_unknown

#: What can't be ordered any more.
_RETIRED = re.compile(r"(cx[1-5][12]|ccx[1-6][12])$")
_LABEL_KEY = re.compile(r"([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?")
_LABEL_TEXT = re.compile(r"([a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?)?")
_PROTECTIONS = ("delete_protection", "change_protection")


def invalid(kind, config):
    """What the provider finds in a configuration: pairs of an argument and words."""
    for key, text in known(config.get("labels"), {}).items():
        if not _LABEL_KEY.fullmatch(key):
            yield "labels", f"label key '{key}' is not correctly formatted"
        if isinstance(text, str) and not _LABEL_TEXT.fullmatch(text):
            yield "labels", f"label value '{text}' (key: {key}) is not correctly formatted"
    if kind == "hcloud_firewall":
        for rule in (item for item in known(config.get("rule"), []) if not is_unknown(item)):
            for name in ("source_ips", "destination_ips"):
                for address in known(rule.get(name), []):
                    yield from _invalid_range(address)


def _invalid_range(address):
    if is_unknown(address):
        return
    try:
        block = ipaddress.ip_network(address, strict=False)
        if "/" not in address:
            raise ValueError(address)
    except ValueError:
        yield "rule", f"invalid CIDR address: {address}"
        return
    if block.network_address != ipaddress.ip_address(address.split("/")[0]):
        yield "rule", f"{address} is not the start of the cidr block {block}"


def refused_deletion(kind, prior):
    """Why a resource can't be deleted, or None."""
    if any(prior.get(name) is True for name in _PROTECTIONS):
        return f"{kind.split('_', 1)[1].replace('_', ' ')} deletion is protected (protected)"
    return None


def refused(kind, planned, prior, objects):
    """Why the API refuses what is planned, or None."""
    rule = _RULES.get(kind)
    return rule(planned, prior, objects) if rule else None


def _server(planned, prior, objects):
    kind = planned["server_type"]
    if _RETIRED.fullmatch(kind) and (prior is None or prior["server_type"] != kind):
        return f'server type "{kind}" is not available for order any more (invalid_input)'
    if planned.get("delete_protection") != planned.get("rebuild_protection"):
        return "delete and rebuild protection must be equal (invalid_input)"
    for network in known(planned.get("network"), []):
        wanted = str(network.get("network_id"))
        subnets = [s for s in objects.get("hcloud_network_subnet", {}).values() if str(s["network_id"]) == wanted]
        if not subnets and any(str(n.get("id")) == wanted for n in objects.get("hcloud_network", {}).values()):
            return "network has no free IP available, it holds no subnet (no_subnet_available)"
        address = network.get("ip")
        if isinstance(address, str) and subnets:
            if not any(_holds(s["ip_range"], address) for s in subnets):
                return f"IP {address} is in no subnet of the network (ip_not_available)"
    for public in known(planned.get("public_net"), []):
        for name in ("ipv4", "ipv6"):
            found = [ip for ip in objects.get("hcloud_primary_ip", {}).values() if ip.get("id") == public.get(name)]
            if found and isinstance(planned.get("location"), str) and found[0].get("location") != planned["location"]:
                return "primary IP must be in the same location as the server (invalid_input)"
    return None


def _holds(block, address):
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(block)
    except ValueError:
        return False


def _subnet(planned, prior, objects):
    try:
        own = ipaddress.ip_network(planned["ip_range"])
    except ValueError:
        return "invalid input in field 'ip_range' (invalid_input)"
    for network in objects.get("hcloud_network", {}).values():
        if str(network.get("id")) == str(planned["network_id"]) and not own.subnet_of(ipaddress.ip_network(network["ip_range"])):
            return "ip_range is no part of the network's (invalid_input)"
    for other in objects.get("hcloud_network_subnet", {}).values():
        if prior is None and str(other["network_id"]) == str(planned["network_id"]):
            if own.overlaps(ipaddress.ip_network(other["ip_range"])):
                return "ip_range overlaps with another subnet (invalid_input)"
    return None


def _attachment(planned, prior, objects):
    places = set()
    for kind, name in (("hcloud_volume", "volume_id"), ("hcloud_server", "server_id")):
        for item in objects.get(kind, {}).values():
            if str(item.get("id")) == str(planned[name]) and isinstance(item.get("location"), str):
                places.add(item["location"])
    return "volume and server must be in the same location (invalid_input)" if len(places) > 1 else None


def _volume(planned, prior, objects):
    if prior is not None and planned["size"] < prior["size"]:
        return "volumes can't shrink (invalid_input)"
    return None if planned["size"] >= 10 else "invalid input in field 'size': it must be at least 10 (invalid_input)"


def _service(planned, prior, objects):
    certificates = [c for http in known(planned.get("http"), []) for c in known(http.get("certificates"), [])]
    if planned["protocol"] == "https" and not certificates:
        return "certificates are required for services of protocol https (invalid_input)"
    return None


def _records(planned, prior, objects):
    if planned["name"] == planned["zone"] or planned["name"].endswith("." + planned["zone"]):
        return "invalid input in field 'name': it must not hold the zone (invalid_input)"
    for record in known(planned.get("records"), []):
        value = record.get("value")
        if planned["type"] == "TXT" and isinstance(value, str):
            if not re.fullmatch(r'"([^"\\]|\\.){0,255}"( "([^"\\]|\\.){0,255}")*', value):
                return "invalid TXT record, it must be quoted strings of at most 255 characters (invalid_input)"
    return None


def known(value, otherwise):
    """The value, or another where it isn't known or given."""
    return otherwise if value is None or is_unknown(value) else value


_RULES = {
    "hcloud_server": _server,
    "hcloud_network_subnet": _subnet,
    "hcloud_volume": _volume,
    "hcloud_volume_attachment": _attachment,
    "hcloud_load_balancer_service": _service,
    "hcloud_zone_rrset": _records,
}
