"""Terraform's values as Python ones: None is null, dict an object or a map, list a list or a set."""

import json

import msgpack


class Unknown:
    """A value that is only known after apply."""

    def __repr__(self):
        return "unknown"


#: Unknown because the configuration said so.
UNKNOWN = Unknown()
#: Unknown because the provider decides it.
COMPUTED = Unknown()

# MessagePack extensions: 0 is a plain unknown, 12 one with refinements.
_EXTENSION_PLAIN = 0


def decode(dynamic):
    if dynamic.msgpack:
        return msgpack.unpackb(dynamic.msgpack, raw=False, strict_map_key=False, ext_hook=lambda code, data: UNKNOWN)
    if dynamic.json:
        return json.loads(dynamic.json)
    return None


def _extension(value):
    if isinstance(value, Unknown):
        return msgpack.ExtType(_EXTENSION_PLAIN, b"\0")
    raise TypeError(f"{value!r} is no Terraform value")


def encode(value):
    return msgpack.packb(value, default=_extension, use_bin_type=True)


def is_unknown(value):
    return isinstance(value, Unknown)


def holds_unknown(value):
    """Whether a value is unknown anywhere within."""
    if isinstance(value, Unknown):
        return True
    if isinstance(value, dict):
        return any(holds_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(holds_unknown(item) for item in value)
    return False


def is_empty(value):
    return value is None or value == [] or value == {}
