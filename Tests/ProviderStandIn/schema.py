"""Provider schemas in the shape of `terraform providers schema -json`, with the constraints that it leaves out."""

import json
import re
from pathlib import Path

import plugin_pb2 as wire

from values import is_unknown

_BLOCK_NESTING = {"single": 1, "list": 2, "set": 3, "map": 4, "group": 5}
_OBJECT_NESTING = {"single": 1, "list": 2, "set": 3, "map": 4}


class Block:
    """What a block may hold, each part with its constraints at hand."""

    def __init__(self, description, constraints):
        self.deprecated = description.get("deprecated", False)
        self.attributes = {
            name: Attribute(item, constraints.get(name, {}))
            for name, item in description.get("attributes", {}).items()
        }
        self.blocks = {
            name: NestedBlock(item, constraints.get(name, {}))
            for name, item in description.get("block_types", {}).items()
        }

    def message(self):
        return wire.Schema.Block(
            attributes=[item.message(name) for name, item in self.attributes.items()],
            block_types=[item.message(name) for name, item in self.blocks.items()],
            deprecated=self.deprecated,
        )

    def empty(self):
        value = {name: None for name in self.attributes}
        value.update({name: item.empty() for name, item in self.blocks.items()})
        return value

    def conform(self, value):
        """Gives a value from JSON exactly the members of this block."""
        if value is None or is_unknown(value):
            return value
        result = {name: item.conform(value.get(name)) for name, item in self.attributes.items()}
        result.update({name: item.conform(value.get(name)) for name, item in self.blocks.items()})
        return result


class Attribute:
    def __init__(self, description, constraints):
        self.type = description.get("type")
        self.required = description.get("required", False)
        self.optional = description.get("optional", False)
        self.computed = description.get("computed", False)
        self.sensitive = description.get("sensitive", False)
        self.deprecated = description.get("deprecated", False)
        self.write_only = description.get("write_only", False)
        self.constraints = constraints
        self.nesting = None
        self.object = None
        nested = description.get("nested_type")
        if nested:
            self.nesting = nested["nesting_mode"]
            within = constraints.get("attributes") or constraints.get("block") or {}
            self.object = Block({"attributes": nested["attributes"]}, within)

    def message(self, name):
        result = wire.Schema.Attribute(
            name=name,
            required=self.required,
            optional=self.optional,
            computed=self.computed,
            sensitive=self.sensitive,
            deprecated=self.deprecated,
            write_only=self.write_only,
        )
        if self.object:
            result.nested_type.nesting = _OBJECT_NESTING[self.nesting]
            result.nested_type.attributes.extend(
                item.message(inner) for inner, item in self.object.attributes.items()
            )
        else:
            result.type = json.dumps(self.type).encode()
        return result

    def whole_type(self):
        """The attribute's type in words, also for one with a nested type."""
        if not self.object:
            return self.type
        inner = ["object", {name: item.whole_type() for name, item in self.object.attributes.items()}]
        return inner if self.nesting == "single" else [self.nesting, inner]

    def conform(self, value):
        return conform_to_type(self.whole_type(), value)

    @property
    def default(self):
        """The value that an unset argument has, in the argument's own type; None where there is none."""
        text = self.constraints.get("default", self.constraints.get("default_func"))
        if text is None:
            return None
        text = re.sub(r"^value defaults to ", "", str(text))
        if self.type == "bool":
            return text == "true"
        if self.type == "number":
            number = float(text)
            return int(number) if number.is_integer() else number
        return text if self.type == "string" else None


class NestedBlock:
    def __init__(self, description, constraints):
        self.nesting = description["nesting_mode"]
        self.min_items = description.get("min_items", 0)
        self.max_items = description.get("max_items", 0)
        self.constraints = constraints
        self.computed = constraints.get("computed", False)
        self.block = Block(description["block"], constraints.get("block") or constraints.get("attributes") or {})

    def message(self, name):
        return wire.Schema.NestedBlock(
            type_name=name,
            block=self.block.message(),
            nesting=_BLOCK_NESTING[self.nesting],
            min_items=self.min_items,
            max_items=self.max_items,
        )

    def empty(self):
        if self.nesting in ("list", "set"):
            return []
        return {} if self.nesting == "map" else None

    def conform(self, value):
        if value is None:
            return self.empty()
        if is_unknown(value):
            return value
        if self.nesting in ("list", "set"):
            return [self.block.conform(item) for item in value]
        if self.nesting == "map":
            return {key: self.block.conform(item) for key, item in value.items()}
        return self.block.conform(value)


def conform_to_type(kind, value):
    if value is None or is_unknown(value):
        return value
    if isinstance(kind, list):
        if kind[0] in ("list", "set"):
            return [conform_to_type(kind[1], item) for item in value]
        if kind[0] == "map":
            return {key: conform_to_type(kind[1], item) for key, item in value.items()}
        if kind[0] == "object":
            return {name: conform_to_type(inner, value.get(name)) for name, inner in kind[1].items()}
        return value
    if kind == "string" and not isinstance(value, str):
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value)
    if kind == "number" and isinstance(value, str):
        return float(value) if "." in value else int(value)
    return value


class Type:
    """A resource type or a data source."""

    def __init__(self, name, description, facts):
        self.name = name
        self.version = description.get("version", 0)
        self.facts = facts
        self.block = Block(description["block"], facts.get("attributes", {}))

    def message(self):
        return wire.Schema(version=self.version, block=self.block.message())


class Provider:
    def __init__(self, directory, name):
        directory = Path(directory)
        schemas = json.loads((directory / f"{name}.json").read_text())["provider_schemas"]
        (self.address, description), = schemas.items()
        path = directory / "constraints" / f"{name}.json"
        facts = json.loads(path.read_text()) if path.exists() else {}
        self.name = name
        own = facts.get("provider", {})
        self.configuration = Type(
            name, description.get("provider") or {"block": {}}, own if "attributes" in own else {"attributes": own}
        )
        self.resources = self._types(description.get("resource_schemas", {}), facts.get("resources", {}))
        self.data_sources = self._types(description.get("data_source_schemas", {}), facts.get("data_sources", {}))
        self.functions = description.get("functions", {})

    @staticmethod
    def _types(descriptions, facts):
        return {name: Type(name, item, facts.get(name, {})) for name, item in descriptions.items()}

    def message(self):
        response = wire.GetProviderSchema.Response(provider=self.configuration.message())
        for name, item in self.resources.items():
            response.resource_schemas[name].CopyFrom(item.message())
        for name, item in self.data_sources.items():
            response.data_source_schemas[name].CopyFrom(item.message())
        for name, item in self.functions.items():
            function = response.functions[name]
            for parameter in item.get("parameters", []):
                function.parameters.add(name=parameter["name"], type=json.dumps(parameter["type"]).encode())
            getattr(function, "return").type = json.dumps(item["return_type"]).encode()
        return response
